import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalCnpj, cnpjCheckDigits, formatCnpj, isCnpj } from './cnpj.ts';

// 11.222.333/0001-??: 1·5+1·4+2·3+2·2+2·9+3·8+3·7+3·6+0+0+0+1·2 = 102, mod 11 = 3 → 8; then 120, mod 11 = 10 → 1.
test('check digits of a numeric example', () => {
  expect(cnpjCheckDigits('112223330001')).toBe('81');
  expect(canonicalCnpj('11.222.333/0001-81')).toBe('11222333000181');
  expect(formatCnpj('11222333000181')).toBe('11.222.333/0001-81');
});

// The tax office's published example of an alphanumeric CNPJ.
test('alphanumeric example', () => {
  expect(canonicalCnpj('12.abc.345/01de-35')).toBe('12ABC34501DE35');
  expect(formatCnpj('12ABC34501DE35')).toBe('12.ABC.345/01DE-35');
  expect(isCnpj('12ABC34501DE36')).toBe(false);
});

test.each(['11.222.333/0001-82', '00000000000000', '12ABC34501DEA5', '', 'CNPJ 11222333000181', '11222333000181x'])(
  '%j is no CNPJ',
  (text) => {
    expect(isCnpj(text)).toBe(false);
  },
);

test('twelve characters with their check digits are a CNPJ in any writing', () => {
  const twelve = fc.stringMatching(/^[0-9A-Z]{12}$/).filter((text) => !/^(\d)\1+$/.test(text));
  fc.assert(
    fc.property(twelve, (characters) => {
      const cnpj = characters + cnpjCheckDigits(characters);
      expect(canonicalCnpj(formatCnpj(cnpj).toLowerCase())).toBe(cnpj);
      if (/^0{1,2}[1-9]\d{11}/.test(cnpj)) expect(canonicalCnpj(cnpj.replace(/^0+/, ''))).toBe(cnpj);
    }),
  );
});
