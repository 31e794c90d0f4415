import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchList } from '../src/api/schema.ts';
import { TestApi } from './app.ts';

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.open();
  for (let index = 0; index < 60; index++) await received(`limpo-${index}.csv`, 0);
}, 120_000);

afterAll(() => api?.close());

const PROFILE = {
  ...{ rows: 10, sampled: 10, encoding: 'utf-8', delimiter: ';', width: null, firstDay: null, lastDay: null },
  columns: [],
};
const STANDING = { scope: null, written_at: new Date('2026-03-01T12:00:00Z') };

/** A batch as the ledger keeps it after its file was read. */
async function received(name: string, quarantined: number, source = 'demo-calls'): Promise<number> {
  const { batches } = api.app;
  const batch = await batches.open({
    source,
    layout: 1,
    file_name: name,
    file_bytes: 10,
    received_by: 'teste',
    ...STANDING,
  });
  const counts = { rows_read: 10, loaded: 10 - quarantined, quarantined, duplicate: 0 };
  const shape = { encoding: 'utf-8', delimiter: ';', fills: {}, warnings: [], first_day: null, last_day: null };
  await batches.finish(batch, name, { ...counts, ...shape, rules: [], verdict: {} }, 1, {
    layout: 1,
    drift: [],
    profile: PROFILE,
  });
  return batch;
}

const list = async (query: string): Promise<BatchList> => {
  const { text } = await api.ask(`/api/batches?${query}`, { as: 'intake' });
  return JSON.parse(text) as BatchList;
};

test('needs=true counts and gives only the batches that ask for a look, of any age', async () => {
  const { batches } = api.app;
  expect(await list('needs=true')).toMatchObject({ batches: [], total: 0 });
  const old = await received('antigo.csv', 3);
  const undone = await received('desfeito.csv', 2);
  await batches.tombstone(undone);
  const broken = await batches.open({
    ...{ source: 'demo-tickets', layout: 1, file_name: 'x.csv', file_bytes: 1, received_by: 'teste', ...STANDING },
  });
  await batches.fail(broken, 'não abriu');
  for (let index = 0; index < 60; index++) await received(`depois-${index}.csv`, 0);

  const needing = await list('needs=true&size=1');
  expect(needing.total).toBe(2);
  expect(needing.batches.map(({ batch }) => batch)).toEqual([broken]);
  expect((await list('needs=true&source=demo-calls')).batches.map(({ batch }) => batch)).toEqual([old]);
  expect((await list('size=1')).total).toBe(123);
  expect((await list('needs=false&size=1')).total).toBe(123);
});
