import { expect, test } from 'vitest';
import { isAlike } from './shared-codes.ts';

test.each([
  ['Ana Prado', 'ANA PRADO'],
  ['José da Conceição', 'CONCEICAO, JOSE'],
  ['Ana Prado', 'Ana P. de Sousa'],
  ['M. Prado', 'Marta Lima'],
  ['Bruno', 'bruno.lima@norte'],
])('%s and %s may be one person', (one, other) => {
  expect(isAlike([one], [other])).toBe(true);
  expect(isAlike(['Rita Sá', other], [one])).toBe(true);
});

test.each([
  ['Ana Prado', 'Bruno Lima'],
  ['Ana da Costa', 'Bruno da Silva'],
  ['José e Maria', 'Bruno E. Lima'],
  ['Ana Prado', ''],
])('%s and %s are unlike', (one, other) => {
  expect(isAlike([one], [other])).toBe(false);
});
