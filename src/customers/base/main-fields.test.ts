import { expect, test } from 'vitest';
import { mainFields, tells } from './main-fields.ts';

test.each([
  ['ticket', 'sum', false],
  ['ticket', 'distinct', true],
  ['NR_PROPOSTA', 'median', false],
  ['NR_PROPOSTA', 'distinct', true],
  ['resposta_NPS', 'sum', false],
  ['resposta_NPS', 'median', true],
  ['Nota_Solucao', 'sum', false],
  ['Nota Solução', 'mean', true],
  ['VALOR_NOTA', 'sum', true],
  ['VL_TOTAL', 'sum', true],
  ['eventduration', 'sum', true],
  ['QTD_TICKETS', 'sum', true],
  ['ticket', 'value', true],
  [null, 'rows', true],
] as const)('of %s, %s tells: %s', (column, take, says) => {
  expect(tells({ column, take })).toBe(says);
});

test('a sum of codes or grades is no number to stand by, however many have it', () => {
  const field = (column: string, take: 'sum' | 'median', coverage: number) => ({
    ...{ name: `${column}_${take}`, table: 'pesquisa', column, take, kind: 'number' as const, coverage },
  });
  const fields = [field('ticket', 'sum', 1), field('Csat', 'sum', 1), field('minutos', 'sum', 0.5)];
  expect(mainFields({ fields, key: 'CD' }).numbers.map(({ name }) => name)).toEqual(['minutos_sum']);
});
