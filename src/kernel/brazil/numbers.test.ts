import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDecimal, formatPercent, parseDecimal } from './numbers.ts';

test('formats', () => {
  expect(formatDecimal(12345)).toBe('12.345');
  expect(formatDecimal(-1234.5, 2)).toBe('−1.234,50');
  expect(formatDecimal(-0.001, 2)).toBe('0,00');
  expect(formatPercent(0.176)).toBe('17,6%');
  expect(formatPercent(-0.05, 0)).toBe('−5%');
});

test.each([
  ['12.345', 12345],
  ['1.234,5', 1234.5],
  ['-3,25', -3.25],
  ['−3', -3],
  ['0,0', 0],
  ['12.34', null],
  ['1,234.5', null],
  ['1.2345', null],
  ['', null],
  ['-', null],
  ['1e3', null],
])('%j → %s', (text, value) => {
  expect(parseDecimal(text)).toBe(value);
});

test('what is formatted is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (hundredths) => {
      expect(parseDecimal(formatDecimal(hundredths / 100, 2))).toBe(hundredths === 0 ? 0 : hundredths / 100);
    }),
  );
});
