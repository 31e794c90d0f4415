import { type Covariance, type Density, densityOf } from './densities.ts';
import type { Points } from './points.ts';
import type { RowWork } from './row-blocks.ts';

export interface MixtureWork {
  readonly covariance: Covariance;
  readonly groups: number;
  /** The likeliest group of each row, kept from one pass to the next; 16 bits each. */
  readonly labels: SharedArrayBuffer;
  /** Probabilities of groups, row by row, that are given or are to be written. */
  readonly memberships?: SharedArrayBuffer | undefined;
}

/** What a pass does: sums by the probabilities given, sums by those that it finds, or writes these down. */
export const STEP = { given: 0, improve: 1, tell: 2 } as const;

/** A group less likely than the likeliest by e^-45 changes no sum of doubles. */
const NEGLIGIBLE = 45;

/** Numbers of a mixture's parameters: the step, what groups share, then group by group. */
export const parametersOf = ({ shared, parameters }: Density, groups: number): number =>
  1 + shared + groups * parameters;

/** Expectation and sums of a Gaussian mixture over a block of rows; the sums begin with that of p ln p. */
export class MixturePass implements RowWork {
  readonly sums: number;
  readonly #stride: number;
  readonly #groups: number;
  readonly #density: Density;
  readonly #labels: Uint16Array;
  readonly #memberships: Float64Array;
  /** Of two rows: the groups that each may belong to, how likely these are, and the likeliest. */
  readonly #active: Uint16Array;
  readonly #likely: Float64Array;
  readonly #shares: Float64Array;
  readonly #found = new Uint16Array(2);
  readonly #likeliest = new Uint16Array(2);
  readonly #top = new Float64Array(2);

  constructor(points: Points, { covariance, groups, labels, memberships }: MixtureWork) {
    this.#stride = points.stride;
    this.#groups = groups;
    this.#density = densityOf(covariance, points, groups);
    this.sums = 1 + groups * this.#density.sums;
    this.#labels = new Uint16Array(labels);
    this.#memberships = new Float64Array(memberships ?? new SharedArrayBuffer(0));
    this.#active = new Uint16Array(2 * groups);
    this.#likely = new Float64Array(2 * groups);
    this.#shares = new Float64Array(2 * groups);
  }

  run(parameters: Float64Array, from: number, to: number, sums: Float64Array): void {
    const density = this.#density;
    const step = parameters[0];
    density.begin(parameters.subarray(1));
    if (step === STEP.given) for (let row = from; row < to; row++) this.#take(row, sums);
    else
      for (let row = from; row < to; row += 2) {
        // Two at a time share what is read of a group; of an odd number the last stands alone.
        const second = Math.min(row + 1, to - 1);
        density.rows(row * this.#stride, second * this.#stride);
        this.#expect(row, second, parameters);
        this.#share(row, 0, step === STEP.tell, sums);
        if (second > row) this.#share(second, 1, step === STEP.tell, sums);
      }
    density.finish(sums, 1);
  }

  #take(row: number, sums: Float64Array): void {
    const groups = this.#groups;
    this.#density.rows(row * this.#stride, row * this.#stride);
    for (let one = 0; one < groups; one++) {
      const share = this.#memberships[row * groups + one]!;
      if (share > 0) this.#density.gather(0, one, share, sums, 1 + one * this.#density.sums);
    }
  }

  /** Finds the groups that two rows may belong to, and how likely each is. */
  #expect(row: number, second: number, parameters: Float64Array): void {
    const density = this.#density;
    const [before, alsoBefore] = [this.#labels[row]!, this.#labels[second]!];
    this.#found.fill(0);
    this.#top.fill(Number.NEGATIVE_INFINITY);
    for (let turn = -2; turn < this.#groups; turn++) {
      // The likeliest of the pass before come first: they show soonest how far the others are.
      const one = turn === -2 ? before : turn === -1 ? alsoBefore : turn;
      if (turn === -1 ? one === before : turn >= 0 && (one === before || one === alsoBefore)) continue;
      const constant = parameters[1 + density.shared + one * density.parameters]!;
      const reach = 2 * (constant + NEGLIGIBLE);
      density.measure(one, reach - 2 * this.#top[0]!, reach - 2 * this.#top[1]!);
      this.#weigh(0, one, constant - 0.5 * density.first);
      this.#weigh(1, one, constant - 0.5 * density.second);
    }
    this.#labels[row] = this.#likeliest[0]!;
    this.#labels[second] = this.#likeliest[1]!;
  }

  /** Keeps what is known of a group for the first or the second row. */
  #weigh(which: 0 | 1, one: number, likely: number): void {
    if (likely < this.#top[which]! - NEGLIGIBLE) return;
    const at = which * this.#groups + this.#found[which]!++;
    this.#likely[at] = likely;
    this.#active[at] = one;
    if (likely <= this.#top[which]!) return;
    this.#top[which] = likely;
    this.#likeliest[which] = one;
  }

  #share(row: number, which: 0 | 1, tell: boolean, sums: Float64Array): void {
    const likely = this.#likely;
    const from = which * this.#groups;
    const end = from + this.#found[which]!;
    const top = this.#top[which]!;
    let all = 0;
    for (let at = from; at < end; at++) {
      const log = likely[at]! - top;
      const share = Math.exp(log);
      this.#shares[at] = share;
      likely[at] = log;
      all += share;
    }
    const whole = Math.log(all);
    for (let at = from; at < end; at++) {
      const one = this.#active[at]!;
      const share = this.#shares[at]! / all;
      sums[0]! += share * (likely[at]! - whole);
      if (tell) this.#memberships[row * this.#groups + one] = share;
      else this.#density.gather(which, one, share, sums, 1 + one * this.#density.sums);
    }
  }
}
