import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { intakeFiles } from '../src/api/resources/intake.ts';
import type { BaseList } from '../src/api/schema-customers.ts';
import { readArguments } from '../src/cli/arguments.ts';
import { runCommand } from '../src/cli/run.ts';
import type { CustomerBase } from '../src/customers/base/build-base.ts';
import type { Exploration, NumberSpread } from '../src/customers/base/exploration.ts';
import type { KeptBase } from '../src/customers/base/kept-bases.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { silent } from '../src/kernel/progress.ts';
import { literal } from '../src/storage/lake.ts';
import { clientOf, TestApi } from './app.ts';

let api: TestApi;
let files: string[];

const at = (name: string) => join(api.app.config.home, name);
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content);
  return at(name);
};
const lines = (...rows: string[]) => `${rows.join('\r\n')}\r\n`;

beforeAll(async () => {
  api = await TestApi.open();
  files = [
    // Windows-1252, as spreadsheets in Brazil save it.
    file(
      'cadastro.csv',
      Buffer.from(
        lines(
          'CD_CLIENTE;RAZAO;SEGMENTO;CLIENTE_DESDE;VL_CONTRATO',
          'T001;Padaria São João;Serviços;15/03/2020;1.234,50',
          'T002;Aço Forte;Manufatura;01/11/2026;98.000,00',
          'T003;Vitrine;Varejo;20/11/2016;;',
          'T004;Escola Nova;Educação;;12,00',
        ).replace(';;\r\n', ';\r\n'),
        'latin1',
      ),
    ),
    file(
      'chamados.csv',
      lines(
        'BK_TICKET,CODIGO_ORGANIZACAO,STATUS_TICKET,DT_CRIACAO,HORAS',
        '1,t001,Fechado,2026-11-01 10:00:00,2.5',
        '2,T001,Aberto,2026-11-15 08:30:00,4',
        '3, T001 ,Fechado,2026-10-24 09:00:00,1',
        '4,T003,Aberto,2026-11-20 09:00:00,8',
        '5,T003,Fechado,2026-11-20 11:00:00,2',
        '6,X999,Fechado,2026-11-20 11:00:00,3',
        '7,X999,Fechado,2026-11-21 11:00:00,3',
        '8,,Fechado,2026-11-21 11:00:00,3',
      ),
    ),
    file('telemetria_1.csv', lines('clienteid,eventduration,moduloid', 'T002,60,5552', 'T002,120,5552', 'T001,30,6')),
    file('telemetria_2.csv', lines('clienteid,eventduration,moduloid', 'T002,90,6', 'T001,50,5552', 'T001,10,6')),
    file(
      'nps.xlsx',
      await writeXlsx({
        sheets: [
          {
            name: 'Respostas',
            rows: [
              ['metadata_codcliente', 'respondedAt', 'resposta_NPS'],
              ['T001', new Date(Date.UTC(2026, 9, 1)), 9],
              ['T004', new Date(Date.UTC(2026, 8, 1)), 3],
            ],
          },
        ],
      }),
    ),
  ];
});
afterAll(() => api?.close());

type Answer = CustomerBase & { readonly file: string };
const built = (more: object = {}) =>
  api.job<Answer>('/api/customers/file', { paths: files, day: '2026-11-23', ...more });

/** The base that a job left, as it is fetched. */
async function rowsOf({ file: id }: Answer): Promise<Record<string, unknown>[]> {
  const { status, bytes } = await api.ask(`/api/customers/file/${id}`, { as: 'administrator' });
  expect(status).toBe(200);
  return api.app.lake.rows(`FROM read_parquet(${literal(file(`${id}.parquet`, bytes))})`);
}

describe('what several files say of customers stands side by side', () => {
  test('one row for each, by hand: keys of five names, two encodings, numbers and days as Brazil writes them', async () => {
    const base = await built();
    expect(base).toMatchObject({ customers: 4, key: 'CD_CLIENTE', day: '2026-11-23', leftOut: [], warnings: [] });
    expect(base.tables.map(({ name, files: of, key, once }) => [name, of, key, once])).toEqual([
      ['cadastro', 1, 'CD_CLIENTE', true],
      ['chamados', 1, 'CODIGO_ORGANIZACAO', false],
      ['telemetria', 2, 'clienteid', false],
      ['nps', 1, 'metadata_codcliente', true],
    ]);
    const rows = await rowsOf(base);
    const nothing = { telemetria_linhas: 0, eventduration_soma: null, eventduration_mediana: null };
    const silent = { resposta_NPS: null, respondedAt_dias: null };
    const noTicket = { chamados_linhas: 0, HORAS_soma: null, DT_CRIACAO_dias_da_ultima: null };
    expect(rows).toMatchObject([
      {
        ...{ CD_CLIENTE: 'T001', RAZAO: 'Padaria São João', SEGMENTO: 'Serviços', VL_CONTRATO: 1234.5 },
        // 15/03/2020 to 23/11/2026: six years with one leap day among them, and 253 days.
        CLIENTE_DESDE_dias: 6 * 365 + 1 + 253,
        ...{ chamados_linhas: 3, STATUS_TICKET_mais_comum: 'Fechado', HORAS_soma: 7.5, HORAS_mediana: 2.5 },
        ...{ DT_CRIACAO_dias_da_primeira: 30, DT_CRIACAO_dias_da_ultima: 8 },
        ...{ telemetria_linhas: 3, eventduration_soma: 90, eventduration_mediana: 30, moduloid_mais_comum: '6' },
        ...{ resposta_NPS: 9, respondedAt_dias: 53 },
      },
      {
        ...{ CD_CLIENTE: 'T002', SEGMENTO: 'Manufatura', VL_CONTRATO: 98_000, CLIENTE_DESDE_dias: 22, ...silent },
        ...{ ...noTicket, telemetria_linhas: 3, eventduration_soma: 270, moduloid_mais_comum: '5552' },
      },
      // Of two statuses once each, the first in order.
      {
        ...{ CD_CLIENTE: 'T003', VL_CONTRATO: null, CLIENTE_DESDE_dias: 3655, chamados_linhas: 2 },
        ...{ STATUS_TICKET_mais_comum: 'Aberto', ...nothing, ...silent },
      },
      {
        ...{ CD_CLIENTE: 'T004', SEGMENTO: 'Educação', VL_CONTRATO: 12, CLIENTE_DESDE_dias: null },
        ...{ ...noTicket, ...nothing, resposta_NPS: 3, respondedAt_dias: 83 },
      },
    ]);
  });

  test('every row of a table is used or told apart, and every field tells of how many it knows', async () => {
    const { tables, fields } = await built();
    const tickets = tables.find(({ name }) => name === 'chamados')!;
    expect(tickets).toMatchObject({
      rows: 8,
      used: 5,
      noCustomer: 1,
      otherRows: 2,
      others: 1,
      unread: 0,
      coverage: 0.5,
    });
    for (const { rows, used, noCustomer, otherRows } of tables) expect(used + noCustomer + otherRows).toBe(rows);
    const coverage = (name: string) => fields.find((one) => one.name === name)!.coverage;
    expect(['VL_CONTRATO', 'HORAS_soma', 'telemetria_linhas', 'resposta_NPS'].map(coverage)).toEqual([
      0.75, 0.5, 1, 0.5,
    ]);
  });

  test('the base, its customers’ columns and what is taken of them may be named', async () => {
    const base = await built({
      base: 'nps',
      keys: { chamados: 'CODIGO_ORGANIZACAO' },
      takes: [
        { table: 'chamados', column: 'HORAS', take: 'max' },
        { table: 'chamados', column: 'STATUS_TICKET', take: 'distinct' },
        { table: 'cadastro', column: 'SEGMENTO', take: 'value' },
      ],
    });
    expect(await rowsOf(base)).toEqual([
      { metadata_codcliente: 'T001', SEGMENTO: 'Serviços', HORAS_maximo: 4, STATUS_TICKET_distintos: 2 },
      { metadata_codcliente: 'T004', SEGMENTO: 'Educação', HORAS_maximo: null, STATUS_TICKET_distintos: null },
    ]);
  });

  test.each([
    [{ takes: [{ table: 'vendas', column: 'x', take: 'sum' }] }, 'Não há tabela vendas. Use entre cadastro'],
    [{ base: 'vendas' }, 'Não há tabela vendas. Use entre cadastro, chamados, telemetria, nps'],
    [
      { keys: { nps: 'cliente' } },
      'nps não tem a coluna cliente. Use entre metadata_codcliente, respondedAt, resposta_NPS',
    ],
    [
      { takes: [{ table: 'chamados', column: 'STATUS_TICKET', take: 'sum' }] },
      'De chamados.STATUS_TICKET não se toma sum. Use mode, distinct',
    ],
  ])('what is not there is told with what is: %o', async (more, message) => {
    await expect(built(more)).rejects.toThrow(message);
  });

  test('a file whose customers are nobody’s is told by name', async () => {
    const alien = file('outros.csv', lines('cliente;valor', 'Z1;2', 'Z2;3'));
    await expect(built({ paths: [...files, alien] })).rejects.toThrow(
      'Nenhuma coluna de outros tem clientes de cadastro (CD_CLIENTE). Diga qual é, com --key outros=COLUNA',
    );
  });

  test('columns that differ only in case, or bear a name of the base’s own, are fields of their own', async () => {
    const paths = [
      file('um.csv', lines('cliente;UF;key', ...['A;SP;x', 'B;RJ;y'])),
      file('dois.csv', lines('cliente;uf;place', ...['A;MG;p', 'B;BA;q'])),
    ];
    expect(await rowsOf(await built({ paths, base: 'um' }))).toEqual([
      { cliente: 'A', UF: 'SP', um_key: 'x', dois_uf: 'MG', dois_place: 'p' },
      { cliente: 'B', UF: 'RJ', um_key: 'y', dois_uf: 'BA', dois_place: 'q' },
    ]);
  });

  test('a day that is none is refused', async () => {
    for (const url of ['/api/customers/file', '/api/customers/bases']) {
      const body = { ...(url.endsWith('file') ? { paths: files } : {}), day: "2026-02-30' OR" };
      const { status, text } = await api.ask(url, { as: 'administrator', method: 'POST', body });
      expect([status, text]).toEqual([400, expect.stringContaining('Dia inválido em day')]);
    }
  });

  test('a base is fetched once', async () => {
    const base = await built();
    await rowsOf(base);
    expect((await api.ask(`/api/customers/file/${base.file}`, { as: 'administrator' })).status).toBe(404);
  });
});

describe('a base of files that is kept', () => {
  const kept = async () => (await api.json<BaseList>('/api/customers/bases', { as: 'manager' })).bases;
  const command = (...words: string[]) => {
    const read = readArguments(['customers', ...words]);
    return runCommand(clientOf(api), read, new PassThrough());
  };
  const rowsAt = (path: string) => api.app.lake.rows(`FROM read_parquet(${literal(path)})`);

  test('stands with those of lists; what is written and what is kept are the same rows', async () => {
    const working = () => readdirSync(join(api.app.config.home, 'tmp'));
    const before = working();
    const [plain, out] = [await built(), at('dupla.parquet')];
    const both = JSON.parse(
      (await command('build', ...files, '--keep', '--out', out, '--day', '23/11/2026', '--json'))!,
    ) as KeptBase;
    const alone = JSON.parse(
      (await command('build', ...files, '--keep', '--day', '2026-11-22', '--json'))!,
    ) as KeptBase;
    expect((await kept()).map(({ id, day, customers, createdBy }) => [id, day, customers, createdBy])).toEqual([
      [alone.id, '2026-11-22', 4, 'pessoa-administrator'],
      [both.id, '2026-11-23', 4, 'pessoa-administrator'],
    ]);
    const rows = await rowsOf(plain);
    expect(await rowsAt(out)).toEqual(rows);
    expect(await rowsAt(api.app.bases.pathOf(both.id))).toEqual(rows);
    expect(both).not.toHaveProperty('file');
    // One day less to the snapshot.
    expect((await rowsAt(api.app.bases.pathOf(alone.id)))[0]).toMatchObject({
      CD_CLIENTE: 'T001',
      respondedAt_dias: 52,
    });
    expect(working()).toEqual(before);
    expect(await command('list')).toMatch(/22\/11\/2026[\s\S]*23\/11\/2026/);
  });

  test('while one is built it is told with the others, so that whoever looks may follow it', async () => {
    const list = () => api.json<BaseList>('/api/customers/bases', { as: 'manager' });
    expect((await list()).keeping).toBeNull();
    const body = { paths: files, day: '2026-11-20', keep: true };
    const job = await api.json<{ id: string }>('/api/customers/file', { method: 'POST', body });
    expect((await list()).keeping).toMatchObject({ id: job.id, kind: 'customer-base', state: 'running' });
    await api.app.jobs.idle();
    expect(await list()).toMatchObject({ keeping: null, bases: [{ day: '2026-11-20' }, {}, {}] });
  });

  test('where it goes must be said', async () => {
    await expect(command('build', ...files)).rejects.toThrow('Falta --out ou --keep');
    await expect(command('build', '--keep')).rejects.toThrow('Faltam os arquivos');
  });
});

describe('what a base is like', () => {
  const explored = (path: string, more: object = {}) =>
    api.job<Exploration>('/api/customers/explore', { path, ...more });
  const rows = Array.from({ length: 101 }, (_, row) => [
    ...[row, row === 100 ? '' : row * row, row === 7 ? 1_000_000 : 50, row % 2 ? 'VAREJO' : 'SAÚDE', `Empresa ${row}`],
  ]);
  const base = () =>
    file('explora.csv', lines('CD_CLIENTE,mrr,uso,segmento,nome', ...rows.map((row) => row.join(','))));

  test('known, quantiles, outliers and bins by hand; names of single customers are not told', async () => {
    const found = await explored(base());
    expect(found.rows).toBe(101);
    const [code, mrr, use, segment, name] = found.columns;
    expect(code).toMatchObject({ known: 101, distinct: 101, spread: { kind: 'text', values: [] } });
    expect(name!.spread).toEqual({ kind: 'text', values: [] });
    expect(segment!.spread).toEqual({
      kind: 'text',
      values: [
        { is: 'SAÚDE', customers: 51 },
        { is: 'VAREJO', customers: 50 },
      ],
    });
    // Squares of 0 to 99: the quarter lies between 24² and 25², the middle between 49² and 50².
    expect(mrr).toMatchObject({ known: 100, distinct: 100, spread: { zeros: 1, outliers: 0, medians: null } });
    const { quantiles, bins, mean } = mrr!.spread as NumberSpread;
    expect(quantiles[0]).toBe(0);
    expect(quantiles[2]).toBeCloseTo(576 + 0.75 * 49, 9);
    expect(quantiles[3]).toBeCloseTo((2401 + 2500) / 2, 9);
    expect(quantiles[6]).toBe(9801);
    expect(mean).toBeCloseTo((99 * 100 * 199) / 6 / 100, 9);
    expect(bins.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(use!.spread).toMatchObject({ outliers: 1 });
  });

  test('by segment, the middle of each; a column of too many values is none', async () => {
    const { groups, columns } = await explored(base(), { by: 'segmento' });
    expect(groups).toEqual([
      { is: 'SAÚDE', customers: 51 },
      { is: 'VAREJO', customers: 50 },
    ]);
    // Even rows from 0 to 98 without the 100th, odd ones from 1 to 99.
    expect(columns[1]!.spread).toMatchObject({ medians: [(48 ** 2 + 50 ** 2) / 2, (49 ** 2 + 51 ** 2) / 2] });
    await expect(explored(base(), { by: 'nome' })).rejects.toThrow('A coluna nome tem mais de 50 valores');
    await expect(explored(base(), { by: 'uf' })).rejects.toThrow('Não há coluna uf');
  });
});

describe('a base of the lists that were loaded', () => {
  const USER = { name: 'ana', role: 'administrator' } as const;
  const list = (source: string, key: string, columns: Record<string, object>) => ({
    ...{ source, version: 1, label: { pt: source, en: source }, into: 'list', holds: 'all' },
    ...{ format: { kind: 'delimited', header: true, delimiter: ';' }, key: key === '' ? [] : [key], columns },
  });
  const text = (from: string) => ({ from: [from], as: 'text', personal: false });
  const load = async (layout: ReturnType<typeof list>, ...rows: string[]) => {
    await api.app.layouts.save(parseLayout(layout, layout.source), { by: 'ana' });
    const path = file(`${layout.source}-1.csv`, lines(...rows));
    utimesSync(path, new Date('2026-11-01'), new Date('2026-11-01'));
    return intakeFiles(api.app, { paths: [path], source: layout.source, build: true }, USER, silent);
  };
  const kept = async () => (await api.json<BaseList>('/api/customers/bases', { as: 'manager' })).bases;

  test('needs lists that name customers: where none does, what to do is said', async () => {
    await expect(api.job('/api/customers/bases', {})).rejects.toThrow(
      'Nenhuma das 0 listas carregadas nomeia clientes',
    );
  });

  test('is kept with its day and who made it; a list of nobody of the base is left out, and said', async () => {
    await load(
      list('cadastro', 'CD', {
        ...{ codigo_cliente: text('CD'), segmento: text('SEG') },
        desde: { from: ['DESDE'], as: 'date', format: 'dd/mm/yyyy' },
      }),
      ...['CD;SEG;DESDE', 'T1;VAREJO;01/11/2026', 'T2;SAÚDE;21/11/2025', 'T3;SAÚDE;'],
    );
    await load(
      list('faturas', '', { cliente: text('CLIENTE'), valor: { from: ['VALOR'], as: 'decimal', format: '1.234,5' } }),
      ...['CLIENTE;VALOR', 't1;1.000,50', 'T1;99,50', 'T3;10,00', 'X9;5,00'],
    );
    await load(list('cidades', 'CIDADE', { codigo_cidade: text('CIDADE') }), 'CIDADE', 'Manaus', 'Belém');
    const before = await kept();
    const base = await api.job<CustomerBase & { id: number }>('/api/customers/bases', { day: '2026-11-21' });
    expect(base).toMatchObject({
      ...{ day: '2026-11-21', customers: 3, key: 'codigo_cliente' },
      ...{ leftOut: [{ name: 'cidades', table: null, why: 'noCustomer', column: 'codigo_cidade' }], warnings: [] },
    });
    expect((await kept()).slice(0, -before.length)).toMatchObject([
      { id: base.id, customers: 3, createdBy: 'pessoa-administrator', fields: base.fields },
    ]);
    expect(await api.app.lake.rows(`FROM read_parquet(${literal(api.app.bases.pathOf(base.id))})`)).toEqual([
      {
        ...{ codigo_cliente: 'T1', segmento: 'VAREJO', desde_dias: 20 },
        ...{ faturas_linhas: 2, valor_soma: 1100, valor_mediana: 550 },
      },
      {
        ...{ codigo_cliente: 'T2', segmento: 'SAÚDE', desde_dias: 365 },
        ...{ faturas_linhas: 0, valor_soma: null, valor_mediana: null },
      },
      {
        ...{ codigo_cliente: 'T3', segmento: 'SAÚDE', desde_dias: null },
        ...{ faturas_linhas: 1, valor_soma: 10, valor_mediana: 10 },
      },
    ]);
  });

  test('the next one stands before it, and the rows of the first stay as they were', async () => {
    const [before] = await kept();
    const old = readFileSync(api.app.bases.pathOf(before!.id));
    const next = await api.job<{ id: number }>('/api/customers/bases', { day: '2026-11-22' });
    expect((await kept()).slice(0, 2).map(({ id, day }) => [id, day])).toEqual([
      [next.id, '2026-11-22'],
      [before!.id, '2026-11-21'],
    ]);
    expect(readFileSync(api.app.bases.pathOf(before!.id)).equals(old)).toBe(true);
  });
});
