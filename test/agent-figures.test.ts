import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import type { AgentTimeTruth } from '../src/demo/agent-states.ts';
import { planOf } from '../src/intake/reference/plan.ts';
import { References } from '../src/intake/reference/references.ts';
import { referenceKind } from '../src/intake/reference/registry.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import type { MetricAnswer } from '../src/metrics/answers.ts';
import { metricAnswer } from '../src/metrics/metric.ts';
import { indicatorNamed } from '../src/metrics/registry.ts';
import type { Scope } from '../src/metrics/scope.ts';
import { STRETCHES, stretchFile, stretchLayout } from './agent-files.ts';
import { filesIn, loadWorld, TestApi } from './app.ts';
import { callFile, KEYED } from './call-files.ts';
import { age, useHome } from './home.ts';

describe('a shift worked out by hand', () => {
  const home = useHome();
  const ask = (metric: string, scope: Scope = {}, by: readonly string[] = []) =>
    metricAnswer(home().lake, indicatorNamed(metric), { scope, by, receipt: true });
  const values = async (metric: string, by: string, scope: Scope = {}) =>
    Object.fromEntries((await ask(metric, scope, [by])).rows.map((row) => [String(row[by]), [row.value, row.n]]));

  beforeAll(async () => {
    for (const layout of [STRETCHES, stretchLayout('outra'), KEYED]) await home().know(layout);
    await home().load(
      {
        content: stretchFile([
          // Ana, 08:00 to 12:10: 180 min handling, 35 available, 15 on pause, 20 in training.
          'ag0;2026-03-02 08:00:00;2026-03-02 08:20:00;Falando',
          'ag0;2026-03-02 08:20:00;2026-03-02 08:45:00;Livre',
          'ag0;2026-03-02 08:45:00;2026-03-02 09:00:00;Almoço',
          'ag0;2026-03-02 09:00:00;2026-03-02 11:40:00;Falando',
          'ag0;2026-03-02 11:40:00;2026-03-02 12:00:00;Treinamento',
          'ag0;2026-03-02 12:00:00;2026-03-02 12:10:00;Livre',
          // Bia, across midnight of Sunday: 10 min of each day.
          'bia;2026-03-08 23:50:00;2026-03-09 00:10:00;Falando',
          'bia;2026-03-09 00:10:00;2026-03-09 00:40:00;Livre',
          // Caio only rests: of nothing handled or waited for there is no share.
          'caio;2026-03-10 08:00:00;2026-03-10 08:30:00;Almoço',
        ]),
      },
      STRETCHES,
    );
    await home().load(
      { content: stretchFile(['ag2;2026-03-02 08:00:00;2026-03-02 09:00:00;Livre']) },
      stretchLayout('outra'),
    );
    await home().load({ content: callFile([1, 2, 3, 4, 5, 6, 7]) }, KEYED);
    const references = new References(home().ledger, systemClock);
    const kind = referenceKind('supervisors');
    const post = (agent: string, supervisor: string, from: string | null, to: string | null) => {
      return { key: { agent }, values: { supervisor }, from, to, monthly: false };
    };
    const posts = [post('bia', 'Rui', null, '2026-03-09'), post('bia', 'Eva', '2026-03-09', null)];
    await references.apply(kind, planOf(kind, [], posts), { action: 'set', by: 'teste' });
    await home().build();
  });

  test('in all, and of each agent', async () => {
    const day = { from: '2026-03-02', to: '2026-03-03', sources: ['estados'] };
    expect(await ask('occupancy', day)).toMatchObject({
      ...{ total: 180 / 215, n: 215 * 60, gross: 180 / 215, excluded: 0, unit: 'ratio', watermark: '2026-03-10' },
      receipt: { sources: ['estados'], batches: 1, exclusions: [] },
    });
    expect(await ask('pauseShare', day)).toMatchObject({ total: 15 / 250, n: 250 * 60 });
    expect(await values('occupancy', 'agent')).toEqual({
      ag0: [180 / 215, 12_900],
      ag2: [0, 3600],
      bia: [20 / 50, 3000],
      caio: [null, 0],
    });
    expect(await values('pauseShare', 'agent')).toMatchObject({ caio: [1, 1800], bia: [0, 3000] });
    expect(await values('occupancy', 'agent', { where: [{ column: 'agent', value: 'bia' }] })).toEqual({
      bia: [20 / 50, 3000],
    });
  });

  test('by parts of time: midnight, the week and the half-hour cut a stretch', async () => {
    const bia = { where: [{ column: 'agent', value: 'bia' }] };
    expect(await values('occupancy', 'day', bia)).toEqual({ '2026-03-08': [1, 600], '2026-03-09': [10 / 40, 2400] });
    expect(await values('occupancy', 'week', bia)).toEqual({ '2026-03-02': [1, 600], '2026-03-09': [10 / 40, 2400] });
    expect(await values('occupancy', 'weekday', bia)).toEqual({ 1: [10 / 40, 2400], 7: [1, 600] });
    expect(await values('occupancy', 'month', bia)).toEqual({ '2026-03-01': [20 / 50, 3000] });
    expect(await values('occupancy', 'half_hour', bia)).toEqual({
      '00:00': [10 / 30, 1800],
      '00:30': [0, 600],
      '23:30': [1, 600],
    });
    const ana = { where: [{ column: 'agent', value: 'ag0' }] };
    expect(await values('occupancy', 'hour', ana)).toEqual({
      8: [20 / 45, 2700],
      9: [1, 3600],
      10: [1, 3600],
      11: [1, 2400],
      12: [0, 600],
    });
    expect(await values('occupancy', 'supervisor')).toEqual({
      Rui: [1, 600],
      Eva: [10 / 40, 2400],
      'Não mapeado': [180 / 275, 16_500],
    });
    expect(await values('occupancy', 'supervisor', { where: [{ column: 'supervisor', value: 'Eva' }] })).toEqual({
      Eva: [10 / 40, 2400],
    });
    expect(await values('occupancy', 'source')).toEqual({ estados: [200 / 265, 15_900], outra: [0, 3600] });
  });

  test('sources of contacts choose the agents who handled theirs, those of time choose themselves', async () => {
    const agents = await home().rows<{ agent_id: string }>('SELECT DISTINCT agent_id FROM silver.contact ORDER BY 1');
    expect(agents.map(({ agent_id }) => agent_id)).toEqual(expect.arrayContaining(['ag0', 'ag2']));
    expect(await values('occupancy', 'agent', { sources: ['keyed'] })).toEqual({
      ag0: [180 / 215, 12_900],
      ag2: [0, 3600],
    });
    expect(Object.keys(await values('occupancy', 'agent', { sources: ['keyed', 'outra'] }))).toEqual(['ag2']);
    expect(await ask('contacts', { sources: ['estados'] })).toMatchObject({ total: null, reasonCode: 'no-data' });
    await expect(ask('occupancy', { sources: ['nenhures'] })).rejects.toThrow('nenhures');
  });

  test('what is not known is null and says why', async () => {
    const later = { from: '2026-05-01', to: '2026-06-01' };
    expect(await ask('occupancy', later)).toMatchObject({ total: null, n: 0, reasonCode: 'not-given', rows: [] });
    const queue = { where: [{ column: 'queue', value: 'fila 1' }] };
    expect(await ask('occupancy', queue, ['agent'])).toMatchObject({
      total: null,
      reasonCode: 'agents-only',
      rows: [],
    });
    await expect(ask('occupancy', {}, ['queue'])).rejects.toThrow('O tempo dos agentes não se divide por queue');
  });
});

describe('the demonstration', () => {
  let api: TestApi;
  let truth: AgentTimeTruth;
  const get = (metric: string, query: Record<string, string> = {}) =>
    api.json<MetricAnswer>(`/api/metrics/${metric}?${new URLSearchParams(query)}`);
  const share = (of: AgentTimeTruth['totals']) => of.handling / (of.handling + of.available);

  beforeAll(async () => {
    api = await TestApi.open();
    ({ agentTime: truth } = (await loadWorld(api.app, 4000)).truth);
    const paths = filesIn(join(api.app.config.home, 'world', 'agent-states'));
    for (const path of paths) age(path);
    const request = { paths, source: 'demo-agent-states', build: false };
    const { loaded, quarantined } = await intakeFiles(
      api.app,
      request,
      { name: 'teste', role: 'administrator' },
      silent,
    );
    expect([loaded, quarantined]).toEqual([truth.rows, 0]);
    await build(api.app);
  }, 120_000);
  afterAll(() => api?.close());

  test('figures are those of the rows that were written', async () => {
    const { handling, available, pause, other } = truth.totals;
    const occupancy = await get('occupancy', { by: 'agent', source: 'demo-calls' });
    expect([occupancy.total, occupancy.n]).toEqual([expect.closeTo(share(truth.totals), 12), handling + available]);
    const written = Object.entries(truth.byAgent).map(([agent, of]) => [agent, share(of), of.handling + of.available]);
    expect(occupancy.rows.map((row) => [row.agent, row.value, row.n])).toEqual(written.sort());
    expect(occupancy.rows[0]!.label).not.toBe(occupancy.rows[0]!.agent);
    const paused = await get('pauseShare');
    expect(paused.total).toBeCloseTo(pause / (handling + available + pause + other), 12);
    const halves = await get('occupancy', { by: 'day,half_hour' });
    expect(halves.rows.reduce((sum, row) => sum + row.value! * row.n, 0)).toBeCloseTo(handling, 3);
  });

  test('a base that holds them is in order', async () => {
    const { checks } = await api.json<{ checks: { check: string; ok: boolean }[] }>('/api/system');
    expect(checks.find(({ check }) => check === 'prata e registro')).toMatchObject({ ok: true });
  });

  test('less than five hours of an agent are told and not ranked', async () => {
    const { indicators } = await api.json<{ indicators: { name: string; few: number }[] }>('/api/indicators');
    const fewOf = (metric: string) => indicators.find(({ name }) => name === metric)!.few;
    expect([fewOf('occupancy'), fewOf('pauseShare'), fewOf('avgHandleTime')]).toEqual([18_000, 18_000, 30]);
    const day = { from: '2026-11-13', to: '2026-11-14', by: 'agent' };
    const { rows } = await get('occupancy', day);
    const { text } = await api.ask(`/api/metrics/occupancy?${new URLSearchParams({ ...day, format: 'csv' })}`, {
      as: 'manager',
    });
    const [head, ...cells] = text
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(';'));
    expect(head!.slice(-2)).toEqual(['Tempo', 'Pouco tempo']);
    const ranked = rows.filter(({ n }) => n >= 18_000).toSorted((a, b) => b.value! - a.value!);
    expect(ranked.length).toBeGreaterThan(0);
    expect(ranked.length).toBeLessThan(rows.length);
    expect(cells.slice(0, ranked.length).map(([name]) => name)).toEqual(ranked.map(({ label }) => label));
    expect(cells.map((line) => line.at(-1))).toEqual(rows.map((_, index) => (index < ranked.length ? 'não' : 'sim')));
  });

  test('every split that the dictionary names is answered, as a table and as a file', async () => {
    const { indicators } = await api.json<{ indicators: { name: string; dimensions: string[] }[] }>('/api/indicators');
    const { dimensions } = indicators.find(({ name }) => name === 'occupancy')!;
    expect(dimensions.sort()).toEqual(
      ['agent', 'day', 'half_hour', 'hour', 'month', 'source', 'supervisor', 'week', 'weekday'].sort(),
    );
    for (const by of dimensions) {
      const { rows, n } = await get('occupancy', { by });
      expect(rows.reduce((sum, row) => sum + row.n, 0)).toBe(n);
    }
    const { status, text } = await api.ask('/api/metrics/occupancy?by=agent&format=csv', { as: 'manager' });
    expect([status, text.split('\n')[0]]).toEqual([200, expect.stringContaining('Ocupação')]);
    const line = await api.json<{ figures: { value: number; trend: unknown[] }[] }>(
      '/api/figures?names=occupancy,pauseShare&from=2026-11-09&to=2026-11-16',
    );
    expect(line.figures.map(({ value }) => value)).toEqual([expect.closeTo(0.4, 0), expect.closeTo(0.1, 0)]);
    expect(line.figures[0]!.trend.length).toBeGreaterThanOrEqual(4);
  });
});
