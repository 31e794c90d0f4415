import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentsNeeded, queueFigures, withShrinkage } from './needed.ts';

const HALF_HOUR = { calls: 100, interval: 1800, aht: 180 };

test('80 % in 20 s needs 14 agents for 10 erlangs, and fewer where callers give up', () => {
  // 13 agents answer 79.6 % in time: the usual tables say 14.
  expect(queueFigures(HALF_HOUR, 13, 20, null).serviceLevel).toBeCloseTo(0.796, 3);
  expect(agentsNeeded(HALF_HOUR, { level: 0.8, within: 20 }, null)).toBe(14);
  expect(agentsNeeded(HALF_HOUR, { level: 0.8, within: 20 }, 60)).toBe(12);
});

test('each further limit can ask for more', () => {
  const target = { level: 0.8, within: 20 };
  expect(agentsNeeded(HALF_HOUR, { ...target, asa: 3 }, null)).toBe(16);
  expect(agentsNeeded(HALF_HOUR, { ...target, occupancy: 0.6 }, null)).toBe(17);
  expect(agentsNeeded(HALF_HOUR, { ...target, abandon: 0.02 }, 60)).toBe(15);
});

test('no calls, or calls that take no time, need nobody', () => {
  expect(agentsNeeded({ ...HALF_HOUR, calls: 0 }, { level: 0.8, within: 20 }, null)).toBe(0);
  expect(agentsNeeded({ ...HALF_HOUR, aht: 0 }, { level: 0.8, within: 20 }, 60)).toBe(0);
});

test('what is found is enough, and one less is not', () => {
  const patience = fc.option(fc.double({ min: 5, max: 1200, noNaN: true }), { nil: null });
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 400, noNaN: true }),
      fc.double({ min: 10, max: 900, noNaN: true }),
      fc.double({ min: 0.05, max: 0.99, noNaN: true }),
      patience,
      (calls, aht, level, limit) => {
        const traffic = { calls, interval: 1800, aht };
        const agents = agentsNeeded(traffic, { level, within: 20 }, limit);
        expect(queueFigures(traffic, agents, 20, limit).serviceLevel).toBeGreaterThanOrEqual(level);
        if (agents > 0) expect(queueFigures(traffic, agents - 1, 20, limit).serviceLevel).toBeLessThan(level);
      },
    ),
  );
});

test('shrinkage: of 10 rostered people with 20 % away, 8 are there', () => {
  expect(withShrinkage(8, 0.2)).toBe(10);
  expect(withShrinkage(9, 0.2)).toBe(12);
  expect(withShrinkage(21, 0.3)).toBe(30);
  expect(withShrinkage(0, 0.3)).toBe(0);
  expect(withShrinkage(7, 0)).toBe(7);
});
