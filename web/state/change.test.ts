import { expect, test } from 'vitest';
import { changeOf, lastClosed, newsOf, onSameDays, viewed, weekBefore } from './change.ts';
import type { Figure, FigureLine } from './shapes.ts';

const figure = (given: Partial<Figure>): Figure => ({
  name: 'x',
  unit: 's',
  label: { pt: '', en: '' },
  better: 'lower',
  value: 100,
  previous: 100,
  n: 500,
  gross: null,
  provisional: false,
  trend: [],
  ...given,
});

test('a movement inside the interval or under 1 % is stable', () => {
  expect(changeOf(figure({ value: 0.2, previous: 0.19, low: 0.18, high: 0.22 }))?.direction).toBe('stable');
  expect(changeOf(figure({ value: 100.5 }))?.direction).toBe('stable');
});

test('better and worse follow the indicator, not the arrow', () => {
  expect(changeOf(figure({ value: 120 }))).toMatchObject({ direction: 'up', verdict: 'worse' });
  expect(changeOf(figure({ value: 120, better: 'higher' }))).toMatchObject({ verdict: 'better' });
  expect(changeOf(figure({ value: 120, better: 'neither' }))).not.toHaveProperty('verdict');
});

test('the gross view shows the gross value, and compares only like with like', () => {
  expect(viewed(figure({ gross: 104 }), true)).toMatchObject({ value: 104, previous: null });
  expect(viewed(figure({ gross: 100 }), true)).toMatchObject({ value: 100, previous: 100 });
  expect(viewed(figure({ gross: 104 }), false)).toMatchObject({ value: 100, previous: 100 });
});

test('nothing to compare gives no change', () => {
  expect(changeOf(figure({ previous: null }))).toBeUndefined();
});

test('the news is the largest worsening; provisional and scarce figures make none', () => {
  const better = figure({ name: 'better', value: 50 });
  const worse = figure({ name: 'worse', value: 110 });
  const provisional = figure({ name: 'provisional', value: 300, provisional: true });
  const scarce = figure({ name: 'scarce', value: 300, n: 12 });
  expect(newsOf([better, worse, provisional, scarce])?.name).toBe('worse');
  expect(newsOf([better])?.name).toBe('better');
});

test('a period with nothing closed shows the newest closed week; any other keeps its own value', () => {
  const trend = [
    { from: '2026-10-19', value: 0.18, provisional: false },
    { from: '2026-10-26', value: 0.19, provisional: false },
    { from: '2026-11-02', value: 0.1, provisional: true },
    { from: '2026-11-09', value: null, provisional: true },
  ];
  const open = figure({ value: null, reasonCode: 'not-matured', provisional: true, trend });
  expect(lastClosed(open)).toMatchObject({ value: 0.19, closedWeek: '2026-10-26', previous: null });
  expect(lastClosed({ ...open, trend: trend.slice(2) }).value).toBeNull();
  expect(lastClosed({ ...open, reasonCode: 'not-identified' }).value).toBeNull();
  expect(lastClosed(figure({ trend }))).not.toHaveProperty('closedWeek');
});

test('a period shorter than a week is compared with the same weekdays of the week before', () => {
  const line = (from: string, to: string, figures: Figure[]): FigureLine => ({
    ...{ from, to, figures, previousFrom: '2026-11-15', previousTo: '2026-11-16' },
    ...{ watermark: to, contacts: 10, excluded: 0, lakeVersion: 1 },
  });
  const monday = line('2026-11-16', '2026-11-17', [figure({ value: 840, previous: 100 })]);
  const before = line('2026-11-09', '2026-11-10', [figure({ value: 800 })]);
  const shown = onSameDays(monday, before);
  expect(shown).toMatchObject({ previousFrom: '2026-11-09', previousTo: '2026-11-10' });
  expect(shown.figures[0]).toMatchObject({ value: 840, previous: 800 });
  expect(onSameDays(monday, undefined).figures[0]?.previous).toBeNull();
  expect(onSameDays(monday, monday).figures[0]?.previous).toBeNull();
  const week = line('2026-11-09', '2026-11-16', [figure({ previous: 100 })]);
  expect(weekBefore(week)).toBeUndefined();
  expect(onSameDays(week, before)).toBe(week);
});
