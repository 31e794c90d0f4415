import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contact, identity, quarantine, TABLES } from '../contracts/index.ts';
import { cnpjCheckDigits } from '../kernel/brazil/cnpj.ts';
import { cpfCheckDigits } from '../kernel/brazil/cpf.ts';
import { identifies, isImpersonal, maskRow, maskValue } from './masking.ts';

test.each([
  ['taxpayer', '52998224725', '***.***.247-**'],
  ['taxpayer', '11222333000181', '**.***.333/****-**'],
  ['taxpayer', '11.222.333/0001-81', '**.***.333/****-**'],
  ['taxpayer', '12ABC34501DE35', '**.***.345/****-**'],
  ['taxpayer', '11222333000182', '***.***.001-**'],

  ['taxpayer', '123', '***'],
  ['phone', '11987654321', '(11) *****-**21'],
  ['phone', '1133334444', '(11) *****-**44'],
  ['phone', '08001234', '*****'],
  ['email', 'maria.silva@example.com', 'm***@example.com'],
  ['email', 'maria', '***'],
  ['name', 'Maria da Silva', 'Maria d. S.'],
  ['name', 'Maria', 'M***'],
  ['name', ' Maria ', 'M***'],
  ['name', '11987654321 Maria', '1*** M.'],
  ['name', 'maria@example.com Silva', 'm*** S.'],
  ['name', 'Maria-Clara d’Ávila', 'Maria-Clara d.'],
  ['name', 'Mercado "Irmãos" 12', 'Mercado I.'],
  ['name', '', '***'],
  ['text', '20260518000000867', '***867'],
  ['text', '12345', '***345'],
  ['text', '1234', '***'],
  ['text', '', '***'],
] as const)('%s %j reads %s', (kind, value, masked) => expect(maskValue(value, kind)).toBe(masked));

test.each([
  '31/02/2026 10:00:00',
  '2026-02-30T25:00:00',
  '-00:00:01',
  '1.234,56',
  '32/13/26',
  '#VALOR!',
  '#N/D',
  '-7',
  '',
])('%j says nothing of a person', (value) => expect(isImpersonal(value)).toBe(true));

test.each([
  ...['Maria', 'Maria Silva', '52998224725', '529.982.247-25', '11987654321', '(11) 98765-4321', '33334444'],
  ...['98765-43-21', 'a@example.com', '01/02/2026 Maria', '20260518000000867', '01/02/2026 98765432'],
  ...['11-12-2034-5678', '11 21-10-20 34', '(11) 10-10-2034', '98765:43:21'],
])('%j may', (value) => expect(isImpersonal(value)).toBe(false));

test.each([
  ...['529.982.247-25', '529 982 247 25', '52998224725', 'CPF: 529.982.247-25.', '529982247/25', '982.247-25 52 99'],
  ...['11.222.333/0001-81', '11222333000181', '12.ABC.345/01DE-35', '12abc34501de35', 'CNPJ 12 ABC 345 / 01DE 35'],
  ...['(11) 98765-4321', '11 9 8765 4321', '+55 11 98765.4321', '0xx11 98765 4321', '98765-4321', '3333 4444'],
  ...['5555 4444 3333 1111', '5555-4444-3333-1111', 'ana.lima@example.com', 'ana@ exemplo', '11-21-10-2034'],
])('%j may identify somebody', (value) => expect(identifies(value)).toBe(true));

test.each([
  ...[
    'WHATSAPP',
    'A1005',
    'Rua 12',
    'Cobrança Ativa',
    '1.234,56',
    '02/03/2026 10:00:00',
    '2026-03-02T10:00',
    '10/2026',
  ],
  ...['', 'AB.CDE.FGH/IJKL-99', 'ATENDIMENTO 0800'],
])('%j does not', (value) => expect(identifies(value)).toBe(false));

test('no document or phone passes, however its signs are parted', () => {
  const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
  const cpf = digits(9).map((nine) => nine + cpfCheckDigits(nine));
  const cnpj = fc.stringMatching(/^[\dA-Z]{12}$/).map((twelve) => twelve + cnpjCheckDigits(twelve));
  const phone = fc
    .tuple(fc.constantFrom('11', '21', '85', '5511'), fc.constantFrom('3', '9', '98', '2'), digits(7))
    .map((parts) => parts.join(''));
  const parted = fc.constantFrom('', '', '', ' ', '.', '-', ' - ', '/');
  const written = fc
    .tuple(fc.oneof(cpf, cnpj, phone), fc.array(parted, { minLength: 18, maxLength: 18 }))
    .map(([number, signs]) => [...number].map((sign, index) => `${index > 0 ? signs[index] : ''}${sign}`).join(''));
  fc.assert(
    fc.property(written, fc.constantFrom('', 'x ', 'tel. '), (text, before) => {
      expect(identifies(before + text)).toBe(true);
      expect(isImpersonal(text)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('a row loses its personal values and keeps the rest, nulls too', () => {
  const row = {
    row_id: 1,
    phone: '11987654321',
    contact_name: 'Ana Lima',
    agent_name: 'Bia Souza',
    customer_ref: null,
  };
  const kept = { ...row };
  expect(maskRow(row, contact.columns)).toEqual({
    row_id: 1,
    phone: '(11) *****-**21',
    contact_name: 'Ana L.',
    agent_name: 'Bia Souza',
    customer_ref: null,
  });
  expect(row).toEqual(kept);
});

test('a column that nobody declared is masked', () => {
  const row = { queue: 'Suporte', other: '20260518000000867', few: 7, none: null };
  expect(maskRow(row, contact.columns)).toEqual({ queue: 'Suporte', other: '***867', few: '***', none: null });
});

test('what identifies people is personal in the contracts', () => {
  for (const name of [
    'protocol',
    'customer_ref',
    'contact_name',
    'phone',
    'agent_email',
    'custom_fields',
    'identity',
  ] as const) {
    expect(contact.columns[name].personal).toBe('personal');
  }
  for (const name of ['value', 'original'] as const) expect(identity.columns[name].personal).toBe('personal');
  for (const name of ['value', 'record'] as const) expect(quarantine.columns[name].personal).toBe('personal');
});

test('no masked value of any contract is the value itself', () => {
  const value = 'Maria Silva 11987654321';
  for (const { columns } of TABLES) {
    for (const [name, { personal }] of Object.entries(columns)) {
      const { [name]: shown } = maskRow({ [name]: value }, columns);
      if (personal === 'none') expect(shown).toBe(value);
      else expect(String(shown)).not.toMatch(/Silva|98765/);
    }
  }
});
