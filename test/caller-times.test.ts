import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallerRanking } from '../src/api/schema-callers.ts';
import { callerRanking } from '../src/metrics/caller-ranking.ts';
import { indicatorNamed } from '../src/metrics/registry.ts';
import { loadWorld, TestApi } from './app.ts';
import { TICKETS } from './event-files.ts';
import { useHome } from './home.ts';
import { countsLegs, type Leg, PLAIN, quantileOf, silverLegs, VALUES, within } from './recount.ts';
import { openWeek } from './week.ts';

const LEAST = 5;
const MEANS = ['avgHandleTime', 'avgWaitTime', 'firstReplyTime', 'avgReplyTime', 'resolutionTime'];
const SPREADS = ['handleTime', 'waitTime', 'firstReplyTime', 'replyTime', 'resolutionTime'];
const SHARES = { P50: 0.5, P90: 0.9 };
/** Whom each rule takes for one caller: an expression over a leg of silver. */
const CALLERS = {
  house: 'identity',
  'house-linked': 'coalesce((SELECT max(person) FROM gold.person WHERE person.identity = own.identity), identity)',
};
type Rule = keyof typeof CALLERS;

const home = useHome();

let api: TestApi;
let legs: Leg[];
const callers = {} as Record<Rule, ReadonlyMap<number, string>>;

beforeAll(async () => {
  api = await TestApi.open();
  await loadWorld(api.app, 12_000);
  await api.job('/api/exclusions', { name: 'fora', column: 'queue', value: 'Ouvidoria', reason: 'fora da conta' });
  legs = (await silverLegs(api.app.lake)).filter(({ queue }) => queue !== 'Ouvidoria');
  for (const [rule, sql] of Object.entries(CALLERS)) {
    const rows = await api.app.lake.rows<{ row: number; caller: string }>(
      `SELECT row_id AS row, CAST(${sql} AS VARCHAR) AS caller FROM silver.contact AS own WHERE identity IS NOT NULL`,
    );
    callers[rule as Rule] = new Map(rows.map(({ row, caller }) => [row, caller]));
  }
}, 240_000);
afterAll(() => api?.close());

/** The ranking page after page, as an answer and all its rows. */
async function everyPage(query: string, size: number): Promise<CallerRanking> {
  const pages: CallerRanking[] = [];
  do
    pages.push(
      await api.json<CallerRanking>(`/api/repeats/callers/ranking?${query}&size=${size}&page=${pages.length + 1}`),
    );
  while (pages.length * size < Math.min(pages[0]!.total, 200 * size));
  for (const { total, few } of pages) expect({ total, few }).toEqual({ total: pages[0]!.total, few: pages[0]!.few });
  return { ...pages[0]!, rows: pages.flatMap(({ rows }) => rows) };
}

const casesOf = (metric: string, own: readonly Leg[], perLeg: boolean) =>
  PLAIN[metric]!(own, perLeg) as [number, number];
const meanOf = ([sum, n]: [number, number]) => (n === 0 ? null : sum / n);

describe.each(Object.keys(CALLERS) as Rule[])('by %s', (rule) => {
  test.each([
    ['all', '', {}, 250],
    ['seven weeks', '&from=2026-09-14&to=2026-11-02', { from: '2026-09-14', to: '2026-11-02' }, 83],
    ['a queue, whose legs count one by one', '&where=queue%3DSuporte', { where: [['queue', 'Suporte']] }, 250],
    ['tickets', '&source=demo-tickets', { sources: ['demo-tickets'] }, 250],
  ] as const)('each customer’s times are those of a recount: %s', async (_, query, part, size) => {
    const chosen = legs.filter((leg) => within(part)(leg) && callers[rule].has(leg.row));
    const callerOf = ({ row }: Pick<Leg, 'row'>) => callers[rule].get(row)!;
    const own = Map.groupBy(chosen, callerOf);
    const called = new Map([...own].filter(([, of]) => of.some(({ leg }) => leg === 1)));
    const filters = 'where' in part ? ['queue'] : [];
    const perLeg = (metric: string) => countsLegs(metric, filters);
    const told = MEANS.filter((metric) => casesOf(metric, chosen, perLeg(metric))[1] > 0);

    for (const order of ['contacts', ...told]) {
      const found = await everyPage(`rule=${rule}&order=${order}${query}`, size);
      const isTimed = order !== 'contacts';
      const cases = new Map(
        [...called].map(([caller, of]) => [caller, isTimed ? casesOf(order, of, perLeg(order))[1] : LEAST]),
      );
      const enough = [...called.keys()].filter((caller) => cases.get(caller)! >= LEAST);
      expect(found.total, order).toBe(enough.length);
      if (isTimed) {
        const scarce = [...cases.values()].filter((n) => n > 0 && n < LEAST).length;
        expect({ least: found.least, few: found.few }).toEqual({ least: LEAST, few: scarce });
      }
      const shown = found.columns.map(({ name }) => name);
      expect(MEANS.filter((metric) => shown.includes(metric))).toEqual(told);
      expect([shown.includes('cases'), shown.includes('running')]).toEqual([isTimed, !isTimed]);

      const seen = found.rows.map(({ row_id }) => callerOf({ row: Number(row_id) }));
      expect(new Set(seen).size).toBe(seen.length);
      if (found.total <= 200 * size) expect(seen.toSorted()).toEqual(enough.toSorted());
      let before = Number.POSITIVE_INFINITY;
      for (const [index, row] of found.rows.entries()) {
        const of = called.get(seen[index]!)!;
        expect(row.contacts).toBe(of.filter(({ leg }) => leg === 1).length);
        if (isTimed) expect(row.cases).toBe(cases.get(seen[index]!));
        for (const metric of told) {
          const mean = meanOf(casesOf(metric, of, perLeg(metric)));
          if (mean === null) expect(row[metric], metric).toBeNull();
          else expect(row[metric], metric).toBeCloseTo(mean, 9);
        }
        for (const spread of SPREADS.filter((_, at) => told.includes(MEANS[at]!))) {
          const values = VALUES[spread]!(of);
          // One case in two and one in ten lie above P50 and P90.
          const expected = (least: number, share: number) =>
            values.length >= least ? quantileOf(values, share) : null;
          expect(row[`${spread}P50`], spread).toBe(expected(LEAST, SHARES.P50));
          expect(row[`${spread}P90`], spread).toBe(expected(10, SHARES.P90));
        }
        const value = Number(row[order]);
        expect(value).toBeLessThanOrEqual(before);
        before = value;
      }
    }
    const everyone = await everyPage(`rule=${rule}${query}`, 500);
    const counted = everyone.rows.reduce((sum, { contacts }) => sum + Number(contacts), 0);
    expect(counted).toBe(chosen.filter(({ leg }) => leg === 1).length);
    const { rows } = await api.json<{ rows: { callers: number | null; contacts: number }[] }>(
      `/api/repeats/callers?rule=${rule}${query}`,
    );
    expect(counted).toBe(rows.reduce((sum, { callers: known, contacts }) => sum + (known === null ? 0 : contacts), 0));
  });
});

test('customers with few cases are left out and counted; a file follows the order, with what nobody has left out', async () => {
  const { api: week } = await openWeek();
  const url = '/api/repeats/callers/ranking?from=2026-10-26&to=2026-11-02';
  // Nobody called more than twice; five of the 87 only gave up.
  const ranked = await week.json<CallerRanking>(`${url}&order=avgHandleTime`);
  expect(ranked).toMatchObject({ total: 0, rows: [], least: LEAST, few: 82, order: 'avgHandleTime' });
  // Ana takes 5:48, Caio 1:02:15, Davi 4:40.
  const { rows, columns } = await week.json<CallerRanking>(url);
  expect(new Set(rows.map(({ avgHandleTime }) => avgHandleTime))).toEqual(new Set([348, 3735, 280, null]));
  expect(columns.map(({ name }) => name).filter((name) => /Time/.test(name))).toEqual([
    ...['avgHandleTime', 'handleTimeP50', 'handleTimeP90', 'avgWaitTime', 'waitTimeP50', 'waitTimeP90'],
  ]);
  const { text } = await week.ask(`${url}&format=csv`, { as: 'administrator' });
  const [heads, first] = text.split('\r\n');
  expect(heads!.split(';').slice(-4)).toEqual(['Primeiro', 'Último', 'TMA, h:min:s', 'TME, h:min:s']);
  expect(['0:05:48', '1:02:15', '0:04:40']).toContain(first!.split(';').at(-2));
  expect((await week.ask(`${url}&order=agents`, { as: 'administrator' })).status).toBe(400);
  await week.close();
});

test('by resolution time: the longest mean first, percentiles where some case lies above, few cases left out', async () => {
  await home().know(TICKETS);
  // Hours from opening to end, ticket by ticket, of each phone.
  const hours = {
    '11987650001': [1, 2, 3, 4, 5, 6, 7, 8, 9, 20],
    '11987650002': [7, 7, 7, 7, 17],
    '11987650003': [100, 100, 100, 100],
    '11987650004': [50],
  };
  const lines = Object.entries(hours).flatMap(([phone, all]) =>
    all.map((each, index) => {
      const at = new Date(Date.UTC(2026, 2, 2, each)).toISOString().slice(0, 19).replace('T', ' ');
      return `${phone}-${index};${phone};A1;Suporte;closed;2026-03-02 00:00:00;${at}`;
    }),
  );
  const content = `protocol;phone;agent;queue;status;opened;ended\n${lines.join('\n')}\n`;
  await home().load({ content }, TICKETS);
  await home().build();
  const ranking = (order: string) => callerRanking(home().lake, {}, 'house', { page: 1, size: 10, order });
  const found = await ranking('resolutionTime');
  expect(found).toMatchObject({ total: 2, least: 5, few: 2 });
  const told = { resolutionTimeP50: 7 * 3600, resolutionTimeP90: null };
  expect(found.rows).toMatchObject([
    { phone: '11987650002', contacts: 5, cases: 5, share: 0.25, resolutionTime: 9 * 3600, ...told },
    {
      ...{ phone: '11987650001', contacts: 10, cases: 10, share: 0.5, resolutionTime: 6.5 * 3600 },
      ...{ resolutionTimeP50: 5 * 3600, resolutionTimeP90: 9 * 3600 },
    },
  ]);
  const { rows } = await ranking('contacts');
  expect(rows.map(({ contacts, resolutionTime }) => [contacts, resolutionTime])).toEqual(
    [
      [10, 6.5],
      [5, 9],
      [4, 100],
      [1, 50],
    ].map(([contacts, mean]) => [contacts, mean! * 3600]),
  );
});

test('the names of the times are the registry’s', () => {
  for (const name of [...MEANS, ...SPREADS.flatMap((one) => Object.keys(SHARES).map((share) => `${one}${share}`))])
    expect(indicatorNamed(name)).toMatchObject({ unit: 's', group: 'time' });
});
