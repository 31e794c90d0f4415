import { expect, test } from 'vitest';
import { isCodeName, isCustomerName } from './names.ts';
import { orderOf, spearman } from './spearman.ts';

const rho = (one: number[], other: number[]) => {
  const [a, b] = [Float64Array.from(one), Float64Array.from(other)];
  return spearman([a, b], [orderOf(a), orderOf(b)]);
};

test('by the textbook: of distinct ranks, 1 less six times their squared differences over n (n² − 1)', () => {
  // Ranks 1 2 3 4 5 against 2 1 4 3 5: squared differences 1 1 1 1 0.
  expect(rho([10, 20, 30, 40, 50], [7, 3, 100, 9, 1000])).toEqual({ rho: 1 - (6 * 4) / (5 * 24), n: 5 });
  expect(rho([1, 2, 3], [-1, -2, -300]).rho).toBe(-1);
});

test('equal values share a rank; a column of one value goes with nothing', () => {
  // Ranks 1.5 1.5 3 against 1 2 3: by Pearson of the ranks, 1.5 / √(1.5 · 2).
  expect(rho([5, 5, 9], [1, 2, 3]).rho).toBeCloseTo(1.5 / Math.sqrt(3), 12);
  expect(rho([4, 4, 4], [1, 2, 3])).toEqual({ rho: 0, n: 3 });
});

test('over the rows where both are known: ranks are taken among those alone', () => {
  const nothing = Number.NaN;
  expect(rho([1, nothing, 3, 4, 2], [10, 99, 30, nothing, 20])).toEqual({ rho: 1, n: 3 });
  expect(rho([nothing, nothing], [1, 2])).toEqual({ rho: 0, n: 0 });
});

test('names of exports: what names customers, and what is a code though it has digits', () => {
  for (const name of ['CD_CLIENTE', 'CLIENTE', 'IdCliente', 'ID_CLIENTE', 'COD_CLIENTE', 'CODIGO_CLIENTE', 'CD_CLI'])
    expect(isCustomerName(name)).toBe(true);
  for (const name of ['metadata_codcliente', 'clienteid', 'Cód. Cliente', 'Cód. T', 'CODIGO_ORGANIZACAO'])
    expect(isCustomerName(name)).toBe(true);
  expect(['VALOR', 'CLIMA', 'produto'].filter(isCustomerName)).toEqual([]);
  expect(['CD_PROD', 'moduloid', 'NR_PROPOSTA', 'BK_TICKET', 'telemetria_moduloid_moda'].every(isCodeName)).toBe(true);
  expect(['NR_PROPOSTA_count', 'QTD', 'eventduration', 'UNIDADE', 'moduloid_distintos'].filter(isCodeName)).toEqual([]);
});
