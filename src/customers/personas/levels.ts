/** How much a group has of something, by where its median customer would stand in the whole base. */
export const LEVELS = [
  'none',
  'lowest',
  'low',
  'mediumLow',
  'moderate',
  'mediumHigh',
  'high',
  'veryHigh',
  'extreme',
] as const;
export type Level = (typeof LEVELS)[number];

/** The share of the base below which each level ends, after `none`. */
const ENDS = [0.1, 0.25, 0.42, 0.58, 0.72, 0.85, 0.94, Number.POSITIVE_INFINITY];

export const levelOf = (rank: number): Level => LEVELS[1 + ENDS.findIndex((end) => rank < end)]!;

/** The share of a base's known values that lie below a value; half of those equal to it count. */
export function rankIn(sorted: Float64Array, value: number): number {
  const below = firstAt(sorted, (one) => one >= value);
  const upTo = firstAt(sorted, (one) => one > value);
  return sorted.length === 0 ? Number.NaN : (below + upTo) / 2 / sorted.length;
}

function firstAt(sorted: Float64Array, test: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Of known values in order; NaN of none. */
export function medianOf(sorted: Float64Array): number {
  if (sorted.length === 0) return Number.NaN;
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
