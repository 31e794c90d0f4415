import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceList } from '../src/api/schema.ts';
import { TestApi } from './app.ts';
import { ROOT } from './tree.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api.close());

test('files that are loaded and not in the figures yet are not taken for none', async () => {
  const list = () => api.json<SourceList>('/api/sources');
  expect(await list()).toMatchObject({ building: false, to: null });
  const paths = [join(ROOT, 'data', 'sample', 'consumidor-gov', '2014-08.csv.gz')];
  await api.job('/api/intake', { paths, source: 'consumidor-gov', build: false });
  expect(await list()).toMatchObject({ building: true, to: null });
  await api.job('/api/build', {});
  const { building, to, sources } = await list();
  expect([building, to]).toEqual([false, '2014-08-31']);
  // Its days have no hours.
  expect(sources.find(({ name }) => name === 'consumidor-gov')).toMatchObject({ timed: false, current: true });
});
