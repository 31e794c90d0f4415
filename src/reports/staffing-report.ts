import { businessDay } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import type { Scope } from '../metrics/scope.ts';
import type { Target } from '../metrics/staffing/needed.ts';
import { staffingAnswer } from '../metrics/staffing/staffing.ts';
import type { StaffingAnswer, StaffingQuestion } from '../metrics/staffing/staffing-answers.ts';
import { targetsOf } from './aims.ts';
import type { Reporting } from './reporting.ts';
import { listOf } from './said.ts';
import { staffingTables } from './staffing-tables.ts';

type Home = Pick<Reporting, 'lake' | 'cache' | 'references' | 'clock' | 'config'>;

/** 80/20, where neither the question nor the table of targets says otherwise. */
export const USUAL_LEVEL = 0.8;
const USUAL_SECONDS = 20;
const USUAL_HORIZON = 7;
const USUAL_CHANNEL = 'voz';
const LONGEST_PATIENCE = 7200;
/** Tables that an answer rests on besides the lake. */
const TABLES = ['rosters', 'holidays', 'deploys', 'targets'];

/** What may be aimed at, from the least to the most: shares and seconds. */
export const AIMS = {
  level: [0.01, 0.999],
  target: [0, 3600],
  asa: [0, 3600],
  occupancy: [0.05, 1],
  abandon: [0.0001, 1],
  shrinkage: [0, 0.9],
} as const;

export type Limits = { readonly [Name in keyof typeof AIMS]?: number };

/** What staffing is asked by beside its scope, as an address says it. */
export interface StaffingSaid extends Limits {
  readonly channel?: string | undefined;
  readonly view?: 'net' | 'gross' | undefined;
  /** Seconds, `data` or `none`. */
  readonly patience?: string | undefined;
  readonly horizon?: number | undefined;
  /** Days of the month, `5-10,20`. */
  readonly due?: string | undefined;
  readonly receipt?: boolean | undefined;
}

/** The aims of a screen's address. @throws RamalError `usage` for others than {@link AIMS} takes. */
export function aimsSaid(said: Readonly<Record<string, string>>): StaffingSaid {
  const limits = Object.entries(AIMS).flatMap(([name, [least, most]]) => {
    const text = said[name];
    if (text === undefined) return [];
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= least && value <= most) return [[name, value] as const];
    throw new RamalError('usage', { what: `Recebido ${text} em ${name}`, todo: `Use de ${least} a ${most}` });
  });
  const { patience, due } = said;
  patienceOf(patience);
  dueDaysOf(due);
  return { ...Object.fromEntries(limits), patience, due };
}

/** The target of limits, with a level where they say none. */
export function targetOf(limits: Limits, level: number): Target {
  const further = (['asa', 'occupancy', 'abandon'] as const).flatMap((name) =>
    limits[name] === undefined ? [] : [[name, limits[name]]],
  );
  return { level, within: limits.target ?? USUAL_SECONDS, ...Object.fromEntries(further) };
}

/** The question to a scope. @throws RamalError `usage` for a patience or days that are none. */
export async function staffingQuestion(home: Home, scope: Scope, said: StaffingSaid): Promise<StaffingQuestion> {
  return {
    scope,
    channel: said.channel ?? USUAL_CHANNEL,
    view: said.view ?? 'net',
    target: targetOf(said, said.level ?? (await levelAimed(home, scope)) ?? USUAL_LEVEL),
    patience: patienceOf(said.patience),
    shrinkage: said.shrinkage ?? 0,
    horizon: said.horizon ?? USUAL_HORIZON,
    dueDays: dueDaysOf(said.due),
    receipt: said.receipt ?? false,
  };
}

/** The answer to a question, kept for as long as nothing it rests on has changed. */
export async function staffingNow(home: Home, question: StaffingQuestion, refresh = false): Promise<StaffingAnswer> {
  const states = await home.references.states();
  const changes = TABLES.map((name) => states.get(name)?.last?.change ?? null);
  return home.cache.get(
    home.lake,
    ['staffing', question, changes],
    async () => staffingAnswer(home.lake, question, await staffingTables(home)),
    refresh,
  );
}

/** The service level that the table of targets has for the scope's queue or account today. */
async function levelAimed(home: Home, scope: Scope): Promise<number | null> {
  const today = businessDay(home.clock.now(), home.config.timeZone);
  const level = (await targetsOf(home))(indicatorNamed('serviceLevel'), scope, today);
  return level !== null && level > 0 && level < 1 ? level : null;
}

/** @throws RamalError `usage` for what is neither `data` nor `none` nor seconds. */
function patienceOf(text = 'data'): StaffingQuestion['patience'] {
  if (text === 'data' || text === 'none') return text;
  const seconds = Number(text);
  if (seconds > 0 && seconds <= LONGEST_PATIENCE) return seconds;
  throw new RamalError('usage', {
    what: `Recebido ${text} em patience`,
    todo: `Use segundos, até ${LONGEST_PATIENCE}, data ou none`,
  });
}

/** Days of the month written `5-10,20`. @throws RamalError `usage` for others. */
function dueDaysOf(text: string | undefined): number[] {
  const days = listOf(text).flatMap((part) => {
    const [, from, to = from] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part.trim()) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (!(first >= 1 && last >= first && last <= 31))
      throw new RamalError('usage', { what: `Recebido ${part} em due`, todo: 'Use dias do mês, como 5-10,20' });
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(days)].sort((a, b) => a - b);
}
