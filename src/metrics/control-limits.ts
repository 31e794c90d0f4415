import { FEW } from './few.ts';

/**
 * Limits of an individuals (XmR) chart: the mean ± 2.66 mean moving ranges, 2.66 being 3 / 1.128, the mean range of two
 * normal values (Shewhart, Economic Control of Quality, 1931; Wheeler, Understanding Variation, 1993).
 */

/** A value of one period, of so many cases. */
export interface ControlPoint {
  readonly value: number | null;
  readonly n: number;
  readonly provisional: boolean;
}

/** Outside the limits, or one of eight in a row on one side of the mean. */
export type ControlSignal = 'outside' | 'run';

export interface ControlLimits {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const SPREAD = 2.66;
/** Periods in a row on one side of the mean that are no chance. */
export const RUN = 8;
/** With fewer closed periods the limits say more about chance than about the process. */
export const LEAST_POINTS = 6;

type Counted = ControlPoint & { readonly value: number };

const counts = (point: ControlPoint): point is Counted => point.value !== null && !point.provisional && point.n >= FEW;

/** Mean and limits of the points that count, none under `floor`; undefined while there are too few. */
export function limitsOf(points: readonly ControlPoint[], floor = 0): ControlLimits | undefined {
  const values = points.filter(counts).map(({ value }) => value);
  if (values.length < LEAST_POINTS) return undefined;
  const mean = average(values);
  const range = average(values.slice(1).map((value, index) => Math.abs(value - values[index]!)));
  return { mean, low: Math.max(floor, mean - SPREAD * range), high: mean + SPREAD * range };
}

/** What each point signals against the limits. */
export function signalsOf(
  points: readonly ControlPoint[],
  limits: ControlLimits | undefined,
): (ControlSignal | undefined)[] {
  const signals: (ControlSignal | undefined)[] = points.map(() => undefined);
  if (!limits) return signals;
  let run: number[] = [];
  let side = 0;
  for (const [index, point] of points.entries()) {
    if (!counts(point)) continue;
    const now = Math.sign(point.value - limits.mean);
    run = now !== 0 && now === side ? [...run, index] : [index];
    side = now;
    if (run.length >= RUN) for (const each of run) signals[each] ??= 'run';
    if (point.value > limits.high || point.value < limits.low) signals[index] = 'outside';
  }
  return signals;
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
