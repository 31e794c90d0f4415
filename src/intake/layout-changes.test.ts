import { expect, test } from 'vitest';
import { layoutChanges } from './layout-changes.ts';
import { parseLayout } from './parse-layout.ts';

const BASE = {
  source: 'beta',
  version: 1,
  label: { pt: 'Beta', en: 'Beta' },
  into: 'list',
  holds: 'all',
  format: { kind: 'delimited', header: true, delimiter: ';' },
  key: ['CONTRATO'],
  columns: {
    contrato: { from: ['CONTRATO'], as: 'text' },
    vencimento: { from: ['VENC'], as: 'date', format: 'dd/mm/yyyy' },
    valor: { from: ['VALOR'], as: 'decimal' },
  },
  rules: [{ id: 'maximo', kind: 'range', column: 'VALOR', max: 1000 }],
};
const layout = (more: object) => parseLayout({ ...BASE, ...more }, 'teste');

test('a version says what it reads otherwise than the one before', () => {
  const after = layout({
    version: 2,
    format: { kind: 'delimited', header: true, delimiter: ',' },
    columns: {
      contrato: { as: 'text', from: ['CONTRATO'] },
      vencimento: { from: ['DT_VENC'], as: 'date', format: 'yyyy-mm-dd' },
      telefone: { from: ['FONE'], as: 'phone' },
    },
    rules: [{ id: 'maximo', kind: 'range', column: 'VALOR', max: 2000 }],
    policies: { kinds: { new: 'ask' } },
  });
  const changes = layoutChanges(layout({}), after);
  expect(changes.filter(({ part }) => part !== 'rule')).toEqual([
    { part: 'file', name: 'delimiter', was: ';', now: ',' },
    { part: 'column', name: 'vencimento', was: 'VENC (date dd/mm/yyyy)', now: 'DT_VENC (date yyyy-mm-dd)' },
    { part: 'column', name: 'telefone', was: null, now: 'FONE (phone)' },
    { part: 'column', name: 'valor', was: 'VALOR (decimal)', now: null },
    { part: 'policy', name: 'new', was: null, now: 'ask' },
  ]);
  expect(changes.find(({ part }) => part === 'rule')).toMatchObject({
    name: 'maximo',
    was: expect.stringContaining('"max":1000'),
    now: expect.stringContaining('"max":2000'),
  });
});

test('the order in which a layout is written changes nothing', () => {
  const written = JSON.parse(JSON.stringify(layout({})));
  const turned = Object.fromEntries(Object.entries(written).toReversed());
  turned.rules = [Object.fromEntries(Object.entries(BASE.rules[0]!).toReversed())];
  expect(layoutChanges(layout({}), parseLayout(turned, 'teste'))).toEqual([]);
});
