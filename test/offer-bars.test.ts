import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BarList } from '../src/api/schema-offers.ts';
import { TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api?.close());

test('bars stay in the history with who lifted them', async () => {
  const bar = (body: object) => api.json<BarList>('/api/offers/bars', { as: 'manager', method: 'POST', body });
  const { bars } = await bar({ product: 'Fiscal', kind: 'segment', value: 'VAREJO' });
  expect(bars).toMatchObject([{ product: 'Fiscal', createdBy: 'pessoa-manager', liftedAt: null }]);
  await expect(bar({ product: 'Fiscal', kind: 'segment', value: 'VAREJO' })).rejects.toThrow('Essa regra já vale');
  await expect(bar({ product: 'fiscal', kind: 'segment', value: 'varejo' })).rejects.toThrow('Essa regra já vale');
  await expect(bar({ product: 'Fiscal', kind: 'segment' })).rejects.toThrow('A regra está incompleta');
  const url = `/api/offers/bars/${bars[0]!.id}`;
  const lifted = await api.json<BarList>(url, { method: 'DELETE' });
  expect(lifted.bars).toMatchObject([{ product: 'Fiscal', liftedBy: 'pessoa-administrator' }]);
  expect((await api.ask(url, { as: 'manager', method: 'DELETE' })).status).toBe(404);
});

test('of equal bars that are put at once one is taken', async () => {
  const body = { product: 'Estoque e Compras', kind: 'never' };
  const asked = { as: 'manager', method: 'POST', body } as const;
  const answers = await Promise.all([1, 2, 3].map(() => api.ask('/api/offers/bars', asked)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  const { bars } = await api.json<BarList>('/api/offers/bars');
  const standing = bars.filter(({ product, liftedAt }) => product === body.product && liftedAt === null);
  expect(standing).toHaveLength(1);
  await api.json(`/api/offers/bars/${standing[0]!.id}`, { method: 'DELETE' });
});
