import { expect, test } from 'vitest';
import type { KeptBase } from '../base/kept-bases.ts';
import { audienceOf } from './audience.ts';
import type { Bar } from './bar-kinds.ts';
import { barsOf } from './bars.ts';
import type { BaseFacts } from './base-facts.ts';

/** Six customers, each with a product of its own that stands. */
const ROWS = [0, 1, 2, 3, 4, 5];
const facts = {
  customers: 6,
  segment: { of: Uint32Array.from([0, 1, 0, 1, 2, 3]), names: ['SERVICOS', 'Serviços', 'saúde'] },
  size: { of: Uint32Array.from([0, 1, 2, 0, 1, 2]), names: ['Média', 'MEDIA', 'Grande'] },
  purchases: { customer: Uint32Array.from(ROWS), itemNames: ['ERP', 'Erp ', 'Folha', 'FOLHA'] },
  stands: Uint8Array.from([1, 1, 1, 1, 1, 1]),
  usage: null,
} as unknown as BaseFacts;
const base = { holdings: { state: 'SITUACAO' } } as unknown as KeptBase;
const audience = (asked?: readonly string[]) => {
  const { rows, told } = audienceOf(facts, base, asked);
  return [[...rows], told.segments];
};
const barred = (bar: Bar, item: number, has: readonly number[] = []) => {
  const is = barsOf([bar], facts);
  return ROWS.filter((row) => is(item, row, new Set(has)));
};

test('a segment that is spelled two ways is one, asked by either spelling, by both or not at all', () => {
  const services = [
    [0, 1, 2, 3],
    ['SERVICOS', 'Serviços'],
  ];
  expect(audience()).toEqual(services);
  expect(audience(['serviços'])).toEqual(services);
  expect(audience(['Serviços', 'SERVICOS'])[0]).toEqual(services[0]);
  expect(audience(['SAUDE'])).toEqual([[4], ['saúde']]);
  expect(() => audience(['Servico'])).toThrow('Não há segmento Servico');
});

test('bars hold for every spelling of a product, a segment, a size, and of the product that is needed', () => {
  expect(barred({ product: 'erp', kind: 'never', value: null }, 0)).toEqual(ROWS);
  expect(barred({ product: 'erp', kind: 'never', value: null }, 1)).toEqual(ROWS);
  expect(barred({ product: 'erp', kind: 'never', value: null }, 2)).toEqual([]);
  expect(barred({ product: 'ERP', kind: 'segment', value: 'servicos' }, 1)).toEqual([0, 1, 2, 3]);
  expect(barred({ product: 'ERP', kind: 'size', value: 'Média' }, 0)).toEqual([0, 1, 3, 4]);
  expect(barred({ product: 'ERP', kind: 'requires', value: 'folha' }, 0, [3])).toEqual([]);
  expect(barred({ product: 'ERP', kind: 'requires', value: 'folha' }, 0, [1])).toEqual(ROWS);
});
