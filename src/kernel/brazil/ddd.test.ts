import { expect, test } from 'vitest';
import { DDD_BY_UF, DDDS, ufOfDdd } from './ddd.ts';

test('67 area codes in 27 states', () => {
  expect(DDDS).toHaveLength(67);
  expect(new Set(DDDS).size).toBe(67);
  expect(Object.keys(DDD_BY_UF)).toHaveLength(27);
});

test.each([
  ['11', 'SP'],
  ['61', 'DF'],
  ['55', 'RS'],
  ['97', 'AM'],
  ['20', null],
  ['52', null],
  ['011', null],
])('%s → %s', (ddd, uf) => {
  expect(ufOfDdd(ddd)).toBe(uf);
});
