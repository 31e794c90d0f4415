import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { adjustedRand, bestPairs, jaccards } from './agreement.ts';
import { fitKMeans } from './k-means.ts';
import { Points } from './points.ts';
import { centersOf, daviesBouldin, type Grouping, silhouettes, simplifiedSilhouette } from './quality.ts';

const golden = JSON.parse(
  readFileSync(new URL('../../../test/golden/mixtures/mixtures.json', import.meta.url), 'utf8'),
) as {
  rows: number[][];
  measures: {
    grouping: number[];
    other: number[];
    silhouettes: number[];
    daviesBouldin: number[];
    adjustedRand: number[];
  };
};
const { measures } = golden;
const points = Points.of(golden.rows);
const one: Grouping = { groups: 4, labels: measures.grouping };
const other: Grouping = { groups: 3, labels: measures.other };

describe('measures of groupings', () => {
  test('silhouettes, Davies–Bouldin and the adjusted Rand index are those of scikit-learn', async () => {
    const found = await silhouettes(points, [one, other], new Random(1));
    expect(found[0]).toBeCloseTo(measures.silhouettes[0]!, 12);
    expect(found[1]).toBeCloseTo(measures.silhouettes[1]!, 12);
    expect(daviesBouldin(points, one)).toBeCloseTo(measures.daviesBouldin[0]!, 12);
    expect(daviesBouldin(points, other)).toBeCloseTo(measures.daviesBouldin[1]!, 12);
    expect(adjustedRand(one, other)).toBeCloseTo(measures.adjustedRand[0]!, 12);
    const folded = { groups: 3, labels: measures.grouping.map((label) => label % 3) };
    expect(adjustedRand(one, folded)).toBeCloseTo(measures.adjustedRand[1]!, 12);
  });

  test('the simplified silhouette of four rows is that of the hand', () => {
    // Centers 0.5 and 4.5: (4.5 − 0.5) / 4.5 and (3.5 − 0.5) / 3.5, on each side.
    const line = Points.of([[0], [1], [4], [5]]);
    const value = simplifiedSilhouette(line, { groups: 2, labels: [0, 0, 1, 1] });
    expect(value).toBeCloseTo((4 / 4.5 + 3 / 3.5) / 2, 12);
  });

  test('Jaccard of the likest group, by hand', () => {
    const found = jaccards({ groups: 2, labels: [0, 0, 0, 1, 1] }, { groups: 2, labels: [1, 1, 0, 0, 0] });
    expect(found).toEqual([2 / 3, 2 / 3]);
  });

  test('groups are paired as the best of all orders', () => {
    const orders = (rest: number[]): number[][] =>
      rest.length === 0
        ? [[]]
        : rest.flatMap((at) => orders(rest.filter((one) => one !== at)).map((tail) => [at, ...tail]));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat(30)),
        (rows, columns, drawn) => {
          const gains = Array.from({ length: rows }, () =>
            Array.from({ length: columns }, () => drawn.next().value as number),
          );
          const size = Math.max(rows, columns);
          const best = Math.max(
            ...orders(Array.from({ length: size }, (_, at) => at)).map((order) =>
              order.reduce((sum, column, row) => sum + (gains[row]?.[column] ?? 0), 0),
            ),
          );
          const found = bestPairs(gains);
          expect(new Set(found.filter((column) => column >= 0)).size).toBe(Math.min(rows, columns));
          expect(found.reduce((sum, column, row) => sum + (gains[row]![column] ?? 0), 0)).toBe(best);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('k-means', () => {
  const blobs = (rows: number) => {
    const random = new Random(5);
    const made = new Points(rows, 3);
    const labels = Array.from({ length: rows }, (_, row) => {
      const group = random.int(0, 4);
      made.values.set(
        [8 * (group & 1), 8 * (group >> 1), 0].map((center) => random.normal(center, 1)),
        row * made.stride,
      );
      return group;
    });
    return { made, labels };
  };

  test.each([800, 30_000])('finds groups far apart among %i rows, the same with the same seed', async (rows) => {
    const { made, labels } = blobs(rows);
    const found = await fitKMeans(made, 4, { seed: 1 });
    expect(adjustedRand({ groups: 4, labels }, { groups: 4, labels: found.labels })).toBeGreaterThan(0.99);
    expect((await fitKMeans(made, 4, { seed: 1 })).inertia).toBe(found.inertia);
    const { centers } = centersOf(made, { groups: 4, labels: found.labels });
    centers.forEach((value, at) => {
      expect(value).toBeCloseTo(found.centers[at]!, 1);
    });
  });

  test('each row is with the nearest center, and inertia is the sum of those distances', async () => {
    const { made } = blobs(500);
    const { centers, labels, inertia } = await fitKMeans(made, 6, { seed: 2, tolerance: 0 });
    let sum = 0;
    for (let row = 0; row < 500; row++) {
      const distances = Array.from({ length: 6 }, (_, at) =>
        [0, 1, 2].reduce((all, column) => all + (made.values[row * 4 + column]! - centers[at * 4 + column]!) ** 2, 0),
      );
      expect(distances[labels[row]!]).toBeCloseTo(Math.min(...distances), 10);
      sum += Math.min(...distances);
    }
    expect(inertia).toBeCloseTo(sum, 8);
  });

  test('as many groups as different rows, and one group, are answers too', async () => {
    const three = Points.of([
      [1, 1],
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect((await fitKMeans(three, 3, { seed: 1 })).inertia).toBe(0);
    expect((await fitKMeans(three, 1, { seed: 1 })).labels).toEqual(new Uint16Array(4));
  });
});
