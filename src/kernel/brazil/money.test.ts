import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney, parseMoney } from './money.ts';

test.each([
  ['R$ 1.234,50', 123450],
  ['R$1234,5', 123450],
  ['1234', 123400],
  ['-R$ 0,99', -99],
  ['R$ −10,00', -1000],
  ['R$ 1,234.50', null],
  ['1.23', null],
  ['1,234', null],
  ['US$ 10', null],
  ['', null],
])('%j → %s centavos', (text, centavos) => {
  expect(parseMoney(text)).toBe(centavos);
});

test('formats', () => {
  expect(formatMoney(123450)).toBe('R$ 1.234,50');
  expect(formatMoney(-99)).toBe('−R$ 0,99');
});

test('what is formatted is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e13, max: 1e13 }), (centavos) => {
      expect(parseMoney(formatMoney(centavos))).toBe(centavos === 0 ? 0 : centavos);
    }),
  );
});
