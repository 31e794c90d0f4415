import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST, ranked } from './pareto.ts';

test('by hand: 50, 30, 15 and 5 of 100, in another order and with one that adds nothing', () => {
  expect(ranked([15, 50, null, 5, 0, 30])).toEqual({
    pareto: { slices: 2, of: 4, share: 0.8 },
    running: [0.95, 0.5, null, 1, null, 0.8],
  });
});

test('fifteen of equal size: twelve make exactly 80 %, in the order given', () => {
  const { pareto, running } = ranked(Array(15).fill(7));
  expect(pareto).toEqual({ slices: 12, of: 15, share: 0.8 });
  expect(running.toSorted((a, b) => a! - b!)).toEqual(running);
});

test('nothing has no few', () => {
  expect(ranked([])).toEqual({ pareto: null, running: [] });
  expect(ranked([0, null])).toEqual({ pareto: null, running: [null, null] });
});

test('the few reach the share, one fewer do not, and every larger slice comes before', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 }), { maxLength: 60 }), (values) => {
      const { pareto, running } = ranked(values);
      const sorted = values.toSorted((a, b) => b - a);
      const whole = sorted.reduce((sum, value) => sum + value, 0);
      if (whole === 0) return pareto === null;
      const first = (count: number) => sorted.slice(0, count).reduce((sum, value) => sum + value, 0);
      expect(first(pareto!.slices)).toBeGreaterThanOrEqual(MOST * whole);
      expect(first(pareto!.slices - 1)).toBeLessThan(MOST * whole);
      expect(pareto!.share).toBeCloseTo(first(pareto!.slices) / whole);
      expect(pareto!.of).toBe(values.filter((value) => value > 0).length);
      for (const [at, value] of values.entries()) {
        if (value === 0) continue;
        const larger = values.filter((other, index) => other > value || (other === value && index <= at));
        expect(running[at]).toBeCloseTo(larger.reduce((sum, other) => sum + other, 0) / whole);
      }
    }),
  );
});
