import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  clockChanges,
  daysBetween,
  formatDay,
  parseDay,
  parseWallTime,
  wallTimeAt,
  weekdayOf,
} from './dates.ts';

test.each([
  ['19/11/2026', '2026-11-19 00:00:00'],
  ['19/11/2026 14:05', '2026-11-19 14:05:00'],
  ['2026-11-19T14:05:09', '2026-11-19 14:05:09'],
  ['2026-11-19 14:05:09.123', '2026-11-19 14:05:09'],
  ['2026-11-19T14:05:09-03:00', '2026-11-19 14:05:09'],
  ['2026-11-19T02:05:09Z', '2026-11-18 23:05:09'],
  ['2018-12-01T12:00:00Z', '2018-12-01 10:00:00'],
  ['2026-11-19T14:05:09+0530', '2026-11-19 05:35:09'],
  ['29/02/2024', '2024-02-29 00:00:00'],
  ['31/02/2026', null],
  ['29/02/2026', null],
  ['00/01/2026', null],
  ['01/13/2026', null],
  ['19/11/26', null],
  ['2026-11-19 24:00', null],
  ['2026-11-19 12:60', null],
  ['2026-11-19T14:05:09+99:00', null],
  ['19/11/2026x', null],
  ['', null],
])('%j → %s', (text, wall) => {
  expect(parseWallTime(text)).toBe(wall);
});

test('days', () => {
  expect(parseDay('19/11/2026')).toBe('2026-11-19');
  expect(parseDay('2026-11-19')).toBe('2026-11-19');
  expect(parseDay('19/11/2026 10:00')).toBeNull();
  expect(formatDay('2026-11-19')).toBe('qui 19/11');
  expect(formatDay('2026-11-21 23:00:00')).toBe('sáb 21/11');
  expect(weekdayOf('1969-12-28')).toBe(0);
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  expect(daysBetween('2026-11-18 23:55:00', '2026-11-19 00:20:00')).toBe(1);
});

// Decretos 6.558/2008 and 8.112/2013: from the third Sunday of October; 9.242/2017: first Sunday of November in 2018.
test('hours that summer time skipped in São Paulo', () => {
  expect(clockChanges('America/Sao_Paulo', 2016, 2026)).toEqual([
    { start: '2016-10-16 00:00:00', end: '2016-10-16 01:00:00' },
    { start: '2017-10-15 00:00:00', end: '2017-10-15 01:00:00' },
    { start: '2018-11-04 00:00:00', end: '2018-11-04 01:00:00' },
  ]);
  expect(clockChanges('America/New_York', 2026, 2026)).toEqual([
    { start: '2026-03-08 02:00:00', end: '2026-03-08 03:00:00' },
  ]);
});

test('every day written either way is read back, and steps add up', () => {
  const noon = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1970-01-01', days));
  fc.assert(
    fc.property(noon, fc.integer({ min: -5000, max: 5000 }), (day, step) => {
      expect(parseDay(day)).toBe(day);
      expect(parseDay(day.split('-').reverse().join('/'))).toBe(day);
      expect(daysBetween(day, addDays(day, step))).toBe(step);
      expect(weekdayOf(addDays(day, 7))).toBe(weekdayOf(day));
    }),
  );
});

test('an instant has the wall time that Intl prints', () => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/Sao_Paulo',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_900_000_000 }), (seconds) => {
      expect(wallTimeAt(seconds * 1000)).toBe(format.format(seconds * 1000));
    }),
  );
});
