import { setImmediate } from 'node:timers/promises';
import { RamalError } from '../../kernel/errors.ts';
import { type Owned, ownersOf } from './owned.ts';

/** “Who has all of `antecedent` also has `consequent`” (Agrawal & others, 1993). */
export interface Rule {
  readonly antecedent: readonly number[];
  readonly consequent: number;
  /** Customers that have all of them, and their share of all customers. */
  readonly customers: number;
  readonly support: number;
  /** Of the customers that have the antecedent, the share that has the consequent. */
  readonly confidence: number;
  /** Confidence over the consequent's share of all customers. */
  readonly lift: number;
}

export interface RuleSettings {
  /** Share of all customers; without it {@link USUAL_SUPPORT}, and of two customers at least. */
  readonly support?: number | undefined;
  readonly confidence: number;
  readonly signal?: AbortSignal | undefined;
}

export const USUAL_SUPPORT = 0.001;
const MOST_SETS = 200_000;
/** Items of a set. */
const LONGEST = 10;
/** Bytes of the items' customers, one bit each. */
const MOST_BYTES = 1 << 29;

/**
 * All rules of one consequent that hold for enough customers with enough confidence, the highest lift first: of equal
 * lifts that of more customers, then that of the fewer and earlier items. Sets by Eclat (Zaki, 2000), over bits.
 * @throws RamalError `offersManySets` when the support is so low that the sets are too many.
 */
export async function mineRules(owned: Owned, { support, confidence, signal }: RuleSettings): Promise<Rule[]> {
  const { customers } = owned;
  const fewest = Math.max(support === undefined ? 2 : 1, Math.ceil((support ?? USUAL_SUPPORT) * customers - 1e-9));
  const owners = ownersOf(owned);
  const items = Array.from(owners.keys())
    .filter((item) => owners[item]! >= fewest)
    .sort((a, b) => owners[a]! - owners[b]! || a - b);
  const words = Math.ceil(customers / 32);
  const tooMany = () => new RamalError('offersManySets', { most: MOST_SETS, customers: fewest });
  if (items.length * words * 4 > MOST_BYTES) throw tooMany();
  const begun = bitsOf(owned, items, words);
  const sets = new Sets({ fewest, most: MOST_BYTES - items.length * words * 4, tooMany, signal });
  for (let first = 0; first < items.length; first++) {
    const later = Array.from({ length: items.length - first - 1 }, (_, at) => first + 1 + at);
    await extend(sets, [first], begun[first]!, later, begun);
  }
  const rules: Rule[] = [];
  for (const { set, count } of sets.all()) {
    if (set.length < 2) continue;
    for (const one of set) {
      const others = set.filter((other) => other !== one);
      const share = count / sets.countOf(others);
      if (share < confidence - 1e-12) continue;
      rules.push({
        antecedent: others.map((other) => items[other]!).sort((a, b) => a - b),
        consequent: items[one]!,
        customers: count,
        support: count / customers,
        confidence: share,
        lift: (share * customers) / owners[items[one]!]!,
      });
    }
  }
  return rules.sort(
    (a, b) =>
      b.lift - a.lift ||
      b.customers - a.customers ||
      a.antecedent.length - b.antecedent.length ||
      byPlace(a.antecedent, b.antecedent) ||
      a.consequent - b.consequent,
  );
}

const byPlace = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((found, item, at) => found || item - other[at]!, 0);

interface Bounds {
  readonly fewest: number;
  /** Bytes of customers that sets may hold at one time. */
  readonly most: number;
  readonly tooMany: () => RamalError;
  readonly signal?: AbortSignal | undefined;
}

/** Words that are looked at between two turns of others. */
const WORDS_A_TURN = 4_000_000;

/** Sets of items with the customers that have them all. */
class Sets {
  readonly #counts = new Map<string, { set: readonly number[]; count: number }>();
  readonly #bounds: Bounds;
  #held = 0;
  #seen = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  add(set: readonly number[], count: number): void {
    if (this.#counts.size === MOST_SETS) throw this.#bounds.tooMany();
    this.#counts.set(set.join(), { set, count });
  }

  /** The customers of both, or null when they are too few; they count as held until they are let go. */
  async both(one: Uint32Array, other: Uint32Array): Promise<Uint32Array | null> {
    this.#seen += one.length;
    if (this.#seen > WORDS_A_TURN) {
      this.#seen = 0;
      await setImmediate();
      this.#bounds.signal?.throwIfAborted();
    }
    let count = 0;
    for (let at = 0; at < one.length; at++) count += onesIn(one[at]! & other[at]!);
    if (count < this.#bounds.fewest) return null;
    this.#held += one.byteLength;
    if (this.#held > this.#bounds.most) throw this.#bounds.tooMany();
    return one.map((word, at) => word & other[at]!);
  }

  letGo(bits: readonly Uint32Array[]): void {
    for (const one of bits) this.#held -= one.byteLength;
  }

  countOf(set: readonly number[]): number {
    return this.#counts.get(set.join())!.count;
  }

  all() {
    return this.#counts.values();
  }
}

/** Adds a set whose customers are known, and those that it makes with each of some later items. */
async function extend(
  sets: Sets,
  set: readonly number[],
  bits: Uint32Array,
  later: readonly number[],
  bitsOfLater: readonly Uint32Array[],
): Promise<void> {
  sets.add(set, ones(bits));
  if (set.length === LONGEST) return;
  const made: Uint32Array[] = [];
  const kept: number[] = [];
  for (const item of later) {
    const both = await sets.both(bits, bitsOfLater[item]!);
    if (!both) continue;
    made[item] = both;
    kept.push(item);
  }
  for (const [at, item] of kept.entries()) await extend(sets, [...set, item], made[item]!, kept.slice(at + 1), made);
  sets.letGo(kept.map((item) => made[item]!));
}

/** Of each item, the customers that have it. */
function bitsOf(owned: Owned, items: readonly number[], words: number): Uint32Array[] {
  const places = new Int32Array(owned.size).fill(-1);
  items.forEach((item, place) => {
    places[item] = place;
  });
  const bits = items.map(() => new Uint32Array(words));
  for (let row = 0; row < owned.customers; row++)
    for (let at = owned.offsets[row]!; at < owned.offsets[row + 1]!; at++) {
      const place = places[owned.items[at]!]!;
      if (place >= 0) bits[place]![row >>> 5]! |= 1 << (row & 31);
    }
  return bits;
}

function ones(bits: Uint32Array): number {
  return bits.reduce((count, word) => count + onesIn(word), 0);
}

/** The bits of a word that are 1. */
function onesIn(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
