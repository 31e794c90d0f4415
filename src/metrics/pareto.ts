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

/** Slices that are alike: how many there are of a value. */
interface Alike {
  readonly value: number;
  readonly slices: number;
}

/** Of slices that add up, how few make most of it; null where none adds anything. */
export function paretoOf(alike: readonly Alike[]): Pareto | null {
  const largest = alike.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  const whole = largest.reduce((sum, { value, slices }) => sum + value * slices, 0);
  const of = largest.reduce((sum, { slices }) => sum + slices, 0);
  let [sum, before] = [0, 0];
  for (const { value, slices } of largest) {
    if (sum + value * slices >= MOST * whole) {
      const taken = Math.max(1, Math.ceil((MOST * whole - sum) / value));
      return { slices: before + taken, of, share: (sum + taken * value) / whole };
    }
    sum += value * slices;
    before += slices;
  }
  return null;
}

/** Ranks the values of slices that add up; of equal ones, the one given first is the larger. */
export function ranked(values: readonly (number | null)[]): Ranked {
  const largest = values
    .map((value, at) => ({ value: value ?? 0, at }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.at - b.at);
  const whole = largest.reduce((sum, { value }) => sum + value, 0);
  const running: (number | null)[] = values.map(() => null);
  let sum = 0;
  for (const { value, at } of largest) {
    sum += value;
    running[at] = sum / whole;
  }
  return { pareto: paretoOf(largest.map(({ value }) => ({ value, slices: 1 }))), running };
}
