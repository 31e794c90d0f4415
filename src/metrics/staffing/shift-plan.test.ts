import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternsOf, planShifts, type ShiftRules } from './shift-plan.ts';

/** The least cost, by trying every number of people on every shift. */
function leastCost(needed: readonly number[], rules: ShiftRules): number {
  const patterns = patternsOf(rules);
  const most = Math.min(rules.people ?? Number.POSITIVE_INFINITY, 4);
  let least = Number.POSITIVE_INFINITY;
  const covered = needed.map(() => 0);
  const tryFrom = (at: number, left: number) => {
    if (at === patterns.length) {
      const cost = covered.reduce((sum, there, half) => {
        const gap = there - needed[half]!;
        return sum + (gap < 0 ? -gap * rules.lackWeight : gap);
      }, 0);
      least = Math.min(least, cost);
      return;
    }
    const { halves } = patterns[at]!;
    for (let people = 0; people <= left; people++) {
      tryFrom(at + 1, left - people);
      for (const half of halves) covered[half]!++;
    }
    for (const half of halves) covered[half]! -= left + 1;
  };
  tryFrom(0, most);
  return least;
}

const small = fc.record({
  needed: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 8 }),
  lengths: fc.uniqueArray(fc.integer({ min: 2, max: 5 }), { minLength: 1, maxLength: 2 }),
  rest: fc.option(
    fc.record({ length: fc.constant(1), from: fc.integer({ min: 1, max: 2 }), to: fc.integer({ min: 1, max: 3 }) }),
    { nil: undefined },
  ),
  people: fc.integer({ min: 1, max: 4 }),
  lackWeight: fc.constantFrom(0.5, 1, 1.5, 2, 5),
});

test('no plan of any kind is better than the one found', () => {
  fc.assert(
    fc.property(small, ({ needed, ...rest }) => {
      const rules = { ...rest, earliest: 0, latest: needed.length };
      const plan = planShifts(needed, rules);
      const least = leastCost(needed, rules);
      expect(plan.cost).toBeCloseTo(least, 9);
      expect(plan.optimal).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('what a plan says of itself is what its shifts do, and they keep the rules', () => {
  fc.assert(
    fc.property(small, ({ needed, ...rest }) => {
      const rules = { ...rest, earliest: 1, latest: needed.length };
      const { shifts, covered, lack, surplus, people, cost, bound } = planShifts(needed, rules, 3);
      const again = needed.map((_, half) =>
        shifts.reduce((sum, shift) => {
          const resting = shift.rest !== null && half >= shift.rest && half < shift.rest + rules.rest!.length;
          return sum + (half >= shift.start && half < shift.end && !resting ? shift.people : 0);
        }, 0),
      );
      expect(covered).toEqual(again);
      expect(lack).toBe(needed.reduce((sum, count, half) => sum + Math.max(0, count - again[half]!), 0));
      expect(surplus).toBe(needed.reduce((sum, count, half) => sum + Math.max(0, again[half]! - count), 0));
      expect(cost).toBeCloseTo(rules.lackWeight * lack + surplus, 9);
      expect(bound).toBeLessThanOrEqual(cost);
      expect(people).toBeLessThanOrEqual(rules.people);
      for (const { start, end, rest } of shifts) {
        expect(start).toBeGreaterThanOrEqual(1);
        expect(end).toBeLessThanOrEqual(needed.length);
        expect(rules.lengths).toContain(end - start);
        if (rest === null) expect(rules.rest).toBeUndefined();
        else {
          expect(rest - start).toBeGreaterThanOrEqual(rules.rest!.from);
          expect(rest - start).toBeLessThanOrEqual(rules.rest!.to);
        }
      }
    }),
  );
});

const DAY = [3, 5, 7, 9, 10, 10, 9, 8, 6, 5, 6, 8, 9, 9, 8, 8, 7, 6, 5, 5, 4, 3, 3, 2];
const needed = Array.from({ length: 48 }, (_, half) => DAY[half - 16] ?? 0);
const SIX_HOURS = { lengths: [12], earliest: 16, latest: 40, lackWeight: 2 };

test('a day of 24 half-hours with shifts of six hours and a break is solved to the end', () => {
  const plan = planShifts(needed, { ...SIX_HOURS, rest: { length: 1, from: 4, to: 7 } });
  expect(plan.optimal).toBe(true);
  expect(plan.lack * 2 + plan.surplus).toBe(plan.cost);
});

test('with nobody all of the demand is lacking; without room for a shift there is none', () => {
  const whole = DAY.reduce((sum, count) => sum + count, 0);
  expect(planShifts(needed, { ...SIX_HOURS, people: 0 })).toMatchObject({ shifts: [], lack: whole, surplus: 0 });
  expect(planShifts(needed, { ...SIX_HOURS, latest: 20 })).toMatchObject({ shifts: [], lack: whole, optimal: true });
});

test('stopped early it tells how much better another plan could be', () => {
  const crowd = needed.map((count) => count * 10);
  const rules = { ...SIX_HOURS, rest: { length: 1, from: 4, to: 7 } };
  const early = planShifts(crowd, rules, 1);
  const late = planShifts(crowd, rules, 60);
  expect(early.nodes).toBe(1);
  expect(early.bound).toBeLessThanOrEqual(late.bound);
  expect(late.cost).toBeLessThanOrEqual(early.cost);
  expect(late.bound).toBeGreaterThan(0.98 * late.cost);
});
