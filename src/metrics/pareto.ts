/** The share of a whole that few of its slices are expected to make (Juran, Quality Control Handbook, 1951). */
export const MOST = 0.8;

/** How few slices, the largest first, make at least {@link MOST} of their sum, and which share of it they make. */
export interface Pareto {
  readonly slices: number;
  /** Slices that add anything. */
  readonly of: number;
  readonly share: number;
}

/** Slices of something that adds up, in order of size. */
export interface Ranked {
  readonly pareto: Pareto | null;
  /** Of each value, in the order given: the share that it and all larger ones make; null where it adds nothing. */
  readonly running: readonly (number | null)[];
}

/** Ranks the values of slices that add up; of equal ones, the one given first is the larger. */
export function ranked(values: readonly (number | null)[]): Ranked {
  const largest = values
    .map((value, at) => ({ value: value ?? 0, at }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.at - b.at);
  const whole = largest.reduce((sum, { value }) => sum + value, 0);
  const running: (number | null)[] = values.map(() => null);
  let pareto: Pareto | null = null;
  let sum = 0;
  for (const [rank, { value, at }] of largest.entries()) {
    sum += value;
    running[at] = sum / whole;
    if (sum >= MOST * whole) pareto ??= { slices: rank + 1, of: largest.length, share: sum / whole };
  }
  return { pareto, running };
}
