import { expect, test } from 'vitest';
import { wholeTicks } from './half-hours.ts';
import { clockTicks, thinned, tickDigits } from './plot.ts';

test('durations are marked at round minutes', () => {
  expect(clockTicks(290, 411)).toEqual([240, 300, 360, 420]);
  expect(clockTicks(26, 54)).toEqual([20, 30, 40, 50, 60]);
  expect(clockTicks(7000, 9000)).toEqual([6600, 7200, 7800, 8400, 9000]);
});

test('ticks have the decimals that keep them apart', () => {
  expect(tickDigits(4.02, 4.21)).toBe(2);
  expect(tickDigits(1, 9)).toBe(0);
  expect(tickDigits(0, 35)).toBe(0);
  expect(tickDigits(4, 4)).toBe(1);
});

test('ticks thin out and keep the last', () => {
  expect(thinned([1, 2, 3, 4, 5, 6], 120, 60)).toEqual([3, 6]);
  expect(thinned([1, 2, 3], 600, 60)).toEqual([1, 2, 3]);
});

test('scales of whole things are marked at whole things', () => {
  expect(wholeTicks(1)).toEqual([0, 1]);
  expect(wholeTicks(2.1)).toEqual([0, 1, 2]);
  expect(wholeTicks(14.7)).toEqual([0, 5, 10]);
  expect(wholeTicks(72)).toEqual([0, 20, 40, 60]);
  expect(wholeTicks(420)).toEqual([0, 200, 400]);
});
