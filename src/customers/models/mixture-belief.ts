import { digamma, logGamma } from '../../kernel/gamma.ts';
import { type Covariance, type Density, densityOf } from './densities.ts';
import { cholesky, lowerInverse } from './matrix.ts';
import type { Points } from './points.ts';
import { writeTiles } from './tiles.ts';

/** How much one row believed beforehand weighs for a mean. */
const MEAN_PRECISION = 1;
/** What scikit-learn adds to a weight, so that no mean is divided by zero. */
const NOTHING = 10 * Number.EPSILON;

/**
 * What is believed of a mixture's parameters (Bishop, 2006, 10.2, with the stick-breaking weights of Blei & Jordan,
 * 2006): for each group a Beta of its stick, a Gaussian of its mean and a Wishart of its precision.
 */
export class Belief {
  readonly #columns: number;
  readonly #stride: number;
  readonly #rows: number;
  readonly #groups: number;
  readonly #density: Density;
  readonly #covariance: Covariance;
  readonly #concentration: number;
  readonly #ridge: number;
  readonly #center: Float64Array;
  /** Covariance of all rows: what is believed of each group beforehand. */
  readonly #prior: Float64Array;
  readonly #stick: [a: Float64Array, b: Float64Array];
  readonly #precision: Float64Array;
  readonly #freedom: Float64Array;
  readonly #logDeterminant: Float64Array;
  /** Group by group, as {@link Points} have their rows. */
  readonly #means: Float64Array;
  readonly #covariances: Float64Array[];
  readonly #roots: Float64Array[];

  constructor(
    points: Points,
    groups: number,
    settings: { covariance: Covariance; concentration?: number | undefined; ridge?: number | undefined },
  ) {
    const { columns, stride, rows } = points;
    this.#columns = columns;
    this.#stride = stride;
    this.#rows = rows;
    this.#groups = groups;
    this.#covariance = settings.covariance;
    this.#concentration = settings.concentration ?? 1 / groups;
    this.#ridge = settings.ridge ?? 1e-6;
    this.#density = densityOf(settings.covariance, points, groups);
    this.#center = points.means();
    this.#prior = points.covariance(this.#center);
    // Columns that say the same leave it without an inverse, of which a group without rows has nothing else.
    if (!cholesky(this.#prior, columns))
      for (let column = 0; column < columns; column++) this.#prior[column * (columns + 1)]! += this.#ridge;
    const each = () => new Float64Array(groups);
    this.#stick = [each().fill(1), each().fill(1)];
    this.#precision = each().fill(MEAN_PRECISION);
    this.#freedom = each().fill(columns);
    this.#logDeterminant = each();
    this.#means = new Float64Array(groups * stride);
    for (let one = 0; one < groups; one++) this.#means.set(this.#center, one * stride);
    const size = settings.covariance === 'diagonal' ? columns : columns * columns;
    const shapes = Array.from({ length: settings.covariance === 'tied' ? 1 : groups });
    this.#covariances = shapes.map(() => new Float64Array(size));
    this.#roots = shapes.map(() => new Float64Array(size));
  }

  /** Writes what a pass needs to know, after its step. */
  write(into: Float64Array): void {
    const { shared, parameters } = this.#density;
    const stride = this.#stride;
    const columns = this.#columns;
    if (this.#covariance === 'tied') writeTiles(this.#roots[0]!, columns, into, 0);
    const logs = this.#logWeights();
    for (let one = 0; one < this.#groups; one++) {
      const at = shared + one * parameters;
      const mean = this.#means.subarray(one * stride, (one + 1) * stride);
      into[at] = logs[one]! + this.#logScale(one);
      into.set(mean, at + 1);
      if (this.#covariance === 'full') writeTiles(this.#roots[one]!, columns, into, at + 1 + stride);
      else if (this.#covariance === 'diagonal') into.set(this.#roots[one]!, at + 1 + stride);
      else into.set(turned(mean, this.#roots[0]!, columns), at + 1 + stride);
    }
  }

  /** Learns from a pass's sums, which are of distances to the means as they were written. */
  update(sums: Float64Array): void {
    const groups = this.#groups;
    const columns = this.#columns;
    const stride = this.#stride;
    const [a, b] = this.#stick;
    const weights = new Float64Array(groups);
    const means = new Float64Array(groups * columns);
    const scatter = this.#covariances.map((one) => one.slice().fill(0));
    for (let one = 0; one < groups; one++) {
      const from = 1 + one * this.#density.sums;
      const own = sums[from]!;
      const weight = own + NOTHING;
      weights[one] = weight;
      const first = sums.subarray(from + 1, from + 1 + columns);
      const moved = new Float64Array(columns);
      for (let column = 0; column < columns; column++) {
        const mean = (first[column]! + own * this.#means[one * stride + column]!) / weight;
        means[one * columns + column] = mean;
        moved[column] = mean - this.#means[one * stride + column]!;
      }
      const products = sums.subarray(from + 1 + stride, from + this.#density.sums);
      if (this.#covariance === 'diagonal')
        for (let column = 0; column < columns; column++)
          scatter[one]![column] = products[column]! + moved[column]! * (own * moved[column]! - 2 * first[column]!);
      else if (this.#covariance === 'full')
        for (let row = 0; row < columns; row++)
          for (let column = row; column < columns; column++) {
            const value =
              products[row * stride + column]! +
              own * moved[row]! * moved[column]! -
              first[row]! * moved[column]! -
              moved[row]! * first[column]!;
            scatter[one]![row * columns + column] = value;
            scatter[one]![column * columns + row] = value;
          }
    }
    let after = 0;
    for (let one = groups - 1; one >= 0; one--) {
      a[one] = 1 + weights[one]!;
      b[one] = this.#concentration + after;
      after += weights[one]!;
      this.#precision[one] = MEAN_PRECISION + weights[one]!;
    }
    if (this.#covariance === 'tied') this.#tie(weights, means, after);
    else for (let one = 0; one < groups; one++) this.#shape(one, weights[one]!, scatter[one]!, means);
    for (let one = 0; one < groups; one++)
      for (let column = 0; column < columns; column++)
        this.#means[one * stride + column] =
          (MEAN_PRECISION * this.#center[column]! + weights[one]! * means[one * columns + column]!) /
          this.#precision[one]!;
    this.#covariances.forEach((covariance, index) => {
      this.#root(covariance, index);
    });
  }

  /** The lower bound of the evidence after a pass whose sum of p ln p is `entropy`. */
  bound(entropy: number): number {
    const columns = this.#columns;
    const [a, b] = this.#stick;
    let bound = -entropy;
    for (let one = 0; one < this.#groups; one++) {
      const freedom = this.#freedom[one]!;
      let wishart =
        freedom * (this.#logDeterminant[one]! - 0.5 * columns * Math.log(freedom) + columns * 0.5 * Math.LN2);
      for (let column = 0; column < columns; column++) wishart += logGamma(0.5 * (freedom - column));
      bound += wishart + logGamma(a[one]!) + logGamma(b[one]!) - logGamma(a[one]! + b[one]!);
      bound -= 0.5 * columns * Math.log(this.#precision[one]!);
    }
    return bound;
  }

  weights(): Float64Array {
    const [a, b] = this.#stick;
    let rest = 1;
    const weights = a.map((value, one) => {
      const whole = value + b[one]!;
      const weight = (value / whole) * rest;
      rest *= b[one]! / whole;
      return weight;
    });
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return weights.map((weight) => weight / sum);
  }

  means(): Float64Array {
    const means = new Float64Array(this.#groups * this.#columns);
    for (let one = 0; one < this.#groups; one++)
      means.set(this.#means.subarray(one * this.#stride, one * this.#stride + this.#columns), one * this.#columns);
    return means;
  }

  covariances(): Float64Array {
    const size = this.#covariances[0]!.length;
    const covariances = new Float64Array(size * this.#covariances.length);
    this.#covariances.forEach((one, index) => {
      covariances.set(one, index * size);
    });
    return covariances;
  }

  /** Full and diagonal: the covariance of a group, of what it was believed to be, its rows, and its mean's distance. */
  #shape(one: number, weight: number, scatter: Float64Array, means: Float64Array): void {
    const columns = this.#columns;
    const covariance = this.#covariances[one]!;
    const freedom = columns + weight;
    const pull = (weight * MEAN_PRECISION) / this.#precision[one]!;
    const far = (column: number) => means[one * columns + column]! - this.#center[column]!;
    this.#freedom[one] = freedom;
    for (let row = 0; row < columns; row++) {
      const full = this.#covariance === 'full';
      for (let column = full ? 0 : row; column < (full ? columns : row + 1); column++) {
        const at = full ? row * columns + column : row;
        const ridge = row === column ? weight * this.#ridge : 0;
        const own = this.#prior[row * columns + column]! + scatter[at]! + ridge;
        covariance[at] = (own + pull * far(row) * far(column)) / freedom;
      }
    }
  }

  /** Tied: the covariance of all groups. */
  #tie(weights: Float64Array, means: Float64Array, all: number): void {
    const groups = this.#groups;
    const columns = this.#columns;
    const covariance = this.#covariances[0]!;
    const freedom = columns + all / groups;
    const far = (one: number, column: number) => means[one * columns + column]! - this.#center[column]!;
    this.#freedom.fill(freedom);
    for (let row = 0; row < columns; row++)
      for (let column = 0; column < columns; column++) {
        const prior = this.#prior[row * columns + column]!;
        let [within, pulled] = [prior * (this.#rows - 1), 0];
        for (let one = 0; one < groups; one++) {
          const product = weights[one]! * far(one, row) * far(one, column);
          within -= product;
          pulled += product / this.#precision[one]!;
        }
        const own = within / all + (row === column ? this.#ridge : 0);
        covariance[row * columns + column] =
          (prior + (own * all) / groups + (MEAN_PRECISION / groups) * pulled) / freedom;
      }
  }

  /** The upper root P of a precision, P Pᵀ, and the logarithm of its determinant. */
  #root(covariance: Float64Array, index: number): void {
    const columns = this.#columns;
    const root = this.#roots[index]!;
    let determinant = 0;
    if (this.#covariance === 'diagonal')
      for (let column = 0; column < columns; column++) root[column] = 1 / Math.sqrt(covariance[column]!);
    else {
      const lower = cholesky(covariance, columns);
      if (!lower) throw new Error('a covariance is not positive definite');
      const inverse = lowerInverse(lower, columns);
      for (let row = 0; row < columns; row++)
        for (let column = 0; column < columns; column++)
          root[column * columns + row] = inverse[row * columns + column]!;
    }
    const step = this.#covariance === 'diagonal' ? 1 : columns + 1;
    for (let column = 0; column < columns; column++) determinant += Math.log(root[column * step]!);
    if (this.#covariance === 'tied') this.#logDeterminant.fill(determinant);
    else this.#logDeterminant[index] = determinant;
  }

  #logWeights(): number[] {
    const [a, b] = this.#stick;
    let before = 0;
    return Array.from(a, (value, one) => {
      const both = digamma(value + b[one]!);
      const log = digamma(value) - both + before;
      before += digamma(b[one]!) - both;
      return log;
    });
  }

  /** What the expected Gaussian has before its distance. */
  #logScale(one: number): number {
    const columns = this.#columns;
    const freedom = this.#freedom[one]!;
    let precision = columns * Math.LN2 - columns / this.#precision[one]!;
    for (let column = 0; column < columns; column++) precision += digamma(0.5 * (freedom - column));
    const gaussian = this.#logDeterminant[one]! - 0.5 * columns * Math.log(2 * Math.PI);
    return gaussian - 0.5 * columns * Math.log(freedom) + 0.5 * precision;
  }
}

/** A row in the measure of an upper root: `row` × root. */
function turned(row: Float64Array, root: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size);
  for (let column = 0; column < size; column++)
    for (let at = 0; at <= column; at++) result[column]! += row[at]! * root[at * size + column]!;
  return result;
}
