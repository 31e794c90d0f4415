import { expect, test } from 'vitest';
import type { Entry } from './plan.ts';
import { targetOn } from './targets.ts';

const row = (
  queue: string,
  account: string,
  target: string,
  from: string | null = null,
  to: string | null = null,
): Entry => {
  return { key: { indicator: 'serviceLevel', queue, account }, values: { target }, from, to, monthly: false };
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
    targetOn(TABLE, { indicator: 'serviceLevel', queue, account }, day);
  expect(on('vendas', 'nexo')).toBe(0.95);
  expect(on('Vendas', 'Alfa')).toBe(0.9);
  expect(on('Suporte', 'Nexo')).toBe(0.7);
  expect(on('Suporte', 'Alfa')).toBe(0.85);
  expect(on(undefined, undefined, '2026-09-30')).toBe(0.8);
  expect(targetOn(TABLE, { indicator: 'abandonRate' }, '2026-11-01')).toBeNull();
});
