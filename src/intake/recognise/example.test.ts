import { describe, expect, test } from 'vitest';
import { exampleOf, namesPeople } from './example.ts';

const TEXT = { name: 'CAMPO', type: 'text', canonical: null, coded: false } as const;

describe('a value of a file that nobody has spoken of yet', () => {
  test.each([
    ['052.716.843-26', {}, '***-26'],
    ['052.716.843-26', { type: 'decimal' }, '***-26'],
    ['052.716.843-26', { type: 'cpf' }, '***.***.843-**'],
    ['052.716.843-26', { coded: true }, '***-26'],
    ['12.ABC.345/01DE-35', { type: 'cnpj' }, '**.***.345/****-**'],
    ['12.ABC.345/01DE-35', {}, '***-35'],
    ['(11) 98765-4321', {}, '***321'],
    ['(11) 98765-4321', { type: 'phone' }, '(11) *****-**21'],
    ['ana.lima@example.com', {}, '***com'],
    ['5555 4444 3333 1111', { canonical: 'queue' }, '***111'],
    ['Maria da Silva', {}, 'Maria d. S.'],
    ['Maria', { name: 'NOME_CLIENTE' }, 'M***'],
    ['Maria Silva', { name: 'NM_TITULAR', coded: true }, 'Maria S.'],
    ['Maria Silva', { canonical: 'contact_name' }, 'Maria S.'],
    ['P1005', { canonical: 'protocol' }, '***005'],
    ['20260302', {}, '***302'],
    ['123456', {}, '***456'],
  ] as const)('%j of %j reads %s', (value, column, shown) =>
    expect(exampleOf(value, { ...TEXT, ...column })).toBe(shown),
  );

  test.each([
    ['Cobrança Ativa', { canonical: 'queue' }],
    ['Segunda via de boleto', { canonical: 'reason' }],
    ['Bia Souza', { canonical: 'agent_name' }],
    ['NAO INFORMADO', { coded: true }],
    ['Bia Souza', { name: 'NOME_ATENDENTE', coded: true }],
    ['WHATSAPP', {}],
    ['A1005', {}],
    ['20260302', { type: 'date' }],
    ['02/03/2026 10:15', { type: 'moment' }],
    ['1.234,56', { type: 'decimal' }],
  ] as const)('%j of %j may be read', (value, column) => expect(exampleOf(value, { ...TEXT, ...column })).toBe(value));
});

test('a column is called as people are, agents and what a house names are not', () => {
  expect(['NOME', 'Nm_Devedor', 'nomeCliente', 'ENDERECO'].every(namesPeople)).toBe(true);
  expect(['NOME_AGENTE', 'FILA', 'nome da campanha', 'CONTA'].some(namesPeople)).toBe(false);
});
