import { expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { invert } from './inverse.ts';

/** Points' products with themselves and a little on the diagonal: symmetric and positive-definite. */
function matrixOf(size: number): Float64Array<SharedArrayBuffer> {
  const random = new Random(size);
  const points = Array.from({ length: size + 20 }, () => Float64Array.from({ length: size }, () => random.normal()));
  const matrix = new Float64Array(new SharedArrayBuffer(8 * size * size));
  for (const point of points)
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) matrix[row * size + column]! += point[row]! * point[column]!;
  for (let row = 0; row < size; row++) matrix[row * size + row]! += 1;
  return matrix;
}

test.each([1, 2, 47, 48, 49, 131])('a matrix of %i times its inverse is the identity', async (size) => {
  const matrix = matrixOf(size);
  const inverse = new Float64Array(new SharedArrayBuffer(8 * size * size));
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) inverse[row * size + column] = matrix[row * size + column]!;
  await invert(inverse, size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let at = 0; at < size; at++) sum += matrix[row * size + at]! * inverse[at * size + column]!;
      expect(Math.abs(sum - (row === column ? 1 : 0))).toBeLessThan(1e-9);
    }
});

test('any number of threads gives the same, to the last bit', async () => {
  const [one, two, five] = [matrixOf(200), matrixOf(200), matrixOf(200)];
  await invert(one, 200, { threads: 1 });
  await invert(two, 200, { threads: 2 });
  await invert(five, 200, { threads: 5 });
  expect(two).toEqual(one);
  expect(five).toEqual(one);
});

test('a matrix that is not positive-definite is told', async () => {
  const matrix = new Float64Array(new SharedArrayBuffer(32));
  matrix.set([1, 2, 2, 1]);
  await expect(invert(matrix, 2)).rejects.toThrow('positive-definite');
});
