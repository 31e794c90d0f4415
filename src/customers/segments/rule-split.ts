import { Random } from '../../kernel/random.ts';
import { asReceived, type Feature } from '../features/treatment.ts';
import { adjustedRand } from '../models/agreement.ts';
import type { Points } from '../models/points.ts';
import { type Grouping, silhouettes } from '../models/quality.ts';

/** What anybody would do by hand, to hold groups against: halves of two columns, or quarters of one. */
export interface RuleSplit {
  /** Of each column, the values at which it is cut, as received. */
  readonly cuts: readonly { readonly column: string; readonly at: readonly number[] }[];
  readonly weights: readonly number[];
  readonly silhouette: number;
  /** Adjusted Rand index with the groups: 1 where they are the same, about 0 by chance. */
  readonly agreement: number;
}

/** The first two columns of numbers cut at their medians, or one at its quartiles; null where there is none. */
export async function ruleSplit(
  points: Points,
  features: readonly Feature[],
  groups: Grouping,
  seed: number,
  signal?: AbortSignal,
): Promise<RuleSplit | null> {
  const numbers = features.flatMap(({ treatment }, at) => (treatment === 'one-hot' ? [] : [at])).slice(0, 2);
  if (numbers.length === 0) return null;
  const shares = numbers.length === 2 ? [0.5] : [0.25, 0.5, 0.75];
  const cuts = numbers.map((at) => {
    const sorted = Float64Array.from({ length: points.rows }, (_, row) => valueAt(points, row, at)).sort();
    return { at, values: shares.map((share) => sorted[Math.ceil(share * sorted.length) - 1]!) };
  });
  const parts = shares.length + 1;
  const labels = Uint8Array.from({ length: points.rows }, (_, row) =>
    cuts.reduce(
      (label, { at, values }) => label * parts + values.filter((cut) => valueAt(points, row, at) > cut).length,
      0,
    ),
  );
  const split = { groups: parts ** numbers.length, labels };
  const weights = new Array<number>(split.groups).fill(0);
  for (const label of labels) weights[label]! += 1 / points.rows;
  const [silhouette = 0] = await silhouettes(points, [split], new Random(seed, 'silhouette'), signal);
  return {
    cuts: cuts.map(({ at, values }) => ({
      column: features[at]!.column,
      at: values.map((cut) => asReceived(features[at]!, cut)),
    })),
    ...{ weights, silhouette, agreement: adjustedRand(groups, split) },
  };
}

const valueAt = ({ values, stride }: Points, row: number, column: number): number => values[row * stride + column]!;
