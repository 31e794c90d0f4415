import { expect, test } from 'vitest';
import { traitsOf } from './traits.ts';

const grouping = { groups: 2, labels: [0, 0, 0, 0, 1, 1, 1, 1, 1, 1] };

test('what sets groups apart, by hand: shares by arcsines, means in deviations, holes left out', () => {
  const churn = { name: 'churn', texts: ['Yes', 'Yes', 'Yes', 'No', 'No', 'No', 'No', 'No', 'No', null] };
  const months = { name: 'months', numbers: Float64Array.from([1, 2, 3, Number.NaN, 8, 9, 10, 9, 8, 10]) };
  const [first, second] = traitsOf([churn, months], grouping);
  // 3 of 4 against 3 of 9; the mean of 1, 2, 3 against that of all nine, whose squared deviations sum to 104.
  const arc = (share: number) => 2 * Math.asin(Math.sqrt(share));
  expect(first!.map(({ column, is, n }) => [column, is, n])).toEqual([
    ['months', undefined, 3],
    ['churn', 'No', 4],
    ['churn', 'Yes', 4],
  ]);
  expect(first![0]!.base).toBeCloseTo(60 / 9, 12);
  expect(first![0]!.effect).toBeCloseTo((2 - 60 / 9) / Math.sqrt((504 - 400) / 9), 12);
  expect(first![2]!.effect).toBeCloseTo(arc(3 / 4) - arc(3 / 9), 12);
  expect(second!.map(({ column, is, value, n }) => [column, is, value, n])).toContainEqual(['churn', 'Yes', 0, 5]);
});

test('a column that is the same everywhere, or rare, sets nobody apart', () => {
  const same = { name: 'país', texts: grouping.labels.map(() => 'BR') };
  const flat = { name: 'nota', numbers: Float64Array.from(grouping.labels, () => 7) };
  expect(traitsOf([same, flat], grouping)).toEqual([[], []]);
});
