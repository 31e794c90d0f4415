import { expect, test } from 'vitest';
import { holidayName, isWorkingDay } from './holidays.ts';

const row = (day: string, place: string, name: string, effect = 'closed') => ({
  key: { day, place },
  values: { name, effect },
});
const TABLE = [
  row('2026-01-26', 'Santos', 'Aniversário de Santos'),
  row('2026-07-08', 'SP', 'Véspera'),
  row('2026-11-02', '', 'Finados trabalhado', 'open'),
  row('2026-11-02', 'RJ', 'Finados'),
];

test('national and state holidays are known, and local ones are those of the table', () => {
  expect(holidayName(TABLE, '2026-09-07')).not.toBeNull();
  expect(holidayName(TABLE, '2026-07-09', { uf: 'SP' })).not.toBeNull();
  expect(holidayName(TABLE, '2026-07-09', { uf: 'RJ' })).toBeNull();
  expect(holidayName(TABLE, '2026-01-26', { uf: 'SP', city: 'SANTOS' })).toBe('Aniversário de Santos');
  expect(holidayName(TABLE, '2026-01-26', { uf: 'SP', city: 'Campinas' })).toBeNull();
  expect(holidayName(TABLE, '2026-07-08', { uf: 'SP', city: 'Campinas' })).toBe('Véspera');
});

test('a holiday on which the center works is a working day, but for the place that keeps it', () => {
  expect(isWorkingDay([], '2026-11-02')).toBe(false);
  expect(isWorkingDay(TABLE, '2026-11-02')).toBe(true);
  expect(isWorkingDay(TABLE, '2026-11-02', { uf: 'RJ' })).toBe(false);
  // 1 November 2026 is a Sunday.
  expect(isWorkingDay(TABLE, '2026-11-01')).toBe(false);
});
