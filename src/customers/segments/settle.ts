import type { Members, Pair } from './carry-names.ts';

/** A customer that is surely of another group, by this, has moved; any other stays where it was. */
export const SURE = 0.8;

export interface Settled {
  readonly labels: Int32Array;
  /** Customers that would have changed group and stay: too little of them is known, or they lie between groups. */
  readonly held: number;
}

/**
 * Leaves customers in the group that they were in where nothing shows that they left it: where a number that groups are
 * made of is missing, so that the group is a guess, and where they lie between groups.
 * @param known of each row, whether no such number is missing. @param pairs groups of now that are groups of before.
 */
export function settle(
  ids: readonly string[],
  { labels, membership }: { readonly labels: ArrayLike<number>; readonly membership: ArrayLike<number> },
  known: ArrayLike<number>,
  before: Members,
  pairs: readonly Pair[],
): Settled {
  const settled = Int32Array.from(labels);
  const isNow = new Map(pairs.map(({ was, is }) => [was, is]));
  let held = 0;
  for (const [row, id] of ids.entries()) {
    const stays = isNow.get(before.get(id) ?? 0);
    if (stays === undefined || stays === settled[row]) continue;
    if (known[row] && membership[row]! >= SURE) continue;
    settled[row] = stays;
    held++;
  }
  return { labels: settled, held };
}
