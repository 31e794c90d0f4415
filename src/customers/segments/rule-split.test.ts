import { expect, test } from 'vitest';
import { treat } from '../features/treatment.ts';
import { Points } from '../models/points.ts';
import { ruleSplit } from './rule-split.ts';

function pointsOf(columns: Record<string, number[]>) {
  const received = Object.entries(columns).map(([name, numbers]) => ({ name, numbers: Float64Array.from(numbers) }));
  const { features, values } = treat(received, new Map([['a', 'log']]));
  const points = Points.of(values[0] ? Array.from(values[0], (_, row) => values.map((column) => column[row]!)) : []);
  return { points, features };
}

test('two columns are cut at their medians, told as received; by hand', async () => {
  const { points, features } = pointsOf({ a: [1, 2, 3, 4, 10, 20, 30, 40], b: [0, 5, 0, 5, 0, 5, 0, 5] });
  const groups = { groups: 2, labels: [0, 0, 0, 0, 1, 1, 1, 1] };
  const found = (await ruleSplit(points, features, groups, 1))!;
  expect(found.cuts.map(({ column, at }) => [column, at.map((cut) => Number(cut.toFixed(9)))])).toEqual([
    ['a', [4]],
    ['b', [0]],
  ]);
  expect(found.weights).toEqual([0.25, 0.25, 0.25, 0.25]);
  // Of 28 pairs, 12 are together in the groups, 4 in the split, 4 in both: (4 − 12·4/28) / ((12 + 4)/2 − 12·4/28).
  expect(found.agreement).toBeCloseTo((4 - 48 / 28) / (8 - 48 / 28), 12);
});

test('one column is cut into quarters; texts alone into nothing', async () => {
  const { points, features } = pointsOf({ a: [1, 2, 3, 4, 5, 6, 7, 8] });
  const groups = { groups: 2, labels: [0, 0, 0, 0, 1, 1, 1, 1] };
  const found = (await ruleSplit(points, features, groups, 1))!;
  expect(found.cuts[0]!.at.map((cut) => Math.round(cut))).toEqual([2, 4, 6]);
  expect(found.weights).toEqual([0.25, 0.25, 0.25, 0.25]);
  const texts = treat([{ name: 'uf', texts: ['SP', 'RJ', 'SP', 'RJ'] }], new Map());
  expect(await ruleSplit(new Points(4, 2), texts.features, { groups: 1, labels: [0, 0, 0, 0] }, 1)).toBeNull();
});
