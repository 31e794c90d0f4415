import { expect, it } from 'vitest';
import { MONDAY_WEEKS, weekNumber, weekStart } from './weeks.ts';

const FRIDAYS = { first: '2025-06-13', number: 25 };

it('begins on Monday, without numbers, where nobody said otherwise', () => {
  expect(['2026-11-15', '2026-11-16', '2026-11-22'].map((day) => weekStart(day, MONDAY_WEEKS))).toEqual([
    '2026-11-09',
    '2026-11-16',
    '2026-11-16',
  ]);
  expect(weekStart('1999-02-10', MONDAY_WEEKS)).toBe('1999-02-08');
  expect(weekNumber('2026-11-16', MONDAY_WEEKS)).toBeNull();
});

it('begins on the weekday of the first day that was said, and counts through New Year', () => {
  const numbers = { '2025-06-12': 24, '2025-06-13': 25, '2025-06-19': 25, '2025-06-20': 26, '2025-12-31': 53 };
  for (const [day, number] of Object.entries(numbers)) expect(weekNumber(day, FRIDAYS), day).toBe(number);
  expect(weekNumber('2026-01-02', FRIDAYS)).toBe(54);
  expect(weekStart('2025-06-12', FRIDAYS)).toBe('2025-06-06');
  expect(weekStart('2024-02-29', FRIDAYS)).toBe('2024-02-23');
  expect([weekNumber('2024-12-27', FRIDAYS), weekNumber('2024-12-26', FRIDAYS)]).toEqual([1, null]);
});
