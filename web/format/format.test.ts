import { afterEach, expect, test } from 'vitest';
import {
  closedWeek,
  countWeeks,
  firstHeld,
  kindOf,
  lastDays,
  monthOf,
  movingPeriods,
  samePeriod,
  step,
  weekOf,
} from './days.ts';
import { capital, formats, quoted } from './index.ts';

// Test files share their modules: the weeks are put back.
afterEach(() => countWeeks({ first: '2024-01-01', number: null }));

/** Spaces inside a value do not break; the tests read them as spaces. */
const read = (text: string) => text.replaceAll('\u00a0', ' ');
const pt = formats('pt', 2026);
const en = formats('en', 2026);

test('numbers as SCREENS.md writes them', () => {
  expect(pt.count(12345)).toBe('12.345');
  expect(pt.count(1284)).toBe('1.284');
  expect(pt.percent(0.176)).toBe('17,6%');
  expect(read(pt.change(0.2, 0.176, 'ratio'))).toBe('+2,4 p.p.');
  expect(read(pt.change(0.176, 0.2, 'ratio'))).toBe('−2,4 p.p.');
  // 85,1% and 89,4% are read, though 4.36 lie between.
  expect(read(pt.change(0.89444, 0.85085, 'ratio'))).toBe('+4,3 p.p.');
  expect(pt.change(385.4, 375.6, 's')).toBe('+0:09');
  expect(pt.money(1234.5)).toBe('R$ 1.234,50');
  expect(pt.money(12345.6)).toBe('R$ 12.346');
  expect(pt.money(-3)).toBe('−R$ 3,00');
  expect(pt.value(348, 's')).toBe('5:48');
  expect(pt.value(3735, 's')).toBe('1:02:15');
  expect(pt.value(4_622_400, 's')).toBe('1.284 h');
  expect(pt.change(4_622_400, 0, 's')).toBe('+1.284 h');
  expect(pt.value(3599.6, 's')).toBe('1:00:00');
  expect(pt.change(348, 327, 's')).toBe('+0:21');
  expect(pt.change(327, 348, 's')).toBe('−0:21');
  expect(pt.hours(1284)).toBe('1.284 h');
  expect([0, 0.25, 3, 9.94, 9.96, 1284].map((value) => read(pt.agentHours(value)))).toEqual([
    ...['0 h', '0,3 h', '3 h', '9,9 h', '10 h', '1.284 h'],
  ]);
  expect([0.8, 0.825, 0.1234].map(pt.share)).toEqual(['80%', '82,5%', '12,3%']);
  expect([3, 3.04, 3.25, 12.5].map(pt.mean)).toEqual(['3', '3', '3,3', '12,5']);
  expect(pt.interval(0.176, 0.172, 0.18)).toBe('17,6% (17,2–18,0)');
  expect(pt.value(null, 'ratio')).toBe('–');
  expect(pt.change(38412, 35176, 'count')).toBe('+9,2%');
  expect(pt.signed(-0.2)).toBe('0');
  expect(pt.tick(12000, 'count')).toBe('12 mil');
  expect(pt.tick(1_200_000, 'count')).toBe('1,2 mi');
  expect(pt.tick(300, 's')).toBe('5:00');
  expect(pt.tick(37_800, 's')).toBe('10:30 h');
  expect(pt.tick(0.15, 'ratio')).toBe('15%');
  expect(pt.tick(0.125, 'ratio')).toBe('12,5%');
});

test('numbers in English', () => {
  expect(en.count(12345)).toBe('12,345');
  expect(en.percent(0.176)).toBe('17.6%');
  expect(read(en.change(0.2, 0.176, 'ratio'))).toBe('+2.4 pp');
  expect(en.money(1234.5)).toBe('R$ 1,234.50');
  expect(en.tick(12000, 'count')).toBe('12k');
});

test('days, with the year only when it is another one', () => {
  expect(read(pt.day('2026-11-19'))).toBe('qui 19/11');
  expect(read(pt.day('2025-11-19'))).toBe('19/11/2025');
  expect(read(en.day('2026-11-19'))).toBe('Thu 19 Nov');
  expect(read(en.day('2025-11-19'))).toBe('19 Nov 2025');
  expect(pt.hour(10.5)).toBe('10:30');
});

test('a line of its own begins with a capital', () => {
  expect(read(capital(pt.day('2026-11-10')))).toBe('Ter 10/11');
  expect(capital('10:30')).toBe('10:30');
  expect(capital('')).toBe('');
});

test('a name is quoted once', () => {
  expect(quoted('desconhecido')).toBe('“desconhecido”');
  expect(quoted('“-”')).toBe('“-”');
});

test('half-open periods show their last day', () => {
  expect(read(pt.range({ from: '2026-11-09', to: '2026-11-16' }))).toBe('09–15/11');
  expect(read(en.range({ from: '2026-11-09', to: '2026-11-16' }))).toBe('9–15 Nov');
  expect(read(pt.range({ from: '2026-10-26', to: '2026-11-02' }))).toBe('26/10–01/11');
  expect(read(pt.range({ from: '2025-12-29', to: '2026-01-05' }))).toBe('29/12/2025–04/01');
  expect(read(pt.range({ from: '2025-10-27', to: '2025-11-03' }))).toBe('27/10–02/11/2025');
  expect(read(pt.range({ from: '2026-11-01', to: '2026-12-01' }))).toBe('nov/2026');
  expect(read(pt.range({ from: '2026-11-19', to: '2026-11-20' }))).toBe('qui 19/11');
});

test('instants keep the business wall time', () => {
  expect(read(pt.instant('2026-11-18 08:04:10'))).toBe('18/11 08:04');
  expect(read(pt.instant('2026-11-18T11:04:10Z'))).toBe('18/11 08:04');
});

test('periods step by their own kind', () => {
  expect(weekOf('2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-23' });
  expect(kindOf(monthOf('2026-02-10'))).toBe('month');
  expect(step(monthOf('2026-01-31'), -1)).toEqual({ from: '2025-12-01', to: '2026-01-01' });
  expect(step({ from: '2026-11-09', to: '2026-11-16' }, 1)).toEqual({ from: '2026-11-16', to: '2026-11-23' });
  expect(lastDays('2026-11-22', 28)).toEqual({ from: '2026-10-26', to: '2026-11-23' });
});

test('the last closed week ends at or before the last complete day, and a matured one a window earlier', () => {
  expect(closedWeek('2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-23' });
  expect(closedWeek('2026-11-21')).toEqual({ from: '2026-11-09', to: '2026-11-16' });
  expect(closedWeek('2026-11-22', 7)).toEqual({ from: '2026-11-09', to: '2026-11-16' });
});

test('the period in view is the first that holds days of the data', () => {
  const [closed, begun] = [closedWeek('2026-11-18'), weekOf('2026-11-18')];
  expect(firstHeld('2026-11-15', [closed, begun])).toBe(closed);
  expect(firstHeld('2026-11-16', [closed, begun])).toBe(begun);
  expect(firstHeld(undefined, [closed, begun])).toBe(closed);
  expect(firstHeld('2026-12-01', [closed, begun])).toBe(begun);
});

test('a pattern of days is in the letters of its readers', () => {
  expect(pt.pattern('dd/mm/yyyy hh:mi:ss')).toBe('dd/mm/aaaa hh:mm:ss');
  expect([pt.pattern('ddmmyy'), pt.pattern('iso'), pt.pattern('1.234,5')]).toEqual(['ddmmaa', 'iso', '1.234,5']);
  expect(en.pattern('dd/mm/yyyy hh:mi')).toBe('dd/mm/yyyy hh:mm');
});

test('weeks begin and count as the server says', () => {
  countWeeks({ first: '2025-06-13', number: 25 });
  expect(weekOf('2025-06-12')).toEqual({ from: '2025-06-06', to: '2025-06-13' });
  expect(read(pt.range(weekOf('2025-06-12')))).toBe('S24 (06–12/06/2025)');
  expect(read(en.range(weekOf('2026-01-02')))).toBe('W54 (2–8 Jan)');
  expect(read(pt.range({ from: '2026-11-09', to: '2026-11-16' }))).toBe('09–15/11');
  expect(['2026-11-13', '2024-12-26'].map(pt.axisWeek(['2026-11-13']))).toEqual(['S99', '26/12']);
});

test('periods that move with the data: the month that ends with it is whole', () => {
  const moving = movingPeriods('2026-11-15');
  expect(moving).toEqual({
    day: { from: '2026-11-15', to: '2026-11-16' },
    week: { from: '2026-11-09', to: '2026-11-16' },
    month: { from: '2026-10-01', to: '2026-11-01' },
    '28d': { from: '2026-10-19', to: '2026-11-16' },
  });
  expect(movingPeriods('2026-11-30').month).toEqual({ from: '2026-11-01', to: '2026-12-01' });
  expect(movingPeriods('2026-11-14').week).toEqual({ from: '2026-11-02', to: '2026-11-09' });
  expect(samePeriod(moving.week, { from: '2026-11-09', to: '2026-11-16' })).toBe(true);
  expect(samePeriod(moving.week, undefined)).toBe(false);
});
