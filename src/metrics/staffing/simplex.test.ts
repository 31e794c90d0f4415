import { expect, test } from 'vitest';
import { solveLinear } from './simplex.ts';

const floats = (...values: number[]) => Float64Array.from(values);

test('a product mix known from textbooks: 3x + 5y at most under x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 is 36 at (2, 6)', () => {
  const { value, x } = solveLinear({
    cost: floats(-3, -5, 0, 0, 0),
    matrix: [floats(1, 0, 1, 0, 0), floats(0, 2, 0, 1, 0), floats(3, 2, 0, 0, 1)],
    right: floats(4, 12, 18),
    basis: [2, 3, 4],
  });
  expect(value).toBeCloseTo(-36, 9);
  expect([...x].map((one) => Math.round(one * 1e9) / 1e9)).toEqual([2, 6, 2, 0, 0]);
});

test('an example that circles under the largest coefficient (Beale, 1955) ends at −1/20', () => {
  const { value } = solveLinear({
    cost: floats(-3 / 4, 150, -1 / 50, 6, 0, 0, 0),
    matrix: [
      floats(1 / 4, -60, -1 / 25, 9, 1, 0, 0),
      floats(1 / 2, -90, -1 / 50, 3, 0, 1, 0),
      floats(0, 0, 1, 0, 0, 0, 1),
    ],
    right: floats(0, 0, 1),
    basis: [4, 5, 6],
  });
  expect(value).toBeCloseTo(-1 / 20, 9);
});
