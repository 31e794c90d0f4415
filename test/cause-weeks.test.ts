import { afterAll, beforeAll, expect, test } from 'vitest';
import { findLegs, sumLegs } from '../src/metrics/causes/inputs.ts';
import type { Scope } from '../src/metrics/scope.ts';
import type { TestApi } from './app.ts';
import { openWeek } from './week.ts';

let api: TestApi;

beforeAll(async () => {
  ({ api } = await openWeek());
}, 60_000);
afterAll(() => api?.close());

const PERIOD = { from: '2026-10-26', to: '2026-11-16' };
const NOTHING = { deploys: [], holidays: new Set<string>(), hired: [], staffing: [] };

test.each<[string, Scope, boolean]>([
  ['without a filter', PERIOD, true],
  [
    'of one queue, which the marts of agents and reasons know, and that of accounts too',
    { ...PERIOD, where: [{ column: 'queue', value: 'Retenção' }] },
    true,
  ],
  ['of one state, which no mart knows beside an agent', { ...PERIOD, where: [{ column: 'uf', value: 'SP' }] }, false],
])('the weeks of agents, reasons and accounts are those of the legs: %s', async (_, scope, known) => {
  const { lake } = api.app;
  const found = (await findLegs(lake, scope))!;
  expect(found.weeks !== null).toBe(known);
  const sums = (weeks: string | null) => lake.use((session) => sumLegs(session, scope, NOTHING, { ...found, weeks }));
  const [marts, legs] = [await sums(found.weeks), await sums(null)];
  expect(marts?.weeks).toEqual(legs?.weeks);
  if (scope.where) return;
  // Ana: 40 first contacts and one on the 15th, 10 came back; 51 legs of 348 s but the last of its week of its own.
  const ana = legs!.weeks.filter(({ by, subject }) => by === 'agent' && subject === 'A9');
  expect(ana.map(({ week, legs: n, matured, repeated }) => [week, n, matured, repeated])).toEqual([
    ['2026-10-26', 50, 40, 10],
    ['2026-11-09', 1, 0, 0],
  ]);
  expect(ana[0]!.handle_s).toBe(50 * 348);
});
