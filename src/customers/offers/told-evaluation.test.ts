import { expect, test } from 'vitest';
import { verdictOf } from './told-evaluation.ts';

const over = (recall: readonly [number, number], ndcg: readonly [number, number], beatsPopularity = false) => {
  const none = { difference: 0, interval: [0, 0] as [number, number] };
  const overPopularity = {
    recall5: none,
    recall10: { ...none, interval: [...recall] as [number, number] },
    ndcg10: { ...none, interval: [...ndcg] as [number, number] },
  };
  return verdictOf({ beatsPopularity, chosenTest: { overPopularity } });
};

test('one verdict is told of an evaluation, by the intervals of the differences', () => {
  expect(over([0.01, 0.02], [0.01, 0.03], true)).toBe('beats');
  expect(over([-0.01, 0.02], [0.01, 0.03])).toBe('orders');
  expect(over([-0.01, 0], [0.01, 0.03])).toBe('orders');
  // Nearer to the beginning, but fewer found among ten.
  expect(over([-0.03, -0.01], [0.01, 0.03])).toBe('nothing');
  expect(over([-0.01, 0.02], [0, 0.03])).toBe('nothing');
  expect(over([0, 0], [0, 0])).toBe('nothing');
});
