import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { suggestLayout } from '../src/intake/recognise/suggest.ts';
import { RECORD_LAYOUTS, rowFields } from '../src/intake/record-layouts/index.ts';
import { useHome } from './home.ts';

const home = useHome();
const FILES = join(import.meta.dirname, 'golden', 'cnab-returns');
const sample = (name: string) => readFileSync(join(FILES, name), 'latin1');
/** A sample's lines; Banco do Brasil's batch header without the blank that it has too many. */
const linesOf = (name: string) =>
  sample(name)
    .split(/\r?\n/)
    .map((line) => (line.length === 241 ? `${line.slice(0, 110)}${line.slice(111)}` : line));

/** A layout over a bank's records: what a title's return says is kept as custom fields. */
const layoutOf = (recordLayout: string, more: object = {}): Layout =>
  parseLayout(
    {
      source: 'retorno',
      version: 1,
      label: { pt: 'Retorno', en: 'Return' },
      holds: 'all',
      format: { kind: 'records', recordLayout },
      key: [],
      columns: {
        started_at: { from: ['ocorreu_em'], as: 'date-time' },
        protocol: { from: ['nosso_numero'], as: 'text' },
        account: { from: ['empresa'], as: 'text' },
        reason: { from: ['ocorrencia'], as: 'text' },
        custom_fields: {
          from: ['banco', 'vence_em', 'valor_titulo', 'valor_pago', 'creditado_em', 'valor_tarifa'],
          as: 'fields',
        },
      },
      ...more,
    },
    recordLayout,
  );

async function load(name: string, recordLayout: string, content = sample(name)) {
  await home().reset();
  const layout = layoutOf(recordLayout);
  const batch = await home().load({ name, content: Buffer.from(content, 'latin1') }, layout);
  await home().store(batch, layout);
  const rows = await home().rows<Record<string, string | number>>(
    `SELECT row_id & 4294967295 AS line, protocol, account, reason, CAST(day AS VARCHAR) AS day, custom_fields
     FROM silver.contact ORDER BY row_id`,
  );
  const titles = rows.map(({ custom_fields: fields, ...row }) => ({ ...row, ...JSON.parse(String(fields)) }));
  const quarantine = await home().rows('SELECT line, reason, value FROM silver.quarantine ORDER BY line');
  return { batch, titles, quarantine };
}

type Title = Awaited<ReturnType<typeof load>>['titles'][number];
const sum = (titles: readonly Title[], name: string) =>
  titles.reduce((total, title) => total + Math.round(100 * Number(title[name] ?? 0)), 0) / 100;

/** Read off the files by hand: places counted in them, not taken from the layouts. */
describe('the sample files of six banks', () => {
  test.each([
    {
      name: 'retorno_bb.ret',
      layout: 'cnab240-bb-retorno',
      titles: 5,
      sums: { valor_titulo: 128.8, valor_pago: 128.8, valor_tarifa: 25 },
      first: {
        line: 3,
        protocol: '32948600000000196',
        account: 'SAPATARIA E CONFECSOES JIBA',
        reason: '06',
        day: '2011-03-21',
        banco: '001',
        vence_em: '2011-03-23',
        valor_titulo: '40.00',
        valor_pago: '40.00',
        creditado_em: '2011-03-23',
        valor_tarifa: '5.00',
      },
    },
    {
      name: 'retorno_cnab240_caixa.ret',
      layout: 'cnab240-caixa-retorno',
      titles: 9,
      sums: { valor_titulo: 1120, valor_pago: 1010, valor_tarifa: 12.7 },
      first: {
        line: 3,
        protocol: '000000011136997',
        reason: '06',
        day: '2014-01-06',
        vence_em: '2014-01-02',
        valor_pago: '80.00',
        creditado_em: '2014-01-07',
        valor_tarifa: '1.25',
      },
    },
    {
      name: 'retorno_santander.ret',
      layout: 'cnab240-santander-retorno',
      titles: 1,
      sums: { valor_titulo: 10, valor_pago: 11, valor_tarifa: 3.24 },
      first: {
        line: 3,
        protocol: '0000000001040',
        reason: '17',
        day: '2014-06-04',
        vence_em: '2014-06-04',
        valor_titulo: '10.00',
        creditado_em: '2014-06-05',
      },
    },
    {
      name: 'retorno-cnab400-bb.ret',
      layout: 'cnab400-bb-retorno',
      titles: 1,
      sums: { valor_titulo: 25, valor_pago: 25, valor_tarifa: 9 },
      first: {
        line: 2,
        protocol: '11122450000000290',
        account: 'EMPRESA TESTE',
        reason: '06',
        day: '2015-09-08',
        creditado_em: '2015-09-10',
      },
    },
    {
      name: 'retorno-cb030400-bradesco.ret',
      layout: 'cnab400-bradesco-retorno',
      titles: 7,
      sums: { valor_titulo: 10.1, valor_pago: 5.1, valor_tarifa: 2.52 },
      first: { line: 2, protocol: '000000000097', reason: '02', day: '2012-04-11', vence_em: '2012-04-12' },
    },
    {
      name: 'retorno-cnab400-itau.ret',
      layout: 'cnab400-itau-retorno',
      titles: 4,
      sums: { valor_titulo: 1895.76, valor_pago: 1307.25, valor_tarifa: 13.32 },
      first: {
        line: 2,
        protocol: '00231327',
        reason: '06',
        day: '2013-06-20',
        valor_titulo: '389.75',
        valor_pago: '209.97',
        creditado_em: '2013-06-21',
        valor_tarifa: '3.33',
      },
    },
  ])('$name', async ({ name, layout, titles: count, sums, first }) => {
    const { batch, titles, quarantine } = await load(name, layout);
    expect(batch).toMatchObject({ loaded: count, duplicate: 0, delimiter: null });
    // Banco do Brasil's batch header is one wider than the rest: what it says of the batch cannot be trusted.
    const wide = name === 'retorno_bb.ret' ? [{ line: 2, reason: 'record-too-long', value: '241' }] : [];
    expect(quarantine).toEqual(wide);
    expect([batch.rows_read, batch.quarantined]).toEqual([count + wide.length, wide.length]);
    expect(titles[0]).toMatchObject(first);
    for (const [field, total] of Object.entries(sums)) expect(sum(titles, field), field).toBe(total);
    expect(batch.warnings.map(({ kind, detail }) => [kind, detail])).toEqual(
      name === 'retorno_santander.ret'
        ? [
            [
              'trailer-mismatch',
              'registros do lote: 2 no trailer, 4 no arquivo; valor dos títulos do lote: 548.90 no trailer, 10.00 no arquivo',
            ],
          ]
        : [],
    );
  });
});

it('keeps in bronze the lines of each title and the headers above it', async () => {
  const { batch } = await load('retorno_bb.ret', 'cnab240-bb-retorno', linesOf('retorno_bb.ret').join('\n'));
  const [fileHeader, batchHeader, , , t, u] = linesOf('retorno_bb.ret').map((line) => line.trimEnd());
  const [row] = await home().rows(
    `SELECT _line, _linha, _cabecalho FROM read_parquet('${home().folder}/bronze/retorno/${String(batch.batch_id).padStart(8, '0')}.parquet') WHERE _line = 5`,
  );
  expect(row).toEqual({ _line: 5, _linha: `${t}\n${u}`, _cabecalho: `${fileHeader}\n${batchHeader}` });
});

describe('what is not as it should be', () => {
  const lines = linesOf('retorno_bb.ret');
  const bb = (change: (lines: string[]) => void) => {
    const changed = [...lines];
    change(changed);
    return load('retorno_bb.ret', 'cnab240-bb-retorno', changed.join('\r\n'));
  };

  it('a line of another width, an unknown type and a title without its part are quarantined, and all adds up', async () => {
    const { batch, quarantine, titles } = await bb((all) => {
      all[2] = `${all[2]!.trimEnd()}${'9'.repeat(60)}`;
      all[5] = all[5]!.slice(0, 90);
      all[6] = `${all[6]!.slice(0, 13)}K${all[6]!.slice(14)}`;
      all[9] = `${all[9]!.slice(0, 13)}Z${all[9]!.slice(14)}`;
    });
    expect(quarantine).toEqual([
      { line: 3, reason: 'record-too-long', value: String(lines[2]!.trimEnd().length + 60) },
      { line: 5, reason: 'record-too-short', value: '90' },
      { line: 7, reason: 'unknown-record', value: null },
      { line: 8, reason: 'record-incomplete', value: 'segmento U' },
      { line: 9, reason: 'record-incomplete', value: 'segmento U' },
      { line: 10, reason: 'unknown-record', value: null },
    ]);
    expect(titles.map(({ line }) => line)).toEqual([11]);
    expect(batch).toMatchObject({ rows_read: 7, loaded: 1, quarantined: 6, duplicate: 0 });
  });

  it('a day that is none is the title’s problem alone', async () => {
    const { batch, quarantine } = await bb((all) => {
      all[3] = `${all[3]!.slice(0, 137)}31022011${all[3]!.slice(145)}`;
    });
    expect(quarantine).toEqual([{ line: 3, reason: 'invalid-date', value: '31022011' }]);
    expect(batch).toMatchObject({ rows_read: 5, loaded: 4 });
  });

  it('totals that differ are told; lines that lack are not forgiven', async () => {
    const more = await bb((all) => all.splice(4, 0, all[2]!, all[3]!));
    expect(more.batch).toMatchObject({ rows_read: 6, loaded: 6 });
    expect(more.batch.warnings).toEqual([
      {
        kind: 'trailer-mismatch',
        rows: 2,
        detail: 'registros do lote: 12 no trailer, 14 no arquivo; registros do arquivo: 14 no trailer, 16 no arquivo',
      },
    ]);
    await expect(bb((all) => all.splice(4, 2))).rejects.toMatchObject({
      code: 'fileDamaged',
      message: expect.stringContaining('registros do arquivo: 14 no trailer, 12 no arquivo'),
    });
    await expect(bb((all) => all.splice(12))).rejects.toMatchObject({
      code: 'fileDamaged',
      message: expect.stringContaining('falta o trailer do arquivo'),
    });
  });

  it('what a bank counts by occurrence is checked by occurrence', async () => {
    const all = linesOf('retorno-cb030400-bradesco.ret');
    all[2] = `${all[2]!.slice(0, 253)}0000000000400${all[2]!.slice(266)}`;
    const { batch } = await load('retorno-cb030400-bradesco.ret', 'cnab400-bradesco-retorno', all.join('\r\n'));
    expect(batch.warnings).toEqual([
      {
        kind: 'trailer-mismatch',
        rows: 1,
        detail: 'valor das liquidações (06): 5.00 no trailer, 4.00 no arquivo',
      },
    ]);
  });

  it('another bank’s file, a remittance and a delimited text are refused by what they are', async () => {
    const refusals = [
      [sample('retorno_cnab240_caixa.ret'), 'o header é do banco 104, e não do 001'],
      [`${lines[0]!.slice(0, 142)}1${lines[0]!.slice(143)}\r\n${lines[1]}`, 'não é o header do arquivo'],
      ['nome;valor\nAna;1\n', 'não é o header do arquivo'],
    ] as const;
    for (const [content, what] of refusals)
      await expect(load('outro.ret', 'cnab240-bb-retorno', content)).rejects.toMatchObject({
        code: 'fileOther',
        message: expect.stringContaining(what),
      });
  });

  it('reads the same with lost or added blanks, bare line feeds and an end mark', async () => {
    const { titles, quarantine } = await bb(() => {});
    expect([titles.length, quarantine]).toEqual([5, []]);
    const trimmed = `${lines.map((line) => line.trimEnd()).join('\n')}\n\u001a`;
    expect((await load('retorno_bb.ret', 'cnab240-bb-retorno', trimmed)).titles).toEqual(titles);
    const padded = lines.map((line) => (line === '' ? '' : line.padEnd(260))).join('\r');
    expect((await load('retorno_bb.ret', 'cnab240-bb-retorno', padded)).titles).toEqual(titles);
  });
});

it('makes a list of titles by the names that it suggests', async () => {
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'formatos.md'), 'utf8');
  const layout = parseLayout(JSON.parse(/```json\n([\s\S]*?)```/.exec(page)![1]!), 'formatos.md');
  await home().reset();
  await home().know(layout);
  const batch = await home().load({ name: 'a.ret', content: sample('retorno_bb.ret') }, layout);
  expect(batch).toMatchObject({ rows_read: 6, loaded: 5, quarantined: 1 });
  await home().build();
  const found = await home().rows(
    `SELECT our_number, occurrence, CAST(occurred_on AS VARCHAR) AS occurred_on, CAST(paid_value AS DOUBLE) AS paid_value,
       CAST(credited_on AS VARCHAR) AS credited_on FROM silver.list_retorno_bb ORDER BY row_id`,
  );
  expect(found.map(({ paid_value }) => paid_value)).toEqual([40, 30, 15, 15, 28.8]);
  expect(found[4]).toEqual({
    ...{ our_number: '32948600000005048', occurrence: '06', occurred_on: '2011-03-21' },
    ...{ paid_value: 28.8, credited_on: '2011-03-23' },
  });
});

describe('the layouts that ship', () => {
  it.each([...RECORD_LAYOUTS.values()].map((layout) => [layout.name, layout] as const))('%s is whole', (_, layout) => {
    const names = rowFields(layout).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['nosso_numero', 'valor_pago', 'creditado_em', 'ocorrencia']));
    for (const { fields, least, at, name } of layout.records) {
      expect(at.length, name).toBeGreaterThan(0);
      for (const { from, to, type } of fields) {
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(layout.width);
        if (type === 'date') expect([6, 8]).toContain(to - from + 1);
        if (type === 'money') expect(to).toBeLessThanOrEqual(least);
      }
      for (const [index, field] of fields.entries())
        if (index > 0) expect(field.from, `${name}: ${field.name}`).toBeGreaterThan(fields[index - 1]!.to);
    }
  });

  it('an unknown one is refused with those that there are', () => {
    expect(() => layoutOf('cnab240-banco-x')).toThrow(/layout de registros desconhecido.*cnab240-bb-retorno/);
  });

  it('a field that it lacks is refused before anything is read', async () => {
    const layout = layoutOf('cnab240-bb-retorno', {
      columns: { started_at: { from: ['inventado'], as: 'date-time' } },
    });
    await expect(home().load({ name: 'a.ret', content: sample('retorno_bb.ret') }, layout)).rejects.toThrow(
      /campos que cnab240-bb-retorno não tem: inventado/,
    );
  });
});

describe('layout suggest', () => {
  const suggest = (name: string, content = sample(name)) =>
    suggestLayout(home().file(name, Buffer.from(content, 'latin1')), home().lake);
  const FORMS = [
    ['retorno_bb.ret', 'cnab240-bb-retorno'],
    ['retorno_cnab240_caixa.ret', 'cnab240-caixa-retorno'],
    ['retorno_santander.ret', 'cnab240-santander-retorno'],
    ['retorno-cnab400-bb.ret', 'cnab400-bb-retorno'],
    ['retorno-cb030400-bradesco.ret', 'cnab400-bradesco-retorno'],
    ['retorno-cnab400-itau.ret', 'cnab400-itau-retorno'],
  ] as const;

  test.each(FORMS)('%s is %s, and nothing is asked', async (name, recordLayout) => {
    const found = await suggest(name);
    expect(found).toMatchObject({ format: 'records', recordLayout, header: false, delimiter: null, asks: [] });
    const proposed = Object.fromEntries(found.columns.map(({ name: column, canonical }) => [column, canonical]));
    expect(proposed).toMatchObject({
      nosso_numero: 'our_number',
      ocorrencia: 'occurrence',
      ocorreu_em: 'occurred_on',
      valor_titulo: 'title_value',
      valor_pago: 'paid_value',
      creditado_em: 'credited_on',
      valor_tarifa: 'fee_value',
    });
    for (const { confidence } of found.columns) expect(confidence).toBe(0.97);
  });

  it('says where a field stands, what it means and what was found there', async () => {
    const { columns } = await suggest('retorno_bb.ret');
    expect(columns.find(({ name }) => name === 'valor_pago')).toMatchObject({
      ...{ name: 'valor_pago', from: 78, to: 92, type: 'decimal', canonical: 'paid_value', with: null },
      confidence: 0.97,
      why: 'valor pago pelo pagador: posições 78–92 do segmento U; 100% de 5 preenchidos são valores com duas casas',
    });
  });

  it('an unknown bank has what banks have in common, and asks', async () => {
    for (const [name, common] of [
      ['retorno_bb.ret', 'cnab240-febraban-retorno'],
      ['retorno-cnab400-itau.ret', 'cnab400-febraban-retorno'],
    ] as const) {
      const all = linesOf(name).map((line) => (common.includes('240') && line ? `748${line.slice(3)}` : line));
      if (common.includes('400')) all[0] = `${all[0]!.slice(0, 76)}748${all[0]!.slice(79)}`;
      const found = await suggest(name, all.join('\r\n'));
      expect(found.recordLayout).toBe(common);
      expect(found.asks).toEqual([
        { about: 'fields', column: null, text: expect.stringContaining('banco 748, que não tem layout aqui') },
      ]);
      for (const { confidence } of found.columns) expect(confidence).toBeLessThanOrEqual(0.6);
    }
  });

  it('a field that holds something else is asked about', async () => {
    const all = linesOf('retorno_bb.ret').map((line) =>
      line[13] === 'U' ? `${line.slice(0, 145)}XX032011${line.slice(153)}` : line,
    );
    const { asks, columns } = await suggest('retorno_bb.ret', all.join('\n'));
    expect(asks.map(({ column }) => column)).toEqual(['creditado_em']);
    expect(columns.find(({ name }) => name === 'creditado_em')).toMatchObject({
      confidence: 0,
      why: expect.stringContaining('0% de 5 preenchidos são datas'),
    });
  });

  it('a remittance is told, and has no columns', async () => {
    const all = linesOf('retorno_bb.ret');
    all[0] = `${all[0]!.slice(0, 142)}1${all[0]!.slice(143)}`;
    const found = await suggest('remessa.rem', all.join('\n'));
    expect(found).toMatchObject({ format: 'records', recordLayout: null, columns: [] });
    expect(found.asks[0]!.text).toMatch(/remessa do banco 001/);
  });
});
