import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MetricAnswer, RepeatAnswer } from '../src/api/schema.ts';
import type { FigureLine } from '../src/api/schema-figures.ts';
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
  const target = (indicator: string, queue: string, value: string, supervisor = '') => ({
    ...{
      key: { indicator, queue, account: '', supervisor },
      values: { target: value },
      from: null,
      to: null,
      monthly: false,
    },
  });
  const entries = [
    target('Nível de serviço', '', '80'),
    target('serviceLevel', 'Ouvidoria', '0.5'),
    target('repeatRate', '', '15'),
    target('repeatRate', 'Ouvidoria', '0.2'),
    target('avgHandleTime', '', '360'),
    target('avgHandleTime', '', '300', 'Rita Reis'),
    target('avgHandleTime', 'Retenção', '350', 'Rita Reis'),
  ];
  for (const agent of ['A9', 'A1'])
    await api.job('/api/reference/supervisors/rows', { cells: { agent, supervisor: 'Rita Reis' }, note: 'equipe' });
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

test('by queue and by team each row stands to its own target, the closest there is', async () => {
  const rowsOf = async (url: string) =>
    (await api.json<{ rows: Record<string, unknown>[] }>(`/api/metrics/${url}`, { as: 'intake' })).rows;
  const byQueue = await rowsOf(`serviceLevel?${WEEK}&by=queue`);
  expect(byQueue.map(({ queue, aim }) => [queue, aim])).toEqual([
    ['Ouvidoria', { target: 0.5, state: 'missed' }],
    ['Retenção', { target: 0.8, state: 'met' }],
    ['Teste', { target: 0.8, state: null }],
    ['Vendas', { target: 0.8, state: 'met' }],
  ]);
  // Rita's are Ana, 50 × 348 s, and Davi, 18 × 280 s: 330 s. Caio, 3735 s, is in nobody's team.
  const byTeam = await rowsOf(`avgHandleTime?${WEEK}&by=supervisor`);
  expect(byTeam.filter(({ value }) => value !== null).map(({ supervisor, aim }) => [supervisor, aim])).toEqual([
    ['Não mapeado', { target: 360, state: 'missed' }],
    ['Rita Reis', { target: 300, state: 'missed' }],
  ]);
  const [inQueue] = await rowsOf(`avgHandleTime?${WEEK}&by=supervisor&where=queue=Retenção`);
  expect([inQueue!.supervisor, inQueue!.value, inQueue!.aim]).toEqual([
    'Rita Reis',
    348,
    { target: 350, state: 'met' },
  ]);
  const byAgent = await rowsOf(`avgHandleTime?${WEEK}&by=agent`);
  expect(byAgent.some((row) => 'aim' in row)).toBe(false);
});

test('the file of a split has the targets, and of few cases no verdict', async () => {
  const { text } = await api.ask(`/api/metrics/serviceLevel?${WEEK}&by=queue&format=csv`, { as: 'manager' });
  const [head, ...rows] = text.slice(1).trimEnd().split('\r\n');
  expect(head).toMatch(/;Poucos casos;Meta;Ante a meta$/);
  expect(rows.map((row) => row.split(';')).map((cells) => [cells[0], ...cells.slice(-2)])).toEqual([
    ['Retenção', '0,8', 'na meta'],
    ['Ouvidoria', '0,5', 'fora da meta'],
    ['Vendas', '0,8', ''],
    ['Teste', '0,8', ''],
  ]);
});

test('repeat contacts stand to their target by the rule that has anchors, once their windows have closed', async () => {
  const aimed = async (more: string) =>
    (await api.json<RepeatAnswer>(`/api/repeats?${WEEK}${more}`, { as: 'supervisor' })).aim;
  // Of 82 who called, 19 called again: 23 %, surely more than 15 %.
  expect(await aimed('')).toEqual({ target: 0.15, state: 'missed' });
  // Of Caio's thirty, three: a tenth.
  expect(await aimed('&where=queue=Ouvidoria')).toEqual({ target: 0.2, state: 'met' });
  expect(await aimed('&watermark=2026-10-28')).toEqual({ target: 0.15, state: null });
  const { figures } = await api.json<FigureLine>(`/api/figures?${WEEK}&names=repeatRate`, { as: 'supervisor' });
  const weeks = figures[0]!.trend.map(({ from, aim }) => [from, aim?.state]);
  expect(weeks).toContainEqual(['2026-10-26', 'missed']);
});

test('a target of repeat contacts is of the house rule, unless it names another', async () => {
  const said = async (rule: string) => {
    const asked = `${WEEK}&rule=${rule}`;
    const [repeats, metric, { figures }] = await Promise.all([
      api.json<RepeatAnswer>(`/api/repeats?${asked}`, { as: 'supervisor' }),
      api.json<MetricAnswer>(`/api/metrics/repeatRate?${asked}&by=queue`, { as: 'supervisor' }),
      api.json<FigureLine>(`/api/figures?${asked}&names=repeatRate,serviceLevel`, { as: 'supervisor' }),
    ]);
    const [rate, level] = figures;
    expect([metric.aim, rate!.aim]).toEqual([repeats.aim, repeats.aim]);
    expect(level!.aim).toEqual({ target: 0.8, state: 'missed' });
    return { aim: repeats.aim, weeks: rate!.trend.map(({ aim }) => aim), rows: metric.rows.map(({ aim }) => aim) };
  };
  const other = { target: 0.15, state: null, rule: 'house' };
  for (const rule of ['previous-24h', 'house-linked']) {
    const { aim, weeks, rows } = await said(rule);
    expect(aim).toEqual(other);
    expect(new Set(weeks.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify(other)]));
    expect(rows.some(Boolean)).toBe(false);
  }
  await api.job('/api/reference/targets/rows', {
    cells: { indicator: 'Rechamada previous-24h', queue: '', account: '', supervisor: '', target: '50' },
    note: 'contrato',
  });
  const { aim, rows } = await said('previous-24h');
  expect(aim).toEqual({ target: 0.5, state: 'met' });
  expect(rows.every((row) => row?.target === 0.5)).toBe(true);
  expect((await said('previous-72h')).aim).toEqual(other);
});
