/** Individuals (XmR) chart: limits from the mean moving range of closed periods. Wheeler, Understanding Variation (1993). */

export interface Weekly {
  value: number | null;
  n: number;
  provisional: boolean;
}
export type Signal = 'outside' | 'run';
export interface Limits {
  mean: number;
  low: number;
  high: number;
}

const SPREAD = 2.66;
const RUN = 8;
/** With fewer closed weeks the limits say more about chance than about the process. */
export const LEAST_WEEKS = 6;
const LEAST_N = 30;

const counts = (week: Weekly): week is Weekly & { value: number } =>
  week.value !== null && !week.provisional && week.n >= LEAST_N;

/** Mean and limits of the closed weeks, or undefined while there are too few; a rate never goes under zero. */
export function limitsOf(weeks: Weekly[]): Limits | undefined {
  const values = weeks.filter(counts).map((week) => week.value);
  if (values.length < LEAST_WEEKS) return undefined;
  const mean = average(values);
  const moving = average(values.slice(1).map((value, index) => Math.abs(value - values[index]!)));
  return { mean, low: Math.max(0, mean - SPREAD * moving), high: mean + SPREAD * moving };
}

/** The only two signals: outside the limits, or one of eight in a row on one side of the mean. */
export function signalsOf(weeks: Weekly[], limits: Limits | undefined): (Signal | undefined)[] {
  const signals: (Signal | undefined)[] = weeks.map(() => undefined);
  if (!limits) return signals;
  let run: number[] = [];
  let side = 0;
  for (const [index, week] of weeks.entries()) {
    if (!counts(week)) continue;
    const now = Math.sign(week.value - limits.mean);
    run = now !== 0 && now === side ? [...run, index] : [index];
    side = now;
    if (run.length >= RUN) for (const each of run) signals[each] ??= 'run';
    if (week.value > limits.high || week.value < limits.low) signals[index] = 'outside';
  }
  return signals;
}

const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
