import { expect, test } from 'vitest';
import { fillFromNearest } from './donors.ts';
import type { ReceivedColumn } from './treatment.ts';

const numbers = (name: string, ...values: number[]): ReceivedColumn => ({ name, numbers: Float64Array.from(values) });
const of = (column: ReceivedColumn | undefined) => (column && 'numbers' in column ? [...column.numbers] : []);

test('a missing number is that of the row most like it in what all rows have', async () => {
  const columns = [
    numbers('tenure', 1, 2, 100, 101, 3),
    numbers('mrr', 10, Number.NaN, 900, Number.NaN, Number.NaN),
    numbers('nps', Number.NaN, Number.NaN, Number.NaN, 4, Number.NaN),
    { name: 'uf', texts: ['SP', null, 'RJ', 'SP', null] },
  ];
  const { columns: filled, missing } = await fillFromNearest(columns, new Map(), { seed: 1 });
  expect(filled.map(of)).toEqual([[1, 2, 100, 101, 3], [10, 10, 900, 900, 10], [4, 4, 4, 4, 4], []]);
  expect(filled[3]).toBe(columns[3]);
  expect(missing).toEqual(
    new Map([
      ['mrr', 3],
      ['nps', 4],
    ]),
  );
});

test('the scale of a column does not decide who is alike, but its treatment does', async () => {
  const columns = [numbers('usage', 0, 9, 99_999), numbers('tenure', 0.1, 0.5, 0.9), numbers('mrr', 1, Number.NaN, 3)];
  const filled = async (treatment: 'standard' | 'log') =>
    of((await fillFromNearest(columns, new Map([['usage', treatment]]), { seed: 1 })).columns[2])[1];
  expect(await filled('standard')).toBe(1);
  const late = [...columns.slice(0, 1), numbers('tenure', 0.1, 0.8, 0.9), columns[2]!];
  expect(of((await fillFromNearest(late, new Map([['usage', 'log']]), { seed: 1 })).columns[2])[1]).toBe(3);
});

test('without a column that all rows have, known rows take turns; a column of nothing stays so', async () => {
  const columns = [numbers('a', Number.NaN, 5, Number.NaN), numbers('b', Number.NaN, Number.NaN, Number.NaN)];
  const { columns: filled, missing } = await fillFromNearest(columns, new Map(), { seed: 1 });
  expect(of(filled[0])).toEqual([5, 5, 5]);
  expect(of(filled[1])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect([...missing]).toEqual([['a', 2]]);
});

test('the same seed gives the same, and it can be cancelled', async () => {
  const rows = 20_000;
  const values = (seed: number) => Array.from({ length: rows }, (_, row) => (row * seed) % 997);
  const columns = [
    numbers('a', ...values(31)),
    numbers('b', ...values(57).map((value, row) => (row % 3 === 0 ? Number.NaN : value))),
  ];
  const once = await fillFromNearest(columns, new Map(), { seed: 7 });
  expect(of((await fillFromNearest(columns, new Map(), { seed: 7 })).columns[1])).toEqual(of(once.columns[1]));
  const stop = new AbortController();
  stop.abort();
  await expect(fillFromNearest(columns, new Map(), { seed: 7, signal: stop.signal })).rejects.toThrow();
});

test('of what is counted, who has nothing has none', async () => {
  const columns = [numbers('tenure', 1, 2, 3), numbers('usage', 5, Number.NaN, 7)];
  const { columns: filled, missing } = await fillFromNearest(columns, new Map(), { seed: 1, none: new Set(['usage']) });
  expect(of(filled[1])).toEqual([5, 0, 7]);
  expect(missing.size).toBe(0);
});
