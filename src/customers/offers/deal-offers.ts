import { setImmediate } from 'node:timers/promises';
import { NO_OFFER } from '../models/offer-pass.ts';

/** What may be offered to each customer, the best first: `width` of each, {@link NO_OFFER} in what is not. */
export interface Candidates {
  readonly customers: number;
  readonly width: number;
  readonly items: Uint32Array;
  readonly scores: Float64Array;
}

/** Those of some customers, by their places. */
export function candidatesAt({ width, items, scores }: Candidates, places: readonly number[]): Candidates {
  const own = { items: new Uint32Array(places.length * width), scores: new Float64Array(places.length * width) };
  for (const [into, at] of places.entries()) {
    own.items.set(items.subarray(at * width, (at + 1) * width), into * width);
    own.scores.set(scores.subarray(at * width, (at + 1) * width), into * width);
  }
  return { customers: places.length, width, ...own };
}

export interface DealSettings {
  /** Offers of a customer at most. */
  readonly most: number;
  /** Of all offers, the share of one product at most. */
  readonly cap: number;
  /** Of each product its line, -1 of those without. */
  readonly lines: Int32Array;
  readonly signal?: AbortSignal | undefined;
}

export interface Dealt {
  /** `most` of each customer, in the order they were dealt; {@link NO_OFFER} where there are fewer. */
  readonly offers: Uint32Array;
  readonly made: number;
  /** Products that reached the cap. */
  readonly capped: readonly number[];
  /** The cap could not be kept: there is too little else to offer. */
  readonly beyond: readonly number[];
}

/** Offers of one line that a customer gets at most. */
const MOST_OF_LINE = 2;
/** How often the cap is made smaller when customers had nothing else. */
const ROUNDS = 8;

/**
 * Deals offers in rounds: each customer's first before anybody's second. Of a product that more customers want than its
 * cap allows, those with the highest scores get it, and the others what they want next.
 */
export async function dealOffers(candidates: Candidates, settings: DealSettings): Promise<Dealt> {
  const { customers, width, items } = candidates;
  let slots = 0;
  for (let row = 0; row < customers; row++) {
    let own = 0;
    for (let at = row * width; at < (row + 1) * width; at++) if (items[at] !== NO_OFFER) own++;
    slots += Math.min(own, settings.most);
  }
  let dealt = await dealUpTo(candidates, settings, Math.ceil(settings.cap * slots));
  // Customers without anything else make the total smaller, and so what one product may have.
  for (let round = 0; round < ROUNDS && dealt.beyond.length > 0; round++) {
    const next = await dealUpTo(candidates, settings, Math.max(1, Math.ceil(settings.cap * dealt.made)));
    if (next.made < 0.5 * slots) break;
    dealt = next;
  }
  return dealt;
}

async function dealUpTo(
  { customers, width, items, scores }: Candidates,
  { most, lines, cap: share, signal }: DealSettings,
  cap: number,
): Promise<Dealt> {
  const products = lines.length;
  const offers = new Uint32Array(customers * most).fill(NO_OFFER);
  const counts = new Uint32Array(products);
  const next = new Uint32Array(customers);
  const capped = new Set<number>();
  let made = 0;
  for (let round = 0; round < most; round++) {
    let asking = Uint32Array.from({ length: customers }, (_, row) => row);
    while (asking.length > 0) {
      await setImmediate();
      signal?.throwIfAborted();
      const wanted = new Map<number, number[]>();
      for (const row of asking) {
        while (next[row]! < width && !fits(row)) next[row]!++;
        if (next[row] === width) continue;
        const item = items[row * width + next[row]!]!;
        const list = wanted.get(item);
        if (list) list.push(row);
        else wanted.set(item, [row]);
      }
      const refused: number[] = [];
      for (const [item, rows] of wanted) {
        const left = cap - counts[item]!;
        if (rows.length > left) {
          capped.add(item);
          rows.sort((a, b) => scoreOf(b) - scoreOf(a) || spread(a) - spread(b));
        }
        for (const [at, row] of rows.entries()) {
          next[row]!++;
          if (at >= left) {
            refused.push(row);
            continue;
          }
          offers[row * most + round] = item;
          counts[item]!++;
          made++;
        }
      }
      asking = Uint32Array.from(refused);
    }
  }
  const beyond = Array.from(counts.keys()).filter((item) => counts[item]! > Math.ceil(share * made));
  return { offers, made, capped: [...capped].sort((a, b) => a - b), beyond };

  function scoreOf(row: number): number {
    return scores[row * width + next[row]!]!;
  }

  function fits(row: number): boolean {
    const item = items[row * width + next[row]!]!;
    if (item === NO_OFFER || counts[item]! >= cap) {
      if (item !== NO_OFFER) capped.add(item);
      return false;
    }
    const line = lines[item]!;
    if (line < 0) return true;
    let same = 0;
    for (let at = row * most; at < (row + 1) * most; at++)
      if (offers[at] !== NO_OFFER && lines[offers[at]!] === line) same++;
    return same < MOST_OF_LINE;
  }
}

/** An order of customers with equal scores that favours no part of the alphabet. */
const spread = (row: number): number => Math.imul(row + 1, 0x9e3779b1) >>> 0;
