import { expect, test } from 'vitest';
import { contact, identity, quarantine, TABLES } from '../contracts/index.ts';
import { maskRow, maskValue } from './masking.ts';

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
  ['text', '20260518000000867', '***867'],
  ['text', '12345', '***345'],
  ['text', '1234', '***'],
  ['text', '', '***'],
] as const)('%s %j reads %s', (kind, value, masked) => expect(maskValue(value, kind)).toBe(masked));

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

test('a column called otherwise is masked as the contract’s one', () => {
  const row = { anchor_protocol: '20260518000000867', other: 'x' };
  expect(maskRow(row, contact.columns)).toEqual(row);
  expect(maskRow(row, contact.columns, { anchor_protocol: 'protocol' })).toEqual({ ...row, anchor_protocol: '***867' });
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
  const value = 'Maria.Silva@example.com 11987654321';
  for (const { columns } of TABLES) {
    for (const [name, { personal }] of Object.entries(columns)) {
      const { [name]: shown } = maskRow({ [name]: value }, columns);
      if (personal === 'none') expect(shown).toBe(value);
      else expect(String(shown)).not.toMatch(/Silva|98765/);
    }
  }
});
