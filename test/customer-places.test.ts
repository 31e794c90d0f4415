import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import type { CustomerBase } from '../src/customers/base/build-base.ts';
import { literal } from '../src/storage/lake.ts';
import { clientOf, TestApi } from './app.ts';

const place = mkdtempSync(join(tmpdir(), 'ramal-exportes-'));
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(async () => {
  await api?.close();
  rmSync(place, { recursive: true, force: true });
});

const command = (...words: string[]) =>
  runCommand(clientOf(api), readArguments(['customers', ...words]), new PassThrough());

test('a base is of the files of a watched place, too, which stay there and are not loaded', async () => {
  mkdirSync(join(place, 'dentro'));
  const files = {
    'cadastro.csv': 'CD_CLIENTE;SEGMENTO\nT001;Varejo\nT002;Serviços\n',
    'mrr.csv': 'CLIENTE;MRR\nT001;1.234,50\nT002;98,00\n',
    // Half written, and in a folder that the pattern does not reach.
    'uso.csv.part': 'CLIENTE;USO\nT001;1\n',
    'dentro/outro.csv': 'CLIENTE;OUTRO\nT001;1\n',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(place, name), content);
  const patterns = [{ pattern: '*', source: null }];
  await api.json('/api/watches', { method: 'POST', body: { name: 'exportes', place, patterns, enabled: false } });
  const out = join(api.app.config.home, 'base.parquet');
  const told = JSON.parse((await command('build', '--watch', 'exportes', '--out', out, '--json'))!) as CustomerBase;
  expect(told.tables.map(({ name, rows }) => [name, rows])).toEqual([
    ['cadastro', 2],
    ['mrr', 2],
  ]);
  expect(await api.app.lake.rows(`FROM ${literal(out)}`)).toEqual([
    { CD_CLIENTE: 'T001', SEGMENTO: 'Varejo', MRR: 1234.5 },
    { CD_CLIENTE: 'T002', SEGMENTO: 'Serviços', MRR: 98 },
  ]);
  expect(readdirSync(place).sort()).toEqual(['cadastro.csv', 'dentro', 'mrr.csv', 'uso.csv.part']);
  expect(readdirSync(join(api.app.config.home, 'tmp'))).toEqual([]);
});

test('what cannot be is said: no file, no such watch, files beside it', async () => {
  const out = join(api.app.config.home, 'nada.parquet');
  const patterns = [{ pattern: 'nada*.csv', source: null }];
  await api.json('/api/watches', { method: 'POST', body: { name: 'vazia', place, patterns, enabled: false } });
  await expect(command('build', '--watch', 'vazia', '--out', out)).rejects.toThrow('vazia não tem arquivos');
  await expect(command('build', '--watch', 'nenhuma', '--out', out)).rejects.toThrow('nenhuma');
  await expect(command('build', place, '--watch', 'vazia', '--out', out)).rejects.toThrow('não vão juntos');
  expect(readdirSync(join(api.app.config.home, 'tmp'))).toEqual([]);
});
