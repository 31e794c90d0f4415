import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DelimitedReader, type DelimitedSettings } from './delimited.ts';
import { RecordFile } from './record-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-delimited-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  /** Line and fields; a line break inside a field is shown as ⏎. */
  records: [number, ...string[]][];
  rejected: [number, string, string, string][];
  warnings: RecordFile['warnings'];
}

/** Reads the bytes in pieces of that many, and gives what was written down. */
function read(
  content: string | Buffer,
  settings: Partial<DelimitedSettings> = {},
  piece = 1 << 20,
  firstLine = 1,
): Result {
  const out = new RecordFile(join(folder, 'records'));
  const all = { file: 'a.csv', delimiter: ';', quote: '"', encoding: 'utf-8', columns: 2, ...settings } as const;
  const reader = new DelimitedReader(out, all, firstLine);
  const bytes = Buffer.from(content as string);
  try {
    for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
    reader.finish();
  } finally {
    out.close();
  }
  const lines = (path: string, separator: string) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) =>
        line.split(separator).map((field) => field.replaceAll('\u001e', '⏎').replaceAll('\u001d', separator)),
      );
  return {
    records: lines(out.path, all.delimiter).map(([line, ...fields]) => [Number(line), ...fields]),
    rejected: lines(out.badPath, '\u001f').map(
      ([line, ...fields]) => [Number(line), ...fields] as Result['rejected'][number],
    ),
    warnings: out.warnings,
  };
}

const CASES: [string, string, Result['records'], Result['rejected']?][] = [
  [
    'lines of delimiters alone, as sheets pad with, are none',
    ';\na;1\n;\n;\r\nb;2\r;;;\r"";""\n;3\n;',
    [
      [2, 'a', '1'],
      [5, 'b', '2'],
      [8, '', '3'],
    ],
  ],
  [
    'line ends LF, CRLF and CR',
    'a;1\nb;2\r\nc;3\rd;4',
    [
      [1, 'a', '1'],
      [2, 'b', '2'],
      [3, 'c', '3'],
      [4, 'd', '4'],
    ],
  ],
  [
    'blank lines count as lines and are no records',
    '\n\r\n\ra;1\n\n\nb;2\n',
    [
      [4, 'a', '1'],
      [7, 'b', '2'],
    ],
  ],
  ['quotes, doubled inside', '"a;x";"1 ""2"""\n', [[1, 'a;x', '1 "2"']]],
  [
    'a line break in quotes counts as a line',
    '"a\r\nb\nc\rd";1\ne;2\n',
    [
      [1, 'a⏎b⏎c⏎d', '1'],
      [5, 'e', '2'],
    ],
  ],
  ['a quote inside a field is itself', 'a"b";"c"d"\n', [[1, 'a"b"', 'cd"']]],
  ['a quoted field that is empty', '"";"x"\n', [[1, '', 'x']]],
  ['an empty field', ';x\n', [[1, '', 'x']]],
  ['a last record without a line end', 'a;"1"', [[1, 'a', '1']]],
  ['too few fields', 'a\nb;2\n', [[2, 'b', '2']], [[1, 'too-few-columns', '1', 'a']]],
  ['too many fields', 'a;1;x;"y\nz"\nb;2\n', [[3, 'b', '2']], [[1, 'too-many-columns', '4', 'a;1;x;y⏎z']]],
  [
    'a record that is too long',
    `${'x'.repeat(70_000)};1\nb;2\n`,
    [[2, 'b', '2']],
    [[1, 'record-too-long', '> 1000 bytes', 'x'.repeat(4000)]],
  ],
];

describe('reads', () => {
  it.each(CASES)('%s', (_, text, records, rejected = []) => {
    const longest = { longest: 1000 };
    expect(read(text, longest)).toMatchObject({ records, rejected });
  });

  it.each(CASES.slice(0, -1))('%s, whatever the pieces', (_, text, records, rejected = []) => {
    for (const piece of [1, 2, 3, 5]) expect(read(text, {}, piece)).toMatchObject({ records, rejected });
  });

  it('from the line that it is told to be on', () => {
    expect(read('a;1\n', {}, 100, 3).records).toEqual([[3, 'a', '1']]);
  });

  it('a million lines with their numbers', () => {
    const rows = 1_000_000;
    const { records } = read(Array.from({ length: rows }, (_, index) => `${index};x\n`).join(''), {}, 65_537);
    expect(records).toHaveLength(rows);
    expect(records.findIndex(([line, value]) => line !== Number(value) + 1)).toBe(-1);
  });

  it('a source without quotes', () => {
    expect(read('"a;1"\n', { quote: '' }).records).toEqual([[1, '"a', '1"']]);
  });
});

describe('characters', () => {
  it('of Windows-1252 become UTF-8, all of them', () => {
    const high = Buffer.from(Array.from({ length: 128 }, (_, index) => 0x80 + index));
    const content = Buffer.concat([high, Buffer.from(';1\n')]);
    const expected = new TextDecoder('windows-1252').decode(high);
    expect(read(content, { encoding: 'windows-1252' }).records).toEqual([[1, expected, '1']]);
    expect(read(content, { encoding: 'windows-1252' }, 7).records).toEqual([[1, expected, '1']]);
  });

  it('of a record that is no UTF-8 are read as Windows-1252, and counted', () => {
    const content = Buffer.concat([Buffer.from('ação;1\n'), Buffer.from('ação;2\n', 'latin1'), Buffer.from('ção;3\n')]);
    const { records, warnings } = read(content);
    expect(records).toEqual([
      [1, 'ação', '1'],
      [2, 'ação', '2'],
      [3, 'ção', '3'],
    ]);
    expect(warnings).toEqual({ brokenCharacters: 0, mixedEncoding: 1, controlCharacters: 0 });
  });

  it('that were broken already are kept, and their records counted', () => {
    const { records, rejected, warnings } = read('S\ufffdo Paulo \ufffd;1\nok;2\nS\ufffdo\n');
    expect(records).toEqual([
      [1, 'S\ufffdo Paulo \ufffd', '1'],
      [2, 'ok', '2'],
    ]);
    expect(rejected).toEqual([[3, 'too-few-columns', '1', 'S\ufffdo']]);
    expect(warnings.brokenCharacters).toBe(1);
  });

  it('that control a machine become spaces, and are counted', () => {
    const { records, warnings } = read('a\u0000b;\u001f1\u001e\n"\u001d";2\n');
    expect(records).toEqual([
      [1, 'a b', ' 1 '],
      [2, ' ', '2'],
    ]);
    expect(warnings.controlCharacters).toBe(4);
  });

  it('of a refused record are mended too', () => {
    expect(read(Buffer.from('ação\n', 'latin1')).rejected).toEqual([[1, 'too-few-columns', '1', 'ação']]);
  });

  it('of a record that is cut short are not cut in two', () => {
    const { rejected } = read(`x${'ç'.repeat(70_001)}\n`, { longest: 1000, columns: 1 });
    expect(rejected).toEqual([[1, 'record-too-long', '> 1000 bytes', `x${'ç'.repeat(2047)}`]]);
  });
});

describe('a quote that never closes', () => {
  it('is told with the line it opens on', () => {
    expect(() => read('a;1\n"b;2\nc;3\n')).toThrow(/a\.csv.*aspas abertas na linha 2 não fecham\./);
  });

  it('is told before it takes all memory', () => {
    expect(() => read(`"${'x\n'.repeat(100_000)}`, { longest: 1000 })).toThrow(/linha 1 não fecham em 1000 bytes/);
  });
});
