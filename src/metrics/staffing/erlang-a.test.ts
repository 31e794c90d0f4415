import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { erlangA } from './erlang-a.ts';
import { erlangB, erlangC } from './erlang-c.ts';
import { simulate } from './simulate.ts';

const HALF_HOUR = { calls: 100, interval: 1800, aht: 180 };

/**
 * Worked out apart: the chain cut at 300 waiting, and the matrix exponential of the place in the queue of one who
 * waits (SciPy 1.17).
 */
test.each([
  [
    [100, 180, 14, 20, 60],
    [0.9437761073, 1.4082905519, 1.8193102388, 0.1115273407, 0.6926272591, 0.0303218373],
  ],
  [
    [100, 180, 8, 20, 60],
    [0.5275524594, 14.0745390659, 16.701171695, 0.6251790657, 0.902058923, 0.2783528616],
  ],
  [
    [100, 180, 9, 20, 300],
    [0.3662485521, 48.0339627619, 48.9785865345, 0.7345486274, 0.9297089388, 0.1632619551],
  ],
  [
    [5, 300, 2, 10, 30],
    [0.8399672378, 0.8102952499, 4.2457971754, 0.1687846913, 0.3576972615, 0.1415265725],
  ],
  [
    [300, 240, 35, 20, 120],
    [0.5317065776, 17.9698581816, 18.4154790584, 0.6974182288, 0.967471628, 0.1534623255],
  ],
] as const)('calls, handle time, agents, target, patience: %j', ([calls, aht, agents, target, patience], expected) => {
  const { serviceLevel, asa, wait, pWait, occupancy, abandon } = erlangA(
    { calls, interval: 1800, aht },
    agents,
    target,
    patience,
  );
  for (const [index, figure] of [serviceLevel, asa, wait, pWait, occupancy, abandon].entries())
    expect(figure).toBeCloseTo(expected[index]!, 8);
});

test('patience without end is Erlang C, none at all is Erlang B', () => {
  const patient = erlangA(HALF_HOUR, 14, 20, 1e9);
  const endless = erlangC(HALF_HOUR, 14, 20);
  expect(patient.serviceLevel).toBeCloseTo(endless.serviceLevel, 6);
  expect(patient.pWait).toBeCloseTo(endless.pWait, 6);
  expect(patient.asa).toBeCloseTo(endless.asa!, 4);
  const none = erlangA(HALF_HOUR, 14, 20, 1e-6);
  expect(none.abandon).toBeCloseTo(erlangB(10, 14), 6);
  expect(none.serviceLevel).toBeCloseTo(1 - erlangB(10, 14), 6);
});

test('with patience as long as a call, agents and queue are Poisson together', () => {
  // Each call leaves at the same pace, waiting or not: the calls present are M/M/∞.
  const present = Array.from({ length: 60 }, (_, count) => poisson(10, count));
  const { pWait, wait } = erlangA(HALF_HOUR, 14, 20, 180);
  const full = present.slice(14).reduce((sum, chance) => sum + chance, 0);
  const queue = present.slice(14).reduce((sum, chance, index) => sum + index * chance, 0);
  expect(pWait).toBeCloseTo(full, 10);
  expect(wait).toBeCloseTo((queue * 1800) / 100, 8);
});

function poisson(mean: number, count: number): number {
  let chance = Math.exp(-mean);
  for (let factor = 1; factor <= count; factor++) chance *= mean / factor;
  return chance;
}

test('shares stay shares, those answered and those gone add up, from 1 to 2,000 agents and far beyond what they can do', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 5, noNaN: true }),
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 1, max: 3600, noNaN: true }),
      fc.double({ min: 1, max: 7200, noNaN: true }),
      (busy, agents, aht, patience) => {
        const traffic = { calls: (busy * agents * 1800) / aht, interval: 1800, aht };
        const one = erlangA(traffic, agents, 20, patience);
        for (const share of [one.serviceLevel, one.pWait, one.occupancy, one.abandon]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-9);
        }
        // Everybody who waits is answered or gone, at the pace of patience (Little).
        expect(one.wait).toBeCloseTo(one.abandon * patience, 6);
        const always = erlangA(traffic, agents, 1e7, patience).serviceLevel;
        expect(always).toBeCloseTo(1 - one.abandon, 7);
        const more = erlangA(traffic, agents + 1, 20, patience);
        expect(more.serviceLevel).toBeGreaterThanOrEqual(one.serviceLevel - 1e-9);
        expect(more.abandon).toBeLessThanOrEqual(one.abandon + 1e-12);
        expect(more.asa).toBeLessThanOrEqual(one.asa + 1e-6);
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  [HALF_HOUR, 14, 60],
  [HALF_HOUR, 9, 120],
  [{ calls: 27, interval: 1800, aht: 330 }, 5, 300],
] as const)('a simulation agrees within its interval: %j, %i agents, patience %i s', (traffic, agents, patience) => {
  // Eighteen figures, many alike: at 3.3 standard errors about one world in a hundred would fail.
  const options = { seconds: 12 * 3600, warmup: 3600, runs: 80, z: 3.3 };
  const seen = simulate(traffic, agents, 20, patience, options, new Random(3, 'erlang-a', agents));
  const told = erlangA(traffic, agents, 20, patience);
  for (const name of ['serviceLevel', 'asa', 'wait', 'pWait', 'occupancy', 'abandon'] as const) {
    const { mean, spread } = seen[name];
    expect(Math.abs(told[name] - mean), `${name}: ${told[name]}, simulated ${mean} ± ${spread}`).toBeLessThan(spread);
    expect(spread).toBeLessThan(Math.max(0.1 * told[name], 0.01));
  }
});
