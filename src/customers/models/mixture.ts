import { type Covariance, densityOf } from './densities.ts';
import { Belief } from './mixture-belief.ts';
import { parametersOf, STEP } from './mixture-pass.ts';
import type { Points } from './points.ts';
import { RowBlocks } from './row-blocks.ts';

/** What is believed before the data; the defaults are those of scikit-learn 1.2. */
export interface MixtureSettings {
  readonly covariance: Covariance;
  /** How readily new groups are used; 1 / groups unless said. */
  readonly concentration?: number | undefined;
  /** The bound's change at which it ends. */
  readonly tolerance?: number | undefined;
  readonly mostIterations?: number | undefined;
  /** Added to variances, so that a group of few rows keeps a width. */
  readonly ridge?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onIteration?: ((iteration: number, bound: number) => void) | undefined;
}

export interface Mixture {
  /** Of each group, summing to one; those of groups that the data do not want are near zero. */
  readonly weights: Float64Array;
  /** Group by group, `columns` each. */
  readonly means: Float64Array;
  /** The mean covariances, `columns` × `columns` by rows: group by group, one for all (`tied`), or their diagonals. */
  readonly covariances: Float64Array;
  /** Lower bound of the evidence, without the constants, as scikit-learn's `lower_bound_`. */
  readonly bound: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** The likeliest group of each row. */
  readonly labels: Uint16Array;
  /** Probabilities of groups, row by row. */
  readonly memberships: Float64Array;
  /** What {@link membershipsOf} needs to know of it. */
  readonly parameters: Float64Array;
}

/**
 * Fits a mixture of Gaussians by variational inference with a Dirichlet process over the weights (Blei & Jordan, 2006;
 * Bishop, 2006, ch. 10.2), beginning at the given probabilities of groups, row by row. Groups that the data do not want
 * lose their weight: their number is found. The same iterations as scikit-learn 1.2's `BayesianGaussianMixture`.
 * @throws Error when a covariance has no inverse: columns are constant or say the same, and `ridge` is 0.
 */
export async function fitMixture(points: Points, begun: Float64Array, settings: MixtureSettings): Promise<Mixture> {
  const { covariance, tolerance = 1e-3, mostIterations = 100, signal } = settings;
  const groups = begun.length / points.rows;
  const memberships = new Float64Array(new SharedArrayBuffer(8 * begun.length));
  memberships.set(begun);
  const labels = new Uint16Array(new SharedArrayBuffer(2 * points.rows));
  const density = densityOf(covariance, points, groups);
  const work = { covariance, groups, labels: labels.buffer, memberships: memberships.buffer };
  const blocks = new RowBlocks(points, 'mixture', work, parametersOf(density, groups), { signal });
  const belief = new Belief(points, groups, settings);
  try {
    const pass = async (step: number) => {
      blocks.parameters[0] = step;
      belief.write(blocks.parameters.subarray(1));
      return blocks.run(signal);
    };
    belief.update(await pass(STEP.given));
    let [bound, iterations, converged] = [Number.NEGATIVE_INFINITY, 0, false];
    while (iterations < mostIterations && !converged) {
      iterations++;
      const sums = await pass(STEP.improve);
      belief.update(sums);
      const before = bound;
      bound = belief.bound(sums[0]!);
      converged = Math.abs(bound - before) < tolerance;
      settings.onIteration?.(iterations, bound);
    }
    memberships.fill(0);
    await pass(STEP.tell);
    const found = { weights: belief.weights(), means: belief.means(), covariances: belief.covariances() };
    return { ...found, bound, converged, iterations, labels, memberships, parameters: blocks.parameters.slice(1) };
  } finally {
    await blocks.close();
  }
}

/** Probabilities of a mixture's groups for rows of the same columns, which it need not have seen; row by row. */
export async function membershipsOf(
  points: Points,
  { parameters, weights }: Pick<Mixture, 'parameters' | 'weights'>,
  { covariance, signal }: Pick<MixtureSettings, 'covariance' | 'signal'>,
): Promise<Float64Array> {
  const groups = weights.length;
  const memberships = new Float64Array(new SharedArrayBuffer(8 * points.rows * groups));
  const labels = new SharedArrayBuffer(2 * points.rows);
  const work = { covariance, groups, labels, memberships: memberships.buffer };
  const blocks = new RowBlocks(points, 'mixture', work, 1 + parameters.length, { signal });
  try {
    blocks.parameters[0] = STEP.tell;
    blocks.parameters.set(parameters, 1);
    await blocks.run(signal);
    return memberships;
  } finally {
    await blocks.close();
  }
}
