import { grown, type LegBlock } from './legs.ts';
import type { Caller } from './rules.ts';

/** Numbers, from 0, the callers that a rule tells apart among the legs of one person; almost always there is one. */
export class Callers {
  readonly #caller: Caller;
  readonly #byCategory: boolean;
  /** Four words a caller: its own two, and those of its category. */
  #keys = new Uint32Array(32);
  #count = 0;
  #last = 0;

  /** @param byCategory contacts of another reason category are another caller's. */
  constructor(caller: Caller, byCategory = false) {
    this.#caller = caller;
    this.#byCategory = byCategory;
  }

  /** Forgets the person before. */
  clear(): void {
    this.#count = 0;
  }

  get count(): number {
    return this.#count;
  }

  /** The number of leg `i`'s caller: `count` as it was before, when the caller is new. */
  of({ received, identity, category }: LegBlock, i: number): number {
    const words = this.#caller === 'received' ? received : identity;
    const [low, high] = this.#caller === 'linked' ? [0, 0] : [words[2 * i]!, words[2 * i + 1]!];
    const [typeLow, typeHigh] = this.#byCategory ? [category[2 * i]!, category[2 * i + 1]!] : [0, 0];
    if (this.#count > 0 && this.#is(this.#last, low, high, typeLow, typeHigh)) return this.#last;
    for (let at = 0; at < this.#count; at++) {
      if (!this.#is(at, low, high, typeLow, typeHigh)) continue;
      this.#last = at;
      return at;
    }
    if (4 * this.#count === this.#keys.length) this.#keys = grown(this.#keys, 2 * this.#keys.length);
    this.#last = this.#count++;
    this.#keys.set([low, high, typeLow, typeHigh], 4 * this.#last);
    return this.#last;
  }

  #is(at: number, low: number, high: number, typeLow: number, typeHigh: number): boolean {
    const keys = this.#keys;
    const key = 4 * at;
    return keys[key] === low && keys[key + 1] === high && keys[key + 2] === typeLow && keys[key + 3] === typeHigh;
  }
}
