import { expect, test } from 'vitest';
import { shrink, wilson } from './interval.ts';

test('Wilson’s interval as tabulated: 10 of 100 is 5.52 % to 17.44 %', () => {
  const { low, high } = wilson(10, 100)!;
  expect(low).toBeCloseTo(0.0552, 4);
  expect(high).toBeCloseTo(0.1744, 4);
});

test('no trials, no interval; none or all of them stay within 0 and 1', () => {
  expect(wilson(0, 0)).toBeNull();
  expect(wilson(0, 5)!.low).toBe(0);
  expect(wilson(5, 5)!.high).toBe(1);
});

test('a small group is drawn to the common rate, a large one hardly', () => {
  const groups = [
    { successes: 300, trials: 1000 },
    { successes: 100, trials: 1000 },
    { successes: 200, trials: 1000 },
    { successes: 6, trials: 12 },
  ];
  const [large, , , small] = shrink(groups) as [number, number, number, number];
  expect(large).toBeGreaterThan(0.295);
  expect(small).toBeLessThan(0.4);
  expect(small).toBeGreaterThan(0.2);
});

test('groups that differ no more than chance all get the common rate', () => {
  for (const rate of shrink([
    { successes: 20, trials: 100 },
    { successes: 21, trials: 105 },
  ]))
    expect(rate).toBeCloseTo(41 / 205, 10);
});
