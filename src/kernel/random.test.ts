import { expect, test } from 'vitest';
import { AliasTable, Random } from './random.ts';

const DRAWS = 200_000;

function moments(draw: () => number): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < DRAWS; index++) {
    const value = draw();
    sum += value;
    squares += value * value;
  }
  const mean = sum / DRAWS;
  return { mean, deviation: Math.sqrt(squares / DRAWS - mean * mean) };
}

test('the same seed gives the same numbers, another label or seed others', () => {
  const draw = (random: Random) => Array.from({ length: 5 }, () => random.word());
  expect(draw(new Random(7, 'people', 3))).toEqual(draw(new Random(7, 'people', 3)));
  expect(draw(new Random(7, 'people', 3))).not.toEqual(draw(new Random(7, 'people', 4)));
  expect(draw(new Random(7))).not.toEqual(draw(new Random(7 + 2 ** 32)));
});

test('a split stream does not depend on what was drawn before', () => {
  const parent = new Random(1, 'a');
  const early = parent.split('child').uniform();
  parent.uniform();
  expect(parent.split('child').uniform()).toBe(early);
});

test('moments', () => {
  const random = new Random(2026, 'moments');
  const uniform = moments(() => random.uniform());
  expect(uniform.mean).toBeCloseTo(0.5, 2);
  expect(uniform.deviation).toBeCloseTo(Math.sqrt(1 / 12), 2);
  const normal = moments(() => random.normal(10, 2));
  expect(normal.mean).toBeCloseTo(10, 1);
  expect(normal.deviation).toBeCloseTo(2, 1);
  const lognormal = moments(() => random.lognormal(100, 0.5));
  expect(lognormal.mean / 100).toBeCloseTo(1, 1);
  expect(lognormal.deviation / 50).toBeCloseTo(1, 1);
  expect(moments(() => random.exponential(3)).mean).toBeCloseTo(3, 1);
  for (const mean of [0.3, 8, 200]) {
    const poisson = moments(() => random.poisson(mean));
    expect(poisson.mean / mean).toBeCloseTo(1, 1);
    expect(poisson.deviation / Math.sqrt(mean)).toBeCloseTo(1, 1);
  }
});

test('whole numbers stay in [from, to)', () => {
  const random = new Random(1);
  const seen = new Set(Array.from({ length: 1000 }, () => random.int(3, 6)));
  expect([...seen].sort()).toEqual([3, 4, 5]);
});

test('weighted choice follows the weights and never draws a zero', () => {
  const weights = [5, 0, 1, 3, 1];
  const table = new AliasTable(weights);
  const random = new Random(3, 'alias');
  const counts = weights.map(() => 0);
  for (let index = 0; index < DRAWS; index++) counts[table.pick(random)]!++;
  weights.forEach((weight, index) => {
    expect(counts[index]! / DRAWS).toBeCloseTo(weight / 10, 2);
  });
  expect(counts[1]).toBe(0);
  expect(() => new AliasTable([0, 0])).toThrow(RangeError);
});

test('shuffle keeps the items', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const shuffled = new Random(9).shuffle([...items]);
  expect(shuffled).not.toEqual(items);
  expect(shuffled.sort((a, b) => a - b)).toEqual(items);
});
