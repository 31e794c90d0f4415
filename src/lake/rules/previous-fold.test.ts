import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryLegs, foldLegs, type Leg, leg, type Said } from './legs.fixture.ts';
import type { HeldRows } from './legs.ts';
import { PreviousFold } from './previous-fold.ts';

const within = (hours: number) => (held: HeldRows) => new PreviousFold({ withinSeconds: hours * 3600 }, held);

/** The rule written a second way: each leg looks for the latest one of its person before it. */
function oracle(legs: readonly Leg[], hours: number): Map<string, Partial<Said>> {
  const time = ({ start }: Leg) => Date.parse(`${start}Z`);
  const said = new Map<string, Partial<Said>>();
  for (const [index, own] of legs.entries()) {
    const before = legs.slice(0, index).findLast(({ person }) => person === own.person);
    const days = before ? Date.parse(own.start.slice(0, 10)) - Date.parse(before.start.slice(0, 10)) : 0;
    if (before && time(own) - time(before) <= hours * 3_600_000) {
      said.set(own.id, {
        role: 'repeat',
        anchor: before.id,
        bucket: days === 0 ? 'D0' : days <= 3 * 86_400_000 ? 'D1_3' : 'D4_W',
        same: own.reason !== '' && own.reason === before.reason,
      });
    } else said.set(own.id, { role: 'anchor', anchor: own.id, bucket: 'none', same: false });
  }
  return said;
}

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

  test('agrees with the rule written a second way, whatever the block size, handled by a person or not', () => {
    fc.assert(
      fc.property(
        arbitraryLegs(),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 7 }),
        (legs, hours, blockRows) => {
          const [said] = foldLegs(legs, [within(hours)], { blockRows });
          const expected = oracle(legs, hours);
          expect([...said!.keys()]).toEqual(legs.map(({ id }) => id));
          for (const [id, one] of expected) expect(said!.get(id)).toMatchObject(one);
          for (const [id, one] of said!) {
            const charged = [...expected].filter(([other, { anchor }]) => anchor === id && other !== id);
            expect(one.repeats).toBe(charged.length);
            expect(one.repeatsSame).toBe(charged.filter(([, { same }]) => same).length);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
