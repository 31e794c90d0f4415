import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { DDDS } from './ddd.ts';
import { canonicalPhone, formatPhone, phoneParts } from './phone.ts';

test.each([
  ['(11) 3333-4444', '1133334444'],
  ['(11) 93333-4444', '11933334444'],
  ['11 8765-4321', '11987654321'],
  ['+55 11 98765-4321', '11987654321'],
  ['+55 (011) 98765-4321', '11987654321'],
  ['+551187654321', '11987654321'],
  ['005511987654321', '11987654321'],
  ['5511987654321', '11987654321'],
  ['0 11 98765-4321', '11987654321'],
  ['011 3333 4444', '1133334444'],
  ['0 15 11 98765-4321', '11987654321'],
  ['(0xx11) 3333-4444', '1133334444'],
  ['0211133334444', '1133334444'],
  ['55 3222-1234', '5532221234'],
  ['55 99999-1234', '55999991234'],
  ['5555999991234', '55999991234'],
  ['11 3333-4444 ramal 21', '1133334444'],
  ['11987654321.0', '11987654321'],
])('%j → %s', (text, phone) => {
  expect(canonicalPhone(text)).toBe(phone);
});

test.each([
  '',
  '0',
  'ANONIMO',
  '3333-4444',
  '0800 123 4567',
  '0300 123 4567',
  '20 98765-4321',
  '11 1234-5678',
  '11 83333-4444',
  '+1 415 555 2671',
  '0014155552671',
  '119876543210',
  '190',
  '11 98765-4321 / 11 3333-4444',
])('%j is no phone', (text) => {
  expect(canonicalPhone(text)).toBeNull();
});

test('a local number takes the default area code, a full one ignores it', () => {
  expect(canonicalPhone('98765-4321', '21')).toBe('21987654321');
  expect(canonicalPhone('8765-4321', '021')).toBe('21987654321');
  expect(canonicalPhone('3333-4444', '21')).toBe('2133334444');
  expect(canonicalPhone('11 3333-4444', '21')).toBe('1133334444');
  expect(canonicalPhone('3333-4444', '20')).toBeNull();
});

test('parts', () => {
  expect(phoneParts('11987654321')).toEqual({ ddd: '11', uf: 'SP', subscriber: '987654321', kind: 'mobile' });
  expect(phoneParts('8533334444')).toEqual({ ddd: '85', uf: 'CE', subscriber: '33334444', kind: 'landline' });
  expect(phoneParts('1187654321')).toBeNull();
  expect(formatPhone('11987654321')).toBe('(11) 98765-4321');
  expect(formatPhone('8533334444')).toBe('(85) 3333-4444');
});

const national = fc
  .tuple(fc.constantFrom(...DDDS), fc.stringMatching(/^(9[0-9]{8}|[0-9]{8})$/))
  .map(([ddd, number]) => ddd + number);

test('agrees with libphonenumber on every canonical-length number, and is idempotent', () => {
  fc.assert(
    fc.property(national, (digits) => {
      const withNinth = digits.length === 10 && digits[2]! >= '6' ? `${digits.slice(0, 2)}9${digits.slice(2)}` : digits;
      const parsed = parsePhoneNumberFromString(withNinth, 'BR');
      const type = parsed?.isValid() ? parsed.getType() : undefined;
      const expected = type === 'MOBILE' || type === 'FIXED_LINE' ? parsed!.nationalNumber : null;
      const phone = canonicalPhone(digits);
      expect(phone).toBe(expected);
      if (phone !== null) expect(canonicalPhone(phone)).toBe(phone);
    }),
    { numRuns: 2000 },
  );
});

test('every way of writing a phone gives the same canonical form', () => {
  const writings: ((phone: string) => string)[] = [
    formatPhone,
    (phone) => `+55${phone}`,
    (phone) => `55 ${phone}`,
    (phone) => `0${phone}`,
    (phone) => `021${phone}`,
    (phone) => `+55 (0${phone.slice(0, 2)}) ${phone.slice(2)}`,
  ];
  fc.assert(
    fc.property(national, fc.constantFrom(...writings), (digits, write) => {
      const phone = canonicalPhone(digits);
      if (phone !== null) expect(canonicalPhone(write(phone))).toBe(phone);
    }),
  );
});
