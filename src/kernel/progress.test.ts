import { expect, test } from 'vitest';
import { secondsLeft, silent } from './progress.ts';

test.each([
  [25, 100, 10, 30],
  [100, 100, 10, 0],
  [150, 100, 10, 0],
  [0.5, 2, 3, 9],
])('%d of %d done in %d s: %d s are left', (done, total, elapsed, left) => {
  expect(secondsLeft({ step: 'x', done, total }, elapsed)).toBeCloseTo(left, 9);
});

test.each([
  [0, 100, 10],
  [25, 0, 10],
  [25, 100, 0.4],
])('%d of %d in %d s is no pace yet', (done, total, elapsed) => {
  expect(secondsLeft({ step: 'x', done, total }, elapsed)).toBeNull();
});

test('silence says nothing', () => expect(silent({ step: 'x', done: 1, total: 2 })).toBeUndefined());
