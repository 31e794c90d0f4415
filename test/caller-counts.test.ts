import { afterAll, beforeAll, expect, test } from 'vitest';
import { maskRow } from '../src/access/masking.ts';
import type { RowPage } from '../src/api/schema.ts';
import { MARKED_RULES } from '../src/contracts/index.ts';
import { REPEAT_RULES } from '../src/lake/rules/rules.ts';
import { type CallerCounts, callerTallies, summedTallies } from '../src/metrics/caller-counts.ts';
import { RANKED_COLUMNS } from '../src/metrics/caller-ranking.ts';
import { loadWorld, TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  await loadWorld(api.app, 4000);
}, 180_000);
afterAll(() => api?.close());

interface Row {
  readonly row: number;
  readonly day: string;
  readonly queue: string;
  readonly source: string;
  readonly first: boolean;
  readonly received: string | null;
  readonly identity: string | null;
  readonly linked: string | null;
}

/** Silver and the table of persons as they are, without the product's own condition or grouping. */
const rowsOf = () =>
  api.app.lake.rows<Row>(`
    SELECT row_id AS row, CAST(day AS VARCHAR) AS day, queue, source, leg_no = 1 AS first, CAST(identity AS VARCHAR) AS identity,
      CAST(coalesce(identity_received, identity) AS VARCHAR) AS received,
      CAST(coalesce((SELECT max(person) FROM gold.person WHERE person.identity = own.identity), identity) AS VARCHAR) AS linked
    FROM silver.contact AS own WHERE row_id NOT IN (SELECT row_id FROM gold.excluded)`);

test.each(MARKED_RULES)(
  'by %s the customers are those of a recount, and their contacts those of the period',
  async (rule) => {
    const { caller } = REPEAT_RULES.find(({ name }) => name === rule)!;
    const all = await rowsOf();
    for (const [query, within] of [
      ['', () => true],
      ['&from=2026-10-05&to=2026-11-02', ({ day }: Row) => day >= '2026-10-05' && day < '2026-11-02'],
      ['&where=queue%3DOuvidoria', ({ queue }: Row) => queue === 'Ouvidoria'],
    ] as const) {
      const found = await api.json<CallerCounts>(`/api/repeats/callers?rule=${rule}${query}`);
      const { contacts } = await api.json<{ contacts: number }>(`/api/repeats?rule=${rule}${query}`);
      expect(found.contacts).toBe(contacts);
      const recount = new Map<string, number>();
      let anonymous = 0;
      for (const row of all.filter((one) => one.first && within(one))) {
        const key = row[caller];
        if (key === null) anonymous++;
        else recount.set(key, (recount.get(key) ?? 0) + 1);
      }
      const times = (often: (count: number) => boolean) => [...recount.values()].filter(often);
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      const expected = [1, 2, 3, 4, 5].map((n) => {
        const own = times((count) => (n === 5 ? count >= 5 : count === n));
        return { count: String(n), callers: own.length, contacts: sum(own) };
      });
      expect(found.rows).toEqual([...expected, { count: 'anonymous', callers: null, contacts: anonymous }]);
      expect(found.callers).toBe(recount.size);
      for (const { count, contacts: shown } of found.rows) {
        const page = await api.json<{ total: number }>(`/api/contacts?size=1&rule=${rule}&times=${count}${query}`);
        expect(page.total, count).toBe(shown);
      }
    }
  },
);

test.each(MARKED_RULES)('by %s the ranking is that of a recount, page after page, and adds up to all', async (rule) => {
  const { caller } = REPEAT_RULES.find(({ name }) => name === rule)!;
  const query = `rule=${rule}&from=2026-10-05&to=2026-11-02&where=queue%3DOuvidoria`;
  const own = (await rowsOf()).filter(
    ({ first, queue, day }) => first && queue === 'Ouvidoria' && day >= '2026-10-05' && day < '2026-11-02',
  );
  const recount = new Map<string, number>();
  for (const row of own) {
    const key = row[caller];
    if (key !== null) recount.set(key, (recount.get(key) ?? 0) + 1);
  }
  const counts = [...recount.values()].sort((a, b) => b - a);
  const whole = counts.reduce((sum, count) => sum + count, 0);
  const size = 7;
  const pages = Math.min(200, Math.ceil(counts.length / size));
  const ranked: Record<string, unknown>[] = [];
  for (let page = 1; page <= pages; page++) {
    const found = await api.json<RowPage>(`/api/repeats/callers/ranking?${query}&size=${size}&page=${page}`);
    expect(found.total).toBe(counts.length);
    ranked.push(...found.rows);
  }
  expect(ranked.map(({ contacts }) => contacts)).toEqual(counts.slice(0, ranked.length));
  let sum = 0;
  for (const { contacts, share, running, row_id } of ranked) {
    sum += Number(contacts);
    expect(share).toBeCloseTo(Number(contacts) / whole);
    expect(running).toBeCloseTo(sum / whole);
    // Its row is a contact of the scope, of somebody with so many.
    const { [caller]: key } = own.find(({ row }) => row === row_id)!;
    expect(recount.get(key!)).toBe(contacts);
  }
  expect(new Set(ranked.map(({ row_id }) => row_id)).size).toBe(ranked.length);
  // Name, phone and code are those of that contact.
  const shown = await api.app.lake.rows<{ row_id: number }>(
    `SELECT row_id, contact_name, phone, customer_ref FROM silver.contact WHERE row_id IN (${ranked.map(({ row_id }) => row_id).join(', ')})`,
  );
  const masked = new Map(shown.map((row) => [row.row_id, maskRow<Record<string, unknown>>(row, RANKED_COLUMNS)]));
  for (const { row_id, contact_name, phone, customer_ref } of ranked)
    expect({ contact_name, phone, customer_ref }).toEqual({ ...masked.get(Number(row_id)), row_id: undefined });
});

test.each(MARKED_RULES)('by %s sums tell what the rows do, and leave to them what they cannot tell', async (rule) => {
  const { lake } = api.app;
  const named = REPEAT_RULES.find(({ name }) => name === rule)!;
  const [from, to] = ['2026-09-07', '2026-11-09'];
  const sources = (await lake.rows<{ source: string }>('SELECT DISTINCT source FROM silver.contact')).map(
    (one) => one.source,
  );
  expect(sources.length).toBeGreaterThan(1);
  for (const scope of [
    { from, to },
    { from: '2026-10-01', to: '2026-10-02' },
    ...sources.map((one) => ({ from, to, sources: [one] })),
  ]) {
    const summed = await summedTallies(lake, scope, named);
    const rows = (await callerTallies(lake, scope, rule)).toSorted((a, b) => (a.each ?? 0) - (b.each ?? 0));
    const whole = (least: number) => rows.filter(({ each }) => each !== null && each >= least);
    const sum = (all: typeof rows, of: 'callers' | 'contacts') => all.reduce((total, one) => total + one[of], 0);
    expect(summed?.filter(({ each }) => each !== null && each < 15)).toEqual(whole(1).filter(({ each }) => each! < 15));
    const largest = summed?.filter(({ each }) => each !== null && each >= 15) ?? [];
    expect(sum(largest, 'callers')).toBe(sum(whole(15), 'callers'));
    expect(sum(largest, 'contacts')).toBe(sum(whole(15), 'contacts'));
    expect(summed?.find(({ each }) => each === null)?.contacts).toBe(rows.find(({ each }) => each === null)?.contacts);
  }
  expect(await summedTallies(lake, { from: '2026-05-01', to: '2026-11-09' }, named)).toBeNull();
  expect(await summedTallies(lake, { from, to, sources: sources.slice(0, 2) }, named)).toBeNull();
  expect(await summedTallies(lake, { from, to, where: [{ column: 'queue', value: 'Ouvidoria' }] }, named)).toBeNull();
});
