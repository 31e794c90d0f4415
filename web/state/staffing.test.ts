import { describe, expect, test } from 'vitest';
import { readScope, writeScope } from './scope.ts';
import type { Staffing } from './shapes.ts';
import { byLack, halvesOf, hoursOf, unbrokenHalves, usualWeek, weekdayShown } from './staffing.ts';
import {
  aimsToScope,
  queueAsked,
  queueGiven,
  queueToScope,
  readNumber,
  rulesAsked,
  rulesGiven,
  rulesToScope,
  wrongAims,
  wrongQueue,
  wrongRules,
} from './staffing-forms.ts';

type Row = Staffing['rows'][number];

const row = (
  day: string,
  from: string,
  usualNeeded: number,
  rostered: number | null,
  more: Partial<Row> = {},
): Row => ({
  ...{ day, from, offered: 4, abandoned: 0, answeredInTime: 4, aht: 300, needed: usualNeeded, rostered },
  ...{ lack: null, surplus: null, usualCalls: 5, usualNeeded, usualLevel: null },
  usualLack: rostered === null ? null : Math.max(0, usualNeeded - rostered),
  usualSurplus: rostered === null ? null : Math.max(0, rostered - usualNeeded),
  ...more,
});

/** Two Mondays with a roster, one without, and a Tuesday on which nobody is rostered at 09:00. */
const ROWS = [
  row('2026-11-02', '08:00', 3, 1),
  row('2026-11-02', '09:00', 2, 2.5),
  row('2026-11-09', '08:00', 4, 5),
  row('2026-11-16', '08:00', 9, null),
  row('2026-11-10', '08:00', 2, 2),
  row('2026-11-10', '09:00', 2, 0),
];

describe('the usual week', () => {
  const week = usualWeek(ROWS);
  const cell = (weekday: number, from: string) => week.find((one) => one.weekday === weekday && one.from === from);

  test('is the mean of the days with a roster, empty half-hours included', () => {
    // Lack 2 and 0, surplus 0 and 1; the Monday without a roster is left out.
    expect(cell(1, '08:00')).toMatchObject({ needed: 3.5, rostered: 3, lack: 1, surplus: 0.5 });
    expect(cell(1, '09:00')).toMatchObject({ needed: 1, rostered: 1.25, lack: 0, surplus: 0.25 });
    expect(cell(2, '09:00')).toMatchObject({ needed: 2, rostered: 0, lack: 2 });
    expect(cell(3, '08:00')).toBeUndefined();
  });

  test('without any roster is what is needed', () => {
    const [only] = usualWeek([ROWS[3]!]);
    expect(only).toMatchObject({ weekday: 1, needed: 9, rostered: null, lack: null, surplus: null });
  });

  test('its worst half-hours come first, and its weekday with most lack is shown where none is chosen', () => {
    expect(byLack(week).map(({ weekday, from }) => `${weekday} ${from}`)).toEqual(['2 09:00', '1 08:00']);
    expect(weekdayShown(undefined, week)).toBe(2);
    expect(weekdayShown('5', week)).toBe(5);
    expect(weekdayShown('2026-11-15', week)).toBe(7);
    expect(weekdayShown('ontem', [])).toBe(1);
  });
});

describe('a day', () => {
  const coming = { day: '2026-11-17', from: '08:00', calls: 6.2, low: 2, high: 11, naive: 5, needed: 3, neededHigh: 4 };
  const answer = {
    rows: ROWS,
    forecast: { rows: [{ ...coming, rostered: null, lack: null, surplus: null }] },
  } as unknown as Staffing;

  test('of the period has what came beside what usually comes', () => {
    expect(halvesOf('2026-11-09', answer, [])).toEqual([{ from: '08:00', needed: 4, rostered: 5, came: 4, usual: 5 }]);
  });

  test('that is coming has its forecast, and a weekday the usual one', () => {
    expect(halvesOf('2026-11-17', answer, [])[0]!.forecast).toMatchObject({ calls: 6.2, low: 2, high: 11, naive: 5 });
    expect(halvesOf('2', answer, usualWeek(ROWS)).map(({ needed }) => needed)).toEqual([2, 2]);
  });

  test('has no gaps, and its hours are half its people', () => {
    const halves = unbrokenHalves(halvesOf('2026-11-10', answer, []));
    expect(halves.map(({ from, needed, rostered }) => [from, needed, rostered])).toEqual([
      ['08:00', 2, 2],
      ['08:30', 0, 0],
      ['09:00', 2, 0],
    ]);
    expect(hoursOf(halves)).toEqual({ needed: 2, lack: 1, surplus: 0 });
    expect(hoursOf(halvesOf('2026-11-16', answer, []))).toEqual({ needed: 4.5, lack: null, surplus: null });
    expect(unbrokenHalves([])).toEqual([]);
  });
});

test.each([
  ['80', 80],
  ['80%', 80],
  [' 0,85 ', 0.85],
  ['', Number.NaN],
  ['oitenta', Number.NaN],
])('%j is read as %d', (text, value) => {
  expect(readNumber(text)).toBe(value);
});

describe('aims', () => {
  const given = { level: '85,5', seconds: '20', away: '30', patience: 'given', leaves: '90', due: '5-10, 20' } as const;

  test('go into the address as the API takes them, and what is usual stays out', () => {
    expect(wrongAims(given)).toEqual({});
    const scope = aimsToScope(given, { level: 0.8, within: 20 });
    expect(scope).toEqual({ level: '0.855', target: undefined, shrinkage: '0.3', patience: '90', due: '5-10,20' });
    const address = writeScope({ ...readScope(new URLSearchParams()), ...scope });
    expect(address).toBe('level=0.855&shrinkage=0.3&patience=90&due=5-10%2C20');
    expect(readScope(new URLSearchParams(address))).toMatchObject({ level: '0.855', patience: '90' });
  });

  test.each([
    ['level', { level: '0' }],
    ['level', { level: '100' }],
    ['seconds', { seconds: '-1' }],
    ['away', { away: '95' }],
    ['leaves', { leaves: '' }],
    ['due', { due: '5-40' }],
    ['due', { due: '10-5' }],
    ['due', { due: 'dia 5' }],
  ])('%s is refused in %j', (field, change) => {
    expect(Object.keys(wrongAims({ ...given, ...change }))).toEqual([field]);
  });
});

describe('rules of shifts', () => {
  const open = { first: '08:00', last: '20:00' };
  const scope = readScope(new URLSearchParams());

  test('begin as six hours with half an hour off, within the hours in which people are needed', () => {
    const given = rulesGiven({ ...scope, days: '2026-11-17' }, open);
    expect(wrongRules(given)).toEqual({});
    expect(rulesAsked(given)).toEqual({
      ...{ days: '2026-11-17', lengths: '360', earliest: '08:00', latest: '20:00' },
      ...{ rest: '30:120-240', people: undefined },
    });
  });

  test('survive the address, breaks of none too', () => {
    const given = { ...rulesGiven({ ...scope, days: '2026-11-17,2026-11-16' }, open), rest: 0, people: '12' };
    const kept = rulesToScope(given);
    expect(kept).toMatchObject({ days: '2026-11-16,2026-11-17', rest: '0', people: '12' });
    expect(rulesGiven({ ...scope, ...kept }, open)).toMatchObject({ rest: 0, people: '12' });
    expect(rulesAsked(given).rest).toBeUndefined();
  });

  test.each([
    ['days', { days: [] }],
    ['lengths', { lengths: [] }],
    ['latest', { latest: '12:00' }],
    ['restFrom', { restFrom: '1,25' }],
    ['restTo', { restTo: '1' }],
    ['people', { people: 'dez' }],
  ])('%s is refused in %j', (field, change) => {
    const given = rulesGiven({ ...scope, days: '2026-11-17' }, open);
    expect(Object.keys(wrongRules({ ...given, ...change }))).toEqual([field]);
  });
});

describe('a queue by hand', () => {
  const scope = readScope(new URLSearchParams());

  test('begins as an example and asks the API in seconds and shares', () => {
    expect(queueAsked(queueGiven(scope))).toEqual({
      ...{ calls: 100, interval: 1800, aht: 180, target: 20, agents: 14, level: undefined, patience: undefined },
    });
    const wanted = { ...queueGiven(scope), ask: 'people' as const, aim: '82,5', leaves: '60' };
    expect(queueAsked(wanted)).toMatchObject({ agents: undefined, level: 0.825, patience: 60 });
    expect(queueGiven({ ...scope, ...queueToScope(wanted) })).toMatchObject({
      ask: 'people',
      aim: '82,5',
      leaves: '60',
    });
  });

  test.each([
    ['calls', { calls: 'muitas' }],
    ['minutes', { minutes: '0' }],
    ['handle', { handle: '' }],
    ['agents', { agents: '13,5' }],
    ['leaves', { leaves: '0' }],
  ])('%s is refused in %j', (field, change) => {
    expect(Object.keys(wrongQueue({ ...queueGiven(scope), ...change }))).toEqual([field]);
  });
});
