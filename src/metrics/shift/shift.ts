import { folded } from '../../intake/reference/value.ts';
import { addDays, type Day, daysBetween } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Lake } from '../../storage/lake.ts';
import { currentSources, lakeFacts, type SourceFacts } from '../facts.ts';
import { chosenSources, type Scope } from '../scope.ts';
import { forecastOf, HISTORY_DAYS } from '../staffing/forecast.ts';
import { countsIn } from '../staffing/half-hours.ts';
import { handleTimes } from '../staffing/handle-times.ts';
import { USUAL_DAYS } from '../staffing/periods.ts';
import { patienceFor, rosterFor } from '../staffing/staffing.ts';
import type { StaffingQuestion, StaffingTables } from '../staffing/staffing-answers.ts';
import { atWork } from './at-work.ts';
import { type CallbackScope, callbackCounts } from './callbacks.ts';
import { type DaySums, daySums } from './day-sums.ts';
import { halfHoursOf } from './half-hours.ts';
import { demandIn, pastDemand } from './past-demand.ts';
import { presentAt } from './present.ts';
import { queuesOf, servedOf } from './queues.ts';
import type {
  AimOf,
  ShiftDay,
  ShiftForecast,
  ShiftHalf,
  ShiftQuestion,
  ShiftSoFar,
  SilentSource,
} from './shift-answers.ts';
import { clockOfMinute, shiftDay } from './shift-day.ts';

/** What a shift can be narrowed by: what both contacts and rosters know. */
const FILTERED = ['queue', 'account'];
/** Days ahead that a forecast is judged by; the first of them is the day in view. */
const HORIZON = 7;

/** What the shift is asked with besides the lake. */
export interface ShiftKnowledge {
  readonly today: Day;
  /** Whose half-hours are foreseen and staffed. */
  readonly channel: string;
  /** Seconds in which a contact is to be answered, and the share of them where no target says. */
  readonly within: number;
  readonly usualLevel: number;
  readonly tables: StaffingTables;
  readonly aimOf: AimOf;
}

/**
 * The shift so far: queues against their targets, the channel's half-hours against their forecast, people needed against
 * those rostered and those who answered, and how many to call back. Null without any contact that was offered to
 * somebody. @throws RamalError `usage` for filters that a shift does not know.
 */
export async function shiftSoFar(
  lake: Lake,
  question: ShiftQuestion,
  knowledge: ShiftKnowledge,
): Promise<ShiftSoFar | null> {
  const { view, where } = question;
  const { channel, within, aimOf, today } = knowledge;
  const found = await shiftScope(lake, question, today);
  if (!found) return null;
  const { shown, sources, chosen } = found;
  const { day, until, ...inView } = shown;
  const [queue, account] = [onlyValue(where, 'queue'), onlyValue(where, 'account')];
  const aim = aimOf(day, queue, account);
  const target = { level: aim ?? knowledge.usualLevel, within };
  const staffing: StaffingQuestion = {
    scope: { sources: question.sources, where },
    ...{ channel, view, target, patience: 'data', shrinkage: 0, horizon: HORIZON, dueDays: [], receipt: false },
  };
  const [all, present, working, past, callbacks, silent] = await Promise.all([
    daySums(lake, { where, sources, day, until }),
    presentAt(lake, { where, sources, day, until, channel }),
    atWork(lake, { where, sources, channel, day, isToday: shown.isToday }),
    pastOf(lake, { where, sources, day, channel, view, within }),
    callbackCounts(lake, callbackScope(question, shown, sources)),
    silentSources(lake, chosen),
  ]);
  const sums = view === 'gross' ? all : all.filter(({ excluded }) => !excluded);
  const recent = past.halfHours.filter((half) => half.day >= addDays(day, -USUAL_DAYS));
  const came = demandIn(all, day, channel, view);
  const { model, patience, estimate } = patienceFor(staffing, [...recent, ...came]);
  const forecast = past.from
    ? forecastOf(countsIn(past.halfHours, { from: past.from, to: day }), HORIZON, {
        ...knowledge.tables,
        dueDays: new Set(),
      })
    : null;
  const aht = handleTimes([...recent, ...came]);
  const queues = [...new Set([...past.queues, ...queuesIn(sums, channel)])];
  const roster = await rosterFor(staffing, knowledge.tables, { from: day, to: addDays(day, 1), queues });
  const own = sums.filter((one) => one.channel === folded(channel));
  const halfHours = halfHoursOf({
    ...{ day, until, question: staffing, patience, came, forecast, present, roster, aht, atWork: working },
    shortAbandons: byHalf(own, (one) => one.abandoned_short),
    answered: byHalf(own, (one) => one.answered),
  });
  return {
    ...inView,
    day,
    at: clockOfMinute(until),
    lakeVersion: found.version,
    view,
    channel,
    excluded: all.reduce((sum, one) => sum + (one.excluded ? one.offered : 0), 0),
    whole: servedOf(sums, sources, aim),
    queues: queuesOf(sums, sources, (...one) => aimOf(day, ...one), account),
    halfHours,
    forecast: forecast && forecastFigures(forecast, halfHours, past.days),
    staffing: { model, ...target, patience: estimate, aht: aht?.mean ?? null },
    callbacks,
    silent,
  };
}

/** What a shift is of, once its day is known. */
export interface ShiftScope {
  readonly shown: ShiftDay;
  /** The sources whose contacts are offered to people, and all in view. */
  readonly sources: readonly SourceFacts[];
  readonly chosen: readonly SourceFacts[];
  readonly version: number;
}

/** The day in view and the sources that contacts are offered by; null without any such day. */
export async function shiftScope(lake: Lake, question: ShiftQuestion, today: Day): Promise<ShiftScope | null> {
  const filter = (question.where ?? []).find(({ column }) => !FILTERED.includes(column));
  if (filter)
    throw new RamalError('usage', {
      what: `O turno não se filtra por ${filter.column}`,
      todo: `Use ${FILTERED.join(' ou ')}`,
    });
  const { sources: known, version } = await lakeFacts(lake);
  const chosen = question.sources ? chosenSources(known, question) : currentSources(known);
  const sources = chosen.filter(({ holds, has_time }) => holds === 'all' && has_time);
  const shown = await shiftDay(lake, sources, question, today);
  return shown && { shown, sources, chosen, version };
}

/** What the call-back list of a shift is of. */
export function callbackScope(
  { where, view }: ShiftQuestion,
  { day, previous, until }: ShiftDay,
  sources: readonly SourceFacts[],
): CallbackScope {
  return { where, view, sources, day, previous, until };
}

/** The one value that a scope narrows a column to. */
export function onlyValue(where: Scope['where'], column: string): string | undefined {
  const values = (where ?? []).filter((filter) => filter.column === column);
  return values.length === 1 ? values[0]!.value : undefined;
}

interface PastParts {
  readonly where: Scope['where'];
  readonly sources: readonly SourceFacts[];
  readonly day: Day;
  readonly channel: string;
  readonly view: 'net' | 'gross';
  readonly within: number;
}

/** What came on the days before, of the sources that still live; `from` is null where nothing did. */
async function pastOf(lake: Lake, { sources, day, where, ...rest }: PastParts) {
  const live = sources.filter(
    ({ first_day, last_day }) => first_day < day && (last_day >= day || daysBetween(last_day, day) <= USUAL_DAYS),
  );
  const first = live.map(({ first_day }) => first_day).sort()[0];
  if (first === undefined) return { halfHours: [], queues: [], from: null, days: 0 };
  const earliest = addDays(day, -HISTORY_DAYS.most);
  const from = first > earliest ? first : earliest;
  const past = await pastDemand(lake, { ...rest, sources: live, scope: { where, from, to: day } });
  return { ...past, from, days: daysBetween(from, day) };
}

function queuesIn(sums: readonly DaySums[], channel: string): string[] {
  return sums.flatMap((one) => (one.channel === folded(channel) ? [one.queue] : []));
}

function byHalf(sums: readonly DaySums[], of: (one: DaySums) => number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const one of sums) found.set(one.half, (found.get(one.half) ?? 0) + of(one));
  return found;
}

function forecastFigures(
  { used, usual, naive, saved }: NonNullable<ReturnType<typeof forecastOf>>,
  halves: readonly ShiftHalf[],
  days: number,
): ShiftForecast {
  const over = halves.filter(({ state }) => state === 'over');
  return {
    ...{ used, usual, naive, days },
    noGain: saved === null || saved.low <= 0,
    expected: over.reduce((sum, { forecast }) => sum + (forecast?.calls ?? 0), 0),
    came: over.reduce((sum, { offered }) => sum + (offered ?? 0), 0),
  };
}

/** The sources in view that cannot tell who gave up: they keep answered contacts alone, or never had an abandoned one. */
async function silentSources(lake: Lake, chosen: readonly SourceFacts[]): Promise<SilentSource[]> {
  const rows = await lake.rows<{ source: string }>(
    `SELECT source FROM gold.contact_mart WHERE grain = 'source' GROUP BY source HAVING sum(abandoned) = 0 ORDER BY source`,
  );
  const none = new Set(rows.map(({ source }) => source));
  return chosen.flatMap(({ source, holds }): SilentSource[] => {
    if (holds === 'answered') return [{ source, reasonCode: 'only-answered' }];
    return none.has(source) ? [{ source, reasonCode: 'no-abandons' }] : [];
  });
}
