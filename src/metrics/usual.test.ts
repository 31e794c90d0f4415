import { expect, test } from 'vitest';
import { type CoursePoint, usualOf } from './usual.ts';

const course = (...values: [from: string, value: number | null, n: number][]): CoursePoint[] =>
  values.map(([from, value, n]) => ({ from, value, n, provisional: false }));
const WEEKS = course(
  ['2026-10-05', 900, 900],
  ['2026-10-12', 100, 100],
  ['2026-10-19', 120, 120],
  ['2026-10-26', 80, 80],
  ['2026-11-02', 110, 110],
);

test('of counts the plain mean of the four weeks before, and not of the fifth', () => {
  expect(usualOf(WEEKS, '2026-11-09', 'count')).toEqual({ value: 102.5, n: 410 });
});

test('of a rate, the rate of the four together: a week of few cases weighs little', () => {
  const rates = course(
    ['2026-10-12', 0.5, 10],
    ['2026-10-19', 0.1, 990],
    ['2026-10-26', 0.2, 500],
    ['2026-11-02', 0.2, 500],
  );
  // 5 + 99 + 100 + 100 of 2000, where the plain mean would say 0.25.
  expect(usualOf(rates, '2026-11-09', 'ratio')).toEqual({ value: 0.152, n: 2000 });
});

test('a week that is missing, without a value or provisional leaves no mean', () => {
  const without = (change: (points: CoursePoint[]) => CoursePoint[]) =>
    usualOf(change([...WEEKS]), '2026-11-09', 'count');
  expect(without((points) => points.toSpliced(2, 1))).toBeUndefined();
  expect(without((points) => points.with(2, { ...points[2]!, value: null }))).toBeUndefined();
  expect(without((points) => points.with(4, { ...points[4]!, provisional: true }))).toBeUndefined();
  expect(without((points) => points.with(0, { ...points[0]!, provisional: true }))).toEqual({ value: 102.5, n: 410 });
});

test('days are held against the same weekday', () => {
  const days = Array.from({ length: 28 }, (_, at): CoursePoint => {
    const from = new Date(Date.UTC(2026, 9, 12 + at)).toISOString().slice(0, 10);
    return { from, value: at % 7 === 0 ? 10 : 1000, n: 1, provisional: false };
  });
  expect(usualOf(days, '2026-11-09', 'count')).toEqual({ value: 10, n: 4 });
});
