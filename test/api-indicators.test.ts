import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIMENSION_NAMES } from '../src/contracts/index.ts';
import type { MetricAnswer, RepeatAnswer } from '../src/metrics/answers.ts';
import type { FigureLine } from '../src/metrics/figures.ts';
import { INDICATORS } from '../src/metrics/registry.ts';
import { loadWorld, TestApi } from './app.ts';
import {
  classicMarks,
  daysToResolve,
  houseMarks,
  type Leg,
  openAt,
  PLAIN,
  quantileOf,
  silverLegs,
  splitOf,
  VALUES,
  within,
} from './recount.ts';

let api: TestApi;
let legs: Leg[];

beforeAll(async () => {
  api = await TestApi.open();
  await loadWorld(api.app, 8000);
  legs = await silverLegs(api.app.lake);
}, 180_000);
afterAll(() => api?.close());

const ask = (metric: string, query: Record<string, string> = {}) =>
  api.json<MetricAnswer>(`/api/metrics/${metric}?${new URLSearchParams(query)}`);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const PERIOD = { from: '2026-07-06', to: '2026-08-03' };
const LAST = '2026-08-02';
const PERCENTILES = Object.keys(VALUES).flatMap((name) =>
  [50, 90].map((of) => [`${name}P${of}`, name, of / 100] as const),
);
const REPEATS = ['repeatRate', 'repeatShare', 'firstContactResolution'];
const STOCKS = ['backlog', 'backlogAge'];
const AGENT_TIMES = ['occupancy', 'pauseShare'];

test('every indicator is recounted, by this file or by that of the quotients or of the agents', () => {
  const recounted = [
    ...Object.keys(PLAIN),
    ...PERCENTILES.map(([name]) => name),
    ...REPEATS,
    ...STOCKS,
    ...AGENT_TIMES,
    'daysToAnswer',
  ];
  expect(INDICATORS.map(({ name }) => name).sort()).toEqual(recounted.sort());
});

describe('percentiles are those of the rows, one by one', () => {
  test.each(PERCENTILES)('%s', async (metric, name, share) => {
    for (const where of [[], [['queue', 'Financeiro'] as const]]) {
      const inside = legs.filter(within({ ...PERIOD, where }));
      const query = { ...PERIOD, ...(where.length > 0 ? { where: 'queue=Financeiro' } : {}) };
      const answer = await ask(metric, { ...query, by: 'source,weekday' });
      const values = VALUES[name]!(inside);
      expect([answer.total, answer.n]).toEqual([quantileOf(values, share), values.length]);
      const groups = Map.groupBy(inside, (leg) => `${leg.source} ${splitOf(leg, 'weekday')}`);
      expect(answer.rows).toHaveLength(groups.size);
      for (const row of answer.rows) {
        const own = VALUES[name]!(groups.get(`${row.source} ${row.weekday}`)!);
        expect([row.value, row.n]).toEqual([quantileOf(own, share), own.length]);
      }
    }
  });
});

describe('figures of repeat contacts come by the same door', () => {
  const marksOf = (rule: string) => (rule === 'house' ? houseMarks(legs) : classicMarks(legs, 168));

  test.each(['house', 'previous-7d'])('%s', async (rule) => {
    const inside = marksOf(rule).filter(({ leg }) => within(PERIOD)(leg));
    const anchors = inside.filter(({ role }) => role === 'anchor');
    const repeats = inside.filter(({ role }) => role === 'repeat').length;
    const share = repeats / inside.length;
    expect(await ask('repeatShare', { ...PERIOD, rule })).toMatchObject({
      total: share,
      n: inside.length,
      gross: null,
    });
    const rate = await ask('repeatRate', { ...PERIOD, rule });
    const resolution = await ask('firstContactResolution', { ...PERIOD, rule });
    expect(rate.rule.name).toBe(rule);
    if (rule !== 'house') {
      expect(rate.total).toBe(share);
      expect(resolution).toMatchObject({ total: null, reasonCode: 'no-anchors' });
      return;
    }
    const back = anchors.filter(({ charged }) => charged.length > 0).length;
    const same = anchors.filter(({ charged }) => charged.some((one) => one.same)).length;
    expect(rate).toMatchObject({ total: back / anchors.length, n: anchors.length, provisional: false });
    expect(resolution.total).toBeCloseTo(1 - same / anchors.length, 12);
    expect(resolution.low!).toBeLessThan(resolution.total!);
  });

  test.each(DIMENSION_NAMES)('split by %s they are the rows of the repeats', async (by) => {
    for (const rule of ['house', 'previous-7d']) {
      const repeats = await api.json<RepeatAnswer>(`/api/repeats?${new URLSearchParams({ ...PERIOD, rule, by })}`);
      const rate = await ask('repeatRate', { ...PERIOD, rule, by });
      expect(rate.rows.map((row) => [row[by], row.value, row.low ?? null, row.provisional])).toEqual(
        repeats.rows.map((row) => [row[by], row.rate, row.low, row.provisional]),
      );
      expect([rate.total, rate.low, rate.watermark]).toEqual([repeats.rate, repeats.low, repeats.watermark]);
    }
  });

  test('two splits at once add up to one', async () => {
    const [both, one] = [
      await ask('repeatRate', { ...PERIOD, by: 'queue,agent' }),
      await ask('repeatRate', { ...PERIOD, by: 'queue' }),
    ];
    for (const row of one.rows)
      expect(total(both.rows.filter(({ queue }) => queue === row.queue).map(({ n }) => n))).toBe(row.n);
  });

  test('an open period is provisional in the figure line too', async () => {
    const line = await api.json<FigureLine>('/api/figures?names=repeatRate,contacts&from=2026-11-09&to=2026-11-16');
    expect(line.figures.map(({ name, provisional }) => [name, provisional])).toEqual([
      ['repeatRate', true],
      ['contacts', false],
    ]);
  });
});

describe('what is open at the end of a day', () => {
  const ageOf = (opened: readonly number[], day: string) =>
    total(opened.map((from) => Date.parse(day) / 1000 + 86_400 - from)) / opened.length / 86_400;

  test('of a period, and of each of its days and weeks', async () => {
    const open = openAt(legs, LAST);
    const [backlog, age] = [await ask('backlog', PERIOD), await ask('backlogAge', PERIOD)];
    expect([backlog.total, backlog.n, age.n]).toEqual([open.length, open.length, open.length]);
    if (open.length === 0) expect(age.total).toBeNull();
    else expect(age.total).toBeCloseTo(ageOf(open, LAST), 9);
    const days = (await ask('backlog', { ...PERIOD, by: 'day' })).rows;
    expect(days).toHaveLength(28);
    for (const row of days) expect(row.value).toBe(openAt(legs, String(row.day)).length);
    const weeks = (await ask('backlogAge', { ...PERIOD, by: 'week' })).rows;
    expect(weeks).toHaveLength(4);
    for (const row of weeks) {
      const sunday = new Date(Date.parse(String(row.week)) + 6 * 86_400_000).toISOString().slice(0, 10);
      const left = openAt(legs, sunday);
      if (left.length === 0) expect(row.value).toBeNull();
      else expect(row.value).toBeCloseTo(ageOf(left, sunday), 9);
    }
  });

  test('of one queue, and by reason', async () => {
    const inside = legs.filter(within({ where: [['queue', 'Financeiro']] }));
    const answer = await ask('backlog', { ...PERIOD, where: 'queue=Financeiro', by: 'reason' });
    expect(answer.total).toBe(openAt(inside, LAST).length);
    const groups = Map.groupBy(inside, ({ reason }) => reason);
    for (const row of answer.rows) expect(row.value).toBe(openAt(groups.get(String(row.reason))!, LAST).length);
    expect(total(answer.rows.map(({ value }) => value!))).toBe(answer.total);
  });

  test('a source that does not say when contacts open has none, and an hour has no end', async () => {
    expect(await ask('backlog', { source: 'demo-calls' })).toMatchObject({ total: null, reasonCode: 'not-given' });
    const { status, text } = await api.ask('/api/metrics/backlog?by=hour', { as: 'manager' });
    expect([status, text]).toEqual([400, expect.stringContaining('O que está aberto não se divide por hour')]);
  });
});

test('days to resolution, and the share of each range of days', async () => {
  const days = daysToResolve(legs.filter(within(PERIOD)));
  const { groups, total: mean, n } = await ask('resolutionDays', PERIOD);
  expect([mean, n]).toEqual([expect.closeTo(total(days) / days.length, 9), days.length]);
  const ranges = [
    [0, 0],
    [1, 1],
    [2, 3],
    [4, 7],
    [8, 15],
    [16, Number.POSITIVE_INFINITY],
  ] as const;
  const counted = ranges.map(([from, to]) => days.filter((one) => one >= from && one <= to).length);
  expect(groups!.map((group) => group.n)).toEqual(counted);
  expect(groups!.map(({ share }) => share)).toEqual(counted.map((one) => one / days.length));
  expect(total(counted)).toBe(days.length);
});

test('the slices of a count add up to its total, whatever the scope and the split', async () => {
  const counts = INDICATORS.filter(({ unit }) => unit === 'count');
  const scopes = fc.record({
    metric: fc.constantFrom(...counts.map(({ name }) => name)),
    by: fc.constantFrom(...DIMENSION_NAMES.filter((name) => !['agent', 'supervisor'].includes(name))),
    start: fc.integer({ min: 0, max: 150 }),
    days: fc.integer({ min: 1, max: 60 }),
    where: fc.option(fc.constantFrom(...new Set(legs.map(({ reason }) => `reason=${reason}`))), { nil: undefined }),
  });
  const endless = ['weekday', 'hour', 'half_hour'];
  const times = ['day', 'week', 'month'];
  await fc.assert(
    fc.asyncProperty(scopes, async ({ metric, by, start, days, where }) => {
      if (metric === 'backlog' && [...endless, ...times].includes(by)) return;
      const at = (day: number) => new Date(Date.UTC(2026, 4, 18 + day)).toISOString().slice(0, 10);
      const answer = await ask(metric, { from: at(start), to: at(start + days), by, ...(where ? { where } : {}) });
      expect(total(answer.rows.map(({ value }) => value ?? 0))).toBe(answer.total ?? 0);
    }),
    { numRuns: 60, seed: 20261122 },
  );
}, 60_000);
