import type { Scope } from './scope.ts';
import { halfIndex } from './staffing.ts';

/** A number as people write it, `0,8` or `80%` too; NaN for anything else. */
export function readNumber(text: string | number | null | undefined): number {
  const plain = String(text ?? '')
    .replace('%', '')
    .replace(',', '.')
    .trim();
  return plain === '' ? Number.NaN : Number(plain);
}

const within = (value: number, least: number, most: number) => value >= least && value <= most;

/** Aims as they are written in the form, percents as percents. */
export interface AimsGiven {
  level: string;
  seconds: string;
  away: string;
  patience: 'data' | 'none' | 'given';
  leaves: string;
  due: string;
}

export type Wrong<Given> = Partial<Record<keyof Given, true>>;

const DUE = /^\d{1,2}(-\d{1,2})?(\s*,\s*\d{1,2}(-\d{1,2})?)*$/;

/** What is wrong with aims, by field. */
export function wrongAims(given: AimsGiven): Wrong<AimsGiven> {
  const wrong: Wrong<AimsGiven> = {};
  if (!within(readNumber(given.level), 1, 99.9)) wrong.level = true;
  if (!within(readNumber(given.seconds), 0, 3600)) wrong.seconds = true;
  if (!within(readNumber(given.away), 0, 90)) wrong.away = true;
  if (given.patience === 'given' && !within(readNumber(given.leaves), 1, 7200)) wrong.leaves = true;
  if (given.due.trim() !== '' && !isDue(given.due.trim())) wrong.due = true;
  return wrong;
}

function isDue(text: string): boolean {
  if (!DUE.test(text)) return false;
  return text.split(',').every((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return within(from!, 1, 31) && within(to!, from!, 31);
  });
}

/** Aims as the address keeps them; what is usual without it is left out of it. */
export function aimsToScope(
  given: AimsGiven,
  usual: { level?: number | undefined; within?: number | undefined },
): Partial<Scope> {
  const share = (text: string) => String(Math.round(readNumber(text) * 1000) / 100_000);
  const level = share(given.level);
  const seconds = String(readNumber(given.seconds));
  const patience = { data: undefined, none: 'none', given: String(readNumber(given.leaves)) }[given.patience];
  return {
    level: Number(level) === usual.level ? undefined : level,
    target: Number(seconds) === usual.within ? undefined : seconds,
    shrinkage: readNumber(given.away) === 0 ? undefined : share(given.away),
    patience,
    due: given.due.replaceAll(/\s/g, '') || undefined,
  };
}

/** What is asked of the API beside period and filters. */
export const aimsAsked = ({ level, target, shrinkage, patience, due }: Scope) => ({
  level,
  target,
  shrinkage,
  patience,
  due,
});

/** Filters that rosters and calls share; others do not narrow staffing. */
export const FILTERED = ['queue', 'account'];

/** Rules of a plan as they are written in the form: minutes, hours after coming, people. */
export interface RulesGiven {
  days: string[];
  lengths: number[];
  earliest: string;
  latest: string;
  rest: number;
  restFrom: string;
  restTo: string;
  people: string;
}

export const LENGTHS = [240, 300, 360, 420, 480, 540, 600, 720];
export const RESTS = [0, 30, 60, 90, 120];
/** As many as the API takes at once. */
export const MOST_DAYS = 7;
export const MOST_LENGTHS = 6;
const HOUR = 60;
const HALF_HOUR = 30;

/** The rules that the address says, completed by six hours with half an hour between the second and the fourth. */
export function rulesGiven(scope: Scope, open: { first: string; last: string }): RulesGiven {
  const [, rest, from, to] = /^(\d+):(\d+)-(\d+)$/.exec(scope.rest ?? '30:120-240') ?? [];
  const hours = (minutes: string | undefined) => String(Number(minutes ?? 0) / HOUR);
  return {
    days: listed(scope.days),
    lengths: listed(scope.lengths ?? '360').map(Number),
    earliest: scope.earliest ?? open.first,
    latest: scope.latest ?? open.last,
    rest: scope.rest === '0' ? 0 : Number(rest ?? 0),
    restFrom: hours(from ?? '120'),
    restTo: hours(to ?? '240'),
    people: scope.people ?? '',
  };
}

const listed = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean);

/** What is wrong with the rules of a plan, by field. */
export function wrongRules(given: RulesGiven): Wrong<RulesGiven> {
  const wrong: Wrong<RulesGiven> = {};
  const [from, to] = [readNumber(given.restFrom), readNumber(given.restTo)];
  const isHalf = (hours: number) => within(hours, 0, 24) && Number.isInteger(hours * 2);
  if (!within(given.days.length, 1, MOST_DAYS)) wrong.days = true;
  if (!within(given.lengths.length, 1, MOST_LENGTHS)) wrong.lengths = true;
  const room = (halfIndex(given.latest) - halfIndex(given.earliest)) * HALF_HOUR;
  if (given.lengths.length > 0 && room < Math.min(...given.lengths)) wrong.latest = true;
  if (given.rest > 0 && !isHalf(from)) wrong.restFrom = true;
  if (given.rest > 0 && !(isHalf(to) && to >= from)) wrong.restTo = true;
  if (given.people.trim() !== '') {
    const people = readNumber(given.people);
    if (!(Number.isInteger(people) && within(people, 0, 10_000))) wrong.people = true;
  }
  return wrong;
}

/** The rules as the address keeps them. */
export function rulesToScope(given: RulesGiven): Partial<Scope> {
  const minutes = (hours: string) => readNumber(hours) * HOUR;
  return {
    days: given.days.toSorted().join(','),
    lengths: given.lengths.toSorted((a, b) => a - b).join(','),
    earliest: given.earliest,
    latest: given.latest,
    rest: given.rest === 0 ? '0' : `${given.rest}:${minutes(given.restFrom)}-${minutes(given.restTo)}`,
    people: given.people.trim() || undefined,
  };
}

/** The rules as the API is asked. */
export function rulesAsked(given: RulesGiven) {
  const { days, lengths, earliest, latest, rest, people } = rulesToScope(given);
  return { days, lengths, earliest, latest, rest: rest === '0' ? undefined : rest, people };
}

/** The calculator's fields as they are written: minutes, seconds, percents. */
export interface QueueGiven {
  calls: string;
  minutes: string;
  handle: string;
  seconds: string;
  ask: 'level' | 'people';
  agents: string;
  aim: string;
  leaves: string;
}

/** What the address says of the queue, completed by an example. */
export const queueGiven = (scope: Scope): QueueGiven => ({
  calls: scope.calls ?? '100',
  minutes: scope.minutes ?? '30',
  handle: scope.handle ?? '180',
  seconds: scope.seconds ?? '20',
  ask: scope.aim === undefined ? 'level' : 'people',
  agents: scope.agents ?? '14',
  aim: scope.aim ?? '80',
  leaves: scope.leaves ?? '',
});

/** What is wrong with a queue's fields. */
export function wrongQueue(given: QueueGiven): Wrong<QueueGiven> {
  const wrong: Wrong<QueueGiven> = {};
  if (!within(readNumber(given.calls), 0, 100_000)) wrong.calls = true;
  if (!within(readNumber(given.minutes), 1, 1440)) wrong.minutes = true;
  if (!within(readNumber(given.handle), 1, 86_400)) wrong.handle = true;
  if (!within(readNumber(given.seconds), 0, 3600)) wrong.seconds = true;
  const agents = readNumber(given.agents);
  if (given.ask === 'level' && !(Number.isInteger(agents) && within(agents, 0, 10_000))) wrong.agents = true;
  if (given.ask === 'people' && !within(readNumber(given.aim), 1, 99.9)) wrong.aim = true;
  if (given.leaves.trim() !== '' && !within(readNumber(given.leaves), 1, 7200)) wrong.leaves = true;
  return wrong;
}

/** A queue's fields as the address keeps them. */
export const queueToScope = ({ ask, agents, aim, leaves, ...rest }: QueueGiven): Partial<Scope> => ({
  ...rest,
  agents: ask === 'level' ? agents : undefined,
  aim: ask === 'people' ? aim : undefined,
  leaves: leaves.trim() || undefined,
});

/** The question to the API that a queue is. */
export const queueAsked = (given: QueueGiven) => ({
  calls: readNumber(given.calls),
  interval: readNumber(given.minutes) * 60,
  aht: readNumber(given.handle),
  target: readNumber(given.seconds),
  agents: given.ask === 'level' ? readNumber(given.agents) : undefined,
  level: given.ask === 'people' ? readNumber(given.aim) / 100 : undefined,
  patience: given.leaves.trim() === '' ? undefined : readNumber(given.leaves),
});
