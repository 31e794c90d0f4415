import { Random } from '../../kernel/random.ts';
import { squaredDistance } from './k-means-pass.ts';
import { Points } from './points.ts';
import { RowBlocks } from './row-blocks.ts';

export interface KMeansSettings {
  readonly seed: number;
  /** Centers to begin with, instead of tried ones. */
  readonly begun?: Float64Array | undefined;
  /** Beginnings that are tried; the one that ends with the least inertia is kept. */
  readonly starts?: number | undefined;
  readonly mostIterations?: number | undefined;
  /** The centers' squared move, over the mean variance of the columns, at which it ends. */
  readonly tolerance?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onIteration?: ((iteration: number, inertia: number) => void) | undefined;
}

export interface KMeans {
  /** Group by group, as {@link Points} have their rows. */
  readonly centers: Float64Array;
  readonly labels: Uint16Array;
  /** The sum of squared distances to the own center. */
  readonly inertia: number;
  readonly converged: boolean;
  readonly iterations: number;
}

/** Rows on which beginnings are tried: which of them is best shows on as many. */
const TRIED_ROWS = 4000;

/**
 * k-means (Lloyd, 1982) from the best of several k-means++ beginnings (Arthur & Vassilvitskii, 2007). On many rows the
 * beginnings are tried on a sample of them, and the best goes on with all.
 */
export async function fitKMeans(points: Points, groups: number, settings: KMeansSettings): Promise<KMeans> {
  const { seed, starts = 8, begun, signal } = settings;
  const random = new Random(seed, 'k-means', groups);
  if (begun) return descend(points, begun, settings, random.split('all'));
  const sample = sampleOf(points, TRIED_ROWS, random.split('sample'));
  let best: KMeans | undefined;
  for (let start = 0; start < starts; start++) {
    const own = random.split(start);
    const tried = await descend(sample, plusPlus(sample, groups, own), { ...settings, onIteration: undefined }, own);
    if (!best || tried.inertia < best.inertia) best = tried;
    signal?.throwIfAborted();
  }
  return sample === points ? best! : descend(points, best!.centers, settings, random.split('all'));
}

/** Up to `most` rows without repetition, in the order they have; all where there are no more. */
export function sampleOf(points: Points, most: number, random: Random): Points {
  if (points.rows <= most) return points;
  const sample = new Points(most, points.columns);
  const { stride } = points;
  for (let row = 0, taken = 0; taken < most; row++)
    if (random.uniform() * (points.rows - row) < most - taken)
      sample.values.set(points.values.subarray(row * stride, (row + 1) * stride), stride * taken++);
  return sample;
}

/** Centers drawn one after the other, a row the likelier the farther it is from those before. */
function plusPlus({ rows, stride, values }: Points, groups: number, random: Random): Float64Array {
  const centers = new Float64Array(groups * stride);
  const away = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  let row = random.int(0, rows);
  for (let one = 0; one < groups; one++) {
    centers.set(values.subarray(row * stride, (row + 1) * stride), one * stride);
    let all = 0;
    for (let at = 0; at < rows; at++) {
      const distance = squaredDistance(values, at * stride, centers, one * stride, stride, away[at]!);
      if (distance < away[at]!) away[at] = distance;
      all += away[at]!;
    }
    let rest = random.uniform() * all;
    for (row = 0; row < rows - 1 && rest >= away[row]!; row++) rest -= away[row]!;
  }
  return centers;
}

async function descend(points: Points, begun: Float64Array, settings: KMeansSettings, random: Random): Promise<KMeans> {
  const { mostIterations = 300, tolerance = 1e-4, signal } = settings;
  const { rows, stride, columns } = points;
  const groups = begun.length / stride;
  const labels = new Uint16Array(new SharedArrayBuffer(2 * rows));
  const blocks = new RowBlocks(points, 'k-means', { groups, labels: labels.buffer }, begun.length, { signal });
  const covariance = points.covariance(points.means());
  let variance = 0;
  for (let column = 0; column < columns; column++) variance += covariance[column * (columns + 1)]! / columns;
  blocks.parameters.set(begun);
  try {
    let [iterations, converged] = [0, false];
    while (iterations < mostIterations && !converged) {
      iterations++;
      const sums = await blocks.run(signal);
      settings.onIteration?.(iterations, sums[0]!);
      converged = moveCenters(blocks.parameters, sums, points, random) <= tolerance * variance;
    }
    const centers = blocks.parameters.slice();
    const [inertia = 0] = await blocks.run(signal);
    return { centers, labels, inertia, converged, iterations };
  } finally {
    await blocks.close();
  }
}

/** Moves centers to the means of their rows; one that lost all its rows begins again at any. Gives how far, squared. */
function moveCenters(
  centers: Float64Array,
  sums: Float64Array,
  { rows, stride, values }: Points,
  random: Random,
): number {
  let moved = 0;
  for (let one = 0; one < centers.length / stride; one++) {
    const from = 1 + one * (1 + stride);
    const count = sums[from]!;
    const again = random.split(one).int(0, rows) * stride;
    for (let column = 0; column < stride; column++) {
      const at = one * stride + column;
      const value = count > 0 ? sums[from + 1 + column]! / count : values[again + column]!;
      moved += (value - centers[at]!) ** 2;
      centers[at] = value;
    }
  }
  return moved;
}
