import { availableParallelism } from 'node:os';
import { Points } from '../models/points.ts';
import { RowBlocks } from '../models/row-blocks.ts';
import type { Scores } from './item-scores.ts';
import { type Owned, sharedInts } from './owned.ts';

/** Additions that are done before threads have begun. */
const FEW = 2e7;

export interface OfferHow {
  /** Of each customer, its row of the scores; without it, its score of an item is the sum over what it has. */
  readonly picked?: Uint32Array<SharedArrayBuffer> | undefined;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The `most` best items that each customer has not, row by row, the best first; of equal scores, the one of the lower
 * place. `NO_OFFER` stands where a customer has nearly everything.
 */
export async function topOffers(
  owned: Owned,
  scores: Scores,
  most: number,
  { picked, threads, signal }: OfferHow = {},
): Promise<Uint32Array> {
  const { customers, size, offsets, items } = owned;
  const offers = sharedInts(customers * most);
  const work = {
    ...{ size, most, offsets: offsets.buffer, items: items.buffer, scores: scores.buffer },
    ...{ picked: picked?.buffer ?? null, offers: offers.buffer },
  };
  const alone = (items.length + customers) * size < FEW;
  const blocks = new RowBlocks(new Points(customers, 0), 'offers', work, 0, {
    ...{ signal, threads: threads ?? (alone ? 1 : availableParallelism()) },
  });
  try {
    await blocks.run(signal);
  } finally {
    await blocks.close();
  }
  return offers;
}
