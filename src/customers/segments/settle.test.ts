import { expect, test } from 'vitest';
import { settle } from './settle.ts';

const before = new Map([
  ['a', 7],
  ['b', 7],
  ['c', 7],
  ['d', 9],
  ['e', 4],
]);
/** Group 0 of now is group 7 of before, group 1 is group 9; group 4 is no more. */
const pairs = [
  { was: 7, is: 0, jaccard: 0.9 },
  { was: 9, is: 1, jaccard: 0.9 },
];

test('who is surely of another group moved; who is half known or between groups stays, if its group does', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'new'];
  const labels = Int32Array.from([1, 1, 1, 1, 1, 1]);
  const membership = [0.99, 0.7, 0.99, 0.6, 0.6, 0.6];
  const known = [1, 1, 0, 1, 0, 0];
  const { labels: settled, held } = settle(ids, { labels, membership }, known, before, pairs);
  expect([...settled]).toEqual([1, 0, 0, 1, 1, 1]);
  expect(held).toBe(2);
  expect([...labels]).toEqual([1, 1, 1, 1, 1, 1]);
});
