import { setImmediate } from 'node:timers/promises';
import { invert } from '../models/inverse.ts';
import { type Owned, ownersOf, sharedDoubles } from './owned.ts';

/** Scores of items, row by row: `size` × `size`, by an item that a customer has, or a row for each group. */
export type Scores = Float64Array<SharedArrayBuffer>;

/** Customers between two turns of others. */
const STRIDE = 20_000;

/** How many customers have both of two items; on the diagonal, how many have one. `size` × `size`, by rows. */
export async function together(owned: Owned, signal?: AbortSignal): Promise<Float64Array> {
  const { size, offsets, items } = owned;
  const counts = new Float64Array(size * size);
  for (let row = 0; row < owned.customers; row++) {
    if (row % STRIDE === 0) await setImmediate();
    signal?.throwIfAborted();
    const end = offsets[row + 1]!;
    for (let one = offsets[row]!; one < end; one++) {
      const at = items[one]! * size;
      for (let other = offsets[row]!; other <= one; other++) counts[at + items[other]!]!++;
    }
  }
  for (let one = 0; one < size; one++)
    for (let other = 0; other < one; other++) counts[other * size + one] = counts[one * size + other]!;
  return counts;
}

/** How many customers have each item; of groups, the share of each one's customers, as groups of all sizes compare. */
export function popularity(owned: Owned, group?: { readonly of: Uint32Array; readonly groups: number }): Scores {
  const { size, offsets, items } = owned;
  const scores = sharedDoubles(size * (group?.groups ?? 1));
  if (!group) scores.set(ownersOf(owned));
  else {
    const customers = new Uint32Array(group.groups);
    for (let row = 0; row < owned.customers; row++) {
      customers[group.of[row]!]!++;
      for (let at = offsets[row]!; at < offsets[row + 1]!; at++) scores[group.of[row]! * size + items[at]!]!++;
    }
    for (let at = 0; at < scores.length; at++)
      scores[at] = scores[at]! / Math.max(1, customers[Math.floor(at / size)]!);
  }
  return scores;
}

/**
 * “Who has X also has Y” (Agrawal & others, 1993): the confidence, customers with both over customers with X, of the
 * pairs that at least `fewest` customers have and whose lift is above 1; elsewhere 0.
 */
export function pairRules(counts: Float64Array, size: number, customers: number, fewest: number): Scores {
  return scored(size, (one, other) => {
    const both = counts[one * size + other]!;
    const [has, hasOther] = [counts[one * size + one]!, counts[other * size + other]!];
    return both >= fewest && both * customers > has * hasOther ? both / has : 0;
  });
}

/** The cosine between the customers of two items (Sarwar & others, 2001). */
export function cosine(counts: Float64Array, size: number): Scores {
  return scored(size, (one, other) => {
    const norm = Math.sqrt(counts[one * size + one]! * counts[other * size + other]!);
    return counts[one * size + other]! / norm;
  });
}

/**
 * EASEᴿ (Steck, 2019): the weights B with a zero diagonal that bring X B nearest to X under a ridge λ; with
 * P = (XᵀX + λI)⁻¹, B[i,j] = −P[i,j] / P[j,j].
 */
export async function ease(counts: Float64Array, size: number, ridge: number, signal?: AbortSignal): Promise<Scores> {
  const scores = sharedDoubles(size * size);
  scores.set(counts);
  for (let item = 0; item < size; item++) scores[item * size + item]! += ridge;
  await invert(scores, size, { signal });
  const diagonal = Float64Array.from({ length: size }, (_, item) => scores[item * size + item]!);
  for (let one = 0, at = 0; one < size; one++)
    for (let other = 0; other < size; other++, at++) scores[at] = one === other ? 0 : -scores[at]! / diagonal[other]!;
  return scores;
}

function scored(size: number, score: (one: number, other: number) => number): Scores {
  const scores = sharedDoubles(size * size);
  for (let one = 0, at = 0; one < size; one++)
    for (let other = 0; other < size; other++, at++) if (one !== other) scores[at] = score(one, other);
  return scores;
}
