import type { Points } from './points.ts';
import type { RowWork } from './row-blocks.ts';

export interface KMeansWork {
  readonly groups: number;
  /** The nearest group of each row, kept from one pass to the next; 16 bits each. */
  readonly labels: SharedArrayBuffer;
}

/**
 * Finds the nearest center of each row of a block; the parameters are the centers. Sums: squared distances, then of
 * each group its rows and the values of these.
 */
export class KMeansPass implements RowWork {
  readonly sums: number;
  readonly #points: Points;
  readonly #groups: number;
  readonly #labels: Uint16Array;

  constructor(points: Points, { groups, labels }: KMeansWork) {
    this.#points = points;
    this.#groups = groups;
    this.#labels = new Uint16Array(labels);
    this.sums = 1 + groups * (1 + points.stride);
  }

  run(centers: Float64Array, from: number, to: number, sums: Float64Array): void {
    const { stride, values } = this.#points;
    for (let row = from; row < to; row++) {
      const at = row * stride;
      const before = this.#labels[row]!;
      let nearest = before;
      let least = squaredDistance(values, at, centers, before * stride, stride, Number.POSITIVE_INFINITY);
      for (let one = 0; one < this.#groups; one++) {
        if (one === before) continue;
        const distance = squaredDistance(values, at, centers, one * stride, stride, least);
        if (distance < least || (distance === least && one < nearest)) {
          least = distance;
          nearest = one;
        }
      }
      this.#labels[row] = nearest;
      sums[0]! += least;
      const into = 1 + nearest * (1 + stride);
      sums[into]! += 1;
      for (let column = 0; column < stride; column++) sums[into + 1 + column]! += values[at + column]!;
    }
  }
}

/** Of two rows of numbers, a multiple of four each; no longer exact once it is beyond `most`. */
export function squaredDistance(
  one: Float64Array,
  at: number,
  other: Float64Array,
  to: number,
  stride: number,
  most: number,
): number {
  let sum = 0;
  for (let column = 0; column < stride && sum <= most; column += 4) {
    const a = one[at + column]! - other[to + column]!;
    const b = one[at + column + 1]! - other[to + column + 1]!;
    const c = one[at + column + 2]! - other[to + column + 2]!;
    const d = one[at + column + 3]! - other[to + column + 3]!;
    sum += a * a + b * b + (c * c + d * d);
  }
  return sum;
}
