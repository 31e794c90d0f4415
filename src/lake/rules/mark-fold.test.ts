import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HouseFold } from './house-fold.ts';
import { arbitraryLegs, foldLegs } from './legs.fixture.ts';
import type { HeldRows } from './legs.ts';
import { PreviousFold } from './previous-fold.ts';
import { REPEAT_RULES } from './rules.ts';

const RULES = REPEAT_RULES.map(
  (rule) => (held: HeldRows) => (rule.kind === 'house' ? new HouseFold(rule, held) : new PreviousFold(rule, held)),
);

test('rules side by side say what each says alone, whatever is held at a time', () => {
  fc.assert(
    fc.property(
      arbitraryLegs(),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 40 }),
      (legs, blockRows, capacity) => {
        const together = foldLegs(legs, RULES, { blockRows, capacity });
        for (const [index, rule] of RULES.entries()) {
          expect(together[index]).toEqual(foldLegs(legs, [rule], { blockRows: 100, capacity: 1000 })[0]);
        }
      },
    ),
    { numRuns: 200 },
  );
});
