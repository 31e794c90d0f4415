import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { receivedName } from '../src/intake/received-name.ts';
import { suggestLayout } from '../src/intake/recognise/suggest.ts';
import { RamalError } from '../src/kernel/errors.ts';
import { TestApi } from './app.ts';
import { CALL_COLUMNS, call, callFile, KEYED } from './call-files.ts';
import { useHome } from './home.ts';
import { workbookOf } from './workbook.ts';
import { zipOf } from './zip.ts';

const home = useHome();
const HEADER = `${CALL_COLUMNS.join(';')}\n`;

const SHEET: Layout = parseLayout(
  {
    source: 'planilha',
    version: 1,
    label: { pt: 'Planilha', en: 'Sheet' },
    holds: 'all',
    format: { kind: 'xlsx' },
    key: [],
    columns: { started_at: { from: ['DATA'], as: 'date-time' }, reason: { from: ['MOTIVO'], as: 'text' } },
  },
  'planilha',
);

/** The refusal of a file, by intake and by recognition, and that nothing is left of it. */
async function refused(name: string, content: string | Uint8Array, layout: Layout): Promise<RamalError> {
  const path = home().file(name, content);
  const [error, other] = await Promise.all(
    [home().load(path, layout), suggestLayout(path, home().lake)].map((work) =>
      work.then(
        () => null,
        (thrown: unknown) => thrown,
      ),
    ),
  );
  if (!(error instanceof RamalError)) throw error ?? new Error(`${name} loaded`);
  if (other !== null) expect(other).toBeInstanceOf(RamalError);
  expect(error.message).not.toMatch(/[\n\r]/);
  expect(error.message.length).toBeLessThan(500);
  expect(readdirSync(join(home().folder, 'tmp')).filter((one) => one.includes('records'))).toEqual([]);
  return error;
}

const cells = (...texts: string[]) =>
  `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
const ROWS = cells('DATA', 'MOTIVO') + cells('2026-03-02', 'Fatura');

describe('a workbook that would burst', () => {
  it('is one that is put together well, when nothing of it is wrong', async () => {
    const path = home().file('boa.xlsx', workbookOf({ rows: ROWS }));
    expect(await home().load(path, SHEET)).toMatchObject({ rows_read: 1, loaded: 1 });
  });

  it.each([
    [
      'shared strings that grow 1,000 times',
      () => workbookOf({ rows: ROWS, strings: Buffer.alloc(36_000_000, '<si><t/></si>') }),
      /sharedStrings\.xml cresce \d+ vezes/,
    ],
    [
      'a sheet that says 5 GB',
      () => workbookOf({ rows: ROWS, says: { 'xl/worksheets/sheet1.xml': 4_200_000_000 } }),
      /cresce \d+ vezes/,
    ],
    [
      'styles of 300 MB, however they pack',
      () =>
        workbookOf({
          rows: ROWS,
          more: [{ name: 'xl/styles.xml', content: Buffer.alloc(2_000_000, 'x'), packed: false, says: 300_000_000 }],
        }),
      /fileTooLarge|styles\.xml/,
    ],
    [
      'many sheets, each of which would pass',
      () =>
        workbookOf({
          rows: ROWS,
          more: Array.from({ length: 140 }, (_, index) => ({
            name: `xl/worksheets/sheet${index + 2}.xml`,
            content: Buffer.alloc(0),
            says: 31_000_000,
          })),
        }),
      /teria \d+ MB descompactado/,
    ],
    [
      'a part that does not say what it takes',
      () => workbookOf({ rows: ROWS, says: { 'xl/worksheets/sheet1.xml': 0 } }),
      /não diz o seu tamanho/,
    ],
    [
      '20,000 entries',
      () => zipOf(Array.from({ length: 20_000 }, (_, index) => ({ name: `xl/${index}`, content: Buffer.alloc(0) }))),
      /arquivos demais/,
    ],
    [
      '20,000 columns in its header',
      () =>
        workbookOf({
          rows: `<row>${'<c><v>1</v></c>'.repeat(6000)}</row>`.replace(
            '<c><v>1</v></c><c><v>1</v></c>',
            '<c t="inlineStr"><is><t>DATA</t></is></c><c t="inlineStr"><is><t>MOTIVO</t></is></c>',
          ),
        }),
      /6000 colunas/,
    ],
  ])('%s', async (_, make, message) => {
    const error = await refused('bomba.xlsx', make(), SHEET);
    expect(error.code).toBe('fileTooLarge');
    expect(error.message).toMatch(message);
  });

  it('lies about what it takes: what comes out is cut where it said', async () => {
    const strings = Buffer.alloc(30_000_000, '<si><t>mentira</t></si>');
    const error = await refused(
      'mente.xlsx',
      workbookOf({ rows: ROWS, strings, says: { 'xl/sharedStrings.xml': 1000 } }),
      SHEET,
    );
    expect(error.code).toBe('fileDamaged');
  });

  it('names entities that name entities: none is expanded', async () => {
    const levels = Array.from({ length: 12 }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`);
    const prologue = `<!DOCTYPE sst [<!ENTITY e0 "ha">${levels.join('')}]>`;
    const rows = `${cells('DATA', 'MOTIVO')}<row><c t="inlineStr"><is><t>2026-03-02</t></is></c><c t="s"><v>0</v></c></row>`;
    const path = home().file('risos.xlsx', workbookOf({ rows, prologue, strings: '<si><t>&e12;</t></si>' }));
    const batch = await home().load(path, SHEET);
    await home().store(batch, SHEET);
    const found = await home().rows('SELECT reason FROM silver.contact WHERE batch_id = $batch', {
      batch: batch.batch_id,
    });
    expect(String(found[0]?.reason).length).toBeLessThan(40);
  });

  it('reaches outside with an entity: nothing is read', async () => {
    const prologue = '<!DOCTYPE sst [<!ENTITY f SYSTEM "file:///etc/hostname">]>';
    const rows = `${cells('DATA', 'MOTIVO')}<row><c t="inlineStr"><is><t>2026-03-03</t></is></c><c t="s"><v>0</v></c></row>`;
    const path = home().file('fora.xlsx', workbookOf({ rows, prologue, strings: '<si><t>&f;</t></si>' }));
    const batch = await home().load(path, SHEET);
    await home().store(batch, SHEET);
    const found = await home().rows('SELECT reason FROM silver.contact WHERE batch_id = $batch', {
      batch: batch.batch_id,
    });
    expect(found).toEqual([{ reason: '&f;' }]);
  });
});

describe('a text that would burst', () => {
  it.each([
    ['gzip', 'bomba.csv.gz', (text: Buffer) => gzipSync(text)],
    ['ZIP', 'bomba.zip', (text: Buffer) => zipOf([{ name: 'a.csv', content: text }])],
  ])('%s', async (_, name, pack) => {
    const text = Buffer.concat([Buffer.from(HEADER), Buffer.alloc(36_000_000, `${call(2).join(';')}\n`)]);
    const error = await refused(name, pack(text), KEYED);
    expect(error.code).toBe('fileTooLarge');
    expect(error.message).toMatch(/cresce mais de 200 vezes/);
  });
});

describe('a table of a shape that no system writes', () => {
  it('a header of 1,000,000 columns', async () => {
    const names = Array.from({ length: 1_000_000 }, (_, index) => `c${index}`).join(';');
    const error = await refused('largo.csv', `${names}\n1;2\n`, KEYED);
    expect(error).toMatchObject({
      code: 'fileTooLarge',
      message: expect.stringContaining('a primeira linha passa de 1 MB'),
    });
  });

  it('a header of 100,000 columns among which are the right ones', async () => {
    const names = [...CALL_COLUMNS, ...Array.from({ length: 100_000 }, (_, index) => `c${index}`)].join(';');
    const error = await refused('largo.csv', `${names}\n${call(2).join(';')}\n`, KEYED);
    expect(error).toMatchObject({ code: 'fileTooLarge', message: expect.stringContaining('colunas') });
  });

  it('a first line of 20 MB, and one among others', async () => {
    const long = 'x'.repeat(20_000_000);
    expect(await refused('linha.csv', `${long}\n`, KEYED)).toMatchObject({ code: 'fileTooLarge' });
    const batch = await home().load({ content: `${callFile([2, 3])}${long}\n${call(9).join(';')}\n` }, KEYED);
    expect(batch).toMatchObject({ rows_read: 4, quarantined: 1 });
    expect(
      await home().rows('SELECT reason FROM silver.quarantine WHERE batch_id = $b', { b: batch.batch_id }),
    ).toEqual([{ reason: 'record-too-long' }]);
  });

  it('a page of JSON that never ends', async () => {
    const error = await refused(
      'pagina.jsonl',
      `{"data":["${'x'.repeat(33_000_000)}`,
      home().layouts.get('demo-tickets'),
    );
    expect(error).toMatchObject({ code: 'fileTooLarge', message: expect.stringContaining('linha 1 passa de 32 MB') });
  });

  it('names that repeat, that are empty or very long are told apart', async () => {
    const extra = [
      ...Array.from({ length: 4000 }, () => 'igual'),
      '',
      '',
      'X'.repeat(300_000),
      'x'.repeat(300_000),
      '_LINE',
    ];
    const header = [...CALL_COLUMNS, ...extra].join(';');
    const row = [...call(77), ...extra.map((_, index) => String(index))].join(';');
    const batch = await home().load({ content: `${header}\n${row}\n` }, KEYED);
    expect(batch).toMatchObject({ rows_read: 1, loaded: 1, quarantined: 0 });
    expect(batch.warnings).toMatchObject([{ kind: 'extra-columns', rows: extra.length }]);
  });

  it('null bytes after the beginning, and bare carriage returns', async () => {
    const lines = callFile(Array.from({ length: 30_000 }, (_, index) => 100 + index)).split('\n');
    const at = lines.length - 3;
    lines[at] = lines[at]!.replace(';', '\u0000;');
    const batch = await home().load({ content: lines.join('\r') }, KEYED);
    expect(batch).toMatchObject({ rows_read: 30_000 });
    expect(batch.warnings).toContainEqual({ kind: 'control-characters', rows: 1, detail: '' });
  });
});

describe('the name of a file that somebody sends', () => {
  it.each([
    ['../../../etc/passwd', 'passwd'],
    ['..\\..\\Windows\\system.ini', 'system.ini'],
    ['C:\\Users\\ana\\março.csv', 'março.csv'],
    ['/absoluto.csv', 'absoluto.csv'],
    ['..', 'arquivo'],
    ['.', 'arquivo'],
    ['', 'arquivo'],
    ['pasta/', 'arquivo'],
    ['   ', 'arquivo'],
    ['.bashrc', 'bashrc'],
    ['a\u0000.csv', 'a_.csv'],
    ['a\nb\r.csv', 'a_b_.csv'],
    ['\u202evsc.exe', '_vsc.exe'],
    ['a;rm -rf *.csv', 'a_rm -rf _.csv'],
    ["';DROP TABLE x;--.csv", '__DROP TABLE x_--.csv'],
    ['CON', '_CON'],
    ['nul.csv', '_nul.csv'],
    ['a*[1]?.parquet', 'a__1__.parquet'],
    ['marc\u0327o.csv', 'março.csv'],
    ['Ligações (2).csv', 'Ligações (2).csv'],
    ['fim.csv. .', 'fim.csv'],
  ])('%j becomes %j', (given, name) => {
    expect(receivedName(given)).toBe(name);
  });

  it('is cut when no file system takes it, and keeps its ending', () => {
    const name = receivedName(`${'ç'.repeat(5000)}.csv.gz`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    expect(name).toMatch(/^ç+\.csv\.gz$/);
  });

  describe('at the door', () => {
    let api: TestApi;
    beforeAll(async () => {
      api = await TestApi.open();
    });
    afterAll(() => api.close());

    it.each([
      ['leaves the folder', '../../fora.csv'],
      ['is the folder above', '..'],
      ['is written in percents', '%2e%2e%2ffora.csv'],
      ['is very long', `${'x'.repeat(3000)}.csv`],
      ['holds a control character', 'a\u0001b.csv'],
    ])('one that %s', async (_, name) => {
      const outside = () => readdirSync(join(api.app.config.home, '..')).filter((one) => one.includes('fora'));
      const body = [
        '--corte',
        `Content-Disposition: form-data; name="file"; filename="${name}"`,
        'Content-Type: text/csv',
        '',
        'nada;disso\n1;2\n',
        '--corte--',
        '',
      ].join('\r\n');
      const { status, text } = await api.ask('/api/intake/upload?source=demo-calls', {
        as: 'administrator',
        method: 'POST',
        body,
        headers: { 'content-type': 'multipart/form-data; boundary=corte' },
      });
      expect(status, text).toBe(202);
      await api.app.jobs.idle();
      const { state, error } = api.app.jobs.get((JSON.parse(text) as { id: string }).id);
      expect([state, error?.code]).toEqual(['failed', 'headerUnknown']);
      expect(outside()).toEqual([]);
      expect(readdirSync(join(api.app.config.home, 'tmp')).filter((one) => one.startsWith('upload'))).toEqual([]);
    });
  });
});
