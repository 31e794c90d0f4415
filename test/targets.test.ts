import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FigureLine, MetricAnswer } from '../src/api/schema.ts';
import { planOf } from '../src/intake/reference/plan.ts';
import { referenceKind } from '../src/intake/reference/registry.ts';
import type { TestApi } from './app.ts';
import { openWeek } from './week.ts';

const WEEK = 'from=2026-10-26&to=2026-11-02';
let api: TestApi;

beforeAll(async () => {
  ({ api } = await openWeek());
  const { references } = api.app;
  const kind = referenceKind('targets');
  const target = (indicator: string, queue: string, value: string) => ({
    ...{ key: { indicator, queue, account: '' }, values: { target: value }, from: null, to: null, monthly: false },
  });
  const entries = [
    target('Nível de serviço', '', '80'),
    target('serviceLevel', 'Ouvidoria', '0.5'),
    target('avgHandleTime', '', '360'),
  ];
  await references.apply(kind, planOf(kind, await references.entries(kind), entries), { action: 'set', by: 'teste' });
}, 60_000);
afterAll(() => api?.close());

const levelOf = async (where: string) =>
  (await api.json<MetricAnswer>(`/api/metrics/serviceLevel?${WEEK}${where}`, { as: 'intake' })).aim;

test('a figure stands to the target of its queue, else to that of all', async () => {
  // Retenção: 50 answered after 10 s, five gave up after a minute: 50 of 55. Ouvidoria: 33 answered after 30 s: none in time.
  expect(await levelOf('&where=queue=Retenção')).toEqual({ target: 0.8, state: 'met' });
  expect(await levelOf('&where=queue=Ouvidoria')).toEqual({ target: 0.5, state: 'missed' });
  // 50 + 18 of 106 in time, a third of a unit below: surely not 80 %.
  expect(await levelOf('')).toEqual({ target: 0.8, state: 'missed' });
});

test('the figure line tells the targets that there are, and none where there is none', async () => {
  const { figures } = await api.json<FigureLine>(`/api/figures?${WEEK}&names=serviceLevel,avgHandleTime,contacts`, {
    as: 'intake',
  });
  // 50 × 348 s, 33 × 3735 s and 18 × 280 s, over 101.
  expect(figures.map(({ name, aim }) => [name, aim])).toEqual([
    ['serviceLevel', { target: 0.8, state: 'missed' }],
    ['avgHandleTime', { target: 360, state: 'missed' }],
    ['contacts', undefined],
  ]);
});
