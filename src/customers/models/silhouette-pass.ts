import type { Points } from './points.ts';
import type { RowWork } from './row-blocks.ts';

export interface SilhouetteWork {
  /** Groupings of the same rows: how many groups each has, and the group of each row, 16 bits each. */
  readonly groupings: readonly { readonly groups: number; readonly labels: SharedArrayBuffer }[];
}

/** Sums of the silhouettes of a block's rows, by grouping. */
export class SilhouettePass implements RowWork {
  readonly sums: number;
  readonly #points: Points;
  readonly #groupings: readonly { groups: number; labels: Uint16Array; sizes: Float64Array; far: Float64Array }[];

  constructor(points: Points, { groupings }: SilhouetteWork) {
    this.#points = points;
    this.sums = groupings.length;
    this.#groupings = groupings.map(({ groups, labels: memory }) => {
      const labels = new Uint16Array(memory);
      const sizes = new Float64Array(groups);
      for (const label of labels) sizes[label]!++;
      return { groups, labels, sizes, far: new Float64Array(groups) };
    });
  }

  run(_parameters: Float64Array, from: number, to: number, sums: Float64Array): void {
    const { rows, stride, values } = this.#points;
    const distances = new Float64Array(rows);
    for (let row = from; row < to; row++) {
      for (let other = 0; other < rows; other++) {
        let sum = 0;
        for (let column = 0; column < stride; column++) {
          const away = values[row * stride + column]! - values[other * stride + column]!;
          sum += away * away;
        }
        distances[other] = Math.sqrt(sum);
      }
      this.#groupings.forEach(({ labels, sizes, far }, index) => {
        far.fill(0);
        for (let other = 0; other < rows; other++) far[labels[other]!]! += distances[other]!;
        sums[index]! += silhouette(labels[row]!, sizes, far);
      });
    }
  }
}

/** Of a row of group `own`, by the sizes of groups and the sums of its distances to their rows; 0 alone in its group. */
function silhouette(own: number, sizes: Float64Array, far: Float64Array): number {
  if (sizes[own]! < 2) return 0;
  const within = far[own]! / (sizes[own]! - 1);
  let nearest = Number.POSITIVE_INFINITY;
  for (let one = 0; one < sizes.length; one++)
    if (one !== own && sizes[one]! > 0) nearest = Math.min(nearest, far[one]! / sizes[one]!);
  const larger = Math.max(within, nearest);
  return larger > 0 && Number.isFinite(nearest) ? (nearest - within) / larger : 0;
}
