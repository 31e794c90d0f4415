import { expect, test } from 'vitest';
import { NO_OFFER } from '../models/offer-pass.ts';
import type { Evidence } from './evidence.ts';
import { weighByGroup } from './weigh-by-group.ts';

const shares = (n: number, also: number, allN: number, allAlso: number, inGroup = true): Evidence => ({
  ...{ has: [9], inGroup, n, also, allN, allAlso },
});

test('a score counts as much as the group has of what all have, and never more; what was first may come last', async () => {
  const evidence = new Map([
    // 20% of the group against 50% of all: two fifths.
    ['0 1', shares(50, 10, 400, 200)],
    // 60% against 40%: the score as it is.
    ['0 2', shares(50, 30, 400, 160)],
    // 38% against 50%: 0.76.
    ['0 3', shares(50, 19, 400, 200)],
    // Too few of the group: told of all alone.
    ['1 1', shares(400, 200, 400, 200, false)],
    // Nobody of the group, and nobody at all.
    ['1 2', shares(50, 0, 400, 200)],
    ['1 3', shares(50, 0, 400, 0)],
  ]);
  const candidates = {
    ...{ customers: 2, width: 4, items: Uint32Array.from([1, NO_OFFER, 2, 3, 1, 2, 3, NO_OFFER]) },
    scores: Float64Array.from([10, 0, 6, 5, 3, 2, 1, 0]),
  };
  const weighed = await weighByGroup(candidates, (row, item) => evidence.get(`${row} ${item}`)!);
  expect([...weighed.items]).toEqual([2, 1, 3, NO_OFFER, 1, 3, 2, NO_OFFER]);
  expect([...weighed.scores].map((one) => Number(one.toFixed(9)))).toEqual([6, 4, 3.8, 0, 3, 1, 0, 0]);
});
