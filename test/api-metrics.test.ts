import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIMENSION_NAMES } from '../src/contracts/index.ts';
import type { Truth } from '../src/demo/truth.ts';
import type { MetricAnswer } from '../src/metrics/answers.ts';
import type { FigureLine } from '../src/metrics/figures.ts';
import { DEMO_SOURCES, filesIn, loadWorld, TestApi } from './app.ts';
import { countsLegs, type Leg, type Part, PLAIN, silverLegs, splitOf, within } from './recount.ts';
import { full } from './services.ts';

let api: TestApi;
let truth: Truth;
let legs: Leg[];

beforeAll(async () => {
  api = await TestApi.open();
  ({ truth } = await loadWorld(api.app, 20_000));
  legs = await silverLegs(api.app.lake);
}, 180_000);
afterAll(() => api?.close());

type Source = keyof typeof DEMO_SOURCES;
const SOURCES = Object.keys(DEMO_SOURCES) as Source[];
const COLUMNS = ['agent', 'queue', 'account', 'reason', 'channel', 'status', 'uf', 'ddd'] as const;

interface Question extends Part {
  readonly by?: readonly string[];
  readonly view?: 'net' | 'gross';
  readonly receipt?: boolean;
}

function ask(metric: string, { sources, from, to, where, by, view, receipt }: Question = {}): Promise<MetricAnswer> {
  const query = new URLSearchParams();
  const plain = {
    source: sources?.join(','),
    from,
    to,
    by: by?.join(','),
    view,
    receipt: receipt ? 'true' : undefined,
  };
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) query.set(name, value);
  for (const [column, value] of where ?? []) query.append('where', `${column}=${value}`);
  return api.json<MetricAnswer>(`/api/metrics/${metric}?${query}`);
}

/** The calls as their files hold them: good rows, each key once. */
function callsOfFiles() {
  const calls = new Map<string, Record<string, string>>();
  for (const path of filesIn(join(api.app.config.home, 'world', 'calls'))) {
    const [header, ...lines] = readFileSync(path, 'latin1').split('\r\n');
    const names = header!.split(';');
    for (const line of lines) {
      const cells = [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
        (match) => match[1] ?? match[2] ?? '',
      );
      const call = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
      const times = [call.TEMPO_ESPERA, call.TEMPO_CONVERSA, call.TEMPO_POS].every((time) =>
        /^\d\d:\d\d:\d\d$/.test(time!),
      );
      if (cells.length !== names.length || !times || /^31\/(02|04|06|09|11)/.test(call.DATA!)) continue;
      calls.set(`${call.PROTOCOLO} ${call.PERNA}`, call);
    }
  }
  return [...calls.values()];
}

const seconds = (clock: string) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const weighed = ({ rows }: MetricAnswer) => total(rows.map(({ value, n }) => (value ?? 0) * n));

describe('against what the demo world knows of itself', () => {
  test.each(SOURCES)('%s: scores, and every row there', async (source) => {
    const { rows, ratings, ratingSum } = truth.totals[source];
    const scores = await ask('avgSatisfaction', { sources: [source] });
    expect([scores.n, scores.unit]).toEqual([ratings, 'score']);
    expect(scores.total).toBeCloseTo(ratingSum / ratings, 9);
    const byAgent = await ask('contacts', { sources: [source], by: ['agent'] });
    expect(total(byAgent.rows.map(({ value }) => value!))).toBe(rows);
  });

  test('calls: answered, abandoned, talk and wrap-up', async () => {
    const { answered, abandoned, talk, wrapup, transferred } = truth.totals['demo-calls'];
    const sources = ['demo-calls'];
    const lost = await ask('grossAbandonRate', { sources });
    expect(Math.round(lost.total! * lost.n)).toBe(abandoned);
    const handle = await ask('avgHandleTime', { sources, by: ['agent'] });
    expect(total(handle.rows.map(({ n }) => n))).toBe(answered);
    expect(weighed(handle)).toBeCloseTo(talk + wrapup, 4);
    expect(handle.total! * handle.n).toBeCloseTo(talk + wrapup, 4);
    expect(handle.n).toBeLessThan(answered);
    expect(transferred).toBeGreaterThan(500);
  });

  test('calls: contacts, wait, service level and abandonment as the files say', async () => {
    const calls = callsOfFiles();
    expect(calls).toHaveLength(truth.totals['demo-calls'].rows);
    const first = calls
      .filter(({ PERNA }) => PERNA === '1')
      .map(({ STATUS, TEMPO_ESPERA }) => ({
        lost: STATUS === 'ABANDONADA',
        wait: seconds(TEMPO_ESPERA!),
      }));
    const answered = first.filter(({ lost }) => !lost);
    const short = first.filter(({ lost, wait }) => lost && wait <= 10).length;
    const sources = ['demo-calls'];
    expect((await ask('contacts', { sources })).total).toBe(first.length);
    const wait = await ask('avgWaitTime', { sources });
    expect([wait.n, Math.round(wait.total! * wait.n)]).toEqual([
      answered.length,
      total(answered.map((call) => call.wait)),
    ]);
    const level = await ask('serviceLevel', { sources });
    expect(level.n).toBe(first.length - short);
    expect(level.total).toBeCloseTo(answered.filter((call) => call.wait <= 20).length / (first.length - short), 12);
    const lost = await ask('abandonRate', { sources });
    expect(lost.total).toBeCloseTo((first.length - answered.length - short) / (first.length - short), 12);
    expect(lost.low!).toBeLessThan(lost.total!);
    expect(lost.high!).toBeGreaterThan(lost.total!);
  });

  test('chat: wait and talk', async () => {
    const { answered, waitOfAnswered, talk } = truth.totals['demo-chat'];
    const wait = await ask('avgWaitTime', { sources: ['demo-chat'] });
    expect([wait.n, wait.total! * wait.n]).toEqual([answered, expect.closeTo(waitOfAnswered, 4)]);
    const handle = await ask('avgHandleTime', { sources: ['demo-chat'] });
    expect([handle.n, handle.total! * handle.n]).toEqual([answered, expect.closeTo(talk, 4)]);
  });

  test.each([
    ['demo-tickets', 'demo-ticket-events'],
    ['demo-chat', 'demo-chat-events'],
  ] as const)('%s: replies and reopenings, by its events', async (source, events) => {
    const { answeredMessages, answeredSeconds, reopenings, closedContacts, reopenedContacts } = truth.events[events];
    const reply = await ask('avgReplyTime', { sources: [source] });
    expect([reply.n, reply.total! * reply.n]).toEqual([answeredMessages, expect.closeTo(answeredSeconds, 3)]);
    expect((await ask('reopenings', { sources: [source] })).total).toBe(reopenings);
    const share = await ask('reopenedShare', { sources: [source] });
    expect([share.n, share.total]).toEqual([closedContacts, reopenedContacts / closedContacts]);
    for (const metric of ['avgReplyTime', 'reopenings', 'reopenedShare'])
      expect(await ask(metric, { sources: ['demo-calls'] })).toMatchObject({ total: null, reasonCode: 'not-given' });
  });

  test('a figure that a source cannot give is null and says why', async () => {
    for (const metric of ['serviceLevel', 'abandonRate', 'grossAbandonRate']) {
      for (const source of ['demo-chat', 'demo-tickets']) {
        const answer = await ask(metric, { sources: [source], by: ['day'] });
        expect(answer).toMatchObject({
          total: null,
          n: 0,
          rows: [],
          reason: expect.stringMatching(/só guarda atendidos/),
        });
      }
      const all = await ask(metric);
      const calls = await ask(metric, { sources: ['demo-calls'] });
      expect([all.total, all.n, all.reason]).toEqual([calls.total, calls.n, undefined]);
    }
    const tickets = await ask('avgHandleTime', { sources: ['demo-tickets'] });
    expect(tickets).toMatchObject({ total: null, reason: expect.stringMatching(/não traz o que este número mede/) });
    const nothing = await ask('contacts', { from: '2030-01-01' });
    expect(nothing).toMatchObject({ total: null, reason: 'Nenhum atendimento com estes filtros.' });
  });
});

describe('any scope, any split: the same as counting the rows one by one', () => {
  const days = fc
    .integer({ min: -5, max: 190 })
    .map((day) => new Date(Date.UTC(2026, 4, 18 + day)).toISOString().slice(0, 10));
  const question = (): fc.Arbitrary<Question & { metric: string }> => {
    const filters = COLUMNS.map((column) =>
      fc.constantFrom(...new Set(legs.map((leg) => leg[column]))).map((value) => [column, value] as const),
    );
    const question = fc.record({
      metric: fc.constantFrom(...Object.keys(PLAIN)),
      by: fc.uniqueArray(fc.constantFrom(...DIMENSION_NAMES), { maxLength: 3 }),
      sources: fc.option(fc.uniqueArray(fc.constantFrom(...SOURCES), { minLength: 1 }), { nil: undefined }),
      from: fc.option(days, { nil: undefined }),
      to: fc.option(days, { nil: undefined }),
      where: fc.array(fc.oneof(...filters), { maxLength: 2 }),
    });
    return question.filter(({ from = '', to = '9999' }) => from <= to);
  };

  const OF_CALLS = ['serviceLevel', 'abandonRate', 'grossAbandonRate', 'shortAbandonRate', 'abandonWait'];
  const OF_EVENTS = ['reopenings', 'reopenedShare'];
  const OF_NONE = ['nps'];

  function expectSame(
    answer: MetricAnswer,
    { metric, by = [], ...part }: Question & { metric: string },
    rows: readonly Leg[],
  ) {
    const inside = rows
      .filter(within(part))
      .filter(({ source }) => !OF_CALLS.includes(metric) || source === 'demo-calls')
      .filter(({ source }) => !OF_EVENTS.includes(metric) || source !== 'demo-calls')
      .filter(() => !OF_NONE.includes(metric));
    const filters = (part.where ?? []).map(([column]) => column);
    expectFigure({ value: answer.total, n: answer.n }, metric, inside, filters);
    const groups = Map.groupBy(inside, (leg) => JSON.stringify(by.map((column) => splitOf(leg, column))));
    expect(answer.rows).toHaveLength(by.length === 0 ? 0 : groups.size);
    for (const row of answer.rows) {
      const group = groups.get(JSON.stringify(by.map((column) => row[column])));
      expectFigure(row, metric, group ?? [], [...filters, ...by]);
    }
  }

  function expectFigure(
    { value, n }: { value: number | null; n: number },
    metric: string,
    rows: readonly Leg[],
    columns: readonly string[],
  ) {
    const [numerator, denominator] = PLAIN[metric]!(rows, countsLegs(metric, columns));
    if (denominator === undefined) {
      expect([value ?? 0, n]).toEqual([numerator, numerator]);
    } else {
      expect(n).toBe(denominator);
      if (denominator === 0) expect(value).toBeNull();
      else expect(value).toBeCloseTo(numerator / denominator, 9);
    }
  }

  test('net', async () => {
    await fc.assert(
      fc.asyncProperty(question(), async (asked) => expectSame(await ask(asked.metric, asked), asked, legs)),
      { numRuns: full ? 120 : 40, seed: 20261115 },
    );
  }, 60_000);

  test.each<[string, Question]>([
    ['agent × reason', { by: ['agent', 'reason'] }],
    ['hour × weekday', { by: ['hour', 'weekday'] }],
    ['agents of one reason', { by: ['agent'], where: [['reason', 'Senha e acesso']] }],
    ['reasons of one queue by month', { by: ['reason', 'month'], where: [['queue', 'Financeiro']] }],
    ['one agent by week', { by: ['week'], where: [['agent', 'A1008']] }],
  ])('%s, every indicator, beyond the mart’s cuts too', async (_, asked) => {
    for (const metric of Object.keys(PLAIN)) expectSame(await ask(metric, asked), { metric, ...asked }, legs);
  });

  test.each(DIMENSION_NAMES)('contacts by %s add up to all contacts', async (by) => {
    const answer = await ask('contacts', { by: [by] });
    const perLeg = by === 'agent' || by === 'supervisor';
    const all = perLeg ? legs.length : legs.filter(({ leg }) => leg === 1).length;
    expect(total(answer.rows.map(({ value }) => value!))).toBe(all);
    expect(answer.rows.length).toBe(new Set(legs.map((leg) => splitOf(leg, by))).size);
    if (!perLeg) expect(answer.total).toBe(all);
  });

  test('of what adds up few slices make most, whichever way it is counted; of a rate there are none', async () => {
    for (const by of ['reason', 'agent', 'hour'] as const) {
      const { rows, pareto } = await ask('contacts', { by: [by] });
      const sizes = legs.filter(({ leg }) => by === 'agent' || leg === 1).map((leg) => splitOf(leg, by));
      const sorted = [...Map.groupBy(sizes, (value) => value).values()]
        .map((each) => each.length)
        .sort((a, b) => b - a);
      let [few, made] = [0, 0];
      while (made < 0.8 * sizes.length) made += sorted[few++]!;
      expect(pareto).toEqual({ slices: few, of: sorted.length, share: expect.closeTo(made / sizes.length, 12) });
      expect(Math.max(...rows.map(({ running }) => running!))).toBe(1);
    }
    const rate = await ask('avgWaitTime', { by: ['reason'] });
    expect([rate.pareto, rate.rows.some((row) => 'running' in row)]).toEqual([undefined, false]);
    expect((await ask('backlog', { by: ['day'], from: '2026-07-01', to: '2026-07-03' })).pareto).toBeUndefined();
  });

  test('a rate’s total is recomputed: it is no mean and no sum of its rows', async () => {
    const answer = await ask('avgWaitTime', { by: ['reason'] });
    const values = answer.rows.flatMap(({ value }) => (value === null ? [] : [value]));
    expect(answer.total).toBeCloseTo(weighed(answer) / total(answer.rows.map(({ n }) => n)), 9);
    expect(Math.abs(answer.total! - total(values) / values.length)).toBeGreaterThan(0.1);
  });

  test('periods are half-open: two that touch count each day once', async () => {
    const count = async (from?: string, to?: string) => (await ask('contacts', { from, to })).total ?? 0;
    const [day] = (await ask('contacts', { by: ['day'], from: '2026-07-01', to: '2026-07-02' })).rows;
    expect(day).toMatchObject({ day: '2026-07-01', value: await count('2026-07-01', '2026-07-02') });
    expect((await count(undefined, '2026-07-01')) + (await count('2026-07-01'))).toBe(await count());
    expect(await count('2026-07-01', '2026-07-01')).toBe(0);
    expect(await ask('contacts', { from: '2026-07-01', to: '2026-07-08' })).toMatchObject({
      from: '2026-07-01',
      to: '2026-07-08',
    });
    expect(await ask('contacts')).toMatchObject({ from: '2026-05-18', to: '2026-11-16', watermark: '2026-11-15' });
  });

  test('a figure line shows the period of the same length before, and weeks that are the metric’s own', async () => {
    const line = await api.json<FigureLine>('/api/figures?names=contacts,avgWaitTime&from=2026-10-01&to=2026-10-31');
    expect(line).toMatchObject({ previousFrom: '2026-09-01', previousTo: '2026-10-01' });
    for (const figure of line.figures) {
      expect(figure.value).toBe((await ask(figure.name, { from: '2026-10-01', to: '2026-10-31' })).total);
      expect(figure.previous).toBe((await ask(figure.name, { from: '2026-09-01', to: '2026-10-01' })).total);
      const weeks = (await ask(figure.name, { by: ['week'], from: '2026-08-10', to: '2026-10-31' })).rows;
      expect(figure.trend.map(({ from, value }) => [from, value])).toEqual(
        weeks.map(({ week, value }) => [week, value]),
      );
      expect(weeks).toHaveLength(12);
    }
  });

  test('an excluded contact leaves the net and stays in the gross, until the rule is lifted', async () => {
    const before = await ask('contacts');
    const rule = {
      name: 'treino',
      column: 'queue',
      value: 'Ouvidoria',
      reason: 'fila de treinamento',
      from: '2026-06-01',
    };
    await api.job('/api/exclusions', { ...rule, to: '2026-09-01' });
    const isOut = within({ from: '2026-06-01', to: '2026-09-01', where: [['queue', 'Ouvidoria']] });
    const out = legs.filter((leg) => leg.leg === 1 && isOut(leg)).length;
    expect(out).toBeGreaterThan(100);
    const net = await ask('contacts', { receipt: true });
    expect(net).toMatchObject({ total: before.total! - out, gross: before.total, excluded: out });
    expect(net.receipt!.exclusions).toEqual([
      { name: 'treino', version: 1, reason: 'fila de treinamento', contacts: out },
    ]);
    const june = await ask('contacts', {
      receipt: true,
      from: '2026-06-01',
      to: '2026-07-01',
      where: [['queue', 'Ouvidoria']],
    });
    expect(june.receipt!.exclusions[0]!.contacts).toBe(june.excluded);
    expect(june.excluded).toBeGreaterThan(0);
    const gross = await ask('contacts', { by: ['queue'], view: 'gross' });
    expect(gross.rows).toEqual((await ask('contacts', { by: ['queue'], view: 'gross', from: '2020-01-01' })).rows);
    expect(total(gross.rows.map(({ value }) => value!))).toBe(before.total);
    const left = legs.filter((leg) => !isOut(leg));
    await fc.assert(
      fc.asyncProperty(question(), async (asked) => {
        const answer = await ask(asked.metric, asked);
        expectFigure(
          { value: answer.total, n: answer.n },
          asked.metric,
          left
            .filter(within(asked))
            .filter(({ source }) => !OF_CALLS.includes(asked.metric) || source === 'demo-calls'),
          (asked.where ?? []).map(([column]) => column),
        );
      }),
      { numRuns: full ? 40 : 10, seed: 7 },
    );
    await api.job('/api/exclusions', { name: 'treino', active: false });
    const after = await ask('contacts');
    expect({ ...after, lakeVersion: 0 }).toEqual({ ...before, lakeVersion: 0 });
    expect(after.lakeVersion).toBe(before.lakeVersion + 2);
  }, 120_000);
});

test('a receipt says what the figure rests on', async () => {
  const {
    receipt,
    lakeVersion,
    total: figure,
    n,
  } = await ask('avgWaitTime', {
    receipt: true,
    sources: ['demo-calls'],
    from: '2026-06-01',
    to: '2026-08-01',
  });
  expect(receipt).toMatchObject({ sources: ['demo-calls'], batches: 2, lakeVersion, exclusions: [] });
  expect(receipt!.formula).toContain('atendidos');
  const parameters = { source_0: 'demo-calls', from_day: '2026-06-01', to_day: '2026-08-01' };
  const rows = await api.app.lake.rows<{ wait_s: number; waits: number }>(receipt!.statement, parameters);
  expect(rows).toEqual([{ excluded: false, contacts: expect.any(Number), wait_s: figure! * n, waits: n }]);
});

test.each([
  [404, '/api/metrics/contatos', 'Não existe indicador: contatos. Existem: contacts, backlog, '],
  [
    400,
    '/api/metrics/contacts?by=cidade',
    'Não se divide por cidade. Use day, week, month, weekday, hour, half_hour, queue',
  ],
  [404, '/api/metrics/contacts?source=demo-calls,x', 'Não existe fonte com dados: x. Existem: demo-calls, demo-chat'],
  [
    400,
    '/api/metrics/contacts?where=hour=9',
    'Não se filtra por hour. Use coluna=valor, com queue, agent, supervisor, reason, reason_category, account, channel, status, uf, ddd',
  ],
  [400, '/api/metrics/contacts?where=Financeiro', 'Filtro não entendido. Use coluna=valor'],
  [400, '/api/metrics/contacts?to=2026-02-30', 'Dia inválido em to: 2026-02-30.'],
  [400, '/api/metrics/contacts?from=09/11/2026', 'Valor inválido em from. Use uma data como 2026-11-15'],
  [400, '/api/contacts?format=pdf', 'Valor inválido em format. Use json, csv, xlsx'],
  [400, '/api/metrics/contacts?from=2026-11-16&to=2026-11-09', 'O período termina antes de começar'],
])('%i %s', async (status, url, message) => {
  const answer = await api.ask(url, { as: 'manager' });
  expect(answer.status).toBe(status);
  expect((JSON.parse(answer.text) as { error: { message: string } }).error.message).toContain(message);
});
