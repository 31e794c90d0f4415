import { expect, test } from 'vitest';
import { addDays } from '../../kernel/brazil/dates.ts';
import { batchAge } from './data-age.ts';

/** A Thursday. */
const TODAY = '2026-11-19';
const weeksBefore = (weeks: number) => addDays(TODAY, -7 * weeks);

/** A file every day at about seven, of the weeks from `from` to `to` before. */
const daily = (from: number, to: number, time = '07:00:00') =>
  Array.from({ length: 7 * (from - to) + 1 }, (_, index) => `${addDays(weeksBefore(from), index)}T${time}`);

test('a daily file that came is as old as it was at this hour of the last Thursdays', () => {
  // At 11:00 a file of 07:00 is 240 minutes old, and always was: up to whole ten minutes, 250.
  expect(batchAge(daily(6, 0), `${TODAY}T11:00:00`)).toEqual({ minutes: 240, usual: 250 });
});

test('a daily file that did not come is a day older', () => {
  expect(batchAge(daily(6, 0).slice(0, -1), `${TODAY}T11:00:00`)).toEqual({ minutes: 1680, usual: 250 });
  // Before its hour it is yesterday's, as it always was.
  expect(batchAge(daily(6, 0).slice(0, -1), `${TODAY}T06:00:00`)).toEqual({ minutes: 1380, usual: 1390 });
});

test('a file each five minutes is late after ten', () => {
  const received = Array.from({ length: 5 }, (_, week) =>
    Array.from({ length: 60 }, (_, index) => {
      const minute = index * 5;
      return `${weeksBefore(week)}T${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
    }),
  ).flat();
  const until = received.filter((moment) => moment < `${TODAY}T10:30:00`);
  expect(batchAge(until, `${TODAY}T10:33:00`)).toEqual({ minutes: 8, usual: 10 });
  expect(batchAge(until, `${TODAY}T10:45:00`)).toEqual({ minutes: 20, usual: 10 });
});

test('one week of many in which nothing came says nothing of the others; of few it does', () => {
  const without = (weeks: number) =>
    daily(weeks, 0).filter((moment) => ![0, 1].some((days) => moment.startsWith(addDays(weeksBefore(2), -days))));
  expect(batchAge(without(6), `${TODAY}T11:00:00`)!.usual).toBe(250);
  expect(batchAge(without(4), `${TODAY}T11:00:00`)!.usual).toBe(3130);
});

test('two weeks are no habit, and of nothing nothing is said', () => {
  expect(batchAge(daily(2, 0), `${TODAY}T11:00:00`)).toEqual({ minutes: 240, usual: null });
  expect(batchAge([], `${TODAY}T11:00:00`)).toBeNull();
});
