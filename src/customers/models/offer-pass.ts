import type { Points } from './points.ts';
import type { RowWork } from './row-blocks.ts';

export interface OfferWork {
  /** Items of the catalogue. */
  readonly size: number;
  /** Offers of a customer at most. */
  readonly most: number;
  /** What the customers have, as `Owned` holds it. */
  readonly offsets: SharedArrayBuffer;
  readonly items: SharedArrayBuffer;
  /** Rows of scores of all items: a customer's are the sum of those of its items, or that row which `picked` says. */
  readonly scores: SharedArrayBuffer;
  readonly picked: SharedArrayBuffer | null;
  /** The offers of each customer, the best first; {@link NO_OFFER} where there are fewer. */
  readonly offers: SharedArrayBuffer;
}

export const NO_OFFER = 0xffffffff;

/** Finds the items of the highest scores that each customer of a block has not; of equal ones, the first. */
export class OfferPass implements RowWork {
  readonly sums = 0;
  readonly #work: Pick<OfferWork, 'size' | 'most'>;
  readonly #offsets: Uint32Array;
  readonly #items: Uint32Array;
  readonly #scores: Float64Array;
  readonly #picked: Uint32Array | null;
  readonly #offers: Uint32Array;

  constructor(_: Points, { offsets, items, scores, picked, offers, ...work }: OfferWork) {
    this.#work = work;
    this.#offsets = new Uint32Array(offsets);
    this.#items = new Uint32Array(items);
    this.#scores = new Float64Array(scores);
    this.#picked = picked && new Uint32Array(picked);
    this.#offers = new Uint32Array(offers);
  }

  run(_: Float64Array, from: number, to: number): void {
    const { size, most } = this.#work;
    const all = new Float64Array(size);
    const best = new Float64Array(most);
    for (let row = from; row < to; row++) {
      const [begin, end] = [this.#offsets[row]!, this.#offsets[row + 1]!];
      if (this.#picked) {
        const at = this.#picked[row]! * size;
        all.set(this.#scores.subarray(at, at + size));
      } else addRows(all, this.#scores, this.#items, begin, end);
      for (let at = begin; at < end; at++) all[this.#items[at]!] = Number.NEGATIVE_INFINITY;
      highest(all, best, this.#offers.subarray(row * most, (row + 1) * most));
    }
  }
}

/** The sum of some rows of scores, two at a time. */
function addRows(all: Float64Array, scores: Float64Array, items: Uint32Array, begin: number, end: number): void {
  const size = all.length;
  all.fill(0);
  let at = begin;
  for (; at + 2 <= end; at += 2) {
    const [one, two] = [items[at]! * size, items[at + 1]! * size];
    for (let item = 0; item < size; item++) all[item]! += scores[one + item]! + scores[two + item]!;
  }
  if (at < end) {
    const one = items[at]! * size;
    for (let item = 0; item < size; item++) all[item]! += scores[one + item]!;
  }
}

/** The places of the highest values, the best first. */
function highest(all: Float64Array, best: Float64Array, into: Uint32Array): void {
  const most = into.length;
  into.fill(NO_OFFER);
  best.fill(Number.NEGATIVE_INFINITY);
  let least = Number.NEGATIVE_INFINITY;
  for (let item = 0; item < all.length; item++) {
    const score = all[item]!;
    if (!(score > least)) continue;
    let place = most - 1;
    for (; place > 0 && best[place - 1]! < score; place--) {
      best[place] = best[place - 1]!;
      into[place] = into[place - 1]!;
    }
    best[place] = score;
    into[place] = item;
    least = best[most - 1]!;
  }
}
