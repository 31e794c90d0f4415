import { expect, test } from 'vitest';
import { addDays, type Day, weekdayOf } from '../../kernel/brazil/dates.ts';
import { Random } from '../../kernel/random.ts';
import { type DayCounts, type DayFacts, HALF_HOURS, usualOf } from './usual.ts';

const MONDAY = '2026-03-02';
/** Sunday to Saturday. */
const WEEK = [100, 1250, 1100, 1000, 1000, 900, 400];
const PLAIN: DayFacts = { isHoliday: () => false, events: new Set(), dueDays: new Set() };

/** Calls from 08:00 to 10:00, falling as 4 : 3 : 2 : 1 on weekdays and even on other days. */
function spread(day: Day, total: number): number[] {
  const weekday = weekdayOf(day);
  const shares = weekday === 0 || weekday === 6 ? [0.25, 0.25, 0.25, 0.25] : [0.4, 0.3, 0.2, 0.1];
  return Array.from({ length: HALF_HOURS }, (_, half) => (shares[half - 16] ?? 0) * total);
}

function history(days: number, totalOf: (day: Day, index: number) => number): DayCounts[] {
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(MONDAY, index);
    return { day, counts: spread(day, totalOf(day, index)) };
  });
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
const after = (days: number) => addDays(MONDAY, days);

test('weeks that repeat are repeated, half-hour by half-hour', () => {
  const usual = usualOf(
    history(56, (day) => WEEK[weekdayOf(day)]!),
    PLAIN,
  );
  for (let ahead = 56; ahead < 63; ahead++) {
    const day = after(ahead);
    for (const [half, count] of spread(day, WEEK[weekdayOf(day)]!).entries())
      expect(usual(day)[half]).toBeCloseTo(count, 6);
  }
});

test('due days have their factor, events and days out of the way are not learnt from', () => {
  const facts = { ...PLAIN, dueDays: new Set([5, 6, 7, 8, 9, 10]), events: new Set([after(37)]) };
  const isDue = (day: Day) => facts.dueDays.has(Number(day.slice(8)));
  const wild = new Map([
    [after(37), 4],
    [after(44), 0],
    [after(51), 2.5],
  ]);
  const usual = usualOf(
    history(70, (day) => WEEK[weekdayOf(day)]! * (isDue(day) ? 1.15 : 1) * (wild.get(day) ?? 1)),
    facts,
  );
  for (let ahead = 70; ahead < 91; ahead++) {
    const day = after(ahead);
    expect(sum(usual(day)) / (WEEK[weekdayOf(day)]! * (isDue(day) ? 1.15 : 1))).toBeCloseTo(1, 2);
  }
});

test('a holiday is as holidays were, and as a Sunday where none was seen', () => {
  const days = new Set([after(17), after(39), after(60)]);
  const facts = { ...PLAIN, isHoliday: (day: Day) => days.has(day) };
  const totals = (day: Day) => (days.has(day) ? 220 : WEEK[weekdayOf(day)]!);
  expect(sum(usualOf(history(56, totals), facts)(after(60)))).toBeCloseTo(220, 6);
  expect(sum(usualOf(history(14, totals), facts)(after(60)))).toBeCloseTo(100, 6);
});

test('the level follows growth: after weeks of 1 % more each, next week is foreseen within 4 %', () => {
  const growing = (day: Day, index: number) => WEEK[weekdayOf(day)]! * 1.01 ** (index / 7);
  const usual = usualOf(history(112, growing), PLAIN);
  for (let ahead = 112; ahead < 119; ahead++)
    expect(sum(usual(after(ahead))) / growing(after(ahead), ahead)).toBeCloseTo(1, 1.1);
  // In the middle of what is known both sides are seen.
  expect(sum(usual(after(58))) / growing(after(58), 58)).toBeCloseTo(1, 2);
});

test('random counts scatter around what is expected, not beside it', () => {
  const random = new Random(5, 'usual');
  const days = history(112, (day) => WEEK[weekdayOf(day)]! / 10).map(({ day, counts }) => ({
    day,
    counts: counts.map((count) => random.poisson(count)),
  }));
  const usual = usualOf(days, PLAIN);
  const week = Array.from({ length: 7 }, (_, index) => sum(usual(after(112 + index))));
  expect(sum(week) / 575).toBeCloseTo(1, 1.1);
});

test('nothing known is nothing expected', () => {
  expect(sum(usualOf([], PLAIN)(MONDAY))).toBe(0);
  expect(
    sum(
      usualOf(
        history(30, () => 0),
        PLAIN,
      )(after(31)),
    ),
  ).toBe(0);
});
