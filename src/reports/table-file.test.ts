import { describe, expect, test } from 'vitest';
import { type CellKind, csvStream, type TableFile } from './table-file.ts';

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

async function csvOf(table: TableFile): Promise<string> {
  const parts: string[] = [];
  for await (const part of csvStream(table)) parts.push(String(part));
  return parts.join('');
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

describe('CSV', () => {
  test('opens right in a Brazilian Excel: BOM, semicolons, decimal commas, CRLF, days as dd/mm/yyyy', async () => {
    expect(await csvOf(tableOf(EVERY_KIND, [ROW]))).toBe(
      '\ufeffTexto;Inteiro;Nota;Taxa;Tempo;Lote;Hora;Dia;Momento;Provisório\r\n' +
        'São Paulo;1234567;3,5;0,176432;1:02:05;2311;08:00;05/11/2026;05/11/2026 08:07:06;sim\r\n',
    );
  });

  test('in English: the same delimiter, decimal points, ISO days, yes and no', async () => {
    const table: TableFile = { ...tableOf(EVERY_KIND, [ROW]), lang: 'en' };
    expect((await csvOf(table)).split('\r\n')[1]).toBe(
      'São Paulo;1234567;3.5;0.176432;1:02:05;2311;08:00;2026-11-05;2026-11-05 08:07:06;yes',
    );
  });

  test.each([
    ['ratio', 1 / 3, '0,333333'],
    ['ratio', 0, '0'],
    ['ratio', 1, '1'],
    ['ratio', 1e-7, '0'],
    ['ratio', -1e-7, '0'],
    ['ratio', 2.5e-6, '0,000003'],
    ['number', 100, '100'],
    ['number', 4.1 + 0.2, '4,3'],
    ['number', 12_345.67899, '12345,679'],
    ['seconds', 347.6, '0:05:48'],
    ['seconds', 3599.6, '1:00:00'],
    ['seconds', 1_419_120, '394:12:00'],
    ['hour', 10.5, '10:30'],
  ] as const)('%s %d is written %s', async (kind, value, written) => {
    expect(await csvOf(tableOf([['V', kind]], [[value]]))).toBe(`\ufeffV\r\n${written}\r\n`);
  });

  test('a table without rows has its header', async () => {
    expect(await csvOf(tableOf([['A; "B"', 'text']]))).toBe('\ufeff"A; ""B"""\r\n');
  });

  test('what is missing is empty; the word for it is the configured one', async () => {
    const row = [null, undefined, null, null, null, null, null, null, null, null];
    expect(await csvOf(tableOf(EVERY_KIND, [row, ['desconhecido', ...row.slice(1)]]))).toMatch(
      /\r\n;;;;;;;;;\r\nNão informado;;;;;;;;;\r\n$/,
    );
  });

  test.each([
    ['ponto;e vírgula', '"ponto;e vírgula"'],
    ['disse "não"', '"disse ""não"""'],
    ['duas\nlinhas', '"duas\nlinhas"'],
    ['vírgula, só', 'vírgula, só'],
  ])('%j is quoted where needed', async (text, written) => {
    expect(await csvOf(tableOf([['T', 'text']], [[text]]))).toBe(`\ufeffT\r\n${written}\r\n`);
  });

  test.each([
    '=1+1',
    '+55 11',
    '-2+3',
    '@SOMA(A1)',
    '\t=1',
    '\r=1',
    '=HYPERLINK("http://x";"y")',
    '\n=1',
    '＝1+1',
    '-5+cmd',
  ])('%j is no formula', async (text) => {
    const written = (await csvOf(tableOf([['T', 'text']], [[text]]))).slice('\ufeffT\r\n'.length, -2);
    const cell = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
    expect(cell).toBe(`'${text}`);
  });

  test.each(['-5', '+5511987654321', '-1.234,56', '-0,5'])('%j, a number in a text, is not spoiled', async (text) => {
    expect(await csvOf(tableOf([['T', 'text']], [[text]]))).toBe(`\ufeffT\r\n${text}\r\n`);
  });

  test('a heading is no formula either', async () => {
    expect(await csvOf(tableOf([['=1+1', 'text']]))).toBe("\ufeff'=1+1\r\n");
  });

  test('a lone hyphen is a text already, and a negative number stays a number', async () => {
    const table = tableOf(
      [
        ['T', 'text'],
        ['N', 'number'],
      ],
      [['-', -1.5]],
    );
    expect(await csvOf(table)).toBe('\ufeffT;N\r\n-;-1,5\r\n');
  });

  test('blocks follow one another', async () => {
    expect(await csvOf(tableOf([['N', 'integer']], [[1], [2]], [], [[3]]))).toBe('\ufeffN\r\n1\r\n2\r\n3\r\n');
  });
});
