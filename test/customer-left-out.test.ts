import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import type { BaseList } from '../src/api/schema-customers.ts';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import type { CustomerBase } from '../src/customers/base/build-base.ts';
import type { KeptBase } from '../src/customers/base/kept-bases.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { silent } from '../src/kernel/progress.ts';
import { clientOf, TestApi } from './app.ts';

const USER = { name: 'ana', role: 'administrator' } as const;

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await TestApi.open();
  folder = mkdtempSync(join(tmpdir(), 'ramal-exportes-'));
  mkdirSync(join(folder, 'antigos'));
  const range = Array.from({ length: 40 }, (_, row) => String(row).padStart(6, '0'));
  put('cadastro.csv', ['CLIENTE;NOME', ...range.map((code, row) => `${code};Empresa ${'x'.repeat(row % 7)}`)]);
  // 21 characters in each line, the header's too.
  put('situacao.csv', ['CLIENTE;STATUS;CRIADO', ...range.map((code, row) => `${code};ATIVO;202601${10 + (row % 20)}`)]);
  put('vazia.csv', ['CLIENTE;VALOR']);
  put('.cadastro.csv.swp', ['CLIENTE;NOME', '000001;Empresa']);
  const rows = [['CLIENTE', 'NOTA'], ...range.slice(0, 10).map((code, row) => [code, row])];
  const sheets = [
    { name: 'Notas', rows },
    { name: 'Resumo', rows: [[], ['Média', 4.5]] },
    { name: 'Plan3', rows: [] },
  ];
  writeFileSync(join(folder, 'notas.xlsx'), await writeXlsx({ sheets }));
});
afterAll(async () => {
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, lines: readonly string[]) {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\r\n')}\r\n`);
  utimesSync(path, new Date('2026-11-01'), new Date('2026-11-01'));
}

const command = (...words: string[]) =>
  runCommand(clientOf(api), readArguments(['customers', 'build', ...words]), new PassThrough());
const whole = { table: null, column: null };
const LEFT_OUT = [
  { ...whole, name: 'vazia', why: 'noRows' },
  { ...whole, name: '.cadastro.csv.swp', why: 'hidden' },
  { ...whole, name: 'antigos', why: 'folder' },
  { ...whole, name: 'notas.xlsx', table: 'Resumo', why: 'otherSheet' },
];

describe('what was given and is not in a base', () => {
  test('of a folder is told by name, with the sheet and why; every other file is in it', async () => {
    const base = JSON.parse((await command(folder, '--keep', '--day', '2026-11-23', '--json'))!) as KeptBase;
    expect(base.leftOut).toEqual(LEFT_OUT);
    expect(base.tables.map(({ name, key, rows, used }) => [name, key, rows, used])).toEqual([
      ['cadastro', 'CLIENTE', 40, 40],
      ['notas', 'CLIENTE', 10, 10],
      ['situacao', 'CLIENTE', 40, 40],
    ]);
    expect(base.fields.map(({ name, coverage }) => [name, coverage])).toEqual([
      ['NOME', 1],
      ['NOTA', 0.25],
      ['STATUS', 1],
      ['CRIADO_dias', 1],
    ]);
    const { bases } = await api.json<BaseList>('/api/customers/bases', { as: 'manager' });
    expect(bases.find(({ id }) => id === base.id)?.leftOut).toEqual(LEFT_OUT);
  });

  test('is said by the command', async () => {
    const told = (await command(folder, '--keep', '--day', '2026-11-23'))!.split('\n');
    expect(told.filter((line) => line.startsWith('Ficou de fora'))).toEqual([
      'Ficou de fora: vazia: não tem linhas.',
      'Ficou de fora: .cadastro.csv.swp: o nome começa com ponto.',
      'Ficou de fora: antigos: é uma pasta dentro da que se deu.',
      'Ficou de fora: notas.xlsx, Resumo: de um arquivo lê-se a primeira planilha.',
    ]);
  });

  test('of a watch’s place is what its patterns do not accept', async () => {
    const watch = { name: 'exportes', place: folder, patterns: [{ pattern: 'cadastro.csv', source: null }] };
    await api.json('/api/watches', { as: 'administrator', method: 'POST', body: { ...watch, enabled: false } });
    const { tables, leftOut } = await api.job<CustomerBase>('/api/customers/file', { watch: 'exportes' });
    expect(tables.map(({ name }) => name)).toEqual(['cadastro']);
    expect(leftOut.map(({ name, why }) => [name, why]).toSorted()).toEqual([
      ['notas.xlsx', 'pattern'],
      ['situacao.csv', 'pattern'],
      ['vazia.csv', 'pattern'],
    ]);
  });

  test('of a base that was kept when names alone were told is its name', async () => {
    const { bases } = await api.json<BaseList>('/api/customers/bases', { as: 'manager' });
    const { id: _, createdAt: __, createdBy: ___, ...base } = bases[0]!;
    const before = { ...base, leftOut: ['cidades'] } as never;
    const { id } = await api.app.bases.keep(before, join(folder, 'nada.parquet'), USER);
    expect((await api.app.bases.get(id)).leftOut).toEqual([{ ...whole, name: 'cidades', why: 'noCustomer' }]);
  });
});

test('of lists that were loaded, those without rows, without a column of customers, and of others', async () => {
  const load = async (source: string, columns: readonly string[], ...rows: string[]) => {
    const text = (from: string) => [from.toLowerCase(), { from: [from], as: 'text', personal: false }];
    const layout = {
      ...{ source, version: 1, label: { pt: source, en: source }, into: 'list', holds: 'all', key: [] },
      ...{
        format: { kind: 'delimited', header: true, delimiter: ';' },
        columns: Object.fromEntries(columns.map(text)),
      },
    };
    await api.app.layouts.save(parseLayout(layout, source), { by: 'ana' });
    put(`${source}.txt`, [columns.join(';'), ...rows]);
    const paths = [join(folder, `${source}.txt`)];
    const { batches } = await intakeFiles(api.app, { paths, source, build: true }, USER, silent);
    return batches[0]!.batch;
  };
  await load('contas', ['CLIENTE', 'PORTE'], 'A1;P', 'A2;M', 'A3;G');
  await load('parceiros', ['CLIENTE', 'DESDE'], 'Z1;2020', 'Z2;2021');
  await load('cidades', ['CIDADE', 'UF'], 'Manaus;AM', 'Belém;PA');
  const undone = await load('notas', ['CLIENTE', 'NOTA'], 'A1;9');
  await api.job(`/api/batches/${undone}/rollback`, {});
  const base = await api.job<CustomerBase>('/api/customers/bases', { day: '2026-11-23' });
  expect(base.tables.map(({ name }) => name)).toEqual(['contas']);
  expect(base.leftOut.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { ...whole, name: 'cidades', why: 'noKey' },
    { ...whole, name: 'notas', why: 'noRows' },
    { ...whole, name: 'parceiros', why: 'noCustomer', column: 'cliente' },
  ]);
});

test('a folder without files is told', async () => {
  await expect(command(join(folder, 'antigos'), '--keep')).rejects.toThrow('A pasta antigos está vazia');
});
