import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HouseFold } from './house-fold.ts';
import { arbitraryLegs, foldLegs, type Leg, leg, type Said } from './legs.fixture.ts';
import type { HeldRows } from './legs.ts';
import { CALLERS, type Caller } from './rules.ts';
import { secondWay } from './second-way.fixture.ts';

const rule = (windowDays: number | null, caller: Caller = 'identity') =>
  ({ kind: 'house', caller, parameters: { windowDays, transferSeconds: 900 } }) as const;
const house = (windowDays: number | null, caller?: Caller) => (held: HeldRows) =>
  new HouseFold(rule(windowDays, caller), held);

function fold(legs: readonly Leg[], windowDays: number | null = 7, blockRows = 3, caller?: Caller) {
  return foldLegs(legs, [house(windowDays, caller)], { blockRows })[0] as Map<string, Said>;
}

/** The seventeen contacts of the rules' comparison, without those that the house rule does not count. */
const SEVENTEEN = [
  leg('c1', 1, '2026-03-02T09:00', 6, 'ag1', 'boleto'),
  leg('c2', 1, '2026-03-02T09:10', 5, 'ag2', 'boleto'),
  leg('c3', 1, '2026-03-02T17:00', 4, 'ag3', 'boleto'),
  leg('c4', 1, '2026-03-04T10:00', 7, 'ag4', 'senha'),
  leg('c5', 1, '2026-03-08T10:00', 3, 'ag1', 'boleto'),
  leg('c6', 1, '2026-03-14T10:00', 3, 'ag2', 'boleto'),
  leg('d1', 2, '2026-03-02T23:50', 5, 'ag1', 'senha'),
  leg('d2', 2, '2026-03-03T00:20', 5, 'ag2', 'senha'),
  leg('e2', 3, '2026-03-05T10:05', 8, 'ag3', 'boleto'),
  leg('f1', 4, '2026-03-30T10:00', 8, 'ag1', 'senha'),
  leg('h1', 5, '2026-03-09T10:00', 6, 'ag2', 'boleto'),
  leg('h2', 5, '2026-03-10T10:00', 6, 'ag1', 'senha'),
  leg('i1', 6, '2026-03-11T10:00', 6, 'ag3', 'boleto'),
  leg('i2', 7, '2026-03-11T15:00', 6, 'ag1', 'boleto'),
];

describe('the house rule', () => {
  test('marks the seventeen contacts as worked out by hand', () => {
    const marks = fold(SEVENTEEN);
    const anchors = [...marks].filter(([, mark]) => mark.role === 'anchor');
    expect(anchors.map(([id, mark]) => [id, mark.repeats, mark.repeatsSame])).toEqual([
      ['c1', 3, 2],
      ['c6', 0, 0],
      ['d1', 1, 1],
      ['e2', 0, 0],
      ['f1', 0, 0],
      ['h1', 1, 0],
      ['i1', 0, 0],
      ['i2', 0, 0],
    ]);
    expect(marks.get('c2')).toMatchObject({ role: 'leg', anchor: 'c1' });
    expect(marks.get('c3')).toMatchObject({ role: 'repeat', anchor: 'c1', bucket: 'D0', same: true });
    expect(marks.get('c4')).toMatchObject({ bucket: 'D1_3', same: false });
    expect(marks.get('c5')).toMatchObject({ bucket: 'D4_W', same: true });
    expect(marks.get('d2')).toMatchObject({ bucket: 'D1_3', same: true });
  });

  test('an unlimited window keeps one episode; an unknown reason is never the same', () => {
    const marks = fold(
      [leg('a', 1, '2026-01-01T08:00', 1, 'x', ''), leg('b', 1, '2026-12-01T08:00', 1, 'x', '')],
      null,
    );
    expect(marks.get('b')).toMatchObject({ role: 'repeat', anchor: 'a', bucket: 'D4_W', same: false });
  });

  test('the same agent within fifteen minutes is a repeat, another agent a transfer, sixteen minutes a repeat', () => {
    const roleAfter = (minutes: number, agent: string) =>
      fold([leg('a', 1, '2026-01-01T08:00', 0, 'x', 'r'), leg('b', 1, `2026-01-01T08:${minutes}`, 1, agent, 'r')]).get(
        'b',
      )?.role;
    expect([roleAfter(15, 'x'), roleAfter(15, 'y'), roleAfter(16, 'y')]).toEqual(['repeat', 'leg', 'repeat']);
  });

  test('an episode longer than the buffer is kept whole', () => {
    const many = Array.from({ length: 9000 }, (_, i) =>
      leg(`c${i}`, 1, new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString().slice(0, 19), 0, 'x', 'r'),
    );
    const marks = fold(many, 7, 2048);
    expect(marks.size).toBe(9000);
    expect(marks.get('c0')).toMatchObject({ role: 'anchor', repeats: 8999, repeatsSame: 8999 });
  });

  test('agrees with the rule written a second way, whatever the block size, the window and the caller', () => {
    fc.assert(
      fc.property(
        arbitraryLegs(),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(...CALLERS),
        (legs, windowDays, blockRows, caller) => {
          const marks = fold(legs, windowDays, blockRows, caller);
          const expected = secondWay(rule(windowDays, caller), legs);
          expect([...marks.keys()]).toEqual(legs.map(({ id }) => id));
          for (const [id, verdict] of expected) expect(marks.get(id)).toMatchObject(verdict);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('each repeat is charged once: repeats of anchors add up to repeats', () => {
    fc.assert(
      fc.property(arbitraryLegs(), (legs) => {
        const marks = [...fold(legs).values()];
        const repeats = marks.filter((mark) => mark.role === 'repeat');
        expect(marks.reduce((sum, mark) => sum + mark.repeats, 0)).toBe(repeats.length);
        expect(marks.reduce((sum, mark) => sum + mark.repeatsSame, 0)).toBe(repeats.filter((mark) => mark.same).length);
        const came = (bucket: string) => repeats.filter((mark) => mark.bucket === bucket).length;
        expect(marks.reduce((sum, mark) => sum + mark.repeatsD0, 0)).toBe(came('D0'));
        expect(marks.reduce((sum, mark) => sum + mark.repeatsD1to3, 0)).toBe(came('D1_3'));
      }),
    );
  });
});
