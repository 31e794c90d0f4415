import { expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { Points } from '../models/points.ts';
import { fitGroups } from './fit-groups.ts';
import { stabilityOf } from './stability.ts';

test('groups that stand apart come back; halves of one cloud do not', async () => {
  const random = new Random(3);
  const rows = Array.from({ length: 900 }, (_, row) => {
    const apart = row % 3 === 0;
    return [random.normal(apart ? 40 : 0, 1), random.normal(0, 1)];
  });
  const points = Points.of(rows);
  const settings = { method: 'kmeans', k: 3, seed: 5 } as const;
  const groups = await fitGroups(points, settings);
  const stability = await stabilityOf(points, groups, settings, 12);
  const apart = groups.labels[0]!;
  expect(stability[apart]).toBeGreaterThan(0.98);
  // The cloud of 600 is cut in two anywhere: its halves are other halves each time.
  expect(Math.max(...stability.filter((_, one) => one !== apart).map((value) => value!))).toBeLessThan(0.85);
  expect(await stabilityOf(points, groups, settings, 12)).toEqual(stability);
});
