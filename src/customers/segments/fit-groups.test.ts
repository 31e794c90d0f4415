import { describe, expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { adjustedRand } from '../models/agreement.ts';
import { Points } from '../models/points.ts';
import { fitGroups } from './fit-groups.ts';

const CENTERS = [
  [0, 0, 0],
  [9, 2, -4],
  [-6, 8, 5],
  [3, -9, 7],
];

function planted(rows: number, seed = 1): { points: Points; labels: number[] } {
  const random = new Random(seed);
  const labels = Array.from({ length: rows }, () => [0, 0, 0, 0, 1, 1, 1, 2, 2, 3][random.int(0, 10)]!);
  return { labels, points: Points.of(labels.map((group) => CENTERS[group]!.map((mean) => random.normal(mean, 1)))) };
}

describe('what was planted is found, with the number of groups', () => {
  test.each([
    ['bgm', 900],
    ['bgm', 6000],
    ['kmeans', 900],
    ['kmeans', 25_000],
  ] as const)('%s, %i rows', async (method, rows) => {
    const { points, labels } = planted(rows);
    const found = await fitGroups(points, { method, seed: 7 });
    expect(found.groups).toBe(4);
    expect(adjustedRand({ groups: 4, labels }, found)).toBeGreaterThan(0.99);
    expect(found.weights).toEqual(found.weights.toSorted((a, b) => b - a));
    expect(found.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    expect(found.silhouette).toBeGreaterThan(0.6);
    expect(Math.min(...found.membership)).toBeGreaterThanOrEqual(0.5 - 1e-9);
    const again = await fitGroups(points, { method, seed: 7 });
    expect([again.labels, again.bound, again.inertia]).toEqual([found.labels, found.bound, found.inertia]);
  });
});

test('rows far from all others own no group', async () => {
  const { points, labels } = planted(1200);
  points.values.set([500, -500, 500], 0);
  const found = await fitGroups(points, { method: 'bgm', seed: 7 });
  expect(found.groups).toBe(4);
  const rest = labels.slice(1);
  expect(
    adjustedRand({ groups: 4, labels: rest }, { ...found, labels: Array.from(found.labels).slice(1) }),
  ).toBeGreaterThan(0.98);
});

describe('no answer is better than a useless one', () => {
  test('nearly all in one group is refused', async () => {
    const random = new Random(2);
    const one = Points.of(Array.from({ length: 500 }, () => [random.normal(0, 1), random.normal(0, 1)]));
    await expect(fitGroups(one, { method: 'bgm', seed: 1 })).rejects.toMatchObject({ code: 'groupsDegenerate' });
  });

  test('too few rows, or the same row again and again, are told', async () => {
    const three = Points.of([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    await expect(fitGroups(three, { method: 'kmeans', k: 2, seed: 1 })).rejects.toThrow('3 linhas, 3 diferentes');
    const same = Points.of(Array.from({ length: 50 }, () => [1, 2]));
    for (const method of ['bgm', 'kmeans'] as const)
      await expect(fitGroups(same, { method, seed: 1 })).rejects.toThrow('50 linhas, 1 diferentes');
    const two = Points.of(Array.from({ length: 50 }, (_, row) => [row % 2, 2]));
    await expect(fitGroups(two, { method: 'kmeans', k: 3, seed: 1 })).rejects.toThrow(
      '2 diferentes, são poucas para 3',
    );
  });
});

describe('from the groups of an earlier time', () => {
  test.each(['bgm', 'kmeans'] as const)(
    '%s refines them, and rows it did not know join the nearest',
    async (method) => {
      const { points, labels } = planted(900);
      const known = labels.map((label, row) => (row % 10 === 3 ? -1 : label));
      const found = await fitGroups(points, { method, seed: 3, begun: known });
      expect(found.groups).toBe(4);
      expect(adjustedRand({ groups: 4, labels }, found)).toBeGreaterThan(0.99);
      expect(found.warnings).toEqual([]);
    },
  );

  test('of very many rows', async () => {
    const { points, labels } = planted(200_000);
    const found = await fitGroups(points, { method: 'kmeans', seed: 3, begun: labels });
    expect(adjustedRand({ groups: 4, labels }, found)).toBeGreaterThan(0.99);
  });

  test('a mixture says when one from nothing would explain the rows better', async () => {
    const { points, labels } = planted(900);
    const merged = labels.map((label) => Math.min(label, 1));
    const found = await fitGroups(points, { method: 'bgm', seed: 3, begun: merged, components: 8 });
    expect(found.groups).toBe(2);
    expect(found.warnings).toEqual(['começando do zero os grupos seriam outros, e explicariam melhor as linhas']);
  });
});
