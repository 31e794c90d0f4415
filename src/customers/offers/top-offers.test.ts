import { expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { NO_OFFER } from '../models/offer-pass.ts';
import { ownedOf, sharedDoubles, sharedInts } from './owned.ts';
import { topOffers } from './top-offers.ts';

test('the highest sums of what a customer has, never what it has; of equal ones, the lower place', async () => {
  const scores = sharedDoubles(25);
  scores.set(
    [
      [0, 1, 2, 3, 3],
      [1, 0, 5, 0, 0],
      [9, 9, 9, 9, 9],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ].flat(),
  );
  const offers = await topOffers(ownedOf([[0], [0, 1], [], [3, 4], [0, 1, 2, 3]], 5), scores, 3);
  const none = NO_OFFER;
  expect(Array.from(offers)).toEqual([3, 4, 2, 2, 3, 4, 0, 1, 2, 0, 1, 2, 4, none, none]);
});

test('rows of scores that customers share', async () => {
  const scores = sharedDoubles(6);
  scores.set([3, 2, 1, 1, 2, 3]);
  const picked = sharedInts(3);
  picked.set([0, 1, 1]);
  const offers = await topOffers(ownedOf([[], [], [2]], 3), scores, 2, { picked });
  expect(Array.from(offers)).toEqual([0, 1, 2, 1, 1, 0]);
});

test('any number of threads gives the same, as a plain sort of the sums does', async () => {
  const random = new Random(5);
  const [customers, size] = [700, 40];
  const rows = Array.from({ length: customers }, () =>
    Array.from({ length: size }, (_, item) => item).filter(() => random.chance(0.2)),
  );
  const owned = ownedOf(rows, size);
  const scores = sharedDoubles(size * size);
  scores.set(Array.from(scores, () => random.int(-5, 20)));
  const one = await topOffers(owned, scores, 10, { threads: 1 });
  expect(await topOffers(owned, scores, 10, { threads: 2 })).toEqual(one);
  expect(await topOffers(owned, scores, 10, { threads: 7 })).toEqual(one);
  rows.forEach((row, at) => {
    const sums = Array.from({ length: size }, (_, item) =>
      row.reduce((sum, has) => sum + scores[has * size + item]!, 0),
    );
    const best = Array.from(sums.keys())
      .filter((item) => !row.includes(item))
      .sort((a, b) => sums[b]! - sums[a]! || a - b);
    expect(Array.from(one.subarray(at * 10, at * 10 + 10))).toEqual(best.slice(0, 10));
  });
});
