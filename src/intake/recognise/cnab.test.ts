import { expect, it, test } from 'vitest';
import { findCnab } from './cnab.ts';

/** A record of a width: texts at positions from 1, blanks elsewhere. */
function record(width: number, at: Record<number, string>): string {
  const characters = Array.from({ length: width }, () => ' ');
  for (const [from, text] of Object.entries(at)) characters.splice(Number(from) - 1, text.length, ...text);
  return characters.join('');
}

const CAIXA = [
  record(240, { 1: '10400000', 103: 'CAIXA', 143: '2' }),
  record(240, { 1: '10400011T01' }),
  record(240, { 1: '1040001300001T' }),
  record(240, { 1: '1040001300002U' }),
  record(240, { 1: '10400015' }),
  record(240, { 1: '10499999' }),
];
const ITAU = [
  record(400, { 1: '02RETORNO01COBRANCA', 77: '341BANCO ITAU' }),
  record(400, { 1: '102' }),
  record(400, { 1: '9' }),
];
const text = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n`;

test.each([
  ['a return of 240', CAIXA, { width: 240, bank: '104', kind: 'retorno' }],
  [
    'a remittance of 240',
    [CAIXA[0]!.slice(0, 142).concat('1'.padEnd(98)), ...CAIXA.slice(1)],
    { width: 240, bank: '104', kind: 'remessa' },
  ],
  ['a return of 400', ITAU, { width: 400, bank: '341', kind: 'retorno' }],
  [
    'lines that lost their blanks, one that gained a place',
    CAIXA.map((line, index) => (index === 2 ? `${line}x` : index > 0 ? line.trimEnd() : line)),
    { width: 240, bank: '104', kind: 'retorno' },
  ],
])('%s', (_, lines, found) => {
  expect(findCnab(text(lines), false)).toEqual(found);
});

it('is known before its end is seen', () => {
  expect(findCnab(text(CAIXA).slice(0, 700), true)).toMatchObject({ width: 240 });
});

test.each([
  ['no trailer', CAIXA.slice(0, 4)],
  ['another record type', [...CAIXA.slice(0, 2), record(240, { 1: '1040001X' }), ...CAIXA.slice(3)]],
  ['lines of that width that are none', Array.from({ length: 5 }, (_, row) => String(row).repeat(240))],
  ['a delimited text', ['a;b', '1;2', '3;4']],
])('%s is none', (_, lines) => {
  expect(findCnab(text(lines), false)).toBeNull();
});
