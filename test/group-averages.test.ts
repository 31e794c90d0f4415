import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupAverages } from '../src/customers/segments/group-averages.ts';
import { TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api?.close());

/** Customers: what names each, its group, MRR, rows of usage and segment, as far as they are known. */
const CUSTOMERS = [
  ...(['A', 4, 100, 10, 'VAREJO'] as const),
  ...(['B', 4, null, null, 'VAREJO'] as const),
  ...(['C', 4, 250, 2, null] as const),
  ...(['D', 9, null, null, 'SAUDE'] as const),
  ...(['E', 9, null, 6, 'INDUSTRIA'] as const),
];

test('a mean is of the customers whose value is known; none known is none, and none of usage is 0', async () => {
  const rows = Array.from({ length: CUSTOMERS.length / 5 }, (_, at) => CUSTOMERS.slice(5 * at, 5 * at + 5));
  const sql = (one: string | number | null | undefined) => (typeof one === 'string' ? `'${one}'` : `${one ?? 'NULL'}`);
  const values = rows.map((row) => `(${row.map(sql).join(', ')})`).join(', ');
  const [base, groups] = ['base', 'groups'].map((name) => join(api.app.config.home, 'tmp', `${name}.parquet`));
  const from = `FROM (VALUES ${values}) AS t(code, number, mrr, uso, segmento)`;
  await api.app.lake.use(async (session) => {
    await session.run(`COPY (SELECT code, mrr, uso, segmento ${from}) TO '${base}' (FORMAT parquet)`);
    await session.run(`COPY (SELECT code AS id, number AS "group" ${from}) TO '${groups}' (FORMAT parquet)`);
  });
  const found = await groupAverages(api.app.lake, {
    ...{ base: base!, key: 'code', groups: groups!, columns: ['mrr', 'uso', 'segmento'] },
    features: [
      ...[{ column: 'mrr' }, { column: 'uso' }, { column: 'segmento', is: 'VAREJO' }],
      ...[
        { column: 'segmento', is: 'sem valor' },
        { column: 'segmento', is: 'demais' },
      ],
    ],
  });
  expect(Object.fromEntries(found)).toEqual({
    4: [
      ...[
        { value: (100 + 250) / 2, n: 2 },
        { value: (10 + 0 + 2) / 3, n: 3 },
        { value: 2 / 3, n: 3 },
      ],
      ...[
        { value: 1 / 3, n: 3 },
        { value: 0, n: 3 },
      ],
    ],
    9: [
      ...[
        { value: null, n: 0 },
        { value: (0 + 6) / 2, n: 2 },
        { value: 0, n: 2 },
      ],
      ...[
        { value: 0, n: 2 },
        { value: 1, n: 2 },
      ],
    ],
  });
});
