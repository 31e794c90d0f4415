import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryLegs, foldLegs, leg } from './legs.fixture.ts';
import type { HeldRows } from './legs.ts';
import { PreviousFold } from './previous-fold.ts';
import { CALLERS, type Caller, type PreviousParameters } from './rules.ts';
import { secondWay } from './second-way.fixture.ts';

const rule = (parameters: PreviousParameters, caller: Caller = 'identity') =>
  ({ kind: 'previous', caller, parameters }) as const;
const by = (parameters: PreviousParameters, caller?: Caller) => (held: HeldRows) =>
  new PreviousFold(rule(parameters, caller), held);
const within = (hours: number) => by({ withinSeconds: hours * 3600 });

describe('the classic rule', () => {
  test('counts 24 hours from start to start, the last second included, and days by calendar', () => {
    const [said] = foldLegs(
      [
        leg('a', 1, '2026-03-02T23:00:00', 600, 'x', 'boleto'),
        leg('b', 1, '2026-03-03T23:00:00', 1, 'x', 'boleto'),
        leg('c', 1, '2026-03-04T23:00:01', 1, 'x', 'boleto'),
        leg('d', 1, '2026-03-04T23:00:02', 1, 'y', ''),
        leg('e', 2, '2026-03-04T23:00:03', 1, 'y', ''),
      ],
      [within(24)],
    );
    expect([...said!].map(([id, one]) => [id, one.role, one.anchor, one.bucket, one.same, one.repeats])).toEqual([
      ['a', 'anchor', 'a', 'none', false, 1],
      ['b', 'repeat', 'a', 'D1_3', true, 0],
      ['c', 'anchor', 'c', 'none', false, 1],
      ['d', 'repeat', 'c', 'D0', false, 0],
      ['e', 'anchor', 'e', 'none', false, 0],
    ]);
  });

  test('agrees with the rule written a second way, whatever it counts, the caller and the block size', () => {
    fc.assert(
      fc.property(
        arbitraryLegs(),
        fc.record({
          hours: fc.integer({ min: 0, max: 200 }),
          handledOnly: fc.boolean(),
          anonymousToo: fc.boolean(),
          sameDayAndType: fc.boolean(),
          forwardedSeconds: fc.constantFrom(0, 900, 90_000),
        }),
        fc.constantFrom(...CALLERS),
        fc.integer({ min: 1, max: 7 }),
        (legs, { hours, handledOnly, anonymousToo, sameDayAndType, forwardedSeconds }, caller, blockRows) => {
          const parameters: PreviousParameters = {
            withinSeconds: hours * 3600,
            forwardedSeconds,
            ...(handledOnly ? { handledOnly } : {}),
            ...(anonymousToo ? { anonymousToo } : {}),
            ...(sameDayAndType ? { sameDayAndType } : {}),
          };
          const [said] = foldLegs(legs, [by(parameters, caller)], { blockRows });
          const expected = secondWay(rule(parameters, caller), legs);
          expect([...said!.keys()]).toEqual(legs.map(({ id }) => id));
          for (const [id, verdict] of expected) expect(said!.get(id)).toMatchObject(verdict);
          for (const [id, one] of said!) {
            const charged = [...expected].filter(([, { role, anchor }]) => role === 'repeat' && anchor === id);
            expect(one.repeats).toBe(charged.length);
            expect(one.repeatsSame).toBe(charged.filter(([, { same }]) => same).length);
            expect(one.repeatsD0).toBe(charged.filter(([, { bucket }]) => bucket === 'D0').length);
            expect(one.repeatsD1to3).toBe(charged.filter(([, { bucket }]) => bucket === 'D1_3').length);
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});
