import { describe, expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { Points } from '../models/points.ts';
import { carryNames, type Members } from './carry-names.ts';
import { fitGroups } from './fit-groups.ts';

const members = (groups: Record<number, string[]>): Members =>
  new Map(Object.entries(groups).flatMap(([group, ids]) => ids.map((id) => [id, Number(group)] as const)));

describe('groups keep the number of those of before', () => {
  test('whose customers they hold, whatever they are called now; who moved is told', () => {
    // Of 10 known at both times, b moved from 1 to 2; x left, y arrived.
    const before = members({ 1: ['a', 'b', 'c', 'd'], 2: ['e', 'f', 'g', 'x'], 3: ['h', 'i', 'j'] });
    const now = members({ 0: ['h', 'i', 'j'], 1: ['b', 'e', 'f', 'g', 'y'], 2: ['a', 'c', 'd'] });
    const found = carryNames(before, now, 3);
    expect(found.numbers).toEqual([3, 2, 1]);
    expect(found.pairs.map(({ was, jaccard }) => [was, jaccard])).toEqual([
      [3, 1],
      [2, 3 / 4],
      [1, 3 / 4],
    ]);
    expect(found.flows).toEqual([
      { from: 1, to: 1, customers: 3 },
      { from: 2, to: 2, customers: 3 },
      { from: 3, to: 3, customers: 3 },
      { from: 1, to: 2, customers: 1 },
    ]);
    expect([found.stayed, found.arrived, found.left, found.alarms]).toEqual([0.9, 1, 1, []]);
    // Shares 4, 4, 3 of 11 become 3, 5, 3 of 11.
    expect(found.stability).toBeCloseTo((Math.log(3 / 4) * -1 + Math.log(5 / 4)) / 11, 12);
  });

  test('a group that dissolved loses its number, and new ones get others', () => {
    const before = members({ 1: ['a', 'b'], 4: ['c', 'd', 'e', 'f'] });
    const now = members({ 0: ['a', 'b'], 1: ['c', 'd'], 2: ['e', 'f'] });
    const found = carryNames(before, now, 3);
    expect(found.numbers[0]).toBe(1);
    expect([...found.numbers].sort()).toEqual([1, 4, 5]);
    const apart = carryNames(before, members({ 0: ['a', 'c', 'd'], 1: ['b', 'e', 'f'] }), 2);
    expect(apart.alarms).toContain('na divisão anterior havia o que já não há: grupo 1, 4');
  });

  test('nobody in common is told', () => {
    const found = carryNames(members({ 1: ['a'] }), members({ 0: ['b'], 1: ['c'] }), 2);
    expect(found).toMatchObject({ stayed: null, arrived: 2, left: 1, pairs: [], numbers: [2, 3] });
    expect(found.alarms[0]).toMatch(/^nenhum cliente/);
  });
});

test('trained again twenty times, on other nine tenths, at least 95% of the customers keep their group’s name', async () => {
  const random = new Random(4);
  const centers = Array.from({ length: 6 }, (_, group) => [3 * Math.cos(group), 3 * Math.sin(2 * group), group - 3]);
  const rows = Array.from({ length: 600 }, (_, row) => centers[row % 6]!.map((mean) => random.normal(mean, 0.8)));
  const first = await fitGroups(Points.of(rows), { method: 'bgm', seed: 1 });
  const before = new Map(rows.map((_, row) => [`C${row}`, first.labels[row]! + 1]));
  for (let seed = 2; seed <= 21; seed++) {
    const kept = rows.flatMap((_, row) => (random.chance(0.9) ? [row] : []));
    const begun = kept.map((row) => first.labels[row]!);
    const again = await fitGroups(Points.of(kept.map((row) => rows[row]!)), { method: 'bgm', seed, begun });
    const now = new Map(kept.map((row, at) => [`C${row}`, again.labels[at]!]));
    const { stayed, left } = carryNames(before, now, again.groups);
    expect([seed, stayed! >= 0.95, left]).toEqual([seed, true, rows.length - kept.length]);
  }
});
