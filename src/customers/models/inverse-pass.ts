import type { Points } from './points.ts';
import type { RowWork } from './row-blocks.ts';

/** Columns that a pass sweeps. */
export const PANEL = 48;

export interface InverseWork {
  /** The lower triangle of a symmetric matrix, by rows, swept in place. */
  readonly matrix: SharedArrayBuffer;
}

/**
 * Sweeps a panel of columns K out of the rows of a block: A[i,j] − A[i,K] D A[K,j], where D is the inverse of A[K,K].
 * The parameters are the first column of K and the one after its last, D, and A[K,·] by rows.
 */
export class InversePass implements RowWork {
  readonly sums = 0;
  readonly #size: number;
  readonly #matrix: Float64Array;
  readonly #weights = new Float64Array(PANEL);

  constructor({ rows }: Points, { matrix }: InverseWork) {
    this.#size = rows;
    this.#matrix = new Float64Array(matrix);
  }

  run(parameters: Float64Array, from: number, to: number): void {
    const size = this.#size;
    const [first = 0, end = 0] = parameters;
    const width = end - first;
    const inverse = parameters.subarray(2, 2 + width * width);
    const panel = parameters.subarray(2 + PANEL * PANEL);
    const weights = this.#weights;
    for (let row = from; row < to; row++) {
      const own = this.#matrix.subarray(row * size, row * size + row + 1);
      const inside = row >= first && row < end;
      for (let column = 0; column < width; column++) {
        let sum = 0;
        if (inside) sum = -inverse[(row - first) * width + column]!;
        else for (let at = 0; at < width; at++) sum += panel[at * size + row]! * inverse[at * width + column]!;
        weights[column] = sum;
      }
      if (inside) own.fill(0, 0, first);
      sweep(own, panel, weights, { size, width, to: Math.min(row + 1, first) });
      if (!inside && row >= end)
        sweep(own.subarray(end), panel.subarray(end), weights, { size, width, to: row + 1 - end });
      for (let column = first; column < end && column <= row; column++) own[column] = weights[column - first]!;
    }
  }
}

/** own[j] −= Σ weights[k] panel[k][j], four rows of the panel at a time. */
function sweep(
  own: Float64Array,
  panel: Float64Array,
  weights: Float64Array,
  { size, width, to }: { size: number; width: number; to: number },
): void {
  let at = 0;
  for (; at + 4 <= width; at += 4) {
    const [a, b, c, d] = [weights[at]!, weights[at + 1]!, weights[at + 2]!, weights[at + 3]!];
    const [one, two, three, four] = [at * size, (at + 1) * size, (at + 2) * size, (at + 3) * size];
    for (let j = 0; j < to; j++)
      own[j]! -= a * panel[one + j]! + b * panel[two + j]! + (c * panel[three + j]! + d * panel[four + j]!);
  }
  for (; at < width; at++) {
    const [a, one] = [weights[at]!, at * size];
    for (let j = 0; j < to; j++) own[j]! -= a * panel[one + j]!;
  }
}
