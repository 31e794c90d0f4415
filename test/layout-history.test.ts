import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LayoutHistory } from '../src/api/schema-intake.ts';
import { readArguments } from '../src/cli/arguments.ts';
import type { Client } from '../src/cli/client.ts';
import { runCommand } from '../src/cli/run.ts';
import { TestApi } from './app.ts';

const LAYOUT = {
  source: 'gama',
  label: { pt: 'Gama', en: 'Gama' },
  into: 'list',
  holds: 'all',
  format: { kind: 'delimited', header: true },
  key: ['ID'],
  columns: { id: { from: ['ID'], as: 'text' }, uf: { from: ['UF'], as: 'text' } },
};

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  const add = (layout: object, from?: string) =>
    api.json('/api/layouts', { method: 'POST', body: { layout, ...(from ? { from } : {}) } });
  await add(LAYOUT);
  await add({ ...LAYOUT, columns: { ...LAYOUT.columns, uf: { from: ['ESTADO'], as: 'text' } } }, '2026-03-02');
  await add({ ...LAYOUT, key: ['ID', 'ESTADO'] }, '2026-04-01');
});
afterAll(() => api?.close());

const run = (...words: string[]) => {
  const client = { json: (method: 'GET', url: string, body?: unknown) => api.json(url, { method, body }) };
  return runCommand(client as unknown as Client, readArguments(words), new PassThrough());
};

test('each version says from when it holds and what it changed of the one before', async () => {
  const { versions } = await api.json<LayoutHistory>('/api/layouts/gama/history', { as: 'intake' });
  expect(versions.map(({ version, validFrom, files }) => [version, validFrom, files])).toEqual([
    [3, '2026-04-01', 0],
    [2, '2026-03-02', 0],
    [1, null, 0],
  ]);
  expect(versions[1]!.changes).toEqual([{ part: 'column', name: 'uf', was: 'UF (text)', now: 'ESTADO (text)' }]);
  expect(versions[2]!.changes).toEqual([]);
});

test('the command shows what changes between any two, and between the last two', async () => {
  expect(JSON.parse((await run('layout', 'diff', 'gama', '1', '3', '--json'))!)).toEqual({
    ...{ source: 'gama', from: 1, to: 3 },
    changes: [{ part: 'key', name: 'key', was: 'ID', now: 'ID + ESTADO' }],
  });
  expect(await run('layout', 'diff', 'gama')).toMatch(/^Da versão 2 para a 3 de gama:\n\nonde +nome +era +é/);
  expect(await run('layout', 'diff', 'gama', '1', '1')).toBe('Da versão 1 para a 1 de gama: nada muda.');
  await expect(run('layout', 'diff', 'gama', '1')).rejects.toMatchObject({ code: 'usage' });
  await expect(run('layout', 'diff', 'gama', '1', '9')).rejects.toThrow('gama@9');
});
