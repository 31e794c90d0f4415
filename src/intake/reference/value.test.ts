import { expect, test } from 'vitest';
import type { ReferenceColumn } from './kind.ts';
import { nextMonth, readMonth, readValue, type ValueType } from './value.ts';

const column = (type: ValueType): ReferenceColumn => ({
  name: 'x',
  label: { pt: 'X', en: 'X' },
  type,
  choices: [{ value: 'prefix', label: { pt: 'prefixo', en: 'prefix' } }],
});

test.for<[ValueType, string, string | null]>([
  ['agent', '2073.0', '2073'],
  ['agent', ' 0073 ', '0073'],
  ['agent', 'ag.0', 'ag.0'],
  ['phone', '+55 (11) 8765-4321', '11987654321'],
  ['phone', '12345', null],
  ['day', '01/10/2026', '2026-10-01'],
  ['day', '2026-10-01 00:00:00', '2026-10-01'],
  ['day', '31/02/2026', null],
  ['time', '7h', '07:00'],
  ['time', '06:50:00', '06:50'],
  ['time', '25:00', null],
  ['decimal', '80%', '0.8'],
  ['decimal', '80,5%', '0.805'],
  ['decimal', '1.234,5', '1234.5'],
  ['decimal', '0.8', '0.8'],
  ['decimal', 'oitenta', null],
  ['weekday', 'Terça-feira', '2'],
  ['weekday', 'sáb', '6'],
  ['weekday', 'Sunday', '7'],
  ['weekday', '8', null],
  ['ddd', '011', '11'],
  ['ddd', '20', null],
  ['choice', 'PREFIXO', 'prefix'],
  ['choice', 'sufixo', null],
])('%s: %s is %s', ([type, text, expected]) => {
  expect(readValue(text, column(type))).toBe(expected);
});

test.for([
  ['2026-10', '2026-10-01'],
  ['10/2026', '2026-10-01'],
  ['out/26', '2026-10-01'],
  ['Outubro de 2026', '2026-10-01'],
  ['15/10/2026', '2026-10-01'],
  ['2026-10-01 00:00:00', '2026-10-01'],
  ['13/2026', null],
  ['outubro', null],
])('month %s is %s', ([text, expected]) => {
  expect(readMonth(text!)).toBe(expected);
});

test('a month ends where the next begins', () => {
  expect([nextMonth('2026-10-01'), nextMonth('2026-12-01')]).toEqual(['2026-11-01', '2027-01-01']);
});
