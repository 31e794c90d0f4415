import { FullDensity } from './full-density.ts';
import type { Points } from './points.ts';
import { triangle } from './tiles.ts';

export const COVARIANCES = ['full', 'tied', 'diagonal'] as const;
/** The shape of groups: each its own, one for all, or without correlations. */
export type Covariance = (typeof COVARIANCES)[number];

/**
 * What a pass over rows knows of a shape. A group's part of the parameters begins with a constant and its mean; its
 * part of the sums with its weight and, of the distances to that mean, their sum. `one` is a group's number.
 */
export interface Density {
  /** Numbers that all groups share, and numbers of each, in the parameters. */
  readonly shared: number;
  readonly parameters: number;
  readonly sums: number;
  begin(parameters: Float64Array): void;
  /** The two rows whose values stand at those places are the ones that are asked about; both may be the same. */
  rows(first: number, second: number): void;
  /**
   * Squared distances of both rows in the group's own measure, into {@link first} and {@link second}; infinite once
   * they are beyond `most` and `secondMost`.
   */
  measure(one: number, most: number, secondMost: number): void;
  first: number;
  second: number;
  /** Adds a share of the first or the second row to the group's sums, at once or in the end. */
  gather(which: 0 | 1, one: number, share: number, sums: Float64Array, to: number): void;
  /** Adds what was put off. */
  finish(sums: Float64Array, from: number): void;
}

export function densityOf(covariance: Covariance, points: Points, groups: number): Density {
  if (covariance === 'full') return new FullDensity(points, groups);
  return covariance === 'tied' ? new TiedDensity(points) : new DiagonalDensity(points);
}

/** One measure for all: a row is turned into it once, and compared with means that were. */
class TiedDensity implements Density {
  readonly shared: number;
  readonly parameters: number;
  readonly sums: number;
  readonly #stride: number;
  readonly #values: Float64Array;
  readonly #turned: Float64Array;
  first = 0;
  second = 0;
  #given: Float64Array = new Float64Array(0);
  #one = 0;
  #other = 0;

  constructor({ stride, values }: Points) {
    this.#stride = stride;
    this.#values = values;
    this.shared = triangle(stride);
    this.parameters = 1 + 2 * stride;
    this.sums = 1 + stride;
    this.#turned = new Float64Array(2 * stride);
  }

  begin(parameters: Float64Array): void {
    this.#given = parameters;
  }

  rows(first: number, second: number): void {
    this.#one = first;
    this.#other = second;
    this.#turn(first, 0);
    this.#turn(second, this.#stride);
  }

  /** Writes a row in the measure of all. */
  #turn(row: number, to: number): void {
    const given = this.#given;
    const values = this.#values;
    const stride = this.#stride;
    const turned = this.#turned;
    let at = 0;
    for (let first = 0; first < stride; first += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let column = 0; column < first + 4; column++, at += 4) {
        const value = values[row + column]!;
        a += value * given[at]!;
        b += value * given[at + 1]!;
        c += value * given[at + 2]!;
        d += value * given[at + 3]!;
      }
      turned[to + first] = a;
      turned[to + first + 1] = b;
      turned[to + first + 2] = c;
      turned[to + first + 3] = d;
    }
  }

  measure(one: number): void {
    const stride = this.#stride;
    const mean = this.shared + one * this.parameters + 1 + stride;
    this.first = this.#distance(0, mean);
    this.second = this.#distance(stride, mean);
  }

  #distance(from: number, mean: number): number {
    let sum = 0;
    for (let column = 0; column < this.#stride; column++)
      sum += (this.#turned[from + column]! - this.#given[mean + column]!) ** 2;
    return sum;
  }

  gather(which: 0 | 1, one: number, share: number, sums: Float64Array, to: number): void {
    const at = which === 0 ? this.#one : this.#other;
    const mean = this.shared + one * this.parameters + 1;
    sums[to]! += share;
    for (let column = 0; column < this.#stride; column++)
      sums[to + 1 + column]! += share * (this.#values[at + column]! - this.#given[mean + column]!);
  }

  finish(): void {}
}

class DiagonalDensity implements Density {
  readonly shared = 0;
  readonly parameters: number;
  readonly sums: number;
  readonly #stride: number;
  readonly #values: Float64Array;
  first = 0;
  second = 0;
  #given: Float64Array = new Float64Array(0);
  #one = 0;
  #other = 0;

  constructor({ stride, values }: Points) {
    this.#stride = stride;
    this.#values = values;
    this.parameters = 1 + 2 * stride;
    this.sums = 1 + 2 * stride;
  }

  begin(parameters: Float64Array): void {
    this.#given = parameters;
  }

  rows(first: number, second: number): void {
    this.#one = first;
    this.#other = second;
  }

  measure(one: number): void {
    const mean = one * this.parameters + 1;
    this.first = this.#distance(this.#one, mean);
    this.second = this.#distance(this.#other, mean);
  }

  #distance(row: number, mean: number): number {
    const scale = mean + this.#stride;
    let sum = 0;
    for (let column = 0; column < this.#stride; column++)
      sum += ((this.#values[row + column]! - this.#given[mean + column]!) * this.#given[scale + column]!) ** 2;
    return sum;
  }

  gather(which: 0 | 1, one: number, share: number, sums: Float64Array, to: number): void {
    const stride = this.#stride;
    const at = which === 0 ? this.#one : this.#other;
    const mean = one * this.parameters + 1;
    sums[to]! += share;
    for (let column = 0; column < stride; column++) {
      const far = this.#values[at + column]! - this.#given[mean + column]!;
      sums[to + 1 + column]! += share * far;
      sums[to + 1 + stride + column]! += share * far * far;
    }
  }

  finish(): void {}
}
