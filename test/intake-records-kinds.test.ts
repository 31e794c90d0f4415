import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre';
import { afterAll, describe, expect, it } from 'vitest';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { otherSheets } from '../src/intake/readers/sheet.ts';
import { suggestLayout } from '../src/intake/recognise/suggest.ts';
import { lookAtFile } from '../src/intake/source-file.ts';
import { literal } from '../src/storage/lake.ts';
import { age, useHome } from './home.ts';
import { zipOf } from './zip.ts';

const home = useHome();
const folder = mkdtempSync(join(tmpdir(), 'ramal-kinds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const OLD = join(import.meta.dirname, 'golden', 'old-sheet');

const layoutOf = (format: object, columns: object = {}): Layout =>
  parseLayout(
    {
      source: 'formas',
      version: 1,
      label: { pt: 'Formas', en: 'Forms' },
      holds: 'all',
      format,
      key: ['PROTOCOLO'],
      columns: {
        protocol: { from: ['PROTOCOLO'], as: 'text' },
        started_at: { from: ['DATA', 'HORA'], as: 'date-time', format: ['yyyy-mm-dd hh:mm:ss', 'dd/mm/yyyy hh:mm:ss'] },
        phone: { from: ['DDD', 'FONE'], as: 'phone' },
        agent_name: { from: ['OPERADOR'], as: 'text' },
        reason: { from: ['MOTIVO'], as: 'text' },
        talk_s: { from: ['SEGUNDOS'], as: 'duration' },
        satisfaction: { from: ['NOTA'], as: 'decimal' },
        ...columns,
      },
    },
    'formas',
  );

async function load(path: string, layout: Layout) {
  await home().reset();
  age(path);
  const batch = await home().load(path, layout);
  await home().store(batch, layout);
  const rows = await home().rows(
    `SELECT protocol, CAST(started_at AS VARCHAR) AS started_at, phone, agent_name, reason, talk_s,
       CAST(satisfaction AS DOUBLE) AS satisfaction FROM silver.contact ORDER BY row_id`,
  );
  return { batch, rows };
}

const kept = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  age(path);
  return path;
};
const suggest = (path: string) => suggestLayout(path, home().lake);
const proposals = (found: Awaited<ReturnType<typeof suggest>>) =>
  Object.fromEntries(found.columns.flatMap(({ name, canonical }) => (canonical ? [[name, canonical]] : [])));

const FIRST = {
  protocol: 'P0001',
  started_at: '2026-03-02 08:01:37',
  phone: '12987650001',
  agent_name: 'João Araújo',
  reason: 'Fatura',
  talk_s: 31,
  satisfaction: 1.5,
};

describe('a workbook of Excel 97 to 2003', () => {
  const path = join(OLD, 'chamadas-2026-03.xls');

  it('is read as the newer ones are', async () => {
    for (const kind of ['xls', 'xlsx']) {
      const { batch, rows } = await load(path, layoutOf({ kind }));
      expect(batch).toMatchObject({ rows_read: 40, loaded: 40, quarantined: 0, duplicate: 0 });
      expect(rows[0]).toEqual(FIRST);
      expect(rows.reduce((sum, row) => sum + Number(row.talk_s), 0)).toBe(2020);
      expect(rows.filter(({ reason }) => reason === 'desconhecido')).toHaveLength(8);
      expect(rows.filter(({ satisfaction }) => satisfaction === null)).toHaveLength(10);
    }
  });

  it('is recognised', async () => {
    const found = await suggest(path);
    expect(found).toMatchObject({ format: 'xls', header: true, before: 2, recordLayout: null });
    expect(proposals(found)).toMatchObject({
      PROTOCOLO: 'protocol',
      DATA: 'started_at',
      HORA: 'started_at',
      DDD: 'phone',
      FONE: 'phone',
      OPERADOR: 'agent_name',
      MOTIVO: 'reason',
    });
    expect(found.columns.find(({ name }) => name === 'DDD')).toMatchObject({
      with: 'FONE',
      why: '“DDD” e “FONE” juntos são 100% telefones com DDD',
    });
  });

  it('tells of its other sheets', async () => {
    expect(await otherSheets(await lookAtFile(path))).toEqual(['Outra']);
  });

  it('older than that is told as such', async () => {
    await expect(load(join(OLD, 'chamadas-biff5.xls'), layoutOf({ kind: 'xls' }))).rejects.toMatchObject({
      code: 'fileForeign',
      message: expect.stringContaining('Excel anterior ao 97'),
    });
  });

  it('cut anywhere loses no row in silence', async () => {
    const whole = readFileSync(path);
    for (let size = 600; size < whole.length; size += 700) {
      const cut = kept('cortada.xls', whole.subarray(0, size));
      await expect(load(cut, layoutOf({ kind: 'xls' })), `${size} bytes`).rejects.toMatchObject({
        code: expect.stringMatching(/fileDamaged|fileForeign/),
      });
    }
  });
});

describe('a page saved as a workbook', () => {
  const header = '<tr><th>PROTOCOLO<th>DATA<th>HORA<th>DDD<th>FONE<th>OPERADOR<th>MOTIVO<th>SEGUNDOS<th>NOTA</tr>';
  const row = (protocol: string) =>
    `<tr><td>${protocol}</td><td>02/03/2026</td><td>08:01:37</td><td align=right>12</td><td>987650001</td><TD nowrap>Jo&atilde;o&nbsp;Araújo<br></TD><td>Fatura</td><td>31</td><td>1.5</td></tr>`;
  const page = (rows: string) =>
    `<html><head><meta http-equiv="Content-Type" content="text/html"><style>td{mso-number-format:"\\@"}</style></head><body>\n<table border=1>\n${header}\n${rows}\n</table></body></html>`;

  it('gives its table', async () => {
    for (const encoding of ['latin1', 'utf8'] as const) {
      const path = kept('relatorio.xls', Buffer.from(page(row('P0001') + row('P0002')), encoding));
      const { batch, rows } = await load(path, layoutOf({ kind: 'xls' }));
      expect(batch).toMatchObject({ rows_read: 2, loaded: 2 });
      expect({ ...rows[0], agent_name: String(rows[0]!.agent_name).replace('\u00a0', ' ') }).toEqual(FIRST);
      expect(await suggest(path)).toMatchObject({ format: 'xls', header: true });
    }
  });

  it('that cannot be followed to its end is refused, not read in part', async () => {
    const path = kept('quebrado.xls', page(`${row('P0001')}<!-- nunca fecha ${row('P0002')}`));
    await expect(load(path, layoutOf({ kind: 'xls' }))).rejects.toMatchObject({ code: 'fileDamaged' });
  });
});

describe('Parquet', () => {
  const write = async (name: string, select: string) => {
    const path = join(folder, name);
    await home().lake.use((session) => session.run(`COPY (${select}) TO ${literal(path)} (FORMAT parquet)`));
    age(path);
    return path;
  };
  const CALLS = `SELECT 'P' || i AS PROTOCOLO, DATE '2026-03-02' + CAST(i AS INTEGER) AS DATA, TIME '08:00:00' + INTERVAL (i) SECOND AS HORA,
    CAST(11 AS TINYINT) AS DDD, CAST(987650000 + i AS BIGINT) AS FONE, CASE WHEN i % 2 = 0 THEN 'Ana;' || chr(10) || 'Lima' END AS OPERADOR,
    'Fatura' AS MOTIVO, CAST(60.5 AS DOUBLE) AS SEGUNDOS, CAST(i AS DECIMAL(18,3)) AS NOTA,
    TIMESTAMP '2026-03-02 23:59:59.5' AS QUANDO, {'nome': 'x', 'onde': {'uf': 'SP'}} AS cliente, [1, 2] AS tags
    FROM range(3) AS t(i)`;

  it('keeps what its types say, and lays structures flat', async () => {
    const path = await write('ligacoes.parquet', CALLS);
    const layout = layoutOf({ kind: 'parquet' }, { uf: { from: ['cliente_onde_uf'], as: 'text' } });
    const { batch, rows } = await load(path, layout);
    expect(batch).toMatchObject({ rows_read: 3, loaded: 3, encoding: null, delimiter: null });
    expect(rows).toMatchObject([
      {
        protocol: 'P0',
        started_at: '2026-03-02 08:00:00',
        phone: '11987650000',
        agent_name: 'Ana;\nLima',
        talk_s: 61,
        satisfaction: 0,
      },
      { protocol: 'P1', started_at: '2026-03-03 08:00:01', agent_name: 'desconhecido', satisfaction: 1 },
      { protocol: 'P2', started_at: '2026-03-04 08:00:02', satisfaction: 2 },
    ]);
    expect(await home().rows('SELECT DISTINCT uf FROM silver.contact')).toEqual([{ uf: 'SP' }]);
  });

  it('is recognised, and what holds several values is asked about', async () => {
    const found = await suggest(await write('sugere.parquet', CALLS));
    expect(found).toMatchObject({ format: 'parquet', header: true, dateFormats: ['yyyy-mm-dd'], decimal: '1234.5' });
    expect(found.columns.map(({ name, type }) => [name, type])).toEqual(
      expect.arrayContaining([
        ['DATA', 'date'],
        ['QUANDO', 'moment'],
        ['NOTA', 'decimal'],
        ['cliente_onde_uf', 'uf'],
      ]),
    );
    expect(found.asks).toContainEqual({
      about: 'fields',
      column: 'tags',
      text: expect.stringContaining('vários valores'),
    });
  });

  it('a list that the layout reads, a missing column and half a file are refused', async () => {
    const path = await write('lista.parquet', CALLS);
    const listed = layoutOf({ kind: 'parquet' }, { tags: { from: ['tags'], as: 'text' } });
    await expect(load(path, listed)).rejects.toMatchObject({
      code: 'fileOther',
      message: expect.stringContaining('tags'),
    });
    const other = await write('outra.parquet', 'SELECT 1 AS a');
    await expect(load(other, layoutOf({ kind: 'parquet' }))).rejects.toMatchObject({
      code: expect.stringMatching(/^header/),
    });
    const cut = kept('meia.parquet', readFileSync(path).subarray(0, 900));
    await expect(load(cut, layoutOf({ kind: 'parquet' }))).rejects.toMatchObject({ code: 'fileDamaged' });
    await expect(suggest(cut)).rejects.toMatchObject({ code: 'fileDamaged' });
  });

  it('is the file of that name, not those that its name would match', async () => {
    await write('a1.parquet', CALLS);
    const named = await write('a[1].parquet', `${CALLS} LIMIT 1`);
    expect(existsSync(join(folder, 'a1.parquet'))).toBe(true);
    expect((await load(named, layoutOf({ kind: 'parquet' }))).batch).toMatchObject({ rows_read: 1 });
  });
});

describe('a package of one text', () => {
  const CSV =
    'PROTOCOLO;DATA;HORA;DDD;FONE;OPERADOR;MOTIVO;SEGUNDOS;NOTA\nP0001;02/03/2026;08:01:37;12;987650001;João Araújo;Fatura;31;1.5\n';
  const layout = layoutOf({ kind: 'delimited' });

  it('is read through', async () => {
    for (const packed of [true, false]) {
      const zip = zipOf([{ name: 'pasta/março.csv', content: Buffer.from(CSV), packed }]);
      const path = kept('marco.csv.zip', zip);
      const { batch, rows } = await load(path, layout);
      expect(batch).toMatchObject({ rows_read: 1, loaded: 1, delimiter: ';' });
      expect(rows).toEqual([FIRST]);
      expect(await suggest(path)).toMatchObject({ format: 'delimited', delimiter: ';' });
    }
  });

  it('of several, of none, or of another package is refused', async () => {
    const one = { name: 'a.csv', content: Buffer.from(CSV) };
    for (const [entries, message] of [
      [[one, { ...one, name: 'b.csv' }], /2 arquivos/],
      [[], /0 arquivos/],
      [[{ name: 'dentro.zip', content: zipOf([one]) }], /sem texto dentro/],
    ] as const)
      await expect(load(kept('varios.zip', zipOf(entries)), layout)).rejects.toThrow(message);
  });
});

describe('what is not what its name says', () => {
  it.each([
    ['pdf.csv', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'um documento PDF'],
    ['foto.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'uma imagem'],
    ['texto.csv', '{\\rtf1\\ansi', 'um documento de texto (RTF)'],
    [
      'antiga.xls',
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="x">',
      'uma planilha XML de 2003',
    ],
    ['pagina.xls', 'MIME-Version: 1.0\nContent-Type: multipart/related', 'MHTML'],
    ['pacote.csv', 'Rar!\u001a\u0007\u0000', 'um pacote RAR'],
    ['carta.csv', zipOf([{ name: 'word/document.xml', content: Buffer.from('<w/>') }]), 'um documento do Word'],
    ['dados.xlsx', zipOf([{ name: 'content.xml', content: Buffer.from('<o/>') }]), 'LibreOffice'],
  ])('%s', async (name, content, what) => {
    const path = kept(name, content);
    const expected = { code: 'fileForeign', message: expect.stringContaining(what) };
    for (const kind of ['delimited', 'xlsx'])
      await expect(load(path, layoutOf({ kind }))).rejects.toMatchObject(expected);
    await expect(suggest(path)).rejects.toMatchObject(expected);
  });

  it('a workbook called CSV, a CSV called workbook', async () => {
    const workbook = kept('planilha.csv', await writeXlsx({ sheets: [{ name: 'a', rows: [['PROTOCOLO'], ['P1']] }] }));
    await expect(load(workbook, layoutOf({ kind: 'delimited' }))).rejects.toMatchObject({
      code: 'fileOther',
      message: expect.stringContaining('é uma planilha XLSX'),
    });
    expect(await suggest(workbook)).toMatchObject({ format: 'xlsx' });
    const text = kept('texto.xlsx', 'PROTOCOLO;DATA\nP1;02/03/2026\n');
    await expect(load(text, layoutOf({ kind: 'xlsx' }))).rejects.toMatchObject({ code: 'fileDamaged' });
    expect(await suggest(text)).toMatchObject({ format: 'delimited', delimiter: ';' });
  });

  it('a workbook behind a password', async () => {
    const locked = Buffer.alloc(2048);
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(locked);
    locked.write('EncryptedPackage\0', 1024, 'utf16le');
    const expected = { code: 'filePassword', message: expect.stringContaining('sem senha') };
    await expect(load(kept('senha.xlsx', locked), layoutOf({ kind: 'xlsx' }))).rejects.toMatchObject(expected);
    // An old one says so in a record after its first.
    const old = readFileSync(join(OLD, 'chamadas-2026-03.xls'));
    const begins = old.indexOf(Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]));
    expect(begins).toBeGreaterThan(0);
    old.writeUInt16LE(0x2f, begins + 4 + old.readUInt16LE(begins + 2));
    await expect(load(kept('senha.xls', old), layoutOf({ kind: 'xls' }))).rejects.toMatchObject(expected);
  });
});
