import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import type { CellKind, TableFile } from './table-file.ts';
import { type Sheet, workbookStream } from './workbook.ts';

function tableOf(columns: readonly (readonly [string, CellKind])[], ...blocks: unknown[][][]): TableFile {
  return {
    name: 'teste',
    lang: 'pt',
    columns: columns.map(([name, kind]) => ({ name, kind })),
    rows: (async function* () {
      yield* blocks;
    })(),
    about: [
      ['Ramal', 'Atendimentos'],
      ['Período', '=HOJE()'],
    ],
    missingLabel: 'Não informado',
  };
}

const EVERY_KIND = [
  ['Texto', 'text'],
  ['Inteiro', 'integer'],
  ['Nota', 'number'],
  ['Taxa', 'ratio'],
  ['Tempo', 'seconds'],
  ['Lote', 'code'],
  ['Hora', 'hour'],
  ['Dia', 'day'],
  ['Momento', 'moment'],
  ['Provisório', 'boolean'],
] as const;
const ROW = ['São Paulo', 1234567, 3.5, 0.1764321984732, 3725.4, 2311, 8, '2026-11-05', '2026-11-05T08:07:06', true];

/** The workbook of one table. */
const workbookOf = ({ lang, missingLabel, about, ...sheet }: TableFile, most?: number): Promise<Buffer> =>
  buffer(
    workbookStream({
      lang,
      missingLabel,
      about,
      sheets: [{ ...sheet, name: lang === 'pt' ? 'Dados' : 'Data' }],
      ...(most === undefined ? {} : { most }),
    }),
  );

test('a text that looks like a formula is stored as a text', async () => {
  const texts = ['=1+1', '+A1', '-2+3', '@SOMA(A1)', '\t=1', '-5'];
  const bytes = await workbookOf(
    tableOf(
      [['=T', 'text']],
      texts.map((text) => [text]),
    ),
  );
  const { sheets } = await readXlsx(bytes);
  expect(sheets[1]!.rows.map(([cell]) => cell)).toEqual(['=T', ...texts]);
  for (const cell of sheets[1]!.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
});

test('a sheet about it, then the rows with native numbers, days and times', async () => {
  const { sheets } = await readXlsx(await workbookOf(tableOf(EVERY_KIND, [ROW])), { readStyles: true });
  expect(sheets.map(({ name }) => name)).toEqual(['Sobre', 'Dados']);
  const [about, data] = sheets;
  expect(about!.rows).toEqual([
    ['Ramal', 'Atendimentos'],
    ['Período', '=HOJE()'],
  ]);
  expect(data!.rows[0]).toEqual(EVERY_KIND.map(([name]) => name));
  const [text, whole, score, rate, time, batch, hour, day, moment, flag] = data!.rows[1]!;
  expect([text, whole, score, rate, batch, flag]).toEqual(['São Paulo', 1_234_567, 3.5, 0.176432, 2311, 'sim']);
  expect(day).toEqual(new Date('2026-11-05T00:00:00Z'));
  expect(moment).toEqual(new Date('2026-11-05T08:07:06Z'));
  // A duration is a share of a day, which readers show as a time of the sheet's first day.
  expect((time as Date).toISOString().slice(11, 19)).toBe('01:02:05');
  expect((hour as Date).toISOString().slice(11, 16)).toBe('08:00');
  const format = (column: number) => data!.cells?.get(`1,${column}`)?.style?.numFmt;
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(format)).toEqual([
    '#,##0',
    '#,##0.00',
    '0.0%',
    '[h]:mm:ss',
    '0',
    'hh:mm',
    'dd/mm/yyyy',
    'dd/mm/yyyy hh:mm:ss',
  ]);
});

test('in English: sheets, days, yes and no', async () => {
  const table: TableFile = { ...tableOf(EVERY_KIND, [ROW]), lang: 'en' };
  const { sheets } = await readXlsx(await workbookOf(table), { readStyles: true });
  expect(sheets.map(({ name }) => name)).toEqual(['About', 'Data']);
  expect(sheets[1]!.rows[1]!.at(-1)).toBe('yes');
  expect(sheets[1]!.cells?.get('1,7')?.style?.numFmt).toBe('yyyy-mm-dd');
});

test('an address on its first sheet can be followed', async () => {
  const address = 'http://127.0.0.1:8390/rechamadas?from=2026-10-26';
  const { sheets } = await readXlsx(
    await workbookOf({ ...tableOf([['N', 'integer']], []), about: [['Tela', address]] }),
  );
  expect(sheets[0]!.rows).toEqual([['Tela', address]]);
  expect(sheets[0]!.cells?.get('0,1')?.hyperlink?.target).toBe(address);
});

test('its header stays in sight and filters', async () => {
  const names = Array.from({ length: 28 }, (_, index) => [`C${index}`, 'integer'] as const);
  const { sheets } = await readXlsx(await workbookOf(tableOf(names, [names.map((_, index) => index)])));
  expect(sheets[1]).toMatchObject({ freezePane: { rows: 1 }, autoFilter: { range: 'A1:AB2' } });
});

test('columns are as wide as they need: a day is no wider than its text', async () => {
  const table = tableOf(EVERY_KIND, [['um texto que é bem mais comprido do que quarenta letras', ...ROW.slice(1)]]);
  const widths = (await readXlsx(await workbookOf(table))).sheets[1]!.columns!.map(({ width }) => width);
  expect(widths).toEqual([40, 12, 12, 12, 12, 12, 12, 12, 21, 14]);
});

test('a text that looks like a formula is a text, a missing one has the configured word, null is empty', async () => {
  const table = tableOf(
    [
      ['T', 'text'],
      ['N', 'number'],
    ],
    [
      ['=1+1', null],
      ['desconhecido', 2],
    ],
  );
  const { sheets } = await readXlsx(await workbookOf(table), { readStyles: true });
  expect(sheets[1]!.rows.slice(1)).toEqual([
    ['=1+1', null],
    ['Não informado', 2],
  ]);
  expect(sheets[1]!.cells?.get('1,0')?.formula).toBeUndefined();
});

test('rows that a sheet has no place for go on in the next, under the same heading', async () => {
  const rows = Array.from({ length: 7 }, (_, index) => [index]);
  const { sheets } = await readXlsx(await workbookOf(tableOf([['N', 'integer']], rows.slice(0, 2), rows.slice(2)), 4));
  expect(sheets.map(({ name }) => name)).toEqual(['Sobre', 'Dados', 'Dados (2)', 'Dados (3)']);
  expect(sheets.slice(1).map(({ rows: held }) => held.map(([cell]) => cell))).toEqual([
    ['N', 0, 1, 2],
    ['N', 3, 4, 5],
    ['N', 6],
  ]);
});

test('a sheet that its rows fill to the last is not followed by an empty one', async () => {
  const { sheets } = await readXlsx(await workbookOf(tableOf([['N', 'integer']], [[1], [2], [3]]), 4));
  expect(sheets.map(({ name }) => name)).toEqual(['Sobre', 'Dados']);
});

test('rows are asked for no faster than they are written', async () => {
  let given = 0;
  const endless = (async function* () {
    for (;;) {
      given++;
      yield Array.from({ length: 1000 }, () => [Math.sqrt(given), 'texto']);
    }
  })();
  const stream = workbookStream({
    lang: 'pt',
    missingLabel: '',
    about: [],
    sheets: [
      {
        name: 'Dados',
        columns: [
          { name: 'N', kind: 'number' },
          { name: 'T', kind: 'text' },
        ],
        rows: endless,
      },
    ],
  });
  for await (const _ of stream) if (given > 50) break;
  const seen = given;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(given).toBeLessThan(seen + 100);
});

test('a table whose rows fail ends the file in an error, not in a whole-looking file', async () => {
  const failing = (async function* () {
    yield [[1]];
    throw new Error('disk full');
  })();
  await expect(workbookOf({ ...tableOf([['N', 'integer']]), rows: failing })).rejects.toThrow('disk full');
});

test('several tables: names short, of their own, and without what Excel refuses', async () => {
  const sheet = (name: string, value: number): Sheet => ({ ...tableOf([['N', 'integer']], [[value]]), name });
  const long = 'Rechamadas por supervisor do dia e motivo';
  const sheets = [sheet(long, 1), sheet(long, 2), sheet('a/b:c?*[d]', 3)];
  const read = await readXlsx(
    await buffer(workbookStream({ lang: 'pt', missingLabel: '', about: [['a', 'b']], sheets })),
  );
  expect(read.sheets.map(({ name }) => name)).toEqual([
    'Sobre',
    'Rechamadas por supervisor do di',
    'Rechamadas por supervisor d (2)',
    'a b c   d',
  ]);
  expect(read.sheets.slice(1).map(({ rows }) => rows[1]![0])).toEqual([1, 2, 3]);
});

test('any text comes back as it went, but for signs that XML has no place for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1 }), async (texts) => {
      const rows = texts.map((text) => [`.${text}`]);
      const { sheets } = await readXlsx(await workbookOf(tableOf([['T', 'text']], rows)));
      const kept = (text: string) => text.toWellFormed().replace(/[\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu, '');
      const ends = (text: unknown) => String(text).replace(/\r\n?/g, '\n');
      expect(sheets[1]!.rows.slice(1).map(([cell]) => ends(cell))).toEqual(rows.map(([text]) => ends(kept(text!))));
    }),
    { numRuns: 50 },
  );
});

test('a text longer than a cell may hold is cut, and says so', async () => {
  const { sheets } = await readXlsx(await workbookOf(tableOf([['T', 'text']], [['a'.repeat(40_000)]])));
  const cell = String(sheets[1]!.rows[1]![0]);
  expect([cell.length, cell.at(-1)]).toEqual([32_767, '…']);
});

test('whoever leaves closes the rows of every sheet that was opened, and opens no other', async () => {
  const closed: string[] = [];
  async function* rows(name: string, blocks: number) {
    try {
      for (let block = 0; block < blocks; block++)
        yield Array.from({ length: 1000 }, (_, at) => [`${name} ${block} ${at}`]);
    } finally {
      closed.push(name);
    }
  }
  const sheets = [
    { ...tableOf([['T', 'text']]), name: 'first', rows: rows('first', 1e6) },
    { ...tableOf([['T', 'text']]), name: 'second', rows: rows('second', 1) },
  ];
  const atOnce = workbookStream({ lang: 'pt', missingLabel: '', about: [['a', 'b']], sheets });
  atOnce.destroy();
  const midway = workbookStream({
    lang: 'pt',
    missingLabel: '',
    about: [['a', 'b']],
    sheets: [{ ...sheets[0]!, rows: rows('third', 1e6) }],
  });
  let bytes = 0;
  for await (const block of midway) {
    bytes += (block as Buffer).length;
    if (bytes > 100_000) break;
  }
  for (let turn = 0; turn < 100 && !closed.includes('third'); turn++) await new Promise((then) => setTimeout(then, 10));
  expect(closed).toEqual(['third']);
});
