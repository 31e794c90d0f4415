import { describe, expect, test } from 'vitest';
import { FILTERS } from '../contracts/index.ts';
import { dayOf, listOf } from '../reports/said.ts';
import { numberOf, scopeOf } from './scope-query.ts';

test('an empty query is everything', () => {
  expect(scopeOf({})).toEqual({ sources: undefined, from: undefined, to: undefined, where: [] });
});

test('sources are parted by commas, filters repeat, values may hold commas and equal signs', () => {
  const query = { source: 'a,,b', from: '2026-01-01', to: '2026-02-01', where: ['queue=Vendas, SP', 'reason=x=y'] };
  expect(scopeOf(query)).toEqual({
    sources: ['a', 'b'],
    from: '2026-01-01',
    to: '2026-02-01',
    where: [
      { column: 'queue', value: 'Vendas, SP' },
      { column: 'reason', value: 'x=y' },
    ],
  });
  expect(scopeOf({ where: 'agent=' }).where).toEqual([{ column: 'agent', value: '' }]);
});

test.each(['phone=11987654321', 'cpf=52998224725', 'Agent=1'])(
  '%s is no filter, and its value is not repeated',
  (text) => {
    const [column] = text.split('=');
    expect(() => scopeOf({ where: text })).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: `Não se filtra por ${column}. Use coluna=valor, com ${FILTERS.map(({ name }) => name).join(', ')}`,
      }),
    );
  },
);

test.each(['Vendas', '=Vendas', ''])('%j is not understood', (text) => {
  expect(() => scopeOf({ where: text })).toThrow(/^Filtro não entendido\. Use coluna=valor/);
});

describe('days', () => {
  test.each(['2026-02-28', '2024-02-29', '1999-12-31'])('%s is one', (text) => expect(dayOf('from', text)).toBe(text));
  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '28/02/2026', '2026-2-1', '2026-02-01T00:00', 'ontem', ''])(
    '%j is none',
    (text) => {
      expect(() => dayOf('from', text)).toThrow(
        expect.objectContaining({
          code: 'usage',
          message: `Dia inválido em from: ${text}. Use uma data como 2026-11-15`,
        }),
      );
    },
  );
  test('none asked is none', () => expect(dayOf('to', undefined)).toBeUndefined());
});

test('lists', () => {
  expect(listOf(undefined)).toEqual([]);
  expect(listOf('')).toEqual([]);
  expect(listOf('day,,agent')).toEqual(['day', 'agent']);
});

test('numbers of things are whole and not larger than any of them', () => {
  expect(numberOf('lote', '12')).toBe(12);
  expect(numberOf('lote', '2147483647')).toBe(2_147_483_647);
  for (const text of ['2147483648', '-1', '1.5', '1e3', 'x', '', undefined]) {
    expect(() => numberOf('lote', text)).toThrow(expect.objectContaining({ code: 'notFound', status: 404 }));
  }
  expect(numberOf('atendimento', '4294967297', Number.MAX_SAFE_INTEGER)).toBe(4_294_967_297);
});
