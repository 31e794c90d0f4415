import type { Points } from './points.ts';

export interface Map2 {
  /** Two numbers a row: where it lies along the axes. */
  readonly places: Float64Array;
  /** Of the columns' variance, the share along each axis. */
  readonly shares: readonly [number, number];
}

/** Turns of a power iteration; directions of equal variance need no more: any of them will do. */
const MOST_TURNS = 500;
const STILL = 1e-12;

/**
 * Where rows lie along the two directions in which they differ most (Pearson, 1901), by power iterations on the
 * covariance. An axis points to where its largest part is positive.
 */
export function principalMap(points: Points): Map2 {
  const { rows, columns, stride, values } = points;
  const means = points.means();
  const covariance = points.covariance(means);
  let all = 0;
  for (let column = 0; column < columns; column++) all += covariance[column * columns + column]!;
  const places = new Float64Array(2 * rows);
  const shares: [number, number] = [0, 0];
  for (const axis of [0, 1] as const) {
    if (axis >= columns) break;
    const { direction, variance } = widest(covariance, columns);
    shares[axis] = all > 0 ? variance / all : 0;
    for (let row = 0; row < rows; row++) {
      let place = 0;
      for (let column = 0; column < columns; column++)
        place += (values[row * stride + column]! - means[column]!) * direction[column]!;
      places[2 * row + axis] = place;
    }
    for (let one = 0; one < columns; one++)
      for (let other = 0; other < columns; other++)
        covariance[one * columns + other]! -= variance * direction[one]! * direction[other]!;
  }
  return { places, shares };
}

/** The direction of a covariance's largest variance, of length 1. */
function widest(covariance: Float64Array, columns: number): { direction: Float64Array; variance: number } {
  // Begins at the column that varies most, a little off every axis so as to be at right angles to none.
  let most = 0;
  for (let column = 1; column < columns; column++)
    if (covariance[column * columns + column]! > covariance[most * columns + most]!) most = column;
  let direction = Float64Array.from({ length: columns }, (_, column) => (column === most ? 1 : 0.1 / (2 + column)));
  let variance = 0;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const next = new Float64Array(columns);
    for (let one = 0; one < columns; one++)
      for (let other = 0; other < columns; other++)
        next[one]! += covariance[one * columns + other]! * direction[other]!;
    const length = Math.hypot(...next);
    if (!(length > 0)) return { direction: direction.map(() => 0), variance: 0 };
    const moved = Math.abs(length - variance);
    variance = length;
    direction = next.map((part) => part / length);
    if (moved <= STILL * length && turn > 2) break;
  }
  const largest = direction.reduce((best, part) => (Math.abs(part) > Math.abs(best) ? part : best), 0);
  return { direction: largest < 0 ? direction.map((part) => -part) : direction, variance };
}
