import { expect, test } from 'vitest';
import { NO_OFFER } from '../models/offer-pass.ts';
import { dealOffers } from './deal-offers.ts';

const candidates = (rows: readonly (readonly (readonly [item: number, score: number])[])[]) => {
  const width = Math.max(...rows.map((row) => row.length));
  const items = new Uint32Array(rows.length * width).fill(NO_OFFER);
  const scores = new Float64Array(items.length);
  rows.forEach((row, at) => {
    row.forEach(([item, score], place) => {
      items[at * width + place] = item;
      scores[at * width + place] = score;
    });
  });
  return { customers: rows.length, width, items, scores };
};
const NO_LINES = new Int32Array(6).fill(-1);

test('of a product at its cap those with the highest scores get it, and the others what they want next', async () => {
  const rows = [5, 9, 7, 3].map(
    (score) =>
      [
        [0, score],
        [1, 1],
      ] as const,
  );
  const dealt = await dealOffers(candidates(rows), { most: 1, cap: 0.5, lines: NO_LINES });
  expect(dealt).toMatchObject({ made: 4, capped: [0], beyond: [] });
  expect(Array.from(dealt.offers)).toEqual([1, 0, 0, 1]);
});

test('everybody’s first comes before anybody’s second', async () => {
  const rows = [
    [
      [0, 9],
      [1, 9],
    ],
    [[1, 1]],
  ] as const;
  const dealt = await dealOffers(candidates(rows), { most: 2, cap: 0.34, lines: NO_LINES });
  // One of three each, rounded up to two.
  expect(Array.from(dealt.offers)).toEqual([0, 1, 1, NO_OFFER]);
});

test('a customer gets two of one line at most; what has no line is of none', async () => {
  const row = [0, 1, 2, 3].map((item) => [item, 9 - item] as const);
  const lines = Int32Array.from([0, 0, 0, 1, -1, -1]);
  const dealt = await dealOffers(candidates([row]), { most: 3, cap: 1, lines });
  expect(Array.from(dealt.offers)).toEqual([0, 1, 3]);
});

test('where there is too little else the cap is told not to hold', async () => {
  const rows = Array.from({ length: 4 }, () => [[0, 1]] as const);
  const dealt = await dealOffers(candidates(rows), { most: 3, cap: 0.3, lines: NO_LINES });
  expect(dealt.beyond).toEqual([0]);
  expect(dealt.made).toBeGreaterThan(0);
});
