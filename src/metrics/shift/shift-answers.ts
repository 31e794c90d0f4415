import type { Day } from '../../kernel/brazil/dates.ts';
import type { NullReason } from '../answers.ts';
import type { Scope } from '../scope.ts';
import type { Accuracy } from '../staffing/forecast.ts';
import type { PatienceEstimate } from '../staffing/patience.ts';

/** Of which sources, queues and accounts, on which day and up to when. */
export interface ShiftQuestion {
  readonly sources?: readonly string[] | undefined;
  /** Of queues and accounts alone. */
  readonly where?: Scope['where'];
  /** The day asked for; without one, today or the last day with calls. */
  readonly day?: Day | undefined;
  /** Minute of the day before which contacts count; without one, up to the last contact. */
  readonly at?: number | undefined;
  readonly view: 'net' | 'gross';
}

/** The level that a queue is to reach on a day, 0 to 1; null where nobody said. */
export type AimOf = (day: Day, queue: string | undefined, account: string | undefined) => number | null;

/** The day in view. Minutes count from 00:00, their end is not part. */
export interface ShiftDay {
  readonly day: Day;
  readonly isToday: boolean;
  /** Contacts that began before this minute count. */
  readonly until: number;
  /** When the last contact of the day began, `10:42`; null where there is none. */
  readonly last: string | null;
  /** The day with calls before it, no more than a week ago. */
  readonly previous: Day | null;
  /** The last day with calls of all. */
  readonly newest: Day | null;
}

/** Share answered in time of those whose wait is known, with its 95 % interval. */
export interface Level {
  readonly value: number | null;
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
  /** Why there is no value. */
  readonly reasonCode?: NullReason;
}

/** `below` and `met`: the whole interval is; `few`: it is wide for want of cases; `near`: it holds the target. */
export type AgainstTarget = 'below' | 'near' | 'few' | 'met';

export interface Served {
  readonly offered: number;
  readonly answered: number;
  /** Without the short ones, which are beside it. */
  readonly abandoned: number;
  readonly shortAbandons: number;
  readonly level: Level;
  readonly target: number | null;
  /** Null without a target or a level. */
  readonly against: AgainstTarget | null;
  /** Contacts that were not answered in time and had to be, for the target. */
  readonly short: number | null;
}

export interface WorstHalf {
  /** `10:30`. */
  readonly from: string;
  readonly n: number;
  readonly inTime: number;
  readonly short: number;
}

export interface ShiftQueue extends Served {
  readonly queue: string;
  /** The half-hour with most contacts short of the target; null where no half-hour lacks any. */
  readonly worst: WorstHalf | null;
}

export interface ShiftHalf {
  /** `10:30`. */
  readonly from: string;
  /** Over, filling up, or to come. */
  readonly state: 'over' | 'filling' | 'ahead';
  /** Of the channel, so far; null of those to come. */
  readonly offered: number | null;
  readonly answered: number | null;
  readonly abandoned: number | null;
  readonly forecast: {
    readonly calls: number;
    readonly low: number;
    readonly high: number;
    readonly naive: number;
  } | null;
  /** Of a half-hour that is over: whether what came lies outside the forecast's interval. */
  readonly outside: 'above' | 'below' | null;
  /** For the calls that came, or that the forecast expects; null where neither is known. */
  readonly needed: number | null;
  readonly rostered: number | null;
  /** People too few: needed less rostered. */
  readonly lack: number | null;
  /** Agents who were on a call of the channel; null of half-hours to come. */
  readonly present: number | null;
  /** Agents handling or available, on average; null where no source tells of agents' time. */
  readonly atWork: number | null;
}

export interface ShiftForecast {
  readonly used: 'usual' | 'naive';
  readonly noGain: boolean;
  readonly usual: Accuracy;
  readonly naive: Accuracy;
  /** Days of history it is made of. */
  readonly days: number;
  /** Calls that it expected of the half-hours that are over, with those that came. */
  readonly expected: number;
  readonly came: number;
}

/** Who is to be called back, counted. */
export interface CallbackCounts {
  readonly today: number;
  /** Since the day before, and still not answered. */
  readonly before: number;
  /** Abandoned contacts without anything to call, of the day and of the one before. */
  readonly anonymous: number;
  readonly anonymousBefore: number;
}

/** A source that cannot tell who gave up. */
export interface SilentSource {
  readonly source: string;
  readonly reasonCode: 'only-answered' | 'no-abandons';
}

export interface ShiftSoFar extends Omit<ShiftDay, 'until'> {
  /** Contacts that began before this time count, `10:43`. */
  readonly at: string;
  readonly lakeVersion: number;
  readonly view: 'net' | 'gross';
  readonly excluded: number;
  readonly channel: string;
  readonly whole: Served;
  readonly queues: readonly ShiftQueue[];
  readonly halfHours: readonly ShiftHalf[];
  readonly forecast: ShiftForecast | null;
  readonly staffing: {
    readonly model: 'erlang-a' | 'erlang-c';
    readonly level: number;
    readonly within: number;
    readonly patience: (PatienceEstimate & { readonly given: boolean }) | null;
    readonly aht: number | null;
  };
  readonly callbacks: CallbackCounts;
  readonly silent: readonly SilentSource[];
}

/** A person to call back; the row is the last contact that was abandoned. */
export interface Callback {
  readonly row_id: number;
  /** Since the day before. */
  readonly before: boolean;
  /** First and last contact not answered, wall times. */
  readonly since: string;
  readonly last: string;
  readonly queue: string;
  readonly account: string;
  readonly channel: string;
  readonly source: string;
  readonly tries: number;
  /** Longest wait of those, seconds; null where none is known. */
  readonly waited_s: number | null;
  readonly phone: string | null;
  readonly contact_name: string | null;
  /** What the source calls the customer. */
  readonly customer_ref: string | null;
}
