import { expect, test } from 'vitest';
import type { Entry } from './plan.ts';
import { targetOn } from './targets.ts';

const row = (
  queue: string,
  account: string,
  target: string,
  from: string | null = null,
  to: string | null = null,
  supervisor = '',
): Entry => {
  return {
    key: { indicator: 'serviceLevel', queue, account, supervisor },
    values: { target },
    from,
    to,
    monthly: false,
  };
};
const TABLE = [
  row('', '', '0.8', null, '2026-10-01'),
  row('', '', '0.85', '2026-10-01'),
  row('Vendas', '', '0.9'),
  row('Vendas', 'Nexo', '0.95'),
  row('', 'Nexo', '0.7'),
];

test('the closest target counts: queue and account, queue, account, all', () => {
  const on = (queue?: string, account?: string, day = '2026-11-01') =>
    targetOn(TABLE, { indicator: ['serviceLevel'], queue, account }, day);
  expect(on('vendas', 'nexo')).toBe(0.95);
  expect(on('Vendas', 'Alfa')).toBe(0.9);
  expect(on('Suporte', 'Nexo')).toBe(0.7);
  expect(on('Suporte', 'Alfa')).toBe(0.85);
  expect(on(undefined, undefined, '2026-09-30')).toBe(0.8);
  expect(targetOn(TABLE, { indicator: ['abandonRate'] }, '2026-11-01')).toBeNull();
});

test('the closest target counts under whichever of its names', () => {
  const named = (indicator: string, queue: string, target: string) => ({
    ...row('', '', target),
    key: { indicator, queue, account: '', supervisor: '' },
  });
  const table = [named('serviceLevel', '', '0.8'), named('Nível de serviço', 'Vendas', '0.4')];
  const called = ['serviceLevel', 'Nível de serviço'];
  expect(targetOn(table, { indicator: called, queue: 'Vendas' }, '2026-11-01')).toBe(0.4);
  expect(targetOn(table, { indicator: called, queue: 'Suporte' }, '2026-11-01')).toBe(0.8);
});

test('a team’s target counts before its queue’s; of two things said at once before one', () => {
  const teams = [
    ...TABLE,
    row('', '', '0.6', null, null, 'Rita Reis'),
    row('Vendas', '', '0.65', null, null, 'Rita Reis'),
  ];
  const on = (supervisor?: string, queue?: string, account?: string) =>
    targetOn(teams, { indicator: ['serviceLevel'], supervisor, queue, account }, '2026-11-01');
  expect(on('rita reis')).toBe(0.6);
  expect(on('Rita Reis', 'Suporte')).toBe(0.6);
  expect(on('Rita Reis', 'Vendas')).toBe(0.65);
  expect(on('Rita Reis', 'Vendas', 'Nexo')).toBe(0.65);
  expect(on('Rita Reis', 'Suporte', 'Nexo')).toBe(0.6);
  expect(on('Caio Dias', 'Vendas', 'Nexo')).toBe(0.95);
  expect(on('Caio Dias')).toBe(0.85);
  // Rows from before there were teams say nothing of one.
  expect(
    targetOn(
      [{ ...row('', '', '0.5'), key: { indicator: 'x', queue: '', account: '' } }],
      { indicator: ['x'] },
      '2026-11-01',
    ),
  ).toBe(0.5);
});
