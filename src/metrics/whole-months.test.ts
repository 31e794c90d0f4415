import { expect, test } from 'vitest';
import type { SourceFacts } from './facts.ts';
import { monthsOf } from './whole-months.ts';

const since = (first_day: string) => ({ first_day }) as SourceFacts;
const year = { from: '2026-01-01', to: '2026-11-16' };

test('the month in which the data begins and the one that runs are left out', () => {
  expect(monthsOf(year, [since('2026-05-18')], '2026-11-15')).toEqual({
    whole: ['2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01'],
    partial: ['2026-05-01', '2026-11-01'],
  });
});

test('a month in which a source begins is not whole; those before it are', () => {
  const { whole, partial } = monthsOf(
    { from: '2026-07-01', to: '2026-10-01' },
    [since('2025-01-01'), since('2026-08-10')],
    '2026-11-15',
  );
  expect({ whole, partial }).toEqual({ whole: ['2026-07-01', '2026-09-01'], partial: ['2026-08-01'] });
});

test('a period within a month has none; one that is a month has it, once its last day is known', () => {
  const held = [since('2025-01-01')];
  expect(monthsOf({ from: '2026-10-19', to: '2026-11-16' }, held, '2026-11-15').whole).toEqual([]);
  const october = { from: '2026-10-01', to: '2026-11-01' };
  expect(monthsOf(october, held, '2026-10-31')).toEqual({ whole: ['2026-10-01'], partial: [] });
  expect(monthsOf(october, held, '2026-10-30')).toEqual({ whole: [], partial: ['2026-10-01'] });
  const christmas = { from: '2026-11-15', to: '2027-02-02' };
  expect(monthsOf(christmas, held, '2027-06-30').whole).toEqual(['2026-12-01', '2027-01-01']);
});
