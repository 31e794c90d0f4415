import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CALLER_SPAN } from '../../contracts/index.ts';
import { CALLER_KINDS, CallerFold } from './caller-fold.ts';
import type { LegBlock } from './legs.ts';

/** A first leg of a person: on which day, of which source, under which of the person's identities and spellings. */
interface One {
  readonly person: number;
  readonly day: number;
  readonly source: number;
  readonly identity: number;
  readonly received: number;
  readonly anonymous: boolean;
  readonly opens: boolean;
}

const one: fc.Arbitrary<One> = fc.record({
  person: fc.integer({ min: 1, max: 4 }),
  day: fc.integer({ min: 20_000, max: 20_040 }),
  source: fc.constantFrom(7, 7, 9),
  identity: fc.constantFrom(1, 1, 1, 2),
  received: fc.constantFrom(1, 1, 2),
  anonymous: fc.constantFrom(false, false, false, true),
  opens: fc.constantFrom(true, true, true, false),
});
const ones = fc
  .array(one, { maxLength: 80 })
  .map((all) =>
    all.toSorted((a, b) => Number(a.anonymous) - Number(b.anonymous) || a.person - b.person || a.day - b.day),
  );

function counted(all: readonly One[], blockRows: number, fold = new CallerFold()): CallerFold {
  for (let from = 0; from < all.length; from += blockRows) {
    const part = all.slice(from, from + blockRows);
    const words = (value: (one: One) => number) => Uint32Array.from(part.flatMap((one) => [value(one), 0]));
    const none = new Uint32Array(2 * part.length);
    const flags = (value: (one: One) => boolean) => Uint8Array.from(part, (one) => (value(one) ? 1 : 0));
    const identity = words((own) => 10 * own.person + own.identity);
    const block: LegBlock = {
      rows: part.length,
      rowId: none,
      person: words((own) => own.person),
      identity,
      received: words((own) => 100 * own.person + 10 * own.identity + own.received),
      contact: none,
      agent: none,
      reason: none,
      category: none,
      start: Int32Array.from(part, ({ day }) => day * 86_400),
      end: Int32Array.from(part, ({ day }) => day * 86_400),
      handled: flags(() => true),
      anonymous: flags(({ anonymous }) => anonymous),
      opens: flags(({ opens }) => opens),
      source: words(({ source }) => source),
      day: Int32Array.from(part, ({ day }) => day),
    };
    fold.push(block);
  }
  return fold;
}

const CALLER: Record<string, (one: One) => string> = {
  received: ({ person, identity, received }) => `${person}/${identity}/${received}`,
  identity: ({ person, identity }) => `${person}/${identity}`,
  linked: ({ person }) => String(person),
};

it('tells, of any period and source, how many callers made more than so many contacts', () => {
  const period = fc.tuple(fc.integer({ min: 20_000, max: 20_040 }), fc.integer({ min: 1, max: 41 }));
  fc.assert(
    fc.property(ones, period, fc.integer({ min: 1, max: 9 }), (all, [from, days], blockRows) => {
      const fold = counted(all, blockRows);
      const sums = [...fold.finish()];
      const within = all.filter(({ opens, day }) => opens && day >= from && day < from + days);
      for (const source of [0, 7, 9]) {
        const own = within.filter((row) => source === 0 || row.source === source);
        const seen = fold.sources.filter((_, at) => at % 2 === 0);
        const number = source === 0 ? 0 : seen.includes(source) ? 1 + seen.indexOf(source) : Number.NaN;
        const told = (kind: (typeof CALLER_KINDS)[number], earlier: number) =>
          sums
            .filter((sum) => sum.source === number && CALLER_KINDS[sum.kind] === kind && sum.day >= from)
            .filter(({ day }) => day < from + days)
            .flatMap(({ day, contacts }) =>
              [...contacts].filter(
                (_, at) => at % CALLER_SPAN.earlier === earlier && day - Math.floor(at / CALLER_SPAN.earlier) >= from,
              ),
            )
            .reduce((total, contacts) => total + contacts, 0);
        expect(told('anonymous', 0)).toBe(own.filter(({ anonymous }) => anonymous).length);
        for (const [kind, callerOf] of Object.entries(CALLER)) {
          const each = [
            ...Map.groupBy(
              own.filter(({ anonymous }) => !anonymous),
              callerOf,
            ).values(),
          ];
          for (let earlier = 0; earlier < CALLER_SPAN.earlier - 1; earlier++)
            expect(told(kind as 'linked', earlier) - told(kind as 'linked', earlier + 1)).toBe(
              each.filter(({ length }) => length > earlier).length,
            );
        }
      }
    }),
    { numRuns: 200 },
  );
});

it('takes away what it counted', () => {
  fc.assert(
    fc.property(ones, (all) => {
      const fold = counted(all, 5);
      fold.close();
      fold.weight = -1;
      counted(all, 7, fold);
      for (const { contacts } of fold.finish()) expect(contacts.every((sum) => sum === 0)).toBe(true);
    }),
  );
});
