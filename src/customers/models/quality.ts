import type { Random } from '../../kernel/random.ts';
import { squaredDistance } from './k-means-pass.ts';
import { Points } from './points.ts';
import { RowBlocks } from './row-blocks.ts';

/** The group of each row, and how many groups there are. */
export interface Grouping {
  readonly groups: number;
  readonly labels: ArrayLike<number>;
}

/** Rows whose silhouettes stand for all: their distances to each other are all found. */
export const SILHOUETTE_ROWS = 10_000;

/**
 * The mean silhouette (Rousseeuw, 1987) of each grouping of the same rows, from -1 to 1, on a sample of at most
 * {@link SILHOUETTE_ROWS} of them; groupings closer than about 0.006 can swap with another sample.
 */
export async function silhouettes(
  points: Points,
  groupings: readonly Grouping[],
  random: Random,
  signal?: AbortSignal,
): Promise<number[]> {
  const { rows, stride } = points;
  const taken = Math.min(rows, SILHOUETTE_ROWS);
  const sample = new Points(taken, points.columns);
  const labels = groupings.map(() => new Uint16Array(new SharedArrayBuffer(2 * taken)));
  for (let row = 0, at = 0; at < taken; row++) {
    if (random.uniform() * (rows - row) >= taken - at) continue;
    sample.values.set(points.values.subarray(row * stride, (row + 1) * stride), stride * at);
    groupings.forEach((one, index) => {
      labels[index]![at] = one.labels[row]!;
    });
    at++;
  }
  const work = groupings.map(({ groups }, index) => ({ groups, labels: labels[index]!.buffer }));
  const blocks = new RowBlocks(sample, 'silhouette', { groupings: work }, 1, { signal });
  try {
    return Array.from(await blocks.run(signal), (sum) => sum / taken);
  } finally {
    await blocks.close();
  }
}

/** Centers of a grouping, as {@link Points} have their rows, and the rows of each. */
export function centersOf(
  points: Points,
  { groups, labels }: Grouping,
): { centers: Float64Array; sizes: Float64Array } {
  const { rows, stride, values } = points;
  const centers = new Float64Array(groups * stride);
  const sizes = new Float64Array(groups);
  for (let row = 0; row < rows; row++) {
    const one = labels[row]!;
    sizes[one]!++;
    for (let column = 0; column < stride; column++) centers[one * stride + column]! += values[row * stride + column]!;
  }
  for (let at = 0; at < centers.length; at++) centers[at]! /= sizes[Math.floor(at / stride)]! || 1;
  return { centers, sizes };
}

/**
 * The mean of silhouettes that measure to centers instead of rows (Hruschka, de Castro & Campello, 2004), over all rows.
 */
export function simplifiedSilhouette(points: Points, grouping: Grouping): number {
  const { rows, stride, values } = points;
  const { centers, sizes } = centersOf(points, grouping);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const own = grouping.labels[row]!;
    const to = (one: number, most: number) =>
      squaredDistance(values, row * stride, centers, one * stride, stride, most);
    const within = to(own, Number.POSITIVE_INFINITY);
    let nearest = Number.POSITIVE_INFINITY;
    for (let one = 0; one < grouping.groups; one++)
      if (one !== own && sizes[one]! > 0) nearest = Math.min(nearest, to(one, nearest));
    if (sizes[own]! < 2 || !Number.isFinite(nearest)) continue;
    const larger = Math.sqrt(Math.max(within, nearest));
    if (larger > 0) sum += (Math.sqrt(nearest) - Math.sqrt(within)) / larger;
  }
  return sum / rows;
}

/** The index of Davies & Bouldin (1979): how near the likest groups are for their widths; smaller is better. */
export function daviesBouldin(points: Points, grouping: Grouping): number {
  const { rows, stride, values } = points;
  const { centers, sizes } = centersOf(points, grouping);
  const widths = new Float64Array(grouping.groups);
  for (let row = 0; row < rows; row++) {
    const one = grouping.labels[row]!;
    widths[one]! +=
      Math.sqrt(squaredDistance(values, row * stride, centers, one * stride, stride, Number.POSITIVE_INFINITY)) /
      sizes[one]!;
  }
  const held = Array.from(sizes.keys()).filter((one) => sizes[one]! > 0);
  const worst = held.map((one) =>
    Math.max(
      0,
      ...held
        .filter((other) => other !== one)
        .map((other) => {
          const apart = squaredDistance(
            centers,
            one * stride,
            centers,
            other * stride,
            stride,
            Number.POSITIVE_INFINITY,
          );
          return (widths[one]! + widths[other]!) / Math.sqrt(apart);
        }),
    ),
  );
  return worst.reduce((sum, value) => sum + value, 0) / held.length;
}
