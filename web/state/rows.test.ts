import { expect, test } from 'vitest';
import { formats } from '../format/index.ts';
import { cellText, columnOf, contactText, inOrder, isNumeric, withoutEmptyPersons } from './rows.ts';
import type { RowColumn } from './shapes.ts';

const f = formats('pt', 2026);
const column = (name: string, type: string): RowColumn => ({ name, type, personal: 'none', meaning: name });

test('cells are written by their type', () => {
  expect(cellText('2026-11-18 08:04:10', column('started_at', 'TIMESTAMP'), f)).toBe('18/11\u00a008:04');
  expect(cellText('2026-11-18', column('day', 'DATE'), f)).toBe('qua\u00a018/11');
  expect(cellText(348, column('talk_s', 'INTEGER'), f)).toBe('5:48');
  expect(cellText('4.50', column('satisfaction', 'DECIMAL(9,2)'), f)).toBe('4,50');
  expect(cellText(null, column('satisfaction', 'DECIMAL(9,2)'), f)).toBe('–');
  expect(cellText('answered', column('status', 'VARCHAR'), f, { status: () => 'atendido' })).toBe('atendido');
  expect(cellText('x', column('queue', 'VARCHAR'), f, { any: (value) => `${value}!` })).toBe('x!');
});

test('identifiers stay as they came', () => {
  expect(cellText('1234567', column('batch_id', 'INTEGER'), f)).toBe('1234567');
  expect(isNumeric(column('leg_no', 'SMALLINT'))).toBe(false);
});

test('a revealed number is written as its mask is', () => {
  expect(cellText('42964543337', column('phone', 'VARCHAR'), f)).toBe('(42) 96454-3337');
  expect(cellText('(42) *****-**37', column('phone', 'VARCHAR'), f)).toBe('(42) *****-**37');
  expect(cellText('64660496988', column('cpf', 'VARCHAR'), f)).toBe('646.604.969-88');
});

test('a field that only a revealed row holds is typed by its shape', () => {
  expect(columnOf('day', '2026-11-15').type).toBe('DATE');
  expect(columnOf('updated_at', '2026-11-15T21:37:45').type).toBe('TIMESTAMP');
  expect(columnOf('ddd', '42').type).toBe('VARCHAR');
});

test('the start leads and technical keys stay out', () => {
  const columns = [column('row_id', 'BIGINT'), column('queue', 'VARCHAR'), column('started_at', 'TIMESTAMP')];
  expect(inOrder(columns).map((each) => each.name)).toEqual(['started_at', 'queue']);
});

test('columns of persons that no row fills are left out, all others stay', () => {
  const column = (name: string, personal: string) => ({ name, type: 'VARCHAR', meaning: '', personal });
  const columns = [column('phone', 'personal'), column('customer_ref', 'personal'), column('queue', 'none')];
  const rows = [
    { phone: null, customer_ref: '***511', queue: null },
    { phone: null, customer_ref: null },
  ];
  expect(withoutEmptyPersons(columns as never, rows as never).map(({ name }) => name)).toEqual([
    'customer_ref',
    'queue',
  ]);
});

test('a moment of a source that tells days alone has no time; of others midnight is a time', () => {
  const dayless = new Set(['consumidor']);
  const of = (source: string, started_at: string) =>
    contactText({ source, started_at } as never, column('started_at', 'TIMESTAMP'), f, {}, dayless);
  expect(of('consumidor', '2026-11-18T00:00:00')).toBe('18/11');
  expect(of('voz', '2026-11-18T00:00:00')).toBe('18/11\u00a000:00');
  expect(of('consumidor', '2026-11-18T10:30:00')).toBe('18/11\u00a010:30');
});
