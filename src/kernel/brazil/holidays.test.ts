import { expect, test } from 'vitest';
import { holidayOn, holidays, isBusinessDay } from './holidays.ts';

test('national holidays by law in 2026', () => {
  const days = holidays(2026)
    .filter(({ kind }) => kind === 'public')
    .map(({ day }) => day.slice(5));
  for (const day of ['01-01', '04-03', '04-21', '05-01', '09-07', '10-12', '11-02', '11-15', '11-20', '12-25']) {
    expect(days).toContain(day);
  }
});

// Easter 2026 is 5 April: Carnaval 47 days before, Corpus Christi 60 days after.
test('movable days', () => {
  expect(holidayOn('2026-02-17')?.kind).toBe('bank');
  expect(holidayOn('2026-06-04')?.kind).toBe('bank');
  expect(holidayOn('2026-04-03')?.name).toBe('Sexta-Feira Santa');
});

test('state holidays count in their state only', () => {
  expect(holidayOn('2026-07-09', 'SP')?.scope).toBe('state');
  expect(holidayOn('2026-07-09', 'RJ')).toBeNull();
  expect(holidayOn('2026-04-23', 'RJ')?.scope).toBe('state');
});

// Lei 14.759/2023 made 20 November national; the library drops it for SP, so the national list always comes first.
test('20 November is a holiday in every state', () => {
  expect(holidayOn('2026-11-20', 'SP')?.scope).toBe('national');
});

test('business days', () => {
  expect(isBusinessDay('2026-11-19')).toBe(true);
  expect(isBusinessDay('2026-11-20')).toBe(false);
  expect(isBusinessDay('2026-11-21')).toBe(false);
  expect(isBusinessDay('2026-07-09', 'SP')).toBe(false);
  expect(isBusinessDay('2026-07-09', 'MG')).toBe(true);
});
