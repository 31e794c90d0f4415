import { expect, test } from 'vitest';
import { type Column, folded, nextSort, orders, readSort, sortRows } from './table.ts';

interface Row {
  name: string;
  n: number | null;
}
const columns: Column<Row>[] = [
  { key: 'name', label: 'Nome', text: (row) => row.name, sort: 'name', order: (row) => row.name },
  { key: 'n', label: 'n', text: (row) => String(row.n), sort: 'n', order: (row) => row.n, numeric: true },
];
const rows: Row[] = [
  { name: 'Érica', n: null },
  { name: 'Davi', n: 12 },
  { name: 'Ana', n: 30 },
];
const names = (sort: string) => sortRows(rows, columns, readSort(sort)).map((row) => row.name);

test('rows sort both ways, nulls last, accents in their place', () => {
  expect(names('-n')).toEqual(['Ana', 'Davi', 'Érica']);
  expect(names('n')).toEqual(['Davi', 'Ana', 'Érica']);
  expect(names('name')).toEqual(['Ana', 'Davi', 'Érica']);
  expect(names('unknown')).toEqual(['Érica', 'Davi', 'Ana']);
});

test('a column orders nothing where none of its rows has a place', () => {
  expect(orders(columns[1]!, rows)).toBe(true);
  expect(orders(columns[1]!, rows.slice(0, 1))).toBe(false);
  expect([orders(columns[0]!, rows.slice(0, 1)), orders(columns[1]!, [])]).toEqual([true, true]);
});

test('a click starts with the largest number and then turns round', () => {
  expect(nextSort(undefined, columns[1]!)).toBe('-n');
  expect(nextSort(readSort('-n'), columns[1]!)).toBe('n');
  expect(nextSort(readSort('-n'), columns[0]!)).toBe('name');
});

test('search ignores accents and case', () => {
  expect(folded('José ÂNGELO')).toBe('jose angelo');
});
