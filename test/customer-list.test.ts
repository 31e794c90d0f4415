import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BaseList, FoundCustomers } from '../src/api/schema-customers.ts';
import type { BaseDivision } from '../src/customers/segments/segment-base.ts';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';
import { keepFiles } from './kept-base.ts';

const USER = { name: 'ana', role: 'administrator' } as const;
const CUSTOMERS = 120;
const code = (at: number) => `L${String(at).padStart(3, '0')}`;
const SEGMENTS = ['Saúde', 'Varejo', 'Indústria'];
let api: TestApi;
let base: number;

/** Customer `at` is worth `at` times 10, those of 100 on nothing that is known, and is of persona 7 where `at` is even. */
beforeAll(async () => {
  api = await TestApi.open();
  const path = join(api.app.config.home, 'cadastro.csv');
  const rows = Array.from(
    { length: CUSTOMERS },
    (_, at) => `${code(at)};Empresa ${code(CUSTOMERS - at)};${SEGMENTS[at % 3]};${at < 100 ? at * 10 : ''};${at % 7}`,
  );
  writeFileSync(path, `CD_CLIENTE;RAZAO_SOCIAL;DS_SEGMENTO;MRR_12M;USO\n${rows.join('\n')}\n`);
  base = (await keepFiles(api.app, [path])).id;
  const groups = join(api.app.config.home, 'groups.parquet');
  await api.app.lake.rows(
    `COPY (SELECT CD_CLIENTE AS id, CASE WHEN CAST(substr(CD_CLIENTE, 2) AS INTEGER) % 2 = 0 THEN 7 ELSE 9 END AS "group"
     FROM read_parquet(${literal(api.app.bases.pathOf(base))})) TO ${literal(groups)} (FORMAT parquet)`,
  );
  const group = (number: number) => ({ number, share: 0.5, stability: null });
  const told = { base, groups: [group(7), group(9)], personas: [] } as unknown as BaseDivision;
  const { id } = await api.app.divisions.keep(told, groups, USER);
  await api.app.divisions.approve(id, USER);
  await api.app.divisions.write(7, { name: 'Pares', portrait: null, pain: null, action: null }, USER);
});
afterAll(() => api?.close());

const list = (body: Record<string, unknown> = {}) =>
  api.json<FoundCustomers>(`/api/customers/bases/${base}/search`, {
    ...{ as: 'manager', method: 'POST', body: { text: '', ...body } },
  });
const codes = async (body: Record<string, unknown>) => (await list(body)).rows.map(({ key }) => key);

test('customers come 50 at a time, those of most value first, who has none last', async () => {
  const first = await list();
  expect([first.total, first.order, first.rows.length]).toEqual([CUSTOMERS, '-MRR_12M', 50]);
  const all = [...(await codes({})), ...(await codes({ page: 2 })), ...(await codes({ page: 3 }))];
  const valued = Array.from({ length: 100 }, (_, at) => code(99 - at));
  expect(all).toEqual([...valued, ...Array.from({ length: 20 }, (_, at) => code(100 + at))]);
  const beyond = await list({ page: 9 });
  expect([beyond.total, beyond.rows]).toEqual([CUSTOMERS, []]);
});

test('any column that is told puts them in order, and no other', async () => {
  expect((await codes({ order: 'MRR_12M' })).slice(0, 3)).toEqual([code(0), code(1), code(2)]);
  expect((await codes({ order: '-CD_CLIENTE' })).slice(0, 3)).toEqual([code(119), code(118), code(117)]);
  // Indústria before Saúde and Varejo; of one segment, in the base's order.
  expect((await codes({ order: 'DS_SEGMENTO' })).slice(0, 2)).toEqual([code(2), code(5)]);
  expect((await codes({ order: '-USO' })).slice(0, 2)).toEqual([code(6), code(13)]);
  const named = await list({ order: 'RAZAO_SOCIAL' });
  expect([named.order, named.key]).toEqual(['-MRR_12M', { field: 'CD_CLIENTE', sorts: true }]);
  expect(named.fields.map(({ name, sorts }) => [name, sorts])).toEqual([
    ['RAZAO_SOCIAL', false],
    ['DS_SEGMENTO', true],
    ['MRR_12M', true],
    ['USO', true],
  ]);
});

test('they are filtered by segment, persona and text, together', async () => {
  const found = await list({ segment: 'Varejo', persona: 7, order: 'CD_CLIENTE' });
  // Of every six one is the second of three and even.
  expect(found.segments).toEqual(['Indústria', 'Saúde', 'Varejo']);
  expect(found.personas).toEqual([
    { number: 7, name: { pt: 'Pares', en: 'Pares' } },
    { number: 9, name: { pt: '9', en: '9' } },
  ]);
  expect([found.total, found.rows[0]?.key, found.rows[1]?.key]).toEqual([20, code(4), code(10)]);
  expect(new Set(found.rows.map(({ persona }) => persona))).toEqual(new Set([7]));
  expect((await list({ persona: 9 })).total).toBe(60);
  expect((await list({ segment: 'Nenhum' })).total).toBe(0);
  expect(await codes({ text: 'l004', persona: 7 })).toEqual([code(4)]);
  expect(await codes({ text: 'l004', persona: 9 })).toEqual([]);
});

test('without a loaded list there is nothing to build another base of', async () => {
  const { lists, bases } = await api.json<BaseList>('/api/customers/bases', { as: 'manager' });
  expect([lists, bases.length]).toEqual([[], 1]);
});
