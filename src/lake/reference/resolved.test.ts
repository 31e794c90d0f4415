import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inBuilt } from './resolved.ts';

/** Whether the condition, read as it is written, holds of a batch. */
function holds(condition: string, batch: number): boolean {
  const ranges = [...condition.matchAll(/BETWEEN (\d+) AND (\d+)/g)];
  return ranges.some(([, from, to]) => batch >= Number(from) && batch <= Number(to));
}

test('of any batches, neighbours in one range, the condition holds of each and of no other', () => {
  expect(inBuilt([1, 2, 3, 7, 9, 10])).toBe(
    '(batch_id BETWEEN 1 AND 3 OR batch_id BETWEEN 7 AND 7 OR batch_id BETWEEN 9 AND 10)',
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 30 }), (given) => {
      const batches = given.sort((a, b) => a - b);
      const condition = inBuilt(batches);
      for (let batch = 0; batch <= 31; batch++) expect(holds(condition, batch)).toBe(batches.includes(batch));
    }),
  );
});

test('none, or too many apart, are looked up', () => {
  const look = 'batch_id IN (SELECT batch_id FROM gold.built)';
  expect(inBuilt([])).toBe(look);
  expect(inBuilt(Array.from({ length: 40 }, (_, index) => 2 * index))).toBe(look);
});
