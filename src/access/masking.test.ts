import { expect, test } from 'vitest';
import { contact, identity, quarantine, TABLES } from '../contracts/index.ts';
import { isImpersonal, maskRow, maskValue } from './masking.ts';

test.each([
  ['taxpayer', '52998224725', '***.***.247-**'],
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
])('%j may', (value) => expect(isImpersonal(value)).toBe(false));

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
