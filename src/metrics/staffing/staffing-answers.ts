import type { Entry } from '../../intake/reference/plan.ts';
import type { Day } from '../../kernel/brazil/dates.ts';
import type { NullReason, Receipt } from '../answers.ts';
import type { Scope } from '../scope.ts';
import type { Forecast } from './forecast.ts';
import type { Target } from './needed.ts';
import type { PatienceEstimate } from './patience.ts';

export interface StaffingQuestion {
  readonly scope: Scope;
  readonly channel: string;
  readonly view: 'net' | 'gross';
  readonly target: Target;
  /** Mean patience in seconds, `data` to estimate it, `none` for callers who never give up. */
  readonly patience: number | 'data' | 'none';
  /** Share of rostered people who are not on the phones. */
  readonly shrinkage: number;
  /** Coming days to forecast; 0 for none. */
  readonly horizon: number;
  readonly dueDays: readonly number[];
  readonly receipt: boolean;
}

/** What the reference tables say of days: rows of `rosters` from a day to another, and what is out of the ordinary. */
export interface StaffingTables {
  readonly roster: (from: Day, to: Day) => Promise<readonly Pick<Entry, 'key' | 'values'>[]>;
  readonly isHoliday: (day: Day) => boolean;
  readonly events: ReadonlySet<Day>;
}

/** A half-hour with calls or people; what takes a roster is null on days of which none is known. */
export interface StaffingRow {
  readonly day: Day;
  /** `08:30`. */
  readonly from: string;
  readonly offered: number;
  readonly abandoned: number;
  readonly answeredInTime: number;
  /** Handle seconds that its agents are reckoned with: of the day, or of the period where the day has few calls. */
  readonly aht: number;
  /** People to roster for the calls that came. */
  readonly needed: number;
  readonly rostered: number | null;
  readonly lack: number | null;
  readonly surplus: number | null;
  /** Calls that such a half-hour usually brings, and the same of them. */
  readonly usualCalls: number;
  readonly usualNeeded: number;
  readonly usualLack: number | null;
  readonly usualSurplus: number | null;
  /** Share of the usual calls that the people rostered would answer in time. */
  readonly usualLevel: number | null;
}

export interface ComingRow {
  readonly day: Day;
  readonly from: string;
  readonly calls: number;
  readonly low: number;
  readonly high: number;
  readonly naive: number;
  readonly needed: number;
  /** People for as many calls as the upper limit. */
  readonly neededHigh: number;
  readonly rostered: number | null;
  readonly lack: number | null;
  readonly surplus: number | null;
}

export interface StaffingForecast extends Omit<Forecast, 'rows'> {
  readonly from: Day;
  readonly to: Day;
  /** The forecast is not surely better than the naive one. */
  readonly noGain: boolean;
  readonly aht: number;
  readonly rows: readonly ComingRow[];
}

export interface StaffingAnswer {
  /** Null where nothing is known and no period was asked for. */
  readonly from: Day | null;
  readonly to: Day | null;
  readonly watermark: Day | null;
  readonly lakeVersion: number;
  readonly sources: readonly string[];
  readonly channel: string;
  readonly view: 'net' | 'gross';
  /** Calls that exclusions leave out of the net view. */
  readonly excluded: number;
  readonly target: Target;
  readonly shrinkage: number;
  readonly dueDays: readonly number[];
  readonly model: 'erlang-a' | 'erlang-c';
  readonly patience: (PatienceEstimate & { readonly given: boolean }) | null;
  readonly aht: number | null;
  readonly offered: number;
  readonly answeredInTime: number;
  readonly abandoned: number;
  readonly rows: readonly StaffingRow[];
  /** Half-hours of days of which no roster is known. */
  readonly withoutRoster: number;
  /** Agent-hours of half-hours with a roster, for the calls that came and for those that usually come. */
  readonly came: Totals;
  readonly usual: Totals;
  /** Half-hours where agents lack most for the usual calls, and where there are most too many. */
  readonly worst: { readonly lack: readonly StaffingRow[]; readonly surplus: readonly StaffingRow[] };
  readonly forecast: StaffingForecast | null;
  readonly reasonCode?: NullReason;
  readonly reason?: string;
  readonly receipt?: Receipt;
}

/** Agent-hours; what takes a roster is null without one. */
export interface Totals {
  readonly needed: number;
  readonly rostered: number | null;
  readonly lack: number | null;
  readonly surplus: number | null;
}
