import type { Points } from './points.ts';

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
  /** Adds a share of the row whose values stand at `at` to the group's sums. */
  gather(at: number, one: number, share: number, sums: Float64Array, to: number): void;
  /** Adds what was put off. */
  finish(sums: Float64Array, from: number): void;
}

export function densityOf(covariance: Covariance, points: Points, groups: number): Density {
  if (covariance === 'full') return new FullDensity(points, groups);
  return covariance === 'tied' ? new TiedDensity(points) : new DiagonalDensity(points);
}

/** Numbers of an upper triangle in tiles. */
const triangle = (stride: number): number => (stride / 2) * (stride + 4);

/**
 * Writes an upper triangle, by rows of `size`, as densities read it: by four columns, each down to the last row that
 * the four have.
 */
export function writeTiles(upper: Float64Array, size: number, into: Float64Array, from: number): void {
  let at = from;
  for (let first = 0; first < size; first += 4)
    for (let row = 0; row < first + 4; row++)
      for (let column = first; column < first + 4; column++, at++)
        into[at] = row <= column && column < size ? upper[row * size + column]! : 0;
}

/** Rows that wait to be multiplied together: their products are then added in one go. */
const TOGETHER = 32;

class FullDensity implements Density {
  readonly shared = 0;
  readonly parameters: number;
  readonly sums: number;
  first = 0;
  second = 0;
  readonly #stride: number;
  readonly #values: Float64Array;
  readonly #groups: number;
  readonly #far: Float64Array;
  readonly #waiting: Float64Array;
  readonly #counts: Uint8Array;
  #given: Float64Array = new Float64Array(0);
  #one = 0;
  #other = 0;

  constructor({ stride, values }: Points, groups: number) {
    this.#stride = stride;
    this.#values = values;
    this.#groups = groups;
    this.parameters = 1 + stride + triangle(stride);
    this.sums = 1 + stride + stride * stride;
    this.#far = new Float64Array(2 * stride);
    this.#waiting = new Float64Array(groups * TOGETHER * stride);
    this.#counts = new Uint8Array(groups);
  }

  begin(parameters: Float64Array): void {
    this.#given = parameters;
  }

  rows(first: number, second: number): void {
    this.#one = first;
    this.#other = second;
  }

  measure(one: number, most: number, secondMost: number): void {
    const given = this.#given;
    const far = this.#far;
    const values = this.#values;
    const stride = this.#stride;
    const [row, other] = [this.#one, this.#other];
    const mean = one * this.parameters + 1;
    let at = mean + stride;
    let sum = 0;
    let otherSum = 0;
    for (let from = 0; from < stride && (sum <= most || otherSum <= secondMost); from += 4) {
      for (let column = from; column < from + 4; column++) {
        const center = given[mean + column]!;
        far[2 * column] = values[row + column]! - center;
        far[2 * column + 1] = values[other + column]! - center;
      }
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let e = 0;
      let f = 0;
      let g = 0;
      let h = 0;
      for (let column = 0; column < 2 * from + 8; column += 2, at += 4) {
        const value = far[column]!;
        const otherValue = far[column + 1]!;
        const first = given[at]!;
        const second = given[at + 1]!;
        const third = given[at + 2]!;
        const fourth = given[at + 3]!;
        a += value * first;
        b += value * second;
        c += value * third;
        d += value * fourth;
        e += otherValue * first;
        f += otherValue * second;
        g += otherValue * third;
        h += otherValue * fourth;
      }
      sum += a * a + b * b + (c * c + d * d);
      otherSum += e * e + f * f + (g * g + h * h);
    }
    this.first = sum > most ? Number.POSITIVE_INFINITY : sum;
    this.second = otherSum > secondMost ? Number.POSITIVE_INFINITY : otherSum;
  }

  gather(at: number, one: number, share: number, sums: Float64Array, to: number): void {
    const given = this.#given;
    const values = this.#values;
    const stride = this.#stride;
    const waiting = this.#waiting;
    const mean = one * this.parameters + 1;
    const count = this.#counts[one]!;
    const root = Math.sqrt(share);
    let place = (one * TOGETHER + count) * stride;
    sums[to]! += share;
    for (let column = 0; column < stride; column++, place++) {
      const far = values[at + column]! - given[mean + column]!;
      sums[to + 1 + column]! += share * far;
      waiting[place] = root * far;
    }
    this.#counts[one] = count + 1;
    if (count + 1 === TOGETHER) this.#multiply(one, sums, to + 1 + stride);
  }

  finish(sums: Float64Array, from: number): void {
    for (let one = 0; one < this.#groups; one++)
      if (this.#counts[one]! > 0) this.#multiply(one, sums, from + one * this.sums + 1 + this.#stride);
  }

  /** Adds the products of the rows that wait: of each row of the matrix, from the four columns that its diagonal is in. */
  #multiply(one: number, sums: Float64Array, to: number): void {
    const waiting = this.#waiting;
    const stride = this.#stride;
    const from = one * TOGETHER * stride;
    const end = from + this.#counts[one]! * stride;
    for (let row = 0; row < stride; row += 2)
      for (let column = row - (row % 4); column < stride; column += 4) {
        let a = 0;
        let b = 0;
        let c = 0;
        let d = 0;
        let e = 0;
        let f = 0;
        let g = 0;
        let h = 0;
        for (let at = from; at < end; at += stride) {
          const value = waiting[at + row]!;
          const below = waiting[at + row + 1]!;
          const first = waiting[at + column]!;
          const second = waiting[at + column + 1]!;
          const third = waiting[at + column + 2]!;
          const fourth = waiting[at + column + 3]!;
          a += value * first;
          b += value * second;
          c += value * third;
          d += value * fourth;
          e += below * first;
          f += below * second;
          g += below * third;
          h += below * fourth;
        }
        const place = to + row * stride + column;
        sums[place]! += a;
        sums[place + 1]! += b;
        sums[place + 2]! += c;
        sums[place + 3]! += d;
        sums[place + stride]! += e;
        sums[place + stride + 1]! += f;
        sums[place + stride + 2]! += g;
        sums[place + stride + 3]! += h;
      }
    this.#counts[one] = 0;
  }
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

  gather(at: number, one: number, share: number, sums: Float64Array, to: number): void {
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

  gather(at: number, one: number, share: number, sums: Float64Array, to: number): void {
    const stride = this.#stride;
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
