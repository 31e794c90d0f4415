import { describe, expect, test } from 'vitest';
import { type AlertPoint, judge, type Watched } from './alert-verdict.ts';

const point = (value: number | null, more: Partial<AlertPoint> = {}): AlertPoint => ({
  ...{ value, n: 100, provisional: false },
  ...more,
});
const points = (...values: number[]) => values.map((value) => point(value));
const watched = (more: Partial<Watched>): Watched => ({
  kind: 'limits',
  threshold: null,
  unit: 'ratio',
  few: 30,
  ...more,
});
const said = (of: Watched, at: AlertPoint, before: AlertPoint[] = []) => {
  const { verdict, signal } = judge(of, at, before);
  return signal === null ? verdict : `${verdict} ${signal}`;
};

describe('a threshold', () => {
  const below = watched({ kind: 'below', threshold: 0.8 });

  test('is crossed when all of the interval has; beyond it alone may be chance', () => {
    expect(said(below, point(0.7, { low: 0.65, high: 0.75 }))).toBe('crossed below');
    expect(said(below, point(0.78, { low: 0.69, high: 0.85 }))).toBe('unsure');
    expect(said(below, point(0.82, { low: 0.75, high: 0.88 }))).toBe('calm');
    expect(said({ ...below, kind: 'above' }, point(0.82, { low: 0.81, high: 0.83 }))).toBe('crossed above');
    expect(said({ ...below, kind: 'above' }, point(0.82, { low: 0.8, high: 0.84 }))).toBe('unsure');
  });

  test('of a figure without an interval is crossed by the value; what is equal to it is not beyond it', () => {
    const above = watched({ kind: 'above', threshold: 300, unit: 's' });
    expect([said(above, point(301)), said(above, point(300))]).toEqual(['crossed above', 'calm']);
  });

  test('few cases cross nothing, but a count is no case of anything', () => {
    expect(said(below, point(0.1, { n: 29 }))).toBe('few');
    expect(said(below, point(0.1, { n: 30 }))).toBe('crossed below');
    expect(said(watched({ kind: 'below', threshold: 20, unit: 'count' }), point(5, { n: 5 }))).toBe('crossed below');
    expect(said({ ...below, few: 18_000 }, point(0.1, { n: 17_999 }))).toBe('few');
  });

  test('what is not known for good, or not at all, is not judged', () => {
    expect(said(below, point(0.1, { provisional: true }))).toBe('provisional');
    expect(said(below, point(null, { n: 0 }))).toBe('empty');
  });
});

describe('its own limits', () => {
  // Mean 0.925 and mean range 0.05: from 0.792; 1.058 would be more than all.
  const usual = points(...Array.from({ length: 12 }, (_, week) => (week % 2 === 0 ? 0.9 : 0.95)));

  test('are crossed outside of them, and say which they were', () => {
    expect(said(watched({}), point(0.79), usual)).toBe('crossed below');
    expect(said(watched({}), point(0.8), usual)).toBe('calm');
    const { mean, limitLow, limitHigh } = judge(watched({}), point(0.79), usual);
    expect([mean, limitLow, limitHigh]).toEqual([expect.closeTo(0.925), expect.closeTo(0.925 - 2.66 * 0.05), 1]);
  });

  test('are those of the twelve periods before: a value does not widen its own', () => {
    const longAgo = points(0.1, 0.9, 0.1);
    expect(judge(watched({}), point(0.5), [...longAgo, ...usual])).toEqual(judge(watched({}), point(0.5), usual));
    expect(judge(watched({}), point(0.5), usual).limitLow).toBeCloseTo(0.792);
  });

  test('eight in a row on one side cross them; seven do not', () => {
    // The mean of the twelve is 0.934, and seven of them are below it since the last one above.
    const seven = points(0.9, 0.9, 0.9, 1, 1, ...Array<number>(7).fill(0.93));
    expect(said(watched({}), point(0.93), seven)).toBe('crossed run-below');
    // Here it is 0.932, and six are.
    const six = points(0.9, 0.9, 0.9, 0.9, 1, 1, ...Array<number>(6).fill(0.93));
    expect(said(watched({}), point(0.93), six)).toBe('calm');
  });

  test('of fewer than six periods there are none', () => {
    expect(said(watched({}), point(0.1), usual.slice(0, 5))).toBe('short');
    const thin = usual.map((each, week) => (week < 7 ? { ...each, n: 10 } : each));
    expect(said(watched({}), point(0.1), thin)).toBe('short');
  });

  test('a score of points may be negative, and has limits there', () => {
    const nps = points(-20, -10, -20, -10, -20, -10);
    expect(said(watched({ unit: 'points' }), point(-20), nps)).toBe('calm');
    expect(said(watched({ unit: 'points' }), point(-60), nps)).toBe('crossed below');
  });

  test('of a count, small ones too', () => {
    const few = Array.from({ length: 8 }, (_, week) => point(week % 2 === 0 ? 10 : 12, { n: 10 }));
    expect(said(watched({ unit: 'count' }), point(25, { n: 25 }), few)).toBe('crossed above');
  });
});
