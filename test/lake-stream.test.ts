import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Parameters } from '../src/storage/lake.ts';
import { useHome } from './home.ts';

const home = useHome();

async function streamed(sql: string, parameters: Parameters = {}) {
  const rows: Record<string, unknown>[] = [];
  for await (const block of home().lake.stream(sql, parameters)) rows.push(...block);
  return rows;
}

test('streamed texts are those that were asked, whatever is in them', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.option(fc.string({ unit: 'binary' })), fc.option(fc.string())), { minLength: 1 }),
      async (pairs) => {
        const values = pairs.map((_, row) => `(${row}, CAST($a${row} AS VARCHAR), $b${row})`).join(', ');
        const parameters = Object.fromEntries(
          pairs.flatMap(([a, b], row) => [
            [`a${row}`, a],
            [`b${row}`, b],
          ]),
        );
        const sql = `SELECT a, CAST(row AS BIGINT) AS "the row", b FROM (VALUES ${values}) AS given(row, a, b) ORDER BY row`;
        expect(await streamed(sql, parameters)).toEqual(pairs.map(([a, b], row) => ({ a, 'the row': row, b })));
      },
    ),
    { numRuns: 20 },
  ));

test('rows of many blocks keep their order and that of their columns', async () => {
  const sql = `SELECT n, 'x' || n AS text, n % 2 = 0 AS even, DATE '2026-01-01' AS day, NULL AS nothing,
    CAST('a' AS ENUM ('a')) AS one, CAST(1.5 AS DECIMAL(9, 2)) AS share, TIMESTAMP '2026-01-01 10:00:00' AS moment
    FROM range(10000) AS given(n) ORDER BY n DESC`;
  const rows = await streamed(sql);
  expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 10_000 }, (_, index) => 9999 - index));
  expect(rows[4000]).toEqual({
    ...{ n: 5999, text: 'x5999', even: false, day: '2026-01-01', nothing: null, one: 'a', share: 1.5 },
    moment: '2026-01-01T10:00:00',
  });
  expect(Object.keys(rows[0]!)).toEqual(['n', 'text', 'even', 'day', 'nothing', 'one', 'share', 'moment']);
  expect(await streamed('SELECT 1 AS one WHERE false')).toEqual([]);
});

test('a statement that the engine refuses is told without its values', async () => {
  const refused = await streamed("SELECT absent, '11987654321' FROM nowhere").catch((error: Error) => error);
  expect(refused).toBeInstanceOf(Error);
  expect(JSON.stringify(refused)).toContain('nowhere');
  expect(JSON.stringify(refused)).not.toContain('11987654321');
});

test('temporary tables and views end with the work that made them, also where it failed', async () => {
  const { lake } = home();
  const left = () =>
    lake.rows(`SELECT table_name FROM duckdb_tables() WHERE temporary
      UNION ALL SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal`);
  await lake.use(async (session) => {
    await session.run('CREATE OR REPLACE TEMP TABLE once AS SELECT 1 AS n');
    await session.run('CREATE TEMP VIEW seen AS FROM once');
    expect(await session.rows('FROM seen')).toEqual([{ n: 1 }]);
  });
  expect(await left()).toEqual([]);
  const failing = lake.use(async (session) => {
    await session.run('CREATE TEMP TABLE once AS SELECT 2 AS n');
    throw new Error('stopped');
  });
  await expect(failing).rejects.toThrow('stopped');
  expect(await left()).toEqual([]);
});
