import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cosine, ease, pairRules, popularity, together } from './item-scores.ts';
import { ownedOf } from './owned.ts';

/**
 * Items 0, 1, 2 and 3 of six customers: 0 and 1 by customers a, b and c; 0 and 2 by d; 2 by e; 1 and 3 by f.
 * Owners: 0 has 4, 1 has 4, 2 has 2, 3 has 1.
 */
const SIX = ownedOf([[1, 0], [0, 1], [0, 1], [0, 2], [2], [3, 1]], 4);

describe('by hand', () => {
  test('customers that have both of two items', async () => {
    expect(Array.from(await together(SIX))).toEqual([4, 3, 1, 0, 3, 4, 0, 1, 1, 0, 2, 0, 0, 1, 0, 1]);
  });

  test('popularity, of all and as a share of each group', () => {
    expect(Array.from(popularity(SIX))).toEqual([4, 4, 2, 1]);
    // Of the first group's two customers both have 0 and 1; of the second's four, two have 2: half of them.
    const of = Uint32Array.from([0, 0, 1, 1, 1, 1]);
    expect(Array.from(popularity(SIX, { of, groups: 3 }))).toEqual([1, 1, 0, 0, 0.5, 0.5, 0.5, 0.25, 0, 0, 0, 0]);
  });

  test('cosines: 3 of both over √(4 · 4) = 0.75, 1 over √(4 · 2), 1 over √(4 · 1)', async () => {
    const [h, q] = [1 / Math.sqrt(8), 0.5];
    const found = Array.from(cosine(await together(SIX), 4));
    [0, 0.75, h, 0, 0.75, 0, 0, q, h, 0, 0, 0, 0, q, 0, 0].forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, 15);
    });
  });

  test('confidences of the pairs whose lift is above 1', async () => {
    // 0 and 1: lift 3 · 6 / (4 · 4) = 1.125, confidence 3/4. 0 and 2: lift 6/8, none. 1 and 3: lift 6/4, 1/4 and 1/1.
    const counts = await together(SIX);
    expect(Array.from(pairRules(counts, 4, 6, 1))).toEqual([0, 0.75, 0, 0, 0.75, 0, 0, 0.25, 0, 0, 0, 0, 0, 1, 0, 0]);
    expect(Array.from(pairRules(counts, 4, 6, 2))).toEqual([0, 0.75, 0, 0, 0.75, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('EASE of two items that 2 of 3 owners share, λ 1: P of [[3,2],[2,3]] + I = [[4,−2],[−2,4]] / 12, so B = 1/2', async () => {
    const shared = ownedOf([[0, 1], [0, 1], [0], [1]], 2);
    const weights = Array.from(await ease(await together(shared), 2, 1));
    expect(weights[0]).toBe(0);
    expect(weights[1]).toBeCloseTo(0.5, 14);
    expect(weights[2]).toBeCloseTo(0.5, 14);
    expect(weights[3]).toBe(0);
  });
});

interface Golden {
  readonly owned: number[][];
  readonly items: number;
  readonly ease: { readonly ridge: number; readonly weights: number[] }[];
  readonly cosines: number[];
}
const GOLDEN = JSON.parse(
  readFileSync(new URL('../../../test/golden/offers/offers.json', import.meta.url), 'utf8'),
) as Golden;

describe('as numpy and scikit-learn', () => {
  const owned = ownedOf(GOLDEN.owned, GOLDEN.items);
  const apart = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    Math.max(...Array.from(one, (value, at) => Math.abs(value - other[at]!)));

  test.each(GOLDEN.ease)('EASE with λ $ridge', async ({ ridge, weights }) => {
    expect(apart(await ease(await together(owned), GOLDEN.items, ridge), weights)).toBeLessThan(1e-12);
  });

  test('cosines', async () => {
    expect(apart(cosine(await together(owned), GOLDEN.items), GOLDEN.cosines)).toBeLessThan(1e-12);
  });
});
