import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { PANEL } from './inverse-pass.ts';
import { cholesky, lowerInverse } from './matrix.ts';
import { Points } from './points.ts';
import { RowBlocks } from './row-blocks.ts';

/** Smaller matrices are inverted before threads have begun. */
const FEW = 500;

/**
 * Inverts in place a symmetric positive-definite matrix of `size` × `size`, of which only the lower triangle is read:
 * sweeps of panels of columns (Beaton, 1964), whose pivots are inverted by Cholesky.
 * @throws RangeError when it is not positive-definite.
 */
export async function invert(
  matrix: Float64Array<SharedArrayBuffer>,
  size: number,
  { threads, signal }: { readonly threads?: number | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const points = new Points(size, 0);
  const passes = new RowBlocks(points, 'inverse', { matrix: matrix.buffer }, 2 + PANEL * PANEL + PANEL * size, {
    ...{ signal, threads: threads ?? (size < FEW ? 1 : availableParallelism()) },
  });
  try {
    for (let first = 0; first < size; first += PANEL) {
      const end = Math.min(size, first + PANEL);
      const width = end - first;
      passes.parameters[0] = first;
      passes.parameters[1] = end;
      passes.parameters.set(pivot(matrix, size, first, width), 2);
      const panel = passes.parameters.subarray(2 + PANEL * PANEL);
      for (let at = 0; at < width; at++) {
        const row = (first + at) * size;
        panel.set(matrix.subarray(row, row + first), at * size);
        for (let other = end; other < size; other++) panel[at * size + other] = matrix[other * size + first + at]!;
      }
      await passes.run(signal);
    }
  } finally {
    await passes.close();
  }
  await setImmediate();
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++)
      matrix[column * size + row] = matrix[row * size + column] = -matrix[row * size + column]!;
}

/** The inverse of the block on the diagonal. */
function pivot(matrix: Float64Array, size: number, first: number, width: number): Float64Array {
  const block = new Float64Array(width * width);
  for (let row = 0; row < width; row++)
    for (let column = 0; column <= row; column++)
      block[row * width + column] = matrix[(first + row) * size + first + column]!;
  const lower = cholesky(block, width);
  if (!lower) throw new RangeError('the matrix is not positive-definite');
  const half = lowerInverse(lower, width);
  const inverse = new Float64Array(width * width);
  for (let row = 0; row < width; row++)
    for (let column = 0; column <= row; column++) {
      let sum = 0;
      for (let at = row; at < width; at++) sum += half[at * width + row]! * half[at * width + column]!;
      inverse[row * width + column] = inverse[column * width + row] = sum;
    }
  return inverse;
}
