import { expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { patienceOf } from './patience.ts';

test('10 who gave up in 1,000 s waited: 100 s, from 54 to 209 as the exact Poisson limits 4.795 and 18.391 say', () => {
  const { seconds, low, high } = patienceOf(1000, 10)!;
  expect(seconds).toBe(100);
  expect(low).toBeCloseTo(1000 / 18.391, 1);
  expect(high! / (1000 / 4.795)).toBeCloseTo(1, 2);
});

test('where nobody gave up only a lower bound is known; where nobody waited, nothing', () => {
  const { seconds, low, high } = patienceOf(1000, 0)!;
  expect([seconds, high]).toEqual([null, null]);
  // Exact: 3.689 abandons are the most that 0 seen allow.
  expect(low / (1000 / 3.689)).toBeCloseTo(1, 1);
  expect(patienceOf(0, 0)).toBeNull();
});

test('of 400 worlds with a patience of 60 s and waits cut at 40 s, the interval holds it in about 95 %', () => {
  let held = 0;
  for (let world = 0; world < 400; world++) {
    const random = new Random(world, 'patience');
    let waited = 0;
    let gone = 0;
    for (let call = 0; call < 60; call++) {
      const patience = random.exponential(60);
      const answered = random.uniform() * 40;
      waited += Math.min(patience, answered);
      if (patience < answered) gone++;
    }
    const estimate = patienceOf(waited, gone);
    if (estimate && estimate.low <= 60 && (estimate.high === null || estimate.high >= 60)) held++;
  }
  expect(held / 400).toBeGreaterThan(0.93);
  expect(held / 400).toBeLessThan(0.99);
});
