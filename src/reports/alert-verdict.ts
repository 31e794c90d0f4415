import { type ControlPoint, limitsOf, RUN, signalsOf } from '../metrics/control-limits.ts';
import { FEW } from '../metrics/few.ts';
import type { Unit } from '../metrics/indicator.ts';

export const ALERT_KINDS = ['above', 'below', 'limits'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Earlier periods that the own limits are made of. */
export const BASE = 12;
/** The lowest score of points of a hundred. */
const LOWEST_POINTS = -100;
/** What no value of a unit goes beyond, nor a limit that is told. */
const MOST: Partial<Record<Unit, number>> = { ratio: 1, points: 100 };

/** A period's figure, with its 95 % interval where it has one. */
export interface AlertPoint extends ControlPoint {
  readonly low?: number;
  readonly high?: number;
}

/**
 * What a figure says of an alert: it crossed, or it did not; it is beyond the threshold but chance could do that; too
 * few cases; too few earlier periods for limits; not known for good yet; or there is none.
 */
export const VERDICTS = ['crossed', 'calm', 'unsure', 'few', 'short', 'provisional', 'empty'] as const;
export type VerdictName = (typeof VERDICTS)[number];

/** Which way it crossed: the value itself, or eight in a row on that side of the mean. */
export const SIGNALS = ['above', 'below', 'run-above', 'run-below'] as const;
export type SignalName = (typeof SIGNALS)[number];

export interface Verdict {
  readonly verdict: VerdictName;
  readonly signal: SignalName | null;
  readonly value: number | null;
  readonly n: number;
  /** The 95 % interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** What it was held against: the threshold, or the mean and limits of the earlier periods. */
  readonly threshold: number | null;
  readonly mean: number | null;
  readonly limitLow: number | null;
  readonly limitHigh: number | null;
}

export interface Watched {
  readonly kind: AlertKind;
  readonly threshold: number | null;
  readonly unit: Unit;
  /** Below this n a figure says little, unless it is itself a count. */
  readonly few: number;
}

/**
 * Judges a period by its alert; `before` are the earlier ones, the oldest first. A figure of few cases crosses nothing, unless it is itself a count; one with an interval crosses a threshold when all of the interval has.
 */
export function judge(
  { kind, threshold, unit, few }: Watched,
  point: AlertPoint,
  before: readonly AlertPoint[],
): Verdict {
  const { value, n, low = null, high = null } = point;
  const said = (verdict: VerdictName, signal: SignalName | null = null, limits: Partial<Verdict> = {}): Verdict => ({
    ...{ verdict, signal, value, n, low, high, threshold, mean: null, limitLow: null, limitHigh: null },
    ...limits,
  });
  if (point.provisional) return said('provisional');
  if (value === null) return said('empty');
  const scarce = (each: AlertPoint) => unit !== 'count' && each.n < few;
  if (scarce(point)) return said('few');
  if (kind !== 'limits') {
    const sign = kind === 'above' ? 1 : -1;
    const beyond = (bound: number) => sign * (bound - threshold!) > 0;
    if (!beyond(value)) return said('calm');
    const nearest = (kind === 'above' ? low : high) ?? value;
    return beyond(nearest) ? said('crossed', kind) : said('unsure');
  }
  // A count is a case of nothing: few of them is what it tells.
  const cases = (each: AlertPoint) => ({ ...each, n: scarce(each) ? 0 : FEW });
  const limits = limitsOf(before.slice(-BASE).map(cases), unit === 'points' ? LOWEST_POINTS : 0);
  if (!limits) return said('short');
  const held = { mean: limits.mean, limitLow: limits.low, limitHigh: Math.min(MOST[unit] ?? limits.high, limits.high) };
  const signal = signalsOf([...before.slice(-BASE), point].map(cases), limits).at(-1);
  if (!signal) return said('calm', null, held);
  const side = value > limits.mean ? 'above' : 'below';
  return said('crossed', signal === 'run' ? `run-${side}` : side, held);
}

/** Days within which eight weeks in a row are one and the same run. */
export const RUN_DAYS = 7 * RUN;
