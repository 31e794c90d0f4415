import { expect, test } from 'vitest';
import type { DayEntry } from './day-ledger.ts';
import { wantedDays } from './wanted-days.ts';

const NEVER = new Date('2026-11-10T12:00:00Z');

function entry(day: string, more: Partial<DayEntry> = {}): DayEntry {
  const had = {
    rows: 5,
    provisional: false,
    corrected: false,
    batch: 1,
    askedAt: NEVER,
    changedAt: NEVER,
    message: null,
  };
  return { day, state: 'extracted', ...had, ...more };
}

const wanted = (entries: DayEntry[], more: Partial<Parameters<typeof wantedDays>[0]> = {}) =>
  wantedDays({
    ...{ firstDay: '2026-11-11', today: '2026-11-16', timeZone: 'America/Sao_Paulo', recheckDays: 0, limit: 31 },
    entries,
    ...more,
  });

test('gaps up to yesterday, oldest first', () => {
  expect(wanted([])).toEqual(['2026-11-11', '2026-11-12', '2026-11-13', '2026-11-14', '2026-11-15']);
  expect(wanted([], { limit: 2 })).toEqual(['2026-11-11', '2026-11-12']);
  expect(wanted([entry('2026-11-12'), entry('2026-11-14', { state: 'empty', rows: 0 })])).toEqual([
    '2026-11-11',
    '2026-11-13',
    '2026-11-15',
  ]);
  expect(wanted([], { firstDay: '2026-11-16' })).toEqual([]);
});

test('what is provisional or corrected is missing, and what failed or is partial too, after the others', () => {
  const entries = [
    entry('2026-11-11', { state: 'failed' }),
    entry('2026-11-12', { state: 'partial' }),
    entry('2026-11-13', { provisional: true }),
    entry('2026-11-14', { corrected: true }),
    entry('2026-11-15'),
  ];
  expect(wanted(entries)).toEqual(['2026-11-13', '2026-11-14', '2026-11-11', '2026-11-12']);
  expect(wanted(entries, { limit: 3 })).toEqual(['2026-11-13', '2026-11-14', '2026-11-11']);
});

test('the last days are read again after what is missing, once a business day', () => {
  const today = new Date('2026-11-16T03:00:00Z');
  const entries = [
    entry('2026-11-11'),
    entry('2026-11-12'),
    entry('2026-11-14'),
    entry('2026-11-15', { askedAt: today }),
  ];
  expect(wanted(entries, { recheckDays: 3 })).toEqual(['2026-11-13', '2026-11-14']);
  expect(wanted(entries, { recheckDays: 4 })).toEqual(['2026-11-13', '2026-11-12', '2026-11-14']);
  expect(wanted(entries, { recheckDays: 4, limit: 2 })).toEqual(['2026-11-13', '2026-11-12']);
});
