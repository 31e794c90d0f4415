import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalCpf, cpfCheckDigits, formatCpf, isCpf } from './cpf.ts';

// 111.444.777-??: 1·10+1·9+1·8+4·7+4·6+4·5+7·4+7·3+7·2 = 162, 162 mod 11 = 8 → 3; with 3: 204, 204 mod 11 = 6 → 5.
test('check digits of a worked example', () => {
  expect(cpfCheckDigits('111444777')).toBe('35');
  expect(canonicalCpf('111.444.777-35')).toBe('11144477735');
  expect(canonicalCpf(' 11144477735 ')).toBe('11144477735');
  expect(formatCpf('11144477735')).toBe('111.444.777-35');
});

test.each(['111.444.777-36', '11111111111', '00000000000', '', '1114447773', 'x11144477735', '11144477735 abc', '---'])(
  '%j is no CPF',
  (text) => {
    expect(isCpf(text)).toBe(false);
  },
);

// 012.345.678-??: 0+1·9+2·8+3·7+4·6+5·5+6·4+7·3+8·2 = 156, mod 11 = 2 → 9; then 0+10+18+24+28+30+30+28+24+9·2 = 210, mod 11 = 1 → 0.
test('leading zeros that a spreadsheet dropped come back', () => {
  expect(canonicalCpf('1234567890')).toBe('01234567890');
  expect(formatCpf('1234567890')).toBe('1234567890');
});

test('any nine digits with their check digits are a CPF, and no other last digit fits', () => {
  const nine = fc.stringMatching(/^\d{9}$/).filter((text) => !/^(\d)\1+$/.test(text) && text !== '123456789');
  fc.assert(
    fc.property(nine, fc.integer({ min: 1, max: 9 }), (digits, by) => {
      const cpf = digits + cpfCheckDigits(digits);
      expect(canonicalCpf(formatCpf(cpf))).toBe(cpf);
      expect(isCpf(`${cpf.slice(0, 10)}${(Number(cpf[10]) + by) % 10}`)).toBe(false);
    }),
  );
});
