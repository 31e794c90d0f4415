import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NO_OFFER } from '../models/offer-pass.ts';
import { measured } from './measures.ts';
import { NO_PLACE } from './owned.ts';

test('by hand: of three taken, the second and the seventh offers', () => {
  const found = measured([9, 1, 8, 7, 6, 5, 2, 4, 10, 11], Uint32Array.of(1, 2, 3));
  expect(found.recall5).toBe(1 / 3);
  expect(found.recall10).toBe(2 / 3);
  // (1/log₂3 + 1/log₂8) / (1 + 1/log₂3 + 1/log₂4) = (0.63093 + 0.33333) / 2.13093
  expect(found.ndcg10).toBeCloseTo(0.452509, 5);
});

test('all in the first places is 1; what is beyond the catalogue was taken and not found', () => {
  expect(measured([4, 2], Uint32Array.of(2, 4))).toEqual({ recall5: 1, recall10: 1, ndcg10: 1 });
  expect(measured([4, 2], Uint32Array.of(NO_PLACE, 2, 4, NO_PLACE)).recall10).toBe(0.5);
  expect(measured([NO_OFFER], Uint32Array.of(NO_PLACE))).toEqual({ recall5: 0, recall10: 0, ndcg10: 0 });
  const twelve = Array.from({ length: 12 }, (_, at) => at);
  expect(measured(twelve, Uint32Array.from(twelve))).toEqual({ recall5: 5 / 12, recall10: 10 / 12, ndcg10: 1 });
});

interface Case {
  readonly offers: number[];
  readonly taken: number[];
  readonly recall5: number;
  readonly recall10: number;
  readonly ndcg10: number;
}
describe('as scikit-learn', () => {
  const { cases } = JSON.parse(
    readFileSync(new URL('../../../test/golden/offers/offers.json', import.meta.url), 'utf8'),
  ) as { cases: Case[] };

  test.each(cases)('offers $offers, taken $taken', ({ offers, taken, ...golden }) => {
    const found = measured(offers, Uint32Array.from(taken));
    expect(found.recall5).toBeCloseTo(golden.recall5, 12);
    expect(found.recall10).toBeCloseTo(golden.recall10, 12);
    expect(found.ndcg10).toBeCloseTo(golden.ndcg10, 12);
  });
});
