import type { Day } from '../../kernel/brazil/dates.ts';
import { lackOf } from '../staffing/against.ts';
import type { HalfHourDemand } from '../staffing/demand.ts';
import type { Forecast } from '../staffing/forecast.ts';
import { clockOf, peopleFor, rosteredAt } from '../staffing/half-hours.ts';
import type { HandleTimes } from '../staffing/handle-times.ts';
import type { Patience } from '../staffing/needed.ts';
import type { Roster } from '../staffing/roster.ts';
import type { StaffingQuestion } from '../staffing/staffing-answers.ts';
import { HALF_HOURS } from '../staffing/usual.ts';
import type { ShiftHalf } from './shift-answers.ts';

const MINUTES = 30;
/** Below so many expected calls a half-hour without people is closed. */
const CLOSED = 0.5;

interface HalfHourParts {
  readonly day: Day;
  readonly until: number;
  readonly question: StaffingQuestion;
  readonly patience: Patience;
  /** The channel's contacts of the day, and of those how many were abandoned at once. */
  readonly came: readonly HalfHourDemand[];
  readonly shortAbandons: ReadonlyMap<number, number>;
  readonly answered: ReadonlyMap<number, number>;
  readonly forecast: Forecast | null;
  readonly present: ReadonlyMap<number, number>;
  readonly atWork: ReadonlyMap<number, number> | null;
  readonly roster: Roster;
  readonly aht: HandleTimes | null;
}

/** The half-hours of a day from the first to the last that has contacts, people or a forecast of contacts. */
export function halfHoursOf(parts: HalfHourParts): ShiftHalf[] {
  const halves = Array.from({ length: HALF_HOURS }, (_, half) => halfOf(parts, half));
  const first = halves.findIndex(isOpen);
  return first < 0 ? [] : halves.slice(first, halves.findLastIndex(isOpen) + 1);
}

function isOpen({ offered, forecast, rostered, present, atWork }: ShiftHalf): boolean {
  const people = [rostered, present, atWork].some((some) => (some ?? 0) > 0);
  return people || (offered ?? 0) > 0 || (forecast?.calls ?? 0) >= CLOSED;
}

function halfOf(parts: HalfHourParts, half: number): ShiftHalf {
  const { day, until, forecast, roster, aht, question, patience } = parts;
  const state = (half + 1) * MINUTES <= until ? 'over' : half * MINUTES < until ? 'filling' : 'ahead';
  const seen = parts.came.find((one) => one.half === half);
  const offered = seen?.offered ?? 0;
  const told = forecast?.rows.find((row) => row.day === day && row.half === half);
  const expected = told && { calls: told.calls, low: told.low, high: told.high, naive: told.naive };
  const soon = forecast ? (expected?.calls ?? 0) : null;
  // A half-hour that fills up is to bring what it has brought already, or more.
  const calls = state === 'over' ? offered : state === 'ahead' ? soon : soon === null ? null : Math.max(offered, soon);
  const seconds = state === 'over' ? aht?.of(day) : aht?.mean;
  const needed = calls === null || seconds === undefined ? null : peopleFor(question, patience, calls, seconds);
  const rostered = rosteredAt(roster, day, half);
  const begun = state !== 'ahead';
  return {
    from: clockOf(half),
    state,
    offered: begun ? offered : null,
    answered: begun ? (parts.answered.get(half) ?? 0) : null,
    abandoned: begun ? (seen?.abandoned ?? 0) - (parts.shortAbandons.get(half) ?? 0) : null,
    forecast: expected ?? null,
    outside: state === 'over' && expected ? outsideOf(offered, expected) : null,
    needed,
    rostered,
    lack: needed === null || rostered === null ? null : lackOf({ needed, rostered }),
    present: begun ? (parts.present.get(half) ?? 0) : null,
    atWork: state === 'over' ? (parts.atWork?.get(half) ?? null) : null,
  };
}

function outsideOf(came: number, { low, high }: { low: number; high: number }): ShiftHalf['outside'] {
  if (came > high) return 'above';
  return came < low ? 'below' : null;
}
