import { expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { Points } from './points.ts';
import { principalMap } from './principal.ts';

test('rows along a line in three columns lie along one axis, at their distances', () => {
  const along = [-3, -1, 0, 1, 3];
  const { places, shares } = principalMap(Points.of(along.map((t) => [5 + 2 * t, 1 - t, 7 + 2 * t])));
  expect(shares[0]).toBeCloseTo(1, 10);
  expect(shares[1]).toBeCloseTo(0, 10);
  for (const [row, t] of along.entries()) expect(places[2 * row]).toBeCloseTo(3 * t, 8);
});

test('the axes keep as much variance as the two largest eigenvalues of a known covariance', () => {
  // Independent columns of deviations 5, 3, 1 turned by 30° in the plane of the first two.
  const random = new Random(4);
  const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  const rows = Array.from({ length: 4000 }, () => {
    const [a, b, d] = [random.normal(0, 5), random.normal(0, 3), random.normal(0, 1)];
    return [c * a - s * b, s * a + c * b, d];
  });
  const { places, shares } = principalMap(Points.of(rows));
  const variance = (axis: number) =>
    rows.reduce((sum, _, row) => sum + places[2 * row + axis]! ** 2, 0) / (rows.length - 1);
  expect(variance(0) / 25).toBeCloseTo(1, 1);
  expect(variance(1) / 9).toBeCloseTo(1, 1);
  expect(shares[0]).toBeCloseTo(25 / 35, 1);
  const together = rows.reduce((sum, _, row) => sum + places[2 * row]! * places[2 * row + 1]!, 0) / rows.length;
  expect(Math.abs(together)).toBeLessThan(0.01);
});

test('one column, or rows that are all the same, have a map too', () => {
  expect([...principalMap(Points.of([[1], [3]])).places]).toEqual([-1, 0, 1, 0]);
  expect([
    ...principalMap(
      Points.of([
        [2, 2],
        [2, 2],
      ]),
    ).places,
  ]).toEqual([0, 0, 0, 0]);
});
