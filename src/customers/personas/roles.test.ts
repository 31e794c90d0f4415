import { expect, test } from 'vitest';
import { rolesOf } from './roles.ts';

test.each([
  [['nps_linhas', 'NOTA_NPS_soma', 'NOTA_NPS_mediana'], 'satisfaction', 'NOTA_NPS_mediana'],
  [['mrr_linhas', 'MRR_12M'], 'value', 'MRR_12M'],
  [['SEGMENTO_ID', 'SEGMENTO'], 'segment', 'SEGMENTO'],
  [['CODIGO_PRODUTO', 'PRODUTO'], 'product', 'PRODUTO'],
  [['compras_recencia', 'compras_frequencia', 'compras_valor'], 'value', 'compras_valor'],
  [['compras_recencia', 'compras_frequencia', 'compras_valor'], 'purchases', 'compras_frequencia'],
  [['pesquisa_linhas', 'nps_soma'], 'satisfaction', undefined],
] as const)('of %j, %s is %s', (columns, role, found) => {
  expect(rolesOf(columns).get(role)).toBe(found);
});
