import { expect, test } from 'vitest';
import { businessDay, instantOf, systemClock, wallTime } from './clock.ts';

const SAO_PAULO = 'America/Sao_Paulo';

test.each([
  ['2026-03-01T02:59:59Z', SAO_PAULO, '2026-02-28T23:59:59'],
  ['2026-03-01T03:00:00Z', SAO_PAULO, '2026-03-01T00:00:00'],
  ['2026-03-01T03:00:00Z', 'America/Manaus', '2026-02-28T23:00:00'],
  ['2026-12-31T23:30:00Z', 'Asia/Tokyo', '2027-01-01T08:30:00'],
  // Summer time began in Brazil at midnight of 4 November 2018, for the last time.
  ['2018-11-04T02:59:59Z', SAO_PAULO, '2018-11-03T23:59:59'],
  ['2018-11-04T03:00:00Z', SAO_PAULO, '2018-11-04T01:00:00'],
])('%s in %s is %s', (instant, zone, wall) => {
  expect(wallTime(new Date(instant), zone)).toBe(wall);
  expect(businessDay(new Date(instant), zone)).toBe(wall.slice(0, 10));
});

test.each([
  ['2026-11-20', '06:00', SAO_PAULO, '2026-11-20T09:00:00.000Z'],
  ['2026-11-20', '23:59:59', 'America/Manaus', '2026-11-21T03:59:59.000Z'],
  // Midnight did not exist: the day began at 01:00.
  ['2018-11-04', '00:00', SAO_PAULO, '2018-11-04T03:00:00.000Z'],
  ['2018-11-04', '01:00', SAO_PAULO, '2018-11-04T03:00:00.000Z'],
  // 23:30 came twice; the first counts.
  ['2018-02-17', '23:30', SAO_PAULO, '2018-02-18T01:30:00.000Z'],
  ['2018-02-18', '00:00', SAO_PAULO, '2018-02-18T03:00:00.000Z'],
])('%s %s in %s is at %s', (day, time, zone, instant) => {
  expect(instantOf(day, time, zone).toISOString()).toBe(instant);
});

test('the system’s clock tells the time', () => {
  const before = Date.now();
  expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(before);
  expect(systemClock.now().getTime()).toBeLessThanOrEqual(Date.now());
});
