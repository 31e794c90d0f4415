import { describe, expect, it } from 'vitest';
import { cpfCheckDigits } from '../../kernel/brazil/cpf.ts';
import { Random } from '../../kernel/random.ts';
import { findFixed } from './fixed.ts';
import { recogniseFixed } from './recognise.ts';

interface Field {
  readonly width: number;
  readonly write: (random: Random, row: number) => string;
}

const digits = (random: Random, length: number) => Array.from({ length }, () => random.int(0, 10)).join('');
const two = (value: number) => String(value).padStart(2, '0');
const NAMES = ['ANA LIMA', 'JOSE DA SILVA', 'MARIA SOUZA', 'BIA D AVILA', 'CAIO'];

const name: Field = { width: 24, write: (random) => NAMES[random.int(0, NAMES.length)]! };
const state: Field = { width: 2, write: (random) => ['SP', 'RJ', 'MG'][random.int(0, 3)]! };
const amount: Field = { width: 12, write: (random) => digits(random, 6).padStart(12, '0') };
const day: Field = {
  width: 8,
  write: (random) => `${two(1 + random.int(0, 28))}${two(1 + random.int(0, 12))}${2020 + random.int(0, 7)}`,
};
const cpf: Field = {
  width: 11,
  write: (random) => {
    const nine = digits(random, 9);
    return `${nine}${cpfCheckDigits(nine)}`;
  },
};

/** Lines of the fields side by side, and where each stands. */
function written(fields: readonly Field[], rows: number, seed: number) {
  const random = new Random(seed, 'fixed');
  const lines = Array.from({ length: rows }, (_, row) =>
    fields.map(({ width, write }) => write(random, row).padEnd(width).slice(0, width)).join(''),
  );
  const ends = fields.map((_, index) => fields.slice(0, index + 1).reduce((sum, { width }) => sum + width, 0));
  return {
    text: `${lines.join('\r\n')}\r\n`,
    places: ends.map((to, index) => ({ from: (ends[index - 1] ?? 0) + 1, to })),
  };
}

describe('fields at fixed places', () => {
  it.each([
    ['text and digits', [cpf, name, amount]],
    ['a CPF and a day inside a run of digits', [name, cpf, amount, day]],
    ['a day before an amount', [day, amount, name]],
    ['digits beside text without a blank', [amount, state, day]],
  ])('%s are found', (_, fields) => {
    const { text, places } = written(fields as Field[], 60, 7);
    expect(findFixed(text, false)?.fields).toEqual(places);
  });

  it('are always asked about: where two texts meet nothing tells', () => {
    const { text } = written([state, name, amount], 60, 3);
    const found = findFixed(text, false)!;
    expect(found.fields).toEqual([
      { from: 1, to: 26 },
      { from: 27, to: 38 },
    ]);
    expect(recogniseFixed(found, 'windows-1252').asks[0]).toMatchObject({ about: 'fields' });
  });

  it('say what they hold, and where they stand', () => {
    const { text } = written([cpf, name, day], 60, 5);
    const { format, header, columns } = recogniseFixed(findFixed(text, false)!, 'utf-8');
    expect({ format, header }).toEqual({ format: 'fixed', header: false });
    expect(columns.map(({ from, to, type, canonical }) => [from, to, type, canonical])).toEqual([
      [1, 11, 'cpf', 'cpf'],
      [12, 35, 'text', null],
      [36, 43, 'date', null],
    ]);
  });

  it('are not looked for in lines of many lengths', () => {
    expect(findFixed('curta\numa linha bem mais longa\noutra linha\n', false)).toBeNull();
  });
});
