import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../src/access/roles.ts';
import * as schema from '../src/api/schema-reference.ts';
import { writeSheet } from '../src/demo/chat-sheets.ts';
import { TestApi } from './app.ts';
import { age } from './home.ts';

let api: TestApi;
let files = 0;

beforeAll(async () => {
  api = await TestApi.open();
}, 60_000);
afterAll(() => api?.close());

/** Writes a file that was finished a minute ago. */
function fileOf(name: string, content: string | Buffer): string {
  const folder = join(api.app.config.home, 'sent', String(++files));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  age(path);
  return path;
}

type Asked = { from?: string; month?: string; whole?: boolean };

async function preview(kind: string, path: string, asked: Asked = {}): Promise<schema.ReferencePreview> {
  const body = { path, ...asked };
  const found = await api.json<schema.ReferencePreview>(`/api/reference/${kind}/preview`, { method: 'POST', body });
  expect([...Value.Errors(schema.ReferencePreview, found)]).toEqual([]);
  return found;
}

/** Previews and approves. */
async function load(kind: string, path: string, asked: Asked = {}): Promise<schema.ReferenceApplied> {
  const { digest } = await preview(kind, path, asked);
  return api.job(`/api/reference/${kind}/load`, { path, digest, ...asked });
}

async function page(kind: string, query = 'past=true'): Promise<schema.ReferencePage> {
  const found = await api.json<schema.ReferencePage>(`/api/reference/${kind}?${query}`);
  expect([...Value.Errors(schema.ReferencePage, found)]).toEqual([]);
  return found;
}

const shown = ({ rows }: schema.ReferencePage) =>
  rows.map(({ cells, from, to, knownTo }) =>
    [...Object.values(cells), `${from ?? ''}..${to ?? ''}`, knownTo ? `?${knownTo}` : ''].join(' ').trim(),
  );

const latin = (...rows: string[]) => Buffer.from(`${rows.join('\r\n')}\r\n`, 'latin1');

describe('supervisors, by month', () => {
  test('a roster in Windows-1252 with titles before its header is previewed, approved, and then changes nothing', async () => {
    const path = fileOf(
      'escala-setembro.csv',
      latin(
        'Relatório de equipe',
        '',
        'Matrícula;Nome;Supervisora;Mês',
        '2073.0;Caio Lins;Inês Prado;set/2026',
        '88;Davi Sá;Rui Melo;set/2026',
      ),
    );
    const before = await preview('supervisors', path);
    expect(before).toMatchObject({ rows: 2, badTotal: 0, new: 2, changed: 0, ended: 0, unchanged: 0, same: null });
    expect((await page('supervisors')).total).toBe(0);
    expect(await load('supervisors', path)).toMatchObject({ change: expect.any(Number), new: 2 });
    expect(shown(await page('supervisors'))).toEqual([
      '2073 Inês Prado 2026-09-01.. ?2026-10-01',
      '88 Rui Melo 2026-09-01.. ?2026-10-01',
    ]);
    const again = await preview('supervisors', path);
    expect(again).toMatchObject({ new: 0, changed: 0, ended: 0, unchanged: 2, same: { by: 'pessoa-administrator' } });
    expect(await load('supervisors', path)).toMatchObject({ change: null });
  });

  test('the next month, a sheet without a month of its own, ends whoever is not in it when it is the whole team', async () => {
    const path = join(api.app.config.home, 'outubro.xlsx');
    await writeSheet(
      path,
      [
        ['Agente', 'Supervisor'],
        [2073, 'Rui Melo'],
        [90, 'Rui Melo'],
      ],
      'Equipe',
      [{}, {}],
    );
    age(path);
    const asked = { month: '10/2026', whole: true };
    expect(await preview('supervisors', path, asked)).toMatchObject({ new: 1, changed: 1, ended: 1 });
    await load('supervisors', path, asked);
    expect(shown(await page('supervisors'))).toEqual([
      '2073 Inês Prado 2026-09-01..2026-10-01',
      '2073 Rui Melo 2026-10-01.. ?2026-11-01',
      '88 Rui Melo 2026-09-01..2026-10-01',
      '90 Rui Melo 2026-10-01.. ?2026-11-01',
    ]);
    expect(shown(await page('supervisors', 'day=2026-09-15'))).toHaveLength(2);
    expect(shown(await page('supervisors', 'day=2026-10-15&search=RUI'))).toHaveLength(2);
  });

  test('what was approved is what is done: after another change the approval is refused', async () => {
    const path = fileOf('correcao.csv', 'agente;supervisor;de\n90;Ana Reis;2026-10-10\n');
    const { digest } = await preview('supervisors', path);
    const row = (await page('supervisors')).rows.find(({ cells }) => cells.agent === '90')!;
    await api.job('/api/reference/supervisors/rows', {
      row: row.row,
      cells: { supervisor: 'Eva Dias' },
      from: row.from ?? '',
      to: row.to ?? '',
    });
    const refused = await api
      .job('/api/reference/supervisors/load', { path, digest })
      .catch((error: Error) => error.message);
    expect(refused).toContain('mudou desde a prévia');
    expect(shown(await page('supervisors', 'past=true&search=eva'))).toEqual(['90 Eva Dias 2026-10-01.. ?2026-11-01']);
  });

  test('rows that say nothing are told by line and reason, and the others count', async () => {
    const path = fileOf(
      'ruim.csv',
      [
        'agente;supervisor;de;ate',
        ';Ana;;',
        '1;;;',
        '2;Ana;31/02/2026;',
        '3;Ana;10/10/2026;01/10/2026',
        '4;Ana;;',
        '4;Rui;2026-01-01;',
        '4;Ana;;',
        '5;a;b;c;d;e',
        '6;Ivo;01/10/2026;',
      ].join('\n'),
    );
    const { bad, rows, ...found } = await preview('supervisors', path);
    expect(bad.map(({ line, column, reason, value }) => [line, column, reason, value])).toEqual([
      [2, 'agent', 'missing', ''],
      [3, 'supervisor', 'missing', ''],
      [4, 'from', 'not-understood', '31/02/2026'],
      [5, 'to', 'ends-before-start', '2026-10-01'],
      [7, null, 'overlap', '6'],
      [9, null, 'columns', expect.any(String)],
    ]);
    expect([rows, found.new]).toEqual([3, 2]);
  });

  test('a file of another table is refused with the columns that are missing', async () => {
    const path = fileOf('outra.csv', 'fila;meta\nVendas;10\n');
    const body = { path };
    const { status, text } = await api.ask('/api/reference/supervisors/preview', {
      as: 'administrator',
      method: 'POST',
      body,
    });
    expect(status).toBe(422);
    expect(JSON.parse(text).error).toEqual({
      code: 'referenceColumns',
      message:
        'outra.csv: faltam colunas da tabela Supervisores: Agente, Supervisor; recebido: fila, meta. Confira se a tabela escolhida é a deste arquivo e o nome das colunas.',
    });
  });
});

describe('rows by hand', () => {
  test('are added, ended and undone, each with who and when, and none is lost', async () => {
    const cells = { indicator: 'serviceLevel', queue: 'Vendas', account: '', target: '80%' };
    await api.job('/api/reference/targets/rows', { cells, from: '2026-10-01', note: 'contrato novo' });
    expect(shown(await page('targets'))).toEqual(['serviceLevel Vendas   0.8 2026-10-01..']);
    api.clock.at = new Date('2026-11-20T13:30:00Z');
    const [row] = (await page('targets')).rows;
    await api.job('/api/reference/targets/end', { row: row!.row, to: '2026-11-01', note: 'acabou' });
    expect(shown(await page('targets'))).toEqual(['serviceLevel Vendas   0.8 2026-10-01..2026-11-01']);
    await api.job('/api/reference/targets/undo', undefined);
    expect(shown(await page('targets'))).toEqual(['serviceLevel Vendas   0.8 2026-10-01..']);
    const { changes } = await api.json<schema.ReferenceHistory>('/api/reference/targets/history');
    expect(
      changes.map(({ action, by, at, note, added, ended, undoneBy }) => [
        action,
        by,
        at,
        note,
        added,
        ended,
        undoneBy !== null,
      ]),
    ).toEqual([
      ['undo', 'pessoa-administrator', '2026-11-20T13:30:00.000Z', '', 1, 1, false],
      ['end', 'pessoa-administrator', '2026-11-20T13:30:00.000Z', 'acabou', 1, 1, true],
      ['set', 'pessoa-administrator', '2026-11-20T12:00:00.000Z', 'contrato novo', 1, 0, false],
    ]);
    const end = changes[1]!.change;
    const { rows } = await api.json<schema.ReferenceChanged>(`/api/reference/targets/history/${end}`);
    expect(rows.map(({ what, from, to }) => [what, from, to])).toEqual([
      ['ended', '2026-10-01', null],
      ['added', '2026-10-01', '2026-11-01'],
    ]);
    const { last } = (await page('targets')).table;
    expect(last).toMatchObject({ action: 'undo', by: 'pessoa-administrator' });
  });

  test.for<[string, object, string]>([
    ['supervisors', { cells: { supervisor: 'Ana' } }, 'Falta Agente'],
    ['targets', { cells: { indicator: 'x', target: 'muito' } }, 'Meta não entendido: muito'],
    [
      'supervisors',
      { cells: { agent: '1', supervisor: 'A' }, from: '2026-02-02', to: '2026-02-01' },
      'termina antes de começar',
    ],
    ['supervisors', { cells: { agent: '1', supervisor: 'A' }, from: '2026-02-31' }, 'Dia inválido em from'],
    ['supervisors', { cells: { agent: '1', supervisor: 'A' }, row: 999_999 }, 'Não existe linha da tabela'],
    ['nenhuma', { cells: {} }, 'Existem: supervisors, seniority, accounts'],
  ])('%s %j is refused: %s', async ([kind, body, message]) => {
    const { status, text } = await api.ask(`/api/reference/${kind}/rows`, {
      as: 'administrator',
      method: 'POST',
      body,
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.parse(text).error.message).toContain(message);
  });

  test('a listed number is canonical, masked on every way out, and keeps its key when its row is changed', async () => {
    const cells = { number: '+55 (11) 8765-4321', why: 'linha de teste' };
    await api.job('/api/reference/excluded-numbers/rows', { cells });
    const found = await page('excluded-numbers');
    const [row] = found.rows;
    expect(row!.cells).toEqual({ number: '(11) *****-**21', why: 'linha de teste' });
    await api.job('/api/reference/excluded-numbers/rows', { row: row!.row, cells: { ...row!.cells, why: 'ronda' } });
    const [stored] = await api.app.ledger
      .sql`SELECT key, said FROM reference_row WHERE kind = 'excluded-numbers' AND ended_by IS NULL`;
    expect(stored).toEqual({ key: { number: '11987654321' }, said: { why: 'ronda' } });
    const path = fileOf('numeros.csv', 'msisdn\n(11) 8765-4321\n123\n');
    const text = JSON.stringify([
      await preview('excluded-numbers', path),
      await page('excluded-numbers', 'past=true&search=8765'),
      await api.json('/api/reference/excluded-numbers/history'),
    ]);
    expect(text).not.toMatch(/87654|\b123\b/);
  });

  test.for<[Role, string, number]>([
    ['intake', 'supervisors', 202],
    ['intake', 'targets', 403],
    ['intake', 'excluded-numbers', 403],
    ['manager', 'targets', 202],
    ['operator', 'supervisors', 403],
  ])('%s changing %s gets %i', async ([as, kind, expected]) => {
    const cells = { agent: '1', supervisor: 'Ana', indicator: 'contacts', target: '10', number: '1133334444' };
    const { status } = await api.ask(`/api/reference/${kind}/rows`, { as, method: 'POST', body: { cells } });
    await api.app.jobs.idle();
    expect(status).toBe(expected);
  });
});

describe('expected arrivals', () => {
  test('are proposed from what came, and wait for a person', async () => {
    const standing = {
      layout: 1,
      file_name: 'x.csv',
      file_bytes: 1,
      received_by: 'teste',
      scope: null,
      written_at: new Date(0),
    };
    // Four Thursdays at 7:02, 7:04, 7:06 and 7:08 in São Paulo, three hours behind.
    for (const [index, day] of ['2026-10-22', '2026-10-29', '2026-11-05', '2026-11-12'].entries()) {
      api.clock.at = new Date(`${day}T10:0${2 + 2 * index}:00Z`);
      await api.app.batches.open({ source: 'demo-calls', ...standing });
    }
    api.clock.at = new Date('2026-11-20T12:00:00Z');
    const proposal = await api.json<schema.ReferencePreview>('/api/reference/learned');
    expect(proposal.keys.map(({ after }) => after[0]!.cells)).toEqual([
      { source: 'demo-calls', weekday: '4', opens: '07:00', closes: '07:10', due_at: '', deadline: '' },
    ]);
    expect((await page('arrivals')).total).toBe(0);
    await api.job('/api/reference/learned', { digest: proposal.digest });
    expect((await page('arrivals')).total).toBe(1);
    expect(await api.json('/api/reference/learned')).toMatchObject({ keys: [], unchanged: 1 });
  });
});

test('every table is listed with its columns, and an empty lake alerts of nothing', async () => {
  const { tables } = await api.json<schema.ReferenceList>('/api/reference', { as: 'intake' });
  expect(tables.map(({ name }) => name)).toEqual([
    ...['supervisors', 'seniority', 'accounts', 'reasons', 'targets', 'rosters', 'arrivals'],
    ...['excluded-numbers', 'excluded-protocols', 'excluded-queues', 'holidays', 'deploys', 'ddd'],
  ]);
  for (const { label, purpose, columns } of tables) {
    for (const texts of [label, purpose, ...columns.map((column) => column.label)])
      expect(texts.pt !== '' && texts.en !== '').toBe(true);
  }
  expect(await api.json('/api/reference/alerts')).toEqual({ alerts: [] });
});
