import { expect, test } from 'vitest';
import { changeOf, newsOf, viewed } from './change.ts';
import type { Figure } from './shapes.ts';

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
