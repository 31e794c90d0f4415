import { describe, expect, test } from 'vitest';
import { recogniseBytes } from './suggest.ts';

const range = (rows: number) => Array.from({ length: rows }, (_, row) => row);
const two = (value: number) => String(value).padStart(2, '0');
const found = (lines: readonly string[]) => {
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  return recogniseBytes(Buffer.from(`${lines.join('\r\n')}\r\n`), 'a.csv', false);
};

/** 21 characters in each row, as in `CLIENTE;STATUS;CRIADO`; its separators stand elsewhere. */
const CUSTOMERS = range(30).map((row) => `0000${two(row)};ATIVO;202601${two(1 + (row % 28))}`);
/** 26 in each, though neither codes nor statuses are of one length: what one has more the other has less. */
const MOVING = range(30).map((row) => {
  const [code, status] = row % 3 === 0 ? [`C${1000 + row}`, 'BLOQUEADO'] : [`C${10_000_000 + row}`, 'ATIVO'];
  return `${code};${status};2026-01-${two(1 + (row % 28))}`;
});

describe.each([';', ',', '|', '\t'])('lines of one length that %j parts into as many fields are delimited', (sign) => {
  const written = (lines: readonly string[]) => found(lines.map((line) => line.replaceAll(';', sign)));
  const form = { format: 'delimited', delimiter: sign };

  test('under a header of the same length', () => {
    const { columns, ...rest } = written(['CLIENTE;STATUS;CRIADO', ...CUSTOMERS]);
    expect(rest).toMatchObject({ ...form, header: true, before: 0, after: 0 });
    expect(columns.map(({ name, type, examples }) => [name, type, examples[0]])).toEqual([
      ['CLIENTE', 'integer', '000000'],
      ['STATUS', 'text', 'ATIVO'],
      ['CRIADO', 'date', '20260101'],
    ]);
  });

  test('without a header, wherever it stands in each', () => {
    const { columns, ...rest } = written(MOVING);
    expect(rest).toMatchObject({ ...form, header: false });
    expect(columns.map(({ type, examples }) => [type, examples[0]])).toEqual([
      ['text', 'C1000'],
      ['text', 'BLOQUEADO'],
      ['date', '2026-01-01'],
    ]);
  });

  test('in two fields', () => {
    const { columns, ...rest } = written(
      range(12).map((row) => (row % 2 ? `${100 + row};Manaus` : `${row + 10};Niterói`)),
    );
    expect(rest).toMatchObject({ ...form, header: false });
    expect(columns.map(({ type }) => type)).toEqual(['integer', 'text']);
  });
});

test('with the separator inside quotes, they are delimited', () => {
  const lines = range(12).map((row) => (row % 2 ? `"Silva; Ana";${1000 + row};SP` : `"Lima; Bia";${10_000 + row};RJ`));
  expect(found(lines)).toMatchObject({ format: 'delimited', delimiter: ';', quote: '"', columns: [{}, {}, {}] });
});

test('with a row in ten that lacks a field, they are delimited', () => {
  const lines = CUSTOMERS.map((line, row) => (row % 10 === 5 ? '000000;ATIVO-20260101' : line));
  expect(found(['CLIENTE;STATUS;CRIADO', ...lines])).toMatchObject({ format: 'delimited', columns: [{}, {}, {}] });
});

test('one column of codes as long as its name is a column', () => {
  const lines = ['CPF_CLIENTE', ...range(60).map((row) => `529982${two(row)}725`)];
  const { columns, ...rest } = found(lines);
  expect(rest).toMatchObject({ format: 'delimited', header: true, before: 0 });
  expect(columns).toMatchObject([{ name: 'CPF_CLIENTE', examples: ['52998200725', '52998201725', '52998202725'] }]);
});

test('amounts in columns parted by commas, quoted, are columns', () => {
  const lines = range(12).map((row) => `"Ana  Lima","${two(row)},50",SP`);
  expect(found(lines)).toMatchObject({ format: 'delimited', delimiter: ',', columns: [{}, {}, {}] });
});

test('numbers alone parted by commas are columns', () => {
  expect(found(range(12).map((row) => `1000${two(row)},20,30`))).toMatchObject({
    ...{ format: 'delimited', delimiter: ',', columns: [{}, {}, {}] },
  });
});

const STREETS = ['Rua A, 12', 'Avenida Brasil, 7', 'R. B, 3', 'Praça da Sé, 100', 'Rua CCC, 1', 'Largo D, 22'];
const street = (row: number, width: number) => STREETS[row % STREETS.length]!.padEnd(width);

describe('fields at fixed places hold signs that may separate others, as many in each line', () => {
  const fixed = (line: (row: number) => string) => {
    const { format, delimiter, columns } = found(range(30).map(line));
    return { format, delimiter, places: columns.map(({ from, to }) => [from, to]) };
  };
  const form = { format: 'fixed', delimiter: null };

  test('a comma in an address before another field', () => {
    expect(fixed((row) => `${two(row)}0000${street(row, 24)}SP`)).toMatchObject({
      ...form,
      places: [
        [1, 6],
        [7, 30],
        [31, 32],
      ],
    });
  });

  test('a comma in an address at the end', () => {
    expect(fixed((row) => `${two(row)}0000${street(row, 24)}`)).toMatchObject({
      ...form,
      places: [
        [1, 6],
        [7, 30],
      ],
    });
  });

  test('a comma in an address, and amounts filled from the left', () => {
    const amount = (row: number) => String(row * row * 100).padStart(10);
    expect(fixed((row) => `${street(row, 20)}${amount(row)}`).format).toBe('fixed');
  });

  test.each([';', '|', '#'])('%s in a remark of some words', (sign) => {
    const remark = (row: number) => `${['ligou', 'nao atende', 'pediu boleto'][row % 3]}${sign}retornar`.padEnd(30);
    expect(fixed((row) => `${two(row)}52998224725${remark(row)}20260131`)).toMatchObject({
      ...form,
      places: [
        [1, 13],
        [14, 43],
        [44, 51],
      ],
    });
  });

  test('a comma in texts that mostly fill their places', () => {
    const remarks = ['cobrança, reconhece', 'pediu, mas não veio', 'o, na fatura'];
    expect(fixed((row) => `${two(row)}0000${remarks[row % 3]!.padEnd(19).slice(0, 19)}11987654321`)).toMatchObject({
      ...form,
      places: [
        [1, 6],
        [7, 25],
        [26, 36],
      ],
    });
  });

  const cents = (row: number, fill: string) => `${String(row * 37).padStart(7, fill)},50`;
  const client = (row: number) => `${two(row)}0000${['ANA LIMA', 'JOSE DA SILVA', 'BIA'][row % 3]!.padEnd(24)}`;

  test('the comma of an amount, at the same place in each', () => {
    const { columns, ...rest } = found(range(30).map((row) => `${client(row)}${cents(row, '0')}SP`));
    expect(rest).toMatchObject({ ...form, decimal: '1.234,5' });
    expect(columns.map(({ from, to, type, examples }) => [from, to, type, examples[1]])).toEqual([
      [1, 6, 'integer', '010000'],
      [7, 30, 'text', 'JOSE DA SILVA'],
      [31, 40, 'decimal', '0000037,50'],
      [41, 42, 'uf', undefined],
    ]);
  });

  test('those of two amounts filled with blanks', () => {
    const places = fixed((row) => `${client(row)}${cents(row, ' ')}${cents(row, ' ')}`).places;
    // 29 × 37 is 1073: three blanks stand before the longest amount, in every line.
    expect([places[0], places[2], places.at(-1)]).toEqual([
      [1, 6],
      [34, 40],
      [44, 50],
    ]);
  });

  test('of days and times, which are not cut at their signs', () => {
    const { columns } = found(range(30).map((row) => `${client(row)}${two(1 + (row % 28))}/03/2026 10:00`));
    expect(columns.map(({ from, to, type }) => [from, to, type])).toEqual([
      [1, 6, 'integer'],
      [7, 30, 'text'],
      [31, 40, 'date'],
      [41, 41, 'empty'],
      [42, 46, 'time'],
    ]);
  });

  test('the comma of an amount after a CPF', () => {
    const cpf = (row: number) => ['52998224725', '11144477735', '39053344705'][row % 3]!;
    expect(fixed((row) => `${client(row)}${cpf(row)}${cents(row, '0')}`).places).toEqual([
      [1, 6],
      [7, 30],
      [31, 41],
      [42, 51],
    ]);
  });

  test('more of them in some lines than in others', () => {
    const name = (row: number) => ['SILVA,ANA', 'SOUZA,BIA,ME', 'LIMA', 'REIS,CAIO'][row % 4]!.padEnd(16);
    expect(fixed((row) => `${name(row)}${two(row)}${two(row)}0001`)).toMatchObject({
      ...form,
      places: [
        [1, 16],
        [17, 24],
      ],
    });
  });
});
