import { NO_OFFER } from '../models/offer-pass.ts';

export const MEASURES = ['recall5', 'recall10', 'ndcg10'] as const;
export type Measure = (typeof MEASURES)[number];

/** Offers that are measured. */
export const OFFERS = 10;

/**
 * How well ten offers, the best first, found what a customer took afterwards; each from 0 to 1. Recall at k: of what it
 * took, the share among the first k. NDCG (Järvelin & Kekäläinen, 2002): each found at place p from 1 counts
 * 1 / log₂(p + 1), over what it would be with all that it took in the first places.
 * @param taken each once, and at least one; places that are never offered count as not found.
 */
export function measured(offers: ArrayLike<number>, taken: Uint32Array): Record<Measure, number> {
  let [five, ten, gain, ideal] = [0, 0, 0, 0];
  for (let place = 0; place < OFFERS; place++) {
    const worth = 1 / Math.log2(place + 2);
    if (place < taken.length) ideal += worth;
    const offer = offers[place] ?? NO_OFFER;
    if (offer === NO_OFFER || !taken.includes(offer)) continue;
    if (place < 5) five++;
    ten++;
    gain += worth;
  }
  return { recall5: five / taken.length, recall10: ten / taken.length, ndcg10: gain / ideal };
}
