import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  against,
  holm,
  poissonAtLeast,
  poissonAtMost,
  pooled,
  sampleOf,
  student95,
  studentP,
  welch,
  without,
} from './statistics.ts';

test('tails of Student and Poisson as the tables have them', () => {
  for (const [t, df, p] of [
    [12.706, 1, 0.05],
    [2.2281, 10, 0.05],
    [4.5869, 10, 0.001],
    [1.96, 1e6, 0.05],
    [0, 5, 1],
  ] as const)
    expect(studentP(t, df)).toBeCloseTo(p, 4);
  expect(student95(30)).toBeCloseTo(2.0423, 3);
  // e⁻³ (1 + 3 + 9/2) = 0.4232; the rest is the other tail.
  expect(poissonAtMost(2, 3)).toBeCloseTo(0.42319, 5);
  expect(poissonAtLeast(3, 3)).toBeCloseTo(0.57681, 5);
  expect(poissonAtLeast(0, 3)).toBe(1);
  expect(poissonAtLeast(120, 100)).toBeCloseTo(0.02822, 4);
});

test('a Poisson tail is the sum of its terms', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0.1, max: 50, noNaN: true }), (count, mean) => {
      let [term, sum] = [Math.exp(-mean), Math.exp(-mean)];
      for (let k = 1; k <= count; k++) {
        term *= mean / k;
        sum += term;
      }
      expect(poissonAtMost(count, mean)).toBeCloseTo(sum, 9);
    }),
  );
});

test('Welch on a worked example, and one more value against its history', () => {
  const one = sampleOf([27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4]);
  const other = sampleOf([27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 24.4]);
  const found = welch(one, other)!;
  expect(found.difference).toBeCloseTo(-2.8333, 3);
  // As SciPy 1.x gives them.
  expect(found.pValue).toBeCloseTo(0.008071938172, 10);
  expect([found.low, found.high]).toEqual([expect.closeTo(-4.8680227, 5), expect.closeTo(-0.7986439, 5)]);
  const weeks = sampleOf([10, 12, 11, 9, 10, 11, 10, 12]);
  // mean 10.625, s 1.0607: (16 − 10.625) / (1.0607 √(1 + 1/8)) = 4.778 with 7 degrees of freedom.
  expect(against(16, weeks)!.pValue).toBeCloseTo(0.00201, 4);
  expect(against(16, sampleOf([1, 1, 1, 1, 1, 1, 1]))).toBeNull();
});

test('a sample without a part is what the rest gives, and one variance for both', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 2, maxLength: 20 }),
      fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 2, maxLength: 20 }),
      (one, other) => {
        const rest = without(sampleOf([...one, ...other]), sampleOf(one));
        expect(rest.n).toBe(other.length);
        expect(rest.mean).toBeCloseTo(sampleOf(other).mean, 6);
        expect(rest.squares).toBeCloseTo(sampleOf(other).squares, 4);
      },
    ),
  );
  // Means 2 and 5, squares 2 and 2: √(4/4 × 2/3) = 0.8165, t = −3.674 with 4 degrees of freedom.
  expect(pooled(sampleOf([1, 2, 3]), sampleOf([4, 5, 6]))!.pValue).toBeCloseTo(0.02131, 4);
});

test('Holm: as worked out by hand, never below the p-value, in its order', () => {
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (pValues) => {
      const adjusted = holm(pValues);
      for (const [index, p] of pValues.entries()) {
        expect(adjusted[index]).toBeGreaterThanOrEqual(p);
        expect(adjusted[index]).toBeLessThanOrEqual(Math.min(1, p * pValues.length));
      }
    }),
  );
});
