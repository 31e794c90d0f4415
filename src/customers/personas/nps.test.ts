import { expect, test } from 'vitest';
import { npsOf } from './nps.ts';

test('of 5 promoters, 3 passives and 2 detractors is 30, within 1.96 errors of the multinomial', () => {
  const { n, score, interval } = npsOf({ customers: 12, promoters: 5, passives: 3, detractors: 2 });
  expect([n, score]).toEqual([10, 30]);
  // Variance: (5 + 2) / 10 − 0.3² = 0.61; its error √(0.61 / 10) = 0.24698; 1.96 of them 0.48407.
  expect(interval![0]).toBeCloseTo(30 - 48.407, 2);
  expect(interval![1]).toBeCloseTo(30 + 48.407, 2);
});

test('without grades there is none; of one there is no interval, and none goes beyond 100', () => {
  const none = { promoters: 0, passives: 0, detractors: 0 };
  expect(npsOf({ customers: 4, ...none })).toMatchObject({ n: 0, score: null, interval: null });
  expect(npsOf({ customers: 4, ...none, detractors: 1 })).toMatchObject({ n: 1, score: -100, interval: null });
  expect(npsOf({ customers: 4, promoters: 3, passives: 1, detractors: 0 }).interval![1]).toBe(100);
});
