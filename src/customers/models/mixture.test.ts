import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Random } from '../../kernel/random.ts';
import { adjustedRand } from './agreement.ts';
import type { Covariance } from './densities.ts';
import { fitMixture, membershipsOf } from './mixture.ts';
import { Points } from './points.ts';

interface Golden {
  readonly madeBy: string;
  readonly rows: number[][];
  readonly begun: number[][];
  readonly cases: {
    covariance: Covariance;
    mostIterations: number;
    iterations: number;
    converged: boolean;
    bound: number;
    weights: number[];
    means: number[][];
    covariances: number[];
    memberships: number[][];
  }[];
}
const golden = JSON.parse(
  readFileSync(new URL('../../../test/golden/mixtures/mixtures.json', import.meta.url), 'utf8'),
) as Golden;

const apart = (one: ArrayLike<number>, other: readonly number[]) =>
  other.reduce((most, value, at) => Math.max(most, Math.abs(value - one[at]!)), 0);

describe(`a mixture equals that of ${golden.madeBy} from the same beginning`, () => {
  test.each(golden.cases)('$covariance, at most $mostIterations iterations', async (wanted) => {
    const { covariance, mostIterations } = wanted;
    const begun = Float64Array.from(golden.begun.flat());
    const found = await fitMixture(Points.of(golden.rows), begun, { covariance, mostIterations, tolerance: 1e-6 });
    expect([found.iterations, found.converged]).toEqual([wanted.iterations, wanted.converged]);
    expect(Math.abs(found.bound - wanted.bound)).toBeLessThan(1e-9);
    expect(apart(found.weights, wanted.weights)).toBeLessThan(1e-9);
    expect(apart(found.means, wanted.means.flat())).toBeLessThan(1e-9);
    expect(apart(found.covariances, wanted.covariances)).toBeLessThan(1e-9);
    expect(apart(found.memberships, wanted.memberships.flat())).toBeLessThan(1e-9);
  });
});

const GROUPS = 5;
/** Rows about centers far apart, the likelier in the first; and of which center each is. */
function planted(rows: number, columns: number): { points: Points; labels: number[] } {
  const random = new Random(11);
  const centers = Array.from({ length: GROUPS }, () => Array.from({ length: columns }, () => random.normal(0, 4)));
  const points = new Points(rows, columns);
  const labels = Array.from({ length: rows }, (_, row) => {
    const group = Math.min(random.int(0, GROUPS), random.int(0, GROUPS));
    for (let column = 0; column < columns; column++)
      points.values[row * points.stride + column] = centers[group]![column]! + random.normal(0, 1);
    return group;
  });
  return { points, labels };
}

function drawn(rows: number, groups: number): Float64Array {
  const random = new Random(3);
  const begun = new Float64Array(rows * groups);
  for (let row = 0; row < rows; row++) begun[row * groups + random.int(0, groups)] = 1;
  return begun;
}

describe('what was planted is found again', () => {
  test.each(['full', 'tied', 'diagonal'] as const)('%s, with the number of groups', async (covariance) => {
    const { points, labels } = planted(3000, 6);
    const { labels: found, weights } = await fitMixture(points, drawn(3000, 9), { covariance, mostIterations: 300 });
    expect(adjustedRand({ groups: GROUPS, labels }, { groups: 9, labels: found })).toBeGreaterThan(0.99);
    expect([...weights].filter((weight) => weight > 0.01)).toHaveLength(GROUPS);
  });

  test('in threads as in one, and the probabilities of a row add up', async () => {
    const { points } = planted(6000, 7);
    const few = new Points(4000, 7);
    few.values.set(points.values.subarray(0, few.values.length));
    for (const each of [points, few]) {
      const fitted = () => fitMixture(each, drawn(each.rows, 6), { covariance: 'full', mostIterations: 40 });
      const [one, again] = [await fitted(), await fitted()];
      expect(again.bound).toBe(one.bound);
      for (let row = 0; row < each.rows; row += 97) {
        const shares = one.memberships.subarray(row * 6, row * 6 + 6);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(shares[one.labels[row]!]).toBe(Math.max(...shares));
      }
      const told = await membershipsOf(each, one, { covariance: 'full' });
      expect(apart(told, Array.from(one.memberships))).toBeLessThan(1e-12);
    }
  });

  test('where columns say the same', async () => {
    const { points, labels } = planted(3000, 6);
    const twice = new Points(3000, 8);
    for (let row = 0; row < 3000; row++)
      for (let column = 0; column < 8; column++)
        twice.values[row * 8 + column] = points.values[row * points.stride + (column % 6)]!;
    const { labels: found } = await fitMixture(twice, drawn(3000, 9), { covariance: 'full', mostIterations: 300 });
    expect(adjustedRand({ groups: GROUPS, labels }, { groups: 9, labels: found })).toBeGreaterThan(0.99);
  });

  test('it ends when it is told to', async () => {
    const { points } = planted(6000, 7);
    const stop = new AbortController();
    const settings = { covariance: 'full', mostIterations: 1000, tolerance: 0, signal: stop.signal } as const;
    const fit = fitMixture(points, drawn(6000, 9), { ...settings, onIteration: (turn) => turn === 3 && stop.abort() });
    await expect(fit).rejects.toThrow('aborted');
  });
});
