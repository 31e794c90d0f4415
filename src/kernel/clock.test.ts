import { expect, test } from 'vitest';
import { businessDay, systemClock, wallTime } from './clock.ts';

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

test('the system’s clock tells the time', () => {
  const before = Date.now();
  expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(before);
  expect(systemClock.now().getTime()).toBeLessThanOrEqual(Date.now());
});
