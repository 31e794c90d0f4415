import { expect, test } from 'vitest';
import { canonicalPhone } from '../kernel/brazil/phone.ts';
import { People, PHONES } from './people.ts';
import { cpfOf } from './world.ts';

test('phones and CPFs are valid and nobody shares them, also far beyond ten million people', () => {
  const people = new People(5);
  const phones = new Set<string>();
  const cpfs = new Set<string>();
  let written = 0;
  let known = 0;
  for (const block of [0, 10_000_000, 20_000_000, 59_000_000]) {
    for (let number = block; number < block + 20_000; number++) {
      people.load(number);
      for (let slot = 0; slot < PHONES; slot++) {
        const phone = people.phone(slot);
        if (canonicalPhone(phone) !== phone) throw new Error(`not canonical: ${phone}`);
        phones.add(phone);
        written++;
      }
      const cpf = cpfOf(people);
      if (cpf === null) continue;
      cpfs.add(cpf);
      known++;
    }
  }
  expect(phones.size).toBe(written);
  expect(cpfs.size).toBe(known);
  expect(known / 80_000).toBeGreaterThan(0.95);
});
