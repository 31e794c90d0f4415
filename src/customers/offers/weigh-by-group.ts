import { setImmediate } from 'node:timers/promises';
import { NO_OFFER } from '../models/offer-pass.ts';
import type { Candidates } from './deal-offers.ts';
import type { Evidence } from './evidence.ts';

/** Customers between two turns of others. */
const STRIDE = 5000;

/**
 * Candidates whose share in the customer's own group is below that of all customers count only that part of their score
 * (38% against 50%: 0.76 of it); each customer's are put in order anew, those that may not be offered last.
 * @param evidence of a customer, by its place, and an item.
 */
export async function weighByGroup(
  { customers, width, items, scores }: Candidates,
  evidence: (row: number, item: number) => Evidence,
  signal?: AbortSignal,
): Promise<Candidates> {
  const weighed = { items: new Uint32Array(items.length).fill(NO_OFFER), scores: new Float64Array(items.length) };
  for (let row = 0; row < customers; row++) {
    if (row % STRIDE === 0) await setImmediate();
    signal?.throwIfAborted();
    const own: { readonly item: number; readonly score: number }[] = [];
    for (let at = row * width; at < (row + 1) * width; at++)
      if (items[at] !== NO_OFFER)
        own.push({ item: items[at]!, score: scores[at]! * partOf(evidence(row, items[at]!)) });
    own.sort((a, b) => b.score - a.score);
    for (const [place, { item, score }] of own.entries()) {
      weighed.items[row * width + place] = item;
      weighed.scores[row * width + place] = score;
    }
  }
  return { customers, width, ...weighed };
}

function partOf({ inGroup, n, also, allN, allAlso }: Evidence): number {
  return inGroup && allAlso > 0 ? Math.min(1, also / n / (allAlso / allN)) : 1;
}
