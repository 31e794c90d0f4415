import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boundOf, draftOf, emptyDraft, isWhole, type Rule, ruleOf } from './rules.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/regras.md'), 'utf8');
const written = [...guide.matchAll(/^ *(\{ "id": .*\}),?$/gm)].map(([, json]) => JSON.parse(json!) as Rule);
const fresh = { taken: [], fixed: false, decimal: ',' };
const others: Rule[] = [
  { id: 'mil', kind: 'range', column: 'PESO', min: 1.234, max: 1234 },
  { id: 'nome', kind: 'required', columns: ['NOME', 'CPF'] },
  { id: 'data', kind: 'type', column: 'VENC', as: 'date', format: 'dd/mm/yyyy', severity: 'warn' },
  { id: 'placa', kind: 'pattern', column: 'PLACA', regex: '[A-Z]{3}\\d{4}' },
  { id: 'um', kind: 'unique', columns: ['CONTRATO'], within: 'source', severity: 'stop' },
  { id: 'faixa', kind: 'range', column: 'VALOR', max: 10.5, as: 'decimal', label: 'Até dez e meio' },
  { id: 'fim', kind: 'trailer', starts: 'T', field: 3, counts: 'lines', severity: 'warn' },
];

test('the guide shows rules', () => expect(written.length).toBeGreaterThan(5));

test.each([...written, ...others])('$kind $id comes out of its form as it went in', (rule) => {
  const fixed = typeof rule.field === 'object';
  for (const decimal of [',', '.']) {
    const draft = draftOf(rule, decimal);
    expect(isWhole(draft, fixed)).toBe(true);
    expect(ruleOf(draft, { taken: [], fixed, decimal }, rule)).toEqual(rule);
  }
});

test('a new rule is named after what it is of, once', () => {
  const draft = { ...emptyDraft(), columns: ['Nº do Cartão'] };
  expect(ruleOf(draft, fresh)).toEqual({
    id: 'required-no-do-cartao',
    kind: 'required',
    columns: ['Nº do Cartão'],
  });
  expect(ruleOf(draft, { ...fresh, taken: ['required-no-do-cartao'] }).id).toBe('required-no-do-cartao-2');
  expect(ruleOf({ ...draft, columns: ['顧客'] }, fresh).id).toBe('required');
});

test('what is read otherwise is not kept: another column has another form', () => {
  const before: Rule = { id: 'data', kind: 'type', column: 'VENC', as: 'date', format: 'yyyymmdd' };
  expect(ruleOf({ ...draftOf(before, ','), column: 'PAGO' }, fresh, before)).toEqual({
    ...{ id: 'data', kind: 'type', column: 'PAGO', as: 'date' },
  });
});

test.each([
  ['0,01', ',', 0.01],
  ['1.000', ',', 1000],
  ['1.000', '.', 1],
  ['1,000', '.', 1000],
  ['1.234.567,8', ',', 1234567.8],
  ['12.5', ',', 12.5],
  ['-3', ',', -3],
  ['hoje-30', ',', 'hoje-30'],
  ['31/12/2026', ',', '31/12/2026'],
  [' ', ',', undefined],
])('the bound %s with decimal sign %s', (text, decimal, bound) => expect(boundOf(text, decimal)).toBe(bound));

test('a last line of a file never quarantines', () => {
  const draft = { ...emptyDraft(), kind: 'trailer' as const, starts: '9', severity: 'quarantine' as const };
  expect(ruleOf(draft, fresh)).toEqual({
    ...{ id: 'trailer', kind: 'trailer', starts: '9', field: 2, counts: 'rows', severity: 'stop' },
  });
});
