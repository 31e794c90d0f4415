import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitForTurn } from './rate-limit.ts';
import { passes, retryAfter, retryDelay } from './retry.ts';

const LIMITS = { firstMs: 1000, mostMs: 60_000 };

test('waits grow twofold up to a ceiling, anywhere below it', () => {
  const most = [1, 2, 3, 4, 5, 6, 7, 8].map((failed) => retryDelay(failed, null, LIMITS, () => 0.999_999_9));
  expect(most.map((ms) => Math.round(ms / 1000))).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect(retryDelay(5, null, LIMITS, () => 0)).toBe(0);
  expect(retryDelay(5, null, LIMITS, () => 0.5)).toBe(8000);
});

test('what the source asks for is never cut short, and not lengthened by more than the first wait', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 1e7 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (failed, waitMs, drawn) => {
        const ms = retryDelay(failed, waitMs, LIMITS, () => drawn);
        expect(ms).toBeGreaterThanOrEqual(waitMs);
        expect(ms).toBeLessThanOrEqual(waitMs + LIMITS.firstMs);
      },
    ),
  );
});

test.each([
  ['120', undefined, 120_000],
  ['0', undefined, 0],
  ['Fri, 20 Nov 2026 15:00:30 GMT', undefined, 30_000],
  // The source's clock is a day behind: its own date counts.
  ['Thu, 19 Nov 2026 15:00:30 GMT', 'Thu, 19 Nov 2026 15:00:00 GMT', 30_000],
  ['Fri, 20 Nov 2026 14:00:00 GMT', undefined, 0],
  ['logo', undefined, null],
  ['-5', undefined, null],
  ['', undefined, null],
] as const)('Retry-After: %s (Date: %s) is %s ms', (after, date, expected) => {
  const headers = new Headers({ ...(after === '' ? {} : { 'retry-after': after }), ...(date ? { date } : {}) });
  expect(retryAfter(headers, new Date('2026-11-20T15:00:00Z'))).toBe(expected);
});

test('what may pass', () => {
  expect([200, 301, 400, 401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504].filter(passes)).toEqual([
    408, 425, 429, 500, 502, 503, 504,
  ]);
});

test('no stretch of time holds more requests than the limit says', () => {
  const rate = { requests: 3, seconds: 2 };
  expect(waitForTurn([], 0, rate)).toBe(0);
  expect(waitForTurn([0, 100], 100, rate)).toBe(0);
  expect(waitForTurn([0, 100, 200], 300, rate)).toBe(1700);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 40 }), (pauses) => {
      const sent: number[] = [];
      let now = 0;
      for (const pause of pauses) {
        now += pause;
        now += waitForTurn(sent, now, rate);
        sent.push(now);
      }
      for (const [index, at] of sent.entries()) {
        const before = sent[index - rate.requests];
        if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(2000);
      }
    }),
  );
});
