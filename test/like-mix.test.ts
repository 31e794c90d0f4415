import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LikeMix } from '../src/api/schema-metrics.ts';
import type { MetricAnswer, RepeatAnswer } from '../src/metrics/answers.ts';
import { loadWorld, TestApi } from './app.ts';
import { houseMarks, type Leg, silverLegs } from './recount.ts';

let api: TestApi;
let legs: Leg[];

// The demonstration goes from 18/05 to 15/11/2026.
beforeAll(async () => {
  api = await TestApi.open();
  await loadWorld(api.app, 6000);
  legs = await silverLegs(api.app.lake);
}, 120_000);
afterAll(() => api?.close());

const DAYS = 'from=2026-08-01&to=2026-10-01';
const inside = ({ day }: Leg) => day >= '2026-08-01' && day < '2026-10-01';
const ask = (metric: string, query: string) =>
  api.json<{ rows: (LikeMix['rows'][number] & Record<'agent' | 'supervisor' | 'queue', unknown>)[] }>(
    `/api/metrics/${metric}/mix?${DAYS}&${query}`,
    {
      as: 'intake',
    },
  );

interface Case {
  readonly team: string;
  readonly cell: string;
  readonly value: number;
}

/** Each team's own mean in a cell, weighed as the cell weighs among all cases, over the cells it has: case by case. */
function byHand(cases: readonly Case[]) {
  const share = (cell: string) => cases.filter((one) => one.cell === cell).length / cases.length;
  return Map.groupBy(cases, ({ team }) => team)
    .entries()
    .map(([team, own]) => {
      const cells = [...Map.groupBy(own, ({ cell }) => cell)].map(([cell, each]) => ({
        share: share(cell),
        mean: each.reduce((sum, { value }) => sum + value, 0) / each.length,
      }));
      const coverage = cells.reduce((sum, cell) => sum + cell.share, 0);
      const value = cells.reduce((sum, cell) => sum + cell.share * cell.mean, 0) / coverage;
      return [team, { value: expect.closeTo(value, 9), n: own.length, coverage: expect.closeTo(coverage, 9) }] as const;
    })
    .toArray();
}

const cellOf = ({ reason, hour }: Leg) => `${Math.floor(hour / 4)} ${reason}`;

test.each(['agent', 'supervisor', 'queue'] as const)('handle time by %s, case by case', async (by) => {
  const { rows } = await ask('avgHandleTime', `by=${by}`);
  const cases = legs
    .filter((leg) => inside(leg) && leg.talk !== null && leg.status === 'answered')
    .map((leg) => ({ team: leg[by], cell: cellOf(leg), value: leg.talk! + leg.extra }));
  const expected = byHand(cases);
  expect(rows).toHaveLength(expected.length);
  for (const [team, figure] of expected) expect(rows.find((row) => row[by] === team)).toMatchObject(figure);
  const raw = await api.json<MetricAnswer>(`/api/metrics/avgHandleTime?${DAYS}&by=${by}`);
  for (const row of rows) {
    expect(row.n).toBe(raw.rows.find((one) => one[by] === row[by])?.n);
    expect(row.few).toBe(row.n < 30 || row.coverage < 0.5);
    if (row.low !== null) expect(row.low).toBeLessThan(row.value);
  }
});

test('of sums as of rows: a filter that no sum knows, and that leaves all of it, changes nothing', async () => {
  for (const by of ['agent', 'queue']) {
    const [sums, rows] = await Promise.all(
      ['', '&where=status=answered'].map((filter) => ask('avgHandleTime', `by=${by}${filter}`)),
    );
    expect(sums!.rows.length).toBeGreaterThan(3);
    expect(rows).toEqual(sums);
  }
});

test('repeats by agent, where they are charged; the rate of all is between those on the mix', async () => {
  const { rows } = await ask('repeatRate', 'by=agent');
  const cases = houseMarks(legs)
    .filter(({ role, leg }) => role === 'anchor' && inside(leg))
    .map(({ leg, charged }) => ({ team: leg.agent, cell: cellOf(leg), value: charged.length > 0 ? 1 : 0 }));
  for (const [team, figure] of byHand(cases)) expect(rows.find((row) => row.agent === team)).toMatchObject(figure);
  const { rate } = await api.json<RepeatAnswer>(`/api/repeats?${DAYS}`);
  const values = rows.map(({ value }) => value);
  expect(Math.min(...values)).toBeLessThan(rate!);
  expect(Math.max(...values)).toBeGreaterThan(rate!);
  for (const { low, high } of rows) if (low !== null) expect(low >= 0 && high! <= 1).toBe(true);
});

test('filters narrow the mix; what is no mean, or tells nothing of a team, is refused', async () => {
  const { rows } = await ask('avgWaitTime', 'by=queue&where=reason=Lentidão');
  const times = await api.json<MetricAnswer>(`/api/metrics/avgWaitTime?${DAYS}&by=queue&where=reason=Lentidão`);
  expect(rows.map(({ queue, n }) => [queue, n]).sort()).toEqual(
    times.rows
      .filter(({ n }) => n > 0)
      .map(({ queue, n }) => [queue, n])
      .sort(),
  );
  for (const url of [
    'contacts/mix?by=agent',
    'handleTimeP50/mix',
    'serviceLevel/mix?by=agent',
    'serviceLevel/mix?by=queue',
    'avgHandleTime/mix?by=uf',
  ]) {
    const { status, text } = await api.ask(`/api/metrics/${url}`, { as: 'intake' });
    expect([status, JSON.parse(text).error.code]).toEqual([400, 'usage']);
  }
});

test('a file has it beside the figure, and is sorted by it', async () => {
  const url = `/api/metrics/avgHandleTime?${DAYS}&by=agent&format=csv&sort=mix`;
  const [head, ...lines] = (await api.ask(url, { as: 'manager' })).text.slice(1).trimEnd().split('\r\n');
  expect(head).toBe(
    'Agente;TMA, h:min:s;Casos;Na mesma mistura;Na mesma mistura, IC 95%, de;Na mesma mistura, IC 95%, até;Cobre da mistura;Poucos casos',
  );
  const { rows } = await ask('avgHandleTime', 'by=agent');
  const ranked = rows
    .filter(({ few }) => !few)
    .map(({ value }) => Math.round(value))
    .sort((a, b) => a - b);
  const seconds = (clock: string) => clock.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
  expect(ranked.length).toBeGreaterThan(3);
  expect(lines.slice(0, ranked.length).map((line) => seconds(line.split(';')[3]!))).toEqual(ranked);
});
