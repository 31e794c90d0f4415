import { expect, test } from 'vitest';
import { balanceTotals, byLack, bySurplus } from './against.ts';

const DAY = [
  { name: 'a', needed: 10, rostered: 8 },
  { name: 'b', needed: 4, rostered: 9 },
  { name: 'c', needed: 0, rostered: 2 },
  { name: 'd', needed: 5, rostered: 3 },
  { name: 'e', needed: 3, rostered: 2.5 },
];

test('lack and surplus are agent-hours apart: five too many at noon do not answer the morning', () => {
  expect(balanceTotals(DAY)).toEqual({ needed: 11, rostered: 12.25, lack: 2.25, surplus: 3.5 });
  expect(balanceTotals([])).toEqual({ needed: 0, rostered: 0, lack: 0, surplus: 0 });
});

test('the worst comes first', () => {
  expect(byLack(DAY).map(({ name }) => name)).toEqual(['d', 'a', 'e', 'c', 'b']);
  expect(bySurplus(DAY).map(({ name }) => name)).toEqual(['b', 'c', 'e', 'd', 'a']);
});
