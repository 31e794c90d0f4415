import { expect, test } from 'vitest';
import { FAULT_KINDS, parseFaults, randomFaults } from './fake-faults.ts';

const REQUEST = { path: '/x', page: 1 };
const drawn = (plan: ReturnType<typeof randomFaults>) => Array.from({ length: 2000 }, () => plan(REQUEST));

test('faults are drawn from a seed, as often as asked, of the kinds asked', () => {
  expect(drawn(randomFaults(7, 0.3))).toEqual(drawn(randomFaults(7, 0.3)));
  const faults = drawn(randomFaults(7, 0.3)).filter((one) => one !== null);
  expect(faults.length).toBeGreaterThan(500);
  expect(faults.length).toBeLessThan(700);
  expect(new Set(faults)).toEqual(new Set(FAULT_KINDS));
  expect(new Set(drawn(parseFaults('.5:500,torn', 1)))).toEqual(new Set([null, '500', 'torn']));
  expect(new Set(drawn(parseFaults('0', 1)))).toEqual(new Set([null]));
});

test.each(['muitas', '2', '0.2:fogo', '-1', ''])('%j is refused', (text) => {
  expect(() => parseFaults(text, 1)).toThrow(expect.objectContaining({ code: 'usage' }));
});
