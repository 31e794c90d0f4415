import { describe, expect, test } from 'vitest';
import { addDays, type Day, weekdayOf } from '../../kernel/brazil/dates.ts';
import { Random } from '../../kernel/random.ts';
import { forecastOf, naiveOf } from './forecast.ts';
import { type DayCounts, type DayFacts, HALF_HOURS } from './usual.ts';

const MONDAY = '2026-03-02';
const PLAIN: DayFacts = { isHoliday: () => false, events: new Set(), dueDays: new Set() };
/** Calls of a half-hour, Sunday to Saturday. */
const WEEK = [0, 30, 26, 24, 24, 22, 9];
const open = (half: number) => half >= 16 && half < 36;

function history(days: number, callsOf: (day: Day, half: number) => number): DayCounts[] {
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(MONDAY, index);
    return { day, counts: Array.from({ length: HALF_HOURS }, (_, half) => (open(half) ? callsOf(day, half) : 0)) };
  });
}

describe('Poisson calls of a steady week', () => {
  const random = new Random(11, 'forecast');
  const steady = history(182, (day) => random.poisson(WEEK[weekdayOf(day)]!));
  const forecast = forecastOf(steady, 7, PLAIN)!;

  test('the forecast misses no more than chance makes, the naive one √2 times as much', () => {
    // E|X − m| of a Poisson is close to √(2m/π); both sides vary in the naive one.
    const busy = WEEK.filter((calls) => calls > 0);
    const chance = busy.reduce((sum, calls) => sum + Math.sqrt((2 * calls) / Math.PI), 0);
    const wape = chance / busy.reduce((sum, calls) => sum + calls, 0);
    expect(forecast.usual.wape! / wape).toBeCloseTo(1, 1);
    expect(forecast.naive.wape! / wape).toBeCloseTo(Math.SQRT2, 1);
    expect(forecast.used).toBe('usual');
    expect(forecast.gain).toBeCloseTo(1 - forecast.usual.wape! / forecast.naive.wape!, 12);
    expect(forecast.saved!.low).toBeGreaterThan(0);
  });

  test('its intervals hold 95 % of what came, on days that they were not made of', () => {
    expect(forecast.usual.coverage!).toBeGreaterThan(0.93);
    expect(forecast.usual.coverage!).toBeLessThan(0.98);
    expect([forecast.origins, forecast.days, forecast.halfHours]).toEqual([12, 84, 12 * 6 * 20]);
  });

  test('the coming week: each half-hour that is open, its calls between its limits', () => {
    expect(forecast.rows).toHaveLength(6 * 20);
    expect(forecast.rows[0]).toMatchObject({ day: addDays(MONDAY, 182), half: 16 });
    for (const { day, calls, low, high } of forecast.rows) {
      expect(Math.abs(calls / WEEK[weekdayOf(day)]! - 1)).toBeLessThan(0.2);
      expect(low).toBeLessThan(calls);
      expect(high).toBeGreaterThan(calls);
    }
  });
});

test('where each half-hour is as the one a week before, nothing is gained, and the naive forecast is used', () => {
  const random = new Random(3, 'walk');
  const level = Array.from({ length: 7 * HALF_HOURS }, () => 60);
  // Every half-hour of the week goes its own way: last week is all that can be known of the next.
  const wandering = history(140, (day, half) => {
    const at = weekdayOf(day) * HALF_HOURS + half;
    level[at] = Math.max(1, Math.round(level[at]! * Math.exp(random.normal(0, 0.25))));
    return level[at]!;
  });
  const { used, gain, saved, rows } = forecastOf(wandering, 7, PLAIN)!;
  expect(used).toBe('naive');
  expect(gain).toBeLessThan(0);
  expect(saved!.mean).toBeLessThan(0);
  for (const { calls, naive } of rows) expect(calls).toBe(naive);
});

test('the naive forecast passes over holidays and events; a holiday is the last Sunday', () => {
  const days = history(28, (day) => Number(day.slice(8)));
  const holiday = addDays(MONDAY, 21);
  const event = addDays(MONDAY, 22);
  const coming = addDays(MONDAY, 30);
  const facts = {
    ...PLAIN,
    isHoliday: (day: Day) => day === holiday || day === coming,
    events: new Set([event]),
  };
  const naive = naiveOf(days, facts);
  const calls = (day: Day) => naive(day)[16];
  expect(calls(addDays(MONDAY, 28))).toBe(16);
  expect(calls(addDays(MONDAY, 29))).toBe(17);
  expect(calls(coming)).toBe(29);
  expect(calls(addDays(MONDAY, 31))).toBe(26);
});

test('five weeks are the least that is forecast from', () => {
  const random = new Random(1, 'short');
  const days = history(35, (day) => random.poisson(WEEK[weekdayOf(day)]!));
  expect(forecastOf(days.slice(1), 7, PLAIN)).toBeNull();
  const { origins, usual } = forecastOf(days, 7, PLAIN)!;
  expect([origins, usual.coverage]).toEqual([1, null]);
});
