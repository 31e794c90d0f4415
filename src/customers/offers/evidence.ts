import { setImmediate } from 'node:timers/promises';
import { wilson } from '../../metrics/interval.ts';
import type { Owned } from './owned.ts';

/** Of customers who have some products, how many also have the one that is offered. */
export interface Evidence {
  /** One product or two, rising; none of a customer whose products nobody shares enough. */
  readonly has: readonly number[];
  /** Counted among the customer's group; else among all. */
  readonly inGroup: boolean;
  readonly n: number;
  readonly also: number;
  /** Of all of the group, or of all customers: how many, and how many have what is offered. */
  readonly ofN: number;
  readonly ofAlso: number;
}

/** Whether those with the same products have what is offered at least as often as the others of their kind. */
export const speaksFor = ({ n, also, ofN, ofAlso }: Evidence): boolean => n > 0 && also * ofN >= ofAlso * n;

/** Customers of whom a share is said. */
const FEWEST = 20;
/** Counters of products by two, and as many by three: 64 MB each. */
const MOST_COUNTERS = 16_000_000;
const STRIDE = 20_000;

/** Counts who has what together, in each group and among all; of large catalogues, of the most owned products. */
export class EvidenceCounts {
  readonly #customers: number;
  /** Customers with products, in each group and, last, in all. */
  readonly #sizes: Uint32Array;
  readonly #owners: Uint32Array;
  /** Products that are counted together, by two and by three. */
  readonly #two: number;
  readonly #three: number;
  readonly #pairs: Uint32Array;
  readonly #triples: Uint32Array;

  private constructor(customers: number, owners: Uint32Array, two: number, three: number, groups: number) {
    this.#customers = customers;
    this.#sizes = new Uint32Array(groups + 1);
    this.#owners = owners;
    [this.#two, this.#three] = [two, three];
    this.#pairs = new Uint32Array((groups + 1) * two ** 2);
    this.#triples = new Uint32Array((groups + 1) * three ** 3);
  }

  /** @param group of each row, from 0; there are `groups`, and that number is of rows without any. @param customers in all, also those who have nothing. */
  static async of(
    owned: Owned,
    {
      group,
      groups,
      customers,
    }: { readonly group: ArrayLike<number>; readonly groups: number; readonly customers: number },
    signal?: AbortSignal,
  ): Promise<EvidenceCounts> {
    const { size, offsets, items } = owned;
    const owners = new Uint32Array(size);
    for (const item of items) owners[item]!++;
    const fits = (power: number) => Math.min(size, Math.floor((MOST_COUNTERS / (groups + 1)) ** (1 / power)));
    // All products by three, or none: evidence of some by two products and of others by one would favour the former.
    const three = fits(3) < size ? 0 : size;
    const made = new EvidenceCounts(customers, owners, fits(2), three, groups);
    for (let row = 0; row < owned.customers; row++) {
      if (row % STRIDE === 0) await setImmediate();
      signal?.throwIfAborted();
      const own = items.subarray(offsets[row]!, offsets[row + 1]!);
      made.#add(own, groups);
      if (group[row]! < groups) made.#add(own, group[row]!);
    }
    return made;
  }

  #add(own: Uint32Array, slot: number): void {
    const [two, three] = [this.#two, this.#three];
    this.#sizes[slot]!++;
    for (let one = 0; one < own.length && own[one]! < two; one++) {
      const at = (slot * two + own[one]!) * two;
      for (let other = 0; other < own.length && own[other]! < two; other++) this.#pairs[at + own[other]!]!++;
      for (let second = one + 1; second < own.length && own[second]! < three; second++) {
        const from = ((slot * three + own[one]!) * three + own[second]!) * three;
        for (const third of own) this.#triples[from + third]!++;
      }
    }
  }

  /** Of what a customer of a group has, what says most for a product: by the lower end of the interval of the share. */
  best(own: ArrayLike<number>, item: number, group: number): Evidence {
    const all = this.#pairs.length / this.#two ** 2 - 1;
    for (const slot of group < all ? [group, all] : [all]) {
      let [best, low]: [readonly number[] | null, number] = [null, -1];
      for (const has of this.#antecedents(own)) {
        const [n, also] = this.#counted(has, item, slot);
        // The lower end is never above the share.
        if (n < FEWEST || also <= low * n) continue;
        const least = wilson(also, n)!.low;
        if (least > low) [best, low] = [has, least];
      }
      if (!best) continue;
      const [n, also] = this.#counted(best, item, slot);
      // Whoever has a product is counted with itself.
      const ofAlso = this.#pairs[(slot * this.#two + item) * this.#two + item]!;
      return { has: best, inGroup: slot !== all, n, also, ofN: this.#sizes[slot]!, ofAlso };
    }
    const counted = { n: this.#customers, also: this.#owners[item]! };
    return { has: [], inGroup: false, ...counted, ofN: counted.n, ofAlso: counted.also };
  }

  *#antecedents(own: ArrayLike<number>): Generator<readonly number[]> {
    for (let one = 0; one < own.length; one++) {
      if (own[one]! < this.#two) yield [own[one]!];
      if (this.#three > 0) for (let two = one + 1; two < own.length; two++) yield [own[one]!, own[two]!];
    }
  }

  #counted(has: readonly number[], item: number, slot: number): [n: number, also: number] {
    const [two, three] = [this.#two, this.#three];
    const [one, second] = has as [number, number?];
    if (second === undefined) {
      if (item >= two) return [0, 0];
      const at = (slot * two + one) * two;
      return [this.#pairs[at + one]!, this.#pairs[at + item]!];
    }
    const at = ((slot * three + one) * three + second) * three;
    return [this.#triples[at + one]!, this.#triples[at + item]!];
  }
}
