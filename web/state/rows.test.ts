import { expect, test } from 'vitest';
import { formats } from '../format/index.ts';
import { cellText, columnOf, inOrder, isNumeric } from './rows.ts';
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
