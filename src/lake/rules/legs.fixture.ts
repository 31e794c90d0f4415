import fc from 'fast-check';
import { BUCKETS, type FoldMaker, type LegBlock, ROLES, WHYS } from './legs.ts';
import { MarkFold } from './mark-fold.ts';

/** A leg as a test writes it down. */
export interface Leg {
  readonly id: string;
  readonly person: number;
  readonly start: string;
  readonly minutes: number;
  readonly agent: string;
  readonly reason: string;
  readonly contact?: string;
  readonly unhandled?: boolean;
  readonly anonymous?: boolean;
  /** Of the person: its identity, and that as it was written; the person itself when nothing is said. */
  readonly identity?: string;
  readonly written?: string;
}

/** What a rule says of a leg, in words. */
export interface Said {
  readonly role: string;
  readonly why: string;
  readonly anchor: string;
  readonly bucket: string;
  readonly same: boolean;
  readonly repeats: number;
  readonly repeatsSame: number;
  readonly repeatsD0: number;
  readonly repeatsD1to3: number;
  /** Days since 1970. */
  readonly endedOn: number;
}

export const leg = (
  id: string,
  person: number,
  start: string,
  minutes: number,
  agent: string,
  reason: string,
): Leg => ({ id, person, start, minutes, agent, reason });

/** What each fold says of each leg; the reason serves as category too. */
export function foldLegs(
  legs: readonly Leg[],
  folds: readonly FoldMaker[],
  { blockRows = 3, capacity = 4 } = {},
): Map<string, Said>[] {
  const code = new Map<string, number>([['', 0]]);
  const encode = (value: string) => code.get(value) ?? code.set(value, code.size).size - 1;
  const identityOf = ({ identity, person }: Leg) => encode(`identity ${identity ?? ''}/${person}`);
  const said = folds.map(() => new Map<string, Said>());
  const rules = new MarkFold(
    folds,
    ({ rows, columns }) => {
      const [rowId, identity, ...marks] = columns as [Uint32Array, Uint32Array, ...Uint32Array[]];
      for (let i = 0; i < rows; i++) {
        const own = legs[rowId[2 * i]!] as Leg;
        if (identity[2 * i] !== identityOf(own)) throw new Error(`${own.id} is not of identity ${identity[2 * i]}`);
        for (const [index, map] of said.entries()) {
          const [role, why, anchor, bucket, same, endedOn, repeats, repeatsSame, repeatsD0, repeatsD1to3] = marks.slice(
            10 * index,
            10 * index + 10,
          );
          if (map.has(own.id)) throw new Error(`${own.id} is marked twice`);
          map.set(own.id, {
            role: ROLES[role![i]!] as string,
            why: WHYS[why![i]!] as string,
            anchor: (legs[anchor![2 * i]!] as Leg).id,
            bucket: BUCKETS[bucket![i]!] as string,
            same: same![i] === 1,
            repeats: repeats![i]!,
            repeatsSame: repeatsSame![i]!,
            repeatsD0: repeatsD0![i]!,
            repeatsD1to3: repeatsD1to3![i]!,
            endedOn: endedOn![i]!,
          });
        }
      }
    },
    capacity,
  );
  for (let from = 0; from < legs.length; from += blockRows) {
    const part = legs.slice(from, from + blockRows);
    const words = (value: (leg: Leg, index: number) => number) =>
      Uint32Array.from(part.flatMap((one, index) => [value(one, index), 0]));
    const start = Int32Array.from(part.map((one) => Date.parse(`${one.start}Z`) / 1000));
    const reason = words((one) => encode(one.reason));
    const block: LegBlock = {
      rows: part.length,
      rowId: words((_, index) => from + index),
      person: words((one) => one.person),
      identity: words(identityOf),
      received: words((one) => encode(`written ${one.written ?? ''}/${one.identity ?? ''}/${one.person}`)),
      anonymous: Uint8Array.from(part.map((one) => (one.anonymous ? 1 : 0))),
      contact: words((one) => encode(`contact ${one.contact ?? one.id}`)),
      agent: words((one) => encode(`agent ${one.agent}`)),
      reason,
      category: reason,
      start,
      end: start.map((value, index) => value + (part[index] as Leg).minutes * 60),
      handled: Uint8Array.from(part.map((one) => (one.unhandled ? 0 : 1))),
      opens: new Uint8Array(part.length).fill(1),
      source: words(() => 1),
      day: start.map((seconds) => Math.floor(seconds / 86_400)),
    };
    rules.push(block);
  }
  rules.finish();
  return said;
}

/** Legs of a few people over 25 days, in the rules' order. */
export function arbitraryLegs(): fc.Arbitrary<Leg[]> {
  return fc
    .array(
      fc.record({
        person: fc.integer({ min: 1, max: 3 }),
        minute: fc.integer({ min: 0, max: 60 * 24 * 25 }),
        minutes: fc.integer({ min: 0, max: 90 }),
        agent: fc.constantFrom('x', 'y'),
        reason: fc.constantFrom('', 'boleto', 'senha'),
        unhandled: fc.boolean(),
        identity: fc.constantFrom('i', 'j'),
        written: fc.constantFrom('w', 'x'),
        anonymous: fc.constantFrom(false, false, false, true),
      }),
      { maxLength: 60 },
    )
    .map((rows) =>
      rows
        .map((row, index) => ({
          ...row,
          // Who identifies nobody is nobody else.
          person: row.anonymous ? 100 + index : row.person,
          id: `c${index}`,
          start: new Date(Date.UTC(2026, 0, 1) + row.minute * 60_000).toISOString().slice(0, 19),
        }))
        .sort((a, b) => a.person - b.person || a.minute - b.minute),
    );
}
