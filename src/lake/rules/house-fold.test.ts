import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HouseFold } from './house-fold.ts';
import { arbitraryLegs, foldLegs, type Leg, leg, type Said } from './legs.fixture.ts';
import type { HeldRows } from './legs.ts';

/** The rule written a second way, slowly: nested loops over dates, no buffers. */
function oracle(
  legs: readonly Leg[],
  windowDays: number,
): Map<string, { role: string; anchor: string; bucket: string; same: boolean }> {
  const seconds = (leg: Leg) => Date.parse(`${leg.start}Z`) / 1000;
  const day = (value: number) => Math.floor(value / 86_400);
  const result = new Map<string, { role: string; anchor: string; bucket: string; same: boolean }>();
  for (const person of new Set(legs.map((leg) => leg.person))) {
    const own = legs.filter((one) => one.person === person && !one.unhandled);
    const contacts: { legs: Leg[]; end: number }[] = [];
    for (const leg of own) {
      const open = contacts.at(-1);
      const before = open?.legs.at(-1);
      const start = seconds(leg);
      const merges =
        open !== undefined &&
        before !== undefined &&
        (start < open.end ||
          (leg.contact ?? leg.id) === (before.contact ?? before.id) ||
          (start - open.end <= 900 && before.agent !== leg.agent));
      if (merges && open) {
        open.legs.push(leg);
        open.end = Math.max(open.end, start + leg.minutes * 60);
      } else contacts.push({ legs: [leg], end: start + leg.minutes * 60 });
    }
    let anchor: { legs: Leg[]; end: number } | undefined;
    for (const contact of contacts) {
      const first = contact.legs[0] as Leg;
      const gap = anchor ? day(seconds(first)) - day(anchor.end) : Number.POSITIVE_INFINITY;
      for (const leg of contact.legs.slice(1))
        result.set(leg.id, { role: 'leg', anchor: first.id, bucket: 'none', same: false });
      if (anchor && gap <= windowDays) {
        const target = anchor.legs[0] as Leg;
        const days = Math.max(0, gap);
        const bucket = days === 0 ? 'D0' : days <= 3 ? 'D1_3' : 'D4_W';
        const same = first.reason !== '' && first.reason === target.reason;
        result.set(first.id, { role: 'repeat', anchor: target.id, bucket, same });
      } else {
        anchor = contact;
        result.set(first.id, { role: 'anchor', anchor: first.id, bucket: 'none', same: false });
      }
    }
  }
  return result;
}

const house = (windowDays: number | null) => (held: HeldRows) =>
  new HouseFold({ windowDays, transferSeconds: 900 }, held);

function fold(legs: readonly Leg[], windowDays: number | null = 7, blockRows = 3) {
  return foldLegs(legs, [house(windowDays)], { blockRows })[0] as Map<string, Said>;
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

  test('agrees with the rule written a second way, whatever the block size and window', () => {
    fc.assert(
      fc.property(
        arbitraryLegs(),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 7 }),
        (legs, windowDays, blockRows) => {
          const marks = fold(legs, windowDays, blockRows);
          const expected = oracle(legs, windowDays);
          expect([...marks.keys()]).toEqual(legs.map(({ id }) => id));
          for (const { id, unhandled } of legs) if (unhandled) expect(marks.get(id)?.role).toBe('none');
          for (const [id, { role, anchor, bucket, same }] of expected)
            expect(marks.get(id)).toMatchObject({ role, anchor, bucket, same });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('each repeat is charged once: repeats of anchors add up to repeats', () => {
    fc.assert(
      fc.property(arbitraryLegs(), (legs) => {
        const marks = [...fold(legs).values()];
        const repeats = marks.filter((mark) => mark.role === 'repeat');
        expect(marks.reduce((sum, mark) => sum + mark.repeats, 0)).toBe(repeats.length);
        expect(marks.reduce((sum, mark) => sum + mark.repeatsSame, 0)).toBe(repeats.filter((mark) => mark.same).length);
      }),
    );
  });
});
