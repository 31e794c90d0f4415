import fc from 'fast-check';
import { expect, test } from 'vitest';
import { erlangB, erlangC } from './erlang-c.ts';

const HALF_HOUR = { calls: 100, interval: 1800, aht: 180 };

test('100 calls in half an hour, 180 s each, 14 agents, 20 s', () => {
  const { serviceLevel, asa, pWait, occupancy, abandon } = erlangC(HALF_HOUR, 14, 20);
  expect(serviceLevel).toBeCloseTo(0.88835, 5);
  expect(asa).toBeCloseTo(7.83594, 5);
  expect(pWait).toBeCloseTo(0.17413, 5);
  expect(occupancy).toBeCloseTo(10 / 14, 12);
  expect(abandon).toBe(0);
});

test('one agent is the M/M/1 queue: a call waits with the chance that the agent is busy', () => {
  const { pWait, asa, serviceLevel } = erlangC({ calls: 6, interval: 3600, aht: 300 }, 1, 60);
  expect(pWait).toBeCloseTo(0.5, 12);
  expect(asa).toBeCloseTo(300, 9);
  expect(serviceLevel).toBeCloseTo(1 - 0.5 * Math.exp(-0.1), 12);
});

test('lost calls as tabulated: 10 erlangs on 15 lines are 3.65 %', () => {
  expect(erlangB(10, 15)).toBeCloseTo(0.0365, 4);
  expect(erlangB(1, 1)).toBe(0.5);
});

test('as much work as agents has no equilibrium; no calls are always answered', () => {
  expect(erlangC(HALF_HOUR, 10, 20)).toEqual({ serviceLevel: 0, asa: null, pWait: 1, occupancy: 1, abandon: 0 });
  expect(erlangC({ ...HALF_HOUR, calls: 0 }, 0, 20)).toMatchObject({ serviceLevel: 1, asa: 0, occupancy: 0 });
});

test('up to 2,000 agents every figure is a finite share, and one agent more never makes it worse', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.999, noNaN: true }),
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 1, max: 7200, noNaN: true }),
      (busy, agents, aht) => {
        const traffic = { calls: (busy * agents * 1800) / aht, interval: 1800, aht };
        const [one, more] = [erlangC(traffic, agents, 20), erlangC(traffic, agents + 1, 20)];
        for (const share of [one.serviceLevel, one.pWait, one.occupancy]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(more.serviceLevel).toBeGreaterThanOrEqual(one.serviceLevel);
        expect(more.asa!).toBeLessThanOrEqual(one.asa!);
        expect(more.pWait).toBeLessThanOrEqual(one.pWait);
      },
    ),
  );
});
