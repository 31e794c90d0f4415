import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SameAge } from '../src/api/schema-metrics.ts';
import { addDays, daysBetween } from '../src/kernel/brazil/dates.ts';
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

const ask = (query: Record<string, string>, before = 1) =>
  api.json<SameAge>(`/api/repeats/age?${new URLSearchParams({ ...query, before: String(before) })}`);

/** A period's anchors and those that came back, marked anew from nothing but what had come by the watermark. */
function standing(from: string, to: string, watermark: string, queue?: string) {
  const marks = houseMarks(legs.filter(({ day }) => day <= watermark));
  const anchors = marks.filter(
    ({ role, leg }) => role === 'anchor' && leg.day >= from && leg.day < to && (!queue || leg.queue === queue),
  );
  return { anchors: anchors.length, repeated: anchors.filter(({ charged }) => charged.length > 0).length };
}

test('the week of 9/11, whose windows are open, and the four before it when they were seven days old', async () => {
  const answer = await ask({ from: '2026-11-09', to: '2026-11-16' }, 4);
  expect(answer.age).toBe(7);
  expect(answer.periods.map(({ from, to, watermark }) => [from, to, watermark])).toEqual([
    ['2026-11-09', '2026-11-16', '2026-11-15'],
    ['2026-11-02', '2026-11-09', '2026-11-08'],
    ['2026-10-26', '2026-11-02', '2026-11-01'],
    ['2026-10-19', '2026-10-26', '2026-10-25'],
    ['2026-10-12', '2026-10-19', '2026-10-18'],
  ]);
  for (const { from, to, watermark, anchors, repeated, rate } of answer.periods) {
    expect({ anchors, repeated }).toEqual(standing(from, to, watermark));
    expect(rate).toBe(repeated / anchors);
  }
});

test('any period at any age is what a lake of only those days would say', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 40, max: 170 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 30 }),
      fc.option(fc.constantFrom(...new Set(legs.map(({ queue }) => queue))), { nil: undefined }),
      async (start, length, age, queue) => {
        const from = addDays('2026-05-18', start);
        const to = addDays(from, length);
        const watermark = addDays(from, age);
        fc.pre(watermark <= '2026-11-15');
        const where = queue ? { where: `queue=${queue}` } : {};
        const { periods } = await ask({ from, to, watermark, ...where }, 3);
        for (const period of periods) {
          expect(daysBetween(period.from, period.watermark)).toBe(age);
          expect(daysBetween(period.from, from) % 7).toBe(0);
          const { anchors, repeated } = period;
          expect({ anchors, repeated }).toEqual(standing(period.from, period.to, period.watermark, queue));
        }
      },
    ),
    { numRuns: 40, seed: 20261115 },
  );
}, 60_000);

test('a period that a source does not hold is not told; one that has not begun has none', async () => {
  const { periods } = await ask({ from: '2026-06-01', to: '2026-06-08' }, 5);
  expect(periods.map(({ from }) => from)).toEqual(['2026-06-01', '2026-05-25', '2026-05-18']);
  expect(await ask({ from: '2026-11-16', to: '2026-11-23' })).toMatchObject({ age: 0, periods: [] });
});

test('a rule without anchors and a period without days are refused', async () => {
  for (const query of ['rule=previous-24h&from=2026-11-09&to=2026-11-16', 'from=2026-11-09', '']) {
    const { status, text } = await api.ask(`/api/repeats/age?${query}`, { as: 'intake' });
    expect([status, JSON.parse(text).error.code]).toEqual([400, 'usage']);
  }
});

test('the page’s workbook has a provisional week beside the four before it at the same age, a closed one does not', async () => {
  const sheetsOf = async (week: string) => {
    const screen = encodeURIComponent(`/rechamadas?${week}`);
    const { bytes } = await api.ask(`/api/report?screen=${screen}`, { as: 'supervisor' });
    return (await readXlsx(bytes)).sheets;
  };
  const open = (await sheetsOf('from=2026-11-09&to=2026-11-16')).find(({ name }) => name === 'Na mesma idade')!;
  const [head, ...rows] = open.rows;
  expect(head!.slice(0, 6)).toEqual([
    ...['Primeiro dia', 'Último dia', 'Como estava em', 'Âncoras até ali', 'Com rechamada', 'Taxa até ali'],
  ]);
  const day = (value: unknown) => (value as Date).toISOString().slice(0, 10);
  expect(rows.map(([from]) => day(from))).toEqual([
    ...['2026-11-09', '2026-11-02', '2026-10-26', '2026-10-19', '2026-10-12'],
  ]);
  for (const [from, last, until, anchors, repeated, rate] of rows) {
    expect(day(until)).toBe(day(last));
    expect({ anchors, repeated }).toEqual(standing(day(from), addDays(day(last), 1), day(until)));
    expect(rate).toBeCloseTo(Number(repeated) / Number(anchors), 6);
  }
  const closed = await sheetsOf('from=2026-10-26&to=2026-11-02');
  expect(closed.map(({ name }) => name)).not.toContain('Na mesma idade');
});
