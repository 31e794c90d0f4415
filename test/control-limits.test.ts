import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEAST_POINTS, limitsOf, signalsOf } from '../src/metrics/control-limits.ts';
import * as screens from '../web/charts/xmr.ts';

const point = fc.record({
  value: fc.option(fc.double({ min: 0, max: 1000, noNaN: true }), { nil: null }),
  n: fc.integer({ min: 0, max: 60 }),
  provisional: fc.boolean(),
});
/** Such as a process has: most of them count. */
const usual = fc.record({
  value: fc.double({ min: 0, max: 1, noNaN: true }),
  n: fc.constant(100),
  provisional: fc.constant(false),
});

test('alerts and screens draw the same limits and see the same signals', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: usual }, point), { maxLength: 40 }), (points) => {
      const limits = limitsOf(points);
      expect(limits).toEqual(screens.limitsOf(points));
      expect(signalsOf(points, limits)).toEqual(screens.signalsOf(points, limits));
    }),
  );
  expect(LEAST_POINTS).toBe(screens.LEAST_WEEKS);
});

test('limits by hand: mean 12, mean range 1.6; a score that may be negative has a floor of its own', () => {
  const points = [10, 12, 11, 13, 12, 14].map((value) => ({ value, n: 100, provisional: false }));
  const limits = limitsOf(points)!;
  expect(limits.mean).toBeCloseTo(12);
  expect([limits.low, limits.high]).toEqual([expect.closeTo(12 - 4.256), expect.closeTo(12 + 4.256)]);
  const low = [-10, 10, -10, 10, -10, 10].map((value) => ({ value, n: 100, provisional: false }));
  expect(limitsOf(low)!.low).toBe(0);
  expect(limitsOf(low, -100)!.low).toBeCloseTo(-53.2);
});
