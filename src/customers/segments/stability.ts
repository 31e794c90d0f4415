import { RamalError } from '../../kernel/errors.ts';
import { Random } from '../../kernel/random.ts';
import { jaccards } from '../models/agreement.ts';
import { Points } from '../models/points.ts';
import type { Grouping } from '../models/quality.ts';
import { type FitSettings, fitGroups, type Groups } from './fit-groups.ts';

/** Rows of a resample at most: enough to tell groups of a few per cent, and quick to part again and again. */
const MOST_ROWS = 2000;
/** A group of fewer rows in a resample is lost by the draw, and not because it is unstable. */
const FEWEST_ROWS = 20;

/**
 * Of each group, how alike it comes back when as many rows are drawn again, with repetition, and parted anew: the mean
 * over resamples of the Jaccard similarity with the group that has most of it (Hennig, 2007), from 0 to 1. From 0.75 on
 * a group is stable; below 0.5 it dissolves. Null for a group of which a resample has too few rows to tell.
 */
export async function stabilityOf(
  points: Points,
  groups: Groups,
  settings: FitSettings,
  resamples: number,
): Promise<(number | null)[]> {
  const { progress, signal } = settings;
  const sums = new Float64Array(groups.groups);
  for (let drawn = 0; drawn < resamples; drawn++) {
    progress?.({ step: 'estabilidade dos grupos', done: drawn, total: resamples });
    const random = new Random(settings.seed, 'resample', drawn);
    const rows = Int32Array.from({ length: Math.min(points.rows, MOST_ROWS) }, () => random.int(0, points.rows));
    const again = await partedAgain(points, rows, {
      ...settings,
      seed: random.int(0, 2 ** 31),
      ...(groups.method === 'kmeans' ? { k: groups.groups } : {}),
      begun: undefined,
      progress: undefined,
      signal,
    });
    // A row drawn twice is one row.
    const once = [...new Map(Array.from(rows, (row, at) => [row, at]))];
    const own = { groups: groups.groups, labels: once.map(([row]) => groups.labels[row]!) };
    const other = { groups: again.groups, labels: once.map(([, at]) => again.labels[at]!) };
    jaccards(own, other).forEach((alike, one) => {
      sums[one]! += alike / resamples;
    });
  }
  const drawn = Math.min(points.rows, MOST_ROWS);
  return Array.from(sums, (sum, one) => (groups.weights[one]! * drawn < FEWEST_ROWS ? null : sum));
}

/** The rows parted anew; where nothing parts them, all are one group. */
async function partedAgain(points: Points, rows: Int32Array, settings: FitSettings): Promise<Grouping> {
  const sample = new Points(rows.length, points.columns);
  const { stride } = points;
  rows.forEach((row, at) => {
    sample.values.set(points.values.subarray(row * stride, (row + 1) * stride), at * stride);
  });
  try {
    return await fitGroups(sample, settings);
  } catch (error) {
    if (!(error instanceof RamalError) || !['groupsDegenerate', 'usage'].includes(error.code)) throw error;
    return { groups: 1, labels: new Uint8Array(rows.length) };
  }
}
