import { addDays, type Day, weekdayOf } from '../../kernel/brazil/dates.ts';
import { type DayCounts, type DayFacts, HALF_HOURS, type Usual, usualOf } from './usual.ts';

/** How near a forecast was when it was made over and over with what was known then. */
export interface Accuracy {
  /** Σ |came − forecast| / Σ came, over half-hours; null where nothing came. */
  readonly wape: number | null;
  /** Share of half-hours within their interval; null before there are intervals. */
  readonly coverage: number | null;
}

export interface ForecastHalf {
  readonly day: Day;
  /** 0 is 00:00 to 00:30. */
  readonly half: number;
  readonly calls: number;
  readonly low: number;
  readonly high: number;
  readonly naive: number;
}

export interface Forecast {
  /** The forecast that `calls` and its interval are of: the naive one where the other is no better. */
  readonly used: 'usual' | 'naive';
  readonly usual: Accuracy;
  readonly naive: Accuracy;
  /** 1 − WAPE / WAPE of the naive one; null where they cannot be told. */
  readonly gain: number | null;
  /** What the naive forecast misses beyond the other one, calls a day: mean and 95 % interval over the days tried. */
  readonly saved: { readonly mean: number; readonly low: number; readonly high: number } | null;
  /** Weeks forecast over again, days and half-hours compared. */
  readonly origins: number;
  readonly days: number;
  readonly halfHours: number;
  readonly rows: readonly ForecastHalf[];
}

/** Days of history before the first forecast that is tried. */
const LEAST_DAYS = 28;
const MOST_ORIGINS = 12;
/** Forecasts whose misses make the interval of the next. */
const LEAST_MISSES = 2;
const SHARE_OUT = 0.025;
const Z = 1.959964;

/** History that a forecast with its accuracy takes, at least and at most, in days. */
export const HISTORY_DAYS = { least: LEAST_DAYS + 7, most: 182 } as const;

/**
 * Calls of the days after the history, by half-hour: what days usually bring (`usualOf`) beside the seasonal-naive
 * forecast (the last such weekday that was neither holiday nor event; for a holiday the last Sunday). Both are tried on
 * the past weeks from moving origins (Hyndman & Athanasopoulos, 2021), as many days ahead as are asked; their 95 %
 * intervals are quantiles of the misses of earlier origins, so that coverage is of days not seen. The history has each
 * day once, in order, without gaps. Null when it is shorter than `HISTORY_DAYS.least`.
 */
export function forecastOf(history: readonly DayCounts[], horizon: number, facts: DayFacts): Forecast | null {
  if (history.length < HISTORY_DAYS.least) return null;
  const next = addDays(history.at(-1)!.day, 1);
  const tried = triedOrigins(history, horizon, facts);
  const usual = judged(tried.map(({ days }) => days.map(({ came, usual: told }) => ({ came, told }))));
  const naive = judged(tried.map(({ days }) => days.map(({ came, naive: told }) => ({ came, told }))));
  const saved = savedOf(tried.flatMap(({ days }) => days));
  const used = saved !== null && saved.mean > 0 ? 'usual' : 'naive';
  const ahead = Array.from({ length: horizon }, (_, index) => addDays(next, index));
  const learnt = usualOf(history, facts);
  const again = naiveOf(history, facts);
  const rows = ahead.flatMap((day) => {
    const [told, plain] = [learnt(day), again(day)];
    return Array.from({ length: HALF_HOURS }, (_, half): ForecastHalf => {
      const calls = used === 'usual' ? told[half]! : plain[half]!;
      const { low, high } = (used === 'usual' ? usual : naive).interval(calls);
      return { day, half, calls, low, high, naive: plain[half]! };
    });
  });
  return {
    used,
    usual: usual.accuracy,
    naive: naive.accuracy,
    gain: usual.accuracy.wape !== null && naive.accuracy.wape ? 1 - usual.accuracy.wape / naive.accuracy.wape : null,
    saved,
    origins: tried.length,
    days: tried.reduce((sum, { days }) => sum + days.length, 0),
    halfHours: usual.halfHours,
    rows: rows.filter(({ calls, naive: plain }) => calls > 0 || plain > 0),
  };
}

/** The last day of the same weekday, or the last Sunday for a holiday, that had nothing out of the ordinary. */
export function naiveOf(history: readonly DayCounts[], { isHoliday, events }: DayFacts): Usual {
  const last = new Map<number, readonly number[]>();
  for (const { day, counts } of history) {
    const weekday = weekdayOf(day);
    if (!events.has(day) && (weekday === 0 || !isHoliday(day))) last.set(weekday, counts);
  }
  const none = new Array<number>(HALF_HOURS).fill(0);
  return (day) => [...(last.get(isHoliday(day) ? 0 : weekdayOf(day)) ?? none)];
}

interface TriedDay {
  readonly came: readonly number[];
  readonly usual: readonly number[];
  readonly naive: readonly number[];
}

/** Forecasts made week by week with what was known then, oldest first. */
function triedOrigins(
  history: readonly DayCounts[],
  horizon: number,
  facts: DayFacts,
): { readonly days: readonly TriedDay[] }[] {
  const found = [];
  for (let at = history.length - 7; at >= LEAST_DAYS && found.length < MOST_ORIGINS; at -= 7) {
    const known = history.slice(0, at);
    const [usual, naive] = [usualOf(known, facts), naiveOf(known, facts)];
    const days = history
      .slice(at, at + horizon)
      .map(({ day, counts }) => ({ came: counts, usual: usual(day), naive: naive(day) }));
    found.unshift({ days });
  }
  return found;
}

interface Told {
  readonly came: readonly number[];
  readonly told: readonly number[];
}

interface Judged {
  readonly accuracy: Accuracy;
  readonly halfHours: number;
  readonly interval: (calls: number) => { low: number; high: number };
}

interface Miss {
  readonly came: number;
  readonly told: number;
}

/** WAPE over all half-hours with calls come or told, and coverage over those of origins with enough before them. */
function judged(origins: readonly (readonly Told[])[]): Judged {
  const misses: Miss[] = [];
  let [within, tested, off, came] = [0, 0, 0, 0];
  for (const [index, days] of origins.entries()) {
    const interval = index >= LEAST_MISSES ? intervalOf(misses) : null;
    const now = days.flatMap(missesOf);
    for (const miss of now) {
      off += Math.abs(miss.came - miss.told);
      came += miss.came;
      if (!interval) continue;
      const { low, high } = interval(miss.told);
      tested++;
      if (miss.came >= low && miss.came <= high) within++;
    }
    misses.push(...now);
  }
  return {
    accuracy: { wape: came > 0 ? off / came : null, coverage: tested > 0 ? within / tested : null },
    halfHours: misses.length,
    interval: intervalOf(misses),
  };
}

function missesOf({ came, told }: Told): Miss[] {
  return came.flatMap((count, half) => (count > 0 || told[half]! > 0 ? [{ came: count, told: told[half]! }] : []));
}

/**
 * The interval that misses of the past give around a forecast: their quantiles in units of a spread that grows as
 * counts do, √(calls + overdispersion × calls²), at least one call's.
 */
function intervalOf(misses: readonly Miss[]): Judged['interval'] {
  const excess = misses.reduce((sum, { came, told }) => sum + (came - told) ** 2 - told, 0);
  const squares = misses.reduce((sum, { told }) => sum + told ** 2, 0);
  const over = squares > 0 ? Math.max(0, excess / squares) : 0;
  const spread = (calls: number) => Math.sqrt(Math.max(1, calls) + over * calls ** 2);
  const scaled = misses.map(({ came, told }) => (came - told) / spread(told)).sort((a, b) => a - b);
  const quantile = (share: number) => scaled[Math.min(scaled.length - 1, Math.floor(share * scaled.length))] ?? 0;
  const [least, most] = [quantile(SHARE_OUT), quantile(1 - SHARE_OUT)];
  return (calls) => ({
    low: Math.max(0, Math.round(calls + least * spread(calls))),
    high: Math.max(0, Math.round(calls + most * spread(calls))),
  });
}

/** By how much the naive forecast misses more, in calls a day, with the interval of a mean of paired days. */
function savedOf(days: readonly TriedDay[]): Forecast['saved'] {
  if (days.length < 2) return null;
  const off = (came: readonly number[], told: readonly number[]) =>
    came.reduce((sum, count, half) => sum + Math.abs(count - told[half]!), 0);
  const saved = days.map(({ came, usual, naive }) => off(came, naive) - off(came, usual));
  const mean = saved.reduce((sum, one) => sum + one, 0) / saved.length;
  const variance = saved.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (saved.length - 1);
  const spread = Z * Math.sqrt(variance / saved.length);
  return { mean, low: mean - spread, high: mean + spread };
}
