import { describe, expect, it } from 'vitest';
import { sniff, splitRecord } from './sniff.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);

describe('the encoding', () => {
  it.each([
    ['ASCII alone is UTF-8', bytes('a;b\n1;2\n'), 'utf-8', false],
    ['accents in UTF-8', bytes('nome;ação\nJosé;sim\n'), 'utf-8', false],
    ['a byte order mark', bytes('\ufeffnome;ação\n'), 'utf-8', true],
    ['accents in Windows-1252', bytes('nome;ação\nJosé;sim\n', 'latin1'), 'windows-1252', false],
    [
      'one Windows-1252 line among UTF-8 ones',
      Buffer.concat([bytes('ação\nJosé\nção\n'), bytes('Antônio\n', 'latin1')]),
      'utf-8',
      false,
    ],
    [
      'one UTF-8 line among Windows-1252 ones',
      Buffer.concat([bytes('ação\nJosé\nção\n', 'latin1'), bytes('Antônio\n')]),
      'windows-1252',
      false,
    ],
    [
      'capitals before a closing quote, which by chance are UTF-8 of another script',
      Buffer.from('nome;obs\n1;\x93ITA\xda\x94\n2;CAL\xc7\x94\n', 'latin1').subarray(0, -1),
      'windows-1252',
      false,
    ],
    ['only an emoji beyond ASCII', bytes('nome;obs\n1;😀\n'), 'utf-8', false],
    ['a single line without its end, in Windows-1252', bytes('ação', 'latin1'), 'windows-1252', false],
  ])('%s', (_, head, encoding, bom) => {
    expect(sniff(head, 'a.csv')).toMatchObject({ encoding, bom });
  });

  it('is not misled by a character that the end of the head cut in two', () => {
    const head = bytes(`${'linha com ação\r'.repeat(10)}ç`).subarray(0, -1);
    expect(sniff(head, 'a.csv').encoding).toBe('utf-8');
  });

  it('is what the layout says, except when the bytes say UTF-8', () => {
    const latin = bytes('ação;x\n', 'latin1');
    expect(sniff(latin, 'a.csv', { encoding: 'utf-8' }).encoding).toBe('utf-8');
    expect(sniff(bytes('ação;x\n'), 'a.csv', { encoding: 'windows-1252' }).encoding).toBe('utf-8');
  });

  it('of UTF-16 and of what is no text is refused', () => {
    expect(() => sniff(bytes('\ufeffa;b', 'utf16le'), 'u.csv')).toThrow(/u\.csv.*UTF-16/);
    expect(() => sniff(Buffer.from([0xfe, 0xff, 0, 97]), 'u.csv')).toThrow(/UTF-16/);
    expect(() => sniff(Buffer.from([97, 98, 0]), 'u.csv')).toThrow(/u\.csv não é texto: byte nulo na posição 2/);
  });
});

describe('the delimiter', () => {
  it.each([
    ['semicolons with decimal commas', 'a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n', ';'],
    ['commas', 'a,b,c\n1,2,3\n', ','],
    ['tabs', 'a\tb c\n1\t2\n', '\t'],
    ['bars', 'a|b;c\n1|2\n3|4\n', '|'],
    ['commas around quoted semicolons', 'a,b\n"x;y;z","1"\n"x;y;z","2"\n', ','],
    ['commas around quoted line breaks', 'a,b,c\n"1\n2\n3\n4","x","y"\n', ','],
    ['a title over the table', 'Relatório de ligações\n\na;b;c\n1;2;3\n4;5;6\n', ';'],
    ['one column alone', 'nome\nAna\nRui\n', ';'],
    ['one ragged line', 'a;b;c\n1;2;3\n1;2\n1;2;3\n', ';'],
    ['carriage returns as line ends', 'a,b\r1,2\r3,4\r', ','],
  ])('%s', (_, text, delimiter) => {
    expect(sniff(bytes(text), 'a.csv').delimiter).toBe(delimiter);
  });

  it('is what the layout says', () => {
    expect(sniff(bytes('a;b;c\n'), 'a.csv', { delimiter: ',' })).toMatchObject({ delimiter: ',', first: ['a;b;c'] });
  });
});

describe('the first record', () => {
  it.each([
    ['plain', 'a;b;c\nd', ['a', 'b', 'c']],
    ['blank lines before it', '\r\n\n\na;b', ['a', 'b']],
    ['quotes, doubled inside', '"a;1";"b ""x""";c\n', ['a;1', 'b "x"', 'c']],
    ['a line break in quotes', '"a\nb";c\nd', ['a\nb', 'c']],
    ['a quote inside a field is itself', 'a"b;c"\n', ['a"b', 'c"']],
    ['text after a closing quote is kept', '"a"b;c\n', ['ab', 'c']],
    ['an empty quoted field is over once closed', '"";a\n', ['', 'a']],
    ['empty fields', ';;\n', ['', '', '']],
    ['nothing', '', ['']],
  ])('%s', (_, text, fields) => {
    expect(splitRecord(text, ';', '"')).toEqual(fields);
  });

  it('has no quotes where the source has none', () => {
    expect(splitRecord('"a;b"\n', ';', '')).toEqual(['"a', 'b"']);
  });
});
