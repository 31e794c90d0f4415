import { setImmediate } from 'node:timers/promises';
import { addDays, type Day, daysBetween } from '../../kernel/brazil/dates.ts';
import { lackOf, surplusOf } from './against.ts';
import type { HalfHourDemand } from './demand.ts';
import { forecastOf } from './forecast.ts';
import { type HandleTimes, handleTimes } from './handle-times.ts';
import { agentsNeeded, type Patience, queueFigures, withShrinkage } from './needed.ts';
import { LEARN_DAYS, USUAL_DAYS, type Window } from './periods.ts';
import type { Roster } from './roster.ts';
import type { ComingRow, StaffingForecast, StaffingQuestion, StaffingRow } from './staffing-answers.ts';
import { type DayCounts, type DayFacts, HALF_HOURS, type Usual, usualOf } from './usual.ts';

/** Below this many usual calls a half-hour without people is closed. */
const CLOSED = 0.5;

/** What every half-hour is reckoned with. */
export interface Base {
  readonly question: StaffingQuestion;
  readonly patience: Patience;
  readonly rosters: Roster;
}

/** Calls by day, days without any too. */
export function countsIn(halves: readonly HalfHourDemand[], { from, to }: Window): DayCounts[] {
  const byDay = Map.groupBy(halves, ({ day }) => day);
  return Array.from({ length: Math.max(0, daysBetween(from, to)) }, (_, index) => {
    const day = addDays(from, index);
    const counts = new Array<number>(HALF_HOURS).fill(0);
    for (const { half, offered } of byDay.get(day) ?? []) counts[half] = offered;
    return { day, counts };
  });
}

/** What days of the period usually bring, by those of it and of the weeks before it that have calls at all. */
export function usualIn(halves: readonly HalfHourDemand[], from: Day, to: Day, facts: DayFacts): Usual {
  const called = halves.filter(({ day, offered }) => offered > 0 && day >= addDays(from, -LEARN_DAYS) && day < to);
  const days = called.map(({ day }) => day).sort();
  if (days.length === 0) return usualOf([], facts);
  return usualOf(countsIn(called, { from: days[0]!, to: addDays(days.at(-1)!, 1) }), facts);
}

interface PeriodParts extends Base, Window {
  readonly aht: HandleTimes;
  readonly inPeriod: readonly HalfHourDemand[];
  readonly usual: Usual;
}

/** The half-hours of a period with calls or people, for the calls that came and for those that usually come. */
export async function periodRows({ question, patience, rosters, aht, inPeriod, from, to, usual }: PeriodParts) {
  const came = new Map(inPeriod.map((half) => [`${half.day} ${half.half}`, half]));
  const rows: StaffingRow[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    await setImmediate();
    const expected = usual(day);
    for (let half = 0; half < HALF_HOURS; half++) {
      const seen = came.get(`${day} ${half}`);
      const there = rosteredAt(rosters, day, half);
      const offered = seen?.offered ?? 0;
      const calls = expected[half]!;
      if (offered === 0 && !there && calls < CLOSED) continue;
      const needed = peopleFor(question, patience, offered, aht.of(day));
      const usualNeeded = peopleFor(question, patience, calls, aht.mean);
      rows.push({
        day,
        from: clockOf(half),
        offered,
        abandoned: seen?.abandoned ?? 0,
        answeredInTime: seen?.in_time ?? 0,
        aht: aht.of(day),
        needed,
        rostered: there,
        ...gapsOf(needed, there),
        usualCalls: calls,
        usualNeeded,
        usualLack: gapsOf(usualNeeded, there).lack,
        usualSurplus: gapsOf(usualNeeded, there).surplus,
        usualLevel: there === null ? null : levelOf(question, patience, calls, aht.mean, there),
      });
    }
  }
  return rows;
}

/** People rostered in a half-hour; null on days of which the roster says nothing: it was not loaded, or not made yet. */
export function rosteredAt(rosters: Roster, day: Day, half: number): number | null {
  return rosters.get(day)?.[half] ?? null;
}

function gapsOf(needed: number, rostered: number | null): { lack: number | null; surplus: number | null } {
  if (rostered === null) return { lack: null, surplus: null };
  return { lack: lackOf({ needed, rostered }), surplus: surplusOf({ needed, rostered }) };
}

const HALF_HOUR_SECONDS = 1800;

/** People to roster so that so many calls of a half-hour meet the target. */
export function peopleFor(
  { target, shrinkage }: StaffingQuestion,
  patience: Patience,
  calls: number,
  aht: number,
): number {
  return withShrinkage(agentsNeeded({ calls, interval: HALF_HOUR_SECONDS, aht }, target, patience), shrinkage);
}

/** Share answered in time by whole people of those rostered, the share of shrinkage away. */
function levelOf(
  { target, shrinkage }: StaffingQuestion,
  patience: Patience,
  calls: number,
  aht: number,
  rostered: number,
): number {
  const agents = Math.floor(rostered * (1 - shrinkage) + 1e-9);
  return queueFigures({ calls, interval: HALF_HOUR_SECONDS, aht }, agents, target.within, patience).serviceLevel;
}

/** `08:30` of a half-hour. */
export function clockOf(half: number): string {
  return `${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
}

/** The half-hour that begins at `08:30`. */
export function halfOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 2 + (clock.endsWith('30') ? 1 : 0);
}

/** The forecast of the coming days with the people they need; null where the history is too short or tells no talk. */
export async function comingDays(
  { question, patience, rosters }: Base,
  { history, from, to }: { history: Day; from: Day; to: Day },
  halves: readonly HalfHourDemand[],
  facts: DayFacts,
): Promise<StaffingForecast | null> {
  const known = halves.filter(({ day }) => day >= history && day < from);
  const times = handleTimes(known.filter(({ day }) => day >= addDays(from, -USUAL_DAYS)));
  await setImmediate();
  const forecast = times && forecastOf(countsIn(known, { from: history, to: from }), question.horizon, facts);
  if (!forecast) return null;
  const { rows, ...accuracy } = forecast;
  const aht = times.mean;
  const coming: ComingRow[] = [];
  for (const { day, half, calls, low, high, naive } of rows) {
    if (half === 0 || coming.at(-1)?.day !== day) await setImmediate();
    const needed = peopleFor(question, patience, calls, aht);
    const there = rosteredAt(rosters, day, half);
    coming.push({
      day,
      from: clockOf(half),
      calls,
      low,
      high,
      naive,
      needed,
      neededHigh: peopleFor(question, patience, high, aht),
      rostered: there,
      ...gapsOf(needed, there),
    });
  }
  const noGain = forecast.saved === null || forecast.saved.low <= 0;
  return { ...accuracy, from, to, noGain, aht, rows: coming };
}
