import { expect, test } from 'vitest';
import { openingDay } from './scope.ts';

const source = (contacts: number, complete_to: string) => ({ contacts, complete_to });

test('pages open at the last day that nine tenths of the contacts tell', () => {
  const calls = source(900, '2026-11-15');
  expect(openingDay([calls, source(100, '2026-10-25')])).toBe('2026-11-15');
  expect(openingDay([calls, source(101, '2026-10-25')])).toBe('2026-10-25');
  expect(openingDay([source(50, '2026-11-20'), source(50, '2026-10-01'), calls])).toBe('2026-11-15');
  expect(openingDay([source(0, '2026-11-20')])).toBe('2026-11-20');
  expect(openingDay([])).toBeNull();
});
