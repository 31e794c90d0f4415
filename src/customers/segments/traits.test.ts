import { expect, test } from 'vitest';
import { traitsOf } from './traits.ts';

/** Five times the rows that are told by hand: texts of fewer than five rows are nobody's trait. */
const times = <T>(rows: readonly T[]): T[] => [rows, rows, rows, rows, rows].flat();
const grouping = { groups: 2, labels: times([0, 0, 0, 0, 1, 1, 1, 1, 1, 1]) };

test('what sets groups apart, by hand: shares by arcsines, means in deviations, holes left out', () => {
  const churn = { name: 'churn', texts: times(['Yes', 'Yes', 'Yes', 'No', 'No', 'No', 'No', 'No', 'No', null]) };
  const months = { name: 'months', numbers: Float64Array.from(times([1, 2, 3, Number.NaN, 8, 9, 10, 9, 8, 10])) };
  const [first, second] = traitsOf([churn, months], grouping);
  // 3 of 4 against 3 of 9; the mean of 1, 2, 3 against that of all nine, whose squared deviations sum to 104.
  const arc = (share: number) => 2 * Math.asin(Math.sqrt(share));
  expect(first!.map(({ column, is, n }) => [column, is, n])).toEqual([
    ['months', undefined, 15],
    ['churn', 'No', 20],
    ['churn', 'Yes', 20],
  ]);
  expect(first![0]!.base).toBeCloseTo(60 / 9, 12);
  expect(first![0]!.effect).toBeCloseTo((2 - 60 / 9) / Math.sqrt((504 - 400) / 9), 12);
  expect(first![2]!.effect).toBeCloseTo(arc(3 / 4) - arc(3 / 9), 12);
  expect(second!.map(({ column, is, value, n }) => [column, is, value, n])).toContainEqual(['churn', 'Yes', 0, 25]);
});

test('a column that is the same everywhere, or rare, sets nobody apart', () => {
  const same = { name: 'país', texts: grouping.labels.map(() => 'BR') };
  const flat = { name: 'nota', numbers: Float64Array.from(grouping.labels, () => 7) };
  expect(traitsOf([same, flat], grouping)).toEqual([[], []]);
});

test('a text of fewer than five rows, or of a column that names rows, is told of nobody', () => {
  const names = { name: 'cliente', texts: grouping.labels.map((_, row) => `pessoa ${row}`) };
  const rare = { name: 'plano', texts: grouping.labels.map((_, row) => (row < 4 ? 'único' : 'comum')) };
  expect(
    traitsOf([names, rare], grouping)
      .flat()
      .map(({ is }) => is),
  ).not.toContain('único');
  expect(traitsOf([names], grouping)).toEqual([[], []]);
  const many = { groups: 2, labels: Array.from({ length: 12_000 }, (_, row) => row % 2) };
  const codes = { name: 'código', texts: many.labels.map((label, row) => `${label}-${row % 1500}`) };
  expect(traitsOf([codes], many)).toEqual([[], []]);
});
