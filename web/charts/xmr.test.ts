import { expect, test } from 'vitest';
import { limitsOf, signalsOf, type Weekly } from './xmr.ts';

const week = (value: number | null, given: Partial<Weekly> = {}): Weekly => ({
  value,
  n: 1000,
  provisional: false,
  ...given,
});
const weeks = (...values: number[]) => values.map((value) => week(value));

test('limits are the mean ± 2.66 mean moving ranges', () => {
  const limits = limitsOf(weeks(10, 12, 11, 13, 12, 14));
  expect(limits?.mean).toBeCloseTo(12);
  expect(limits?.high).toBeCloseTo(12 + 2.66 * 1.6);
  expect(limits?.low).toBeCloseTo(12 - 2.66 * 1.6);
});

test('provisional, empty and scarce weeks do not move the limits', () => {
  const closed = weeks(10, 12, 11, 13, 12, 14);
  const noise = [week(90, { provisional: true }), week(null), week(80, { n: 12 })];
  expect(limitsOf([...closed, ...noise])).toEqual(limitsOf(closed));
  expect(signalsOf([...closed, ...noise], limitsOf(closed)).filter(Boolean)).toEqual([]);
});

test('too few weeks give no limits and no signals', () => {
  const few = weeks(10, 12, 40, 11, 12);
  expect(limitsOf(few)).toBeUndefined();
  expect(signalsOf(few, undefined)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('a rate has no limit under zero', () => {
  expect(limitsOf(weeks(0, 3, 0, 3, 0, 3))?.low).toBe(0);
});

test('one week outside is a signal', () => {
  const given = weeks(10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 30);
  const signals = signalsOf(given, limitsOf(given.slice(0, 10)));
  expect(signals.at(-1)).toBe('outside');
  expect(signals.slice(0, 10).every((signal) => signal === undefined)).toBe(true);
});

test('eight in a row on one side mark all eight; seven do not', () => {
  const limits = { mean: 10, low: 0, high: 20 };
  expect(signalsOf(weeks(9, 11, 11, 11, 11, 11, 11, 11), limits).filter(Boolean)).toEqual([]);
  const eight = signalsOf(weeks(9, 11, 11, 11, 11, 11, 11, 11, 11), limits);
  expect(eight).toEqual([undefined, ...Array(8).fill('run')]);
});
