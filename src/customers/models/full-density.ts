import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Density } from './densities.ts';
import type { Points } from './points.ts';
import { triangle } from './tiles.ts';

/** Of the engine's own, what the types of Node leave out. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    constructor(pages: { initial: number });
  }
  class Instance {
    readonly exports: unknown;
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
  }
}

/** Two doubles at a time, which JavaScript cannot: a pass over rows takes half as long. */
interface Kernels {
  measure(rows: number, far: number, group: number, stride: number, most: number, otherMost: number): void;
  gather(row: number, mean: number, stride: number, share: number, sums: number, to: number): void;
  multiply(from: number, end: number, stride: number, to: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** The kernels of `full-density.wat`, over a memory of so many doubles. */
function kernelsOver(doubles: number): { kernels: Kernels; memory: Float64Array } {
  compiled ??= new WebAssembly.Module(readFileSync(join(import.meta.dirname, 'full-density.wasm')));
  const all = new WebAssembly.Memory({ initial: Math.ceil((8 * doubles) / 65_536) });
  const { exports } = new WebAssembly.Instance(compiled, { memory: { all } });
  return { kernels: exports as Kernels, memory: new Float64Array(all.buffer) };
}

/** Rows that wait to be multiplied together: their products are then added in one go. */
const TOGETHER = 32;
/** Both distances, as the kernels tell them, are the first of their memory. */
const ROWS = 2;

/** Groups that each have a shape of their own. */
export class FullDensity implements Density {
  readonly shared = 0;
  readonly parameters: number;
  readonly sums: number;
  first = 0;
  second = 0;
  readonly #stride: number;
  readonly #values: Float64Array;
  readonly #groups: number;
  readonly #kernels: Kernels;
  readonly #memory: Float64Array;
  /** Where in that memory are: two rows' distances from a mean, the groups, the rows that wait and the sums. */
  readonly #far: number;
  readonly #group: number;
  readonly #waiting: number;
  readonly #sum: number;
  readonly #counts: Uint8Array;
  readonly #weights: Float64Array;

  constructor({ stride, values }: Points, groups: number) {
    this.#stride = stride;
    this.#values = values;
    this.#groups = groups;
    this.parameters = 1 + stride + triangle(stride);
    this.sums = 1 + stride + stride * stride;
    this.#far = ROWS + 2 * stride;
    this.#group = this.#far + 2 * stride;
    this.#waiting = this.#group + groups * (this.parameters - 1);
    this.#sum = this.#waiting + groups * TOGETHER * stride;
    const { kernels, memory } = kernelsOver(this.#sum + groups * (this.sums - 1));
    this.#kernels = kernels;
    this.#memory = memory;
    this.#counts = new Uint8Array(groups);
    this.#weights = new Float64Array(groups);
  }

  begin(parameters: Float64Array): void {
    for (let one = 0; one < this.#groups; one++)
      this.#memory.set(parameters.subarray(one * this.parameters + 1, (one + 1) * this.parameters), this.#groupAt(one));
  }

  rows(first: number, second: number): void {
    const memory = this.#memory;
    const values = this.#values;
    const stride = this.#stride;
    for (let column = 0; column < stride; column++) {
      memory[ROWS + column] = values[first + column]!;
      memory[ROWS + stride + column] = values[second + column]!;
    }
  }

  measure(one: number, most: number, secondMost: number): void {
    const memory = this.#memory;
    this.#kernels.measure(8 * ROWS, 8 * this.#far, 8 * this.#groupAt(one), 8 * this.#stride, most, secondMost);
    const sum = memory[0]!;
    const otherSum = memory[1]!;
    this.first = sum > most ? Number.POSITIVE_INFINITY : sum;
    this.second = otherSum > secondMost ? Number.POSITIVE_INFINITY : otherSum;
  }

  gather(which: 0 | 1, one: number, share: number): void {
    const stride = this.#stride;
    const count = this.#counts[one]!++;
    this.#weights[one]! += share;
    const row = ROWS + which * stride;
    const to = this.#waiting + (one * TOGETHER + count) * stride;
    this.#kernels.gather(8 * row, 8 * this.#groupAt(one), 8 * stride, share, 8 * this.#sumsAt(one), 8 * to);
    if (count + 1 === TOGETHER) this.#multiply(one);
  }

  finish(sums: Float64Array, from: number): void {
    for (let one = 0; one < this.#groups; one++) {
      if (this.#counts[one]! > 0) this.#multiply(one);
      const to = from + one * this.sums;
      const gathered = this.#memory.subarray(this.#sumsAt(one), this.#sumsAt(one) + this.sums - 1);
      sums[to]! += this.#weights[one]!;
      for (const [index, sum] of gathered.entries()) sums[to + 1 + index]! += sum;
      this.#weights[one] = 0;
      gathered.fill(0);
    }
  }

  #groupAt(one: number): number {
    return this.#group + one * (this.parameters - 1);
  }

  #sumsAt(one: number): number {
    return this.#sum + one * (this.sums - 1);
  }

  /** Adds the products of the rows that wait. */
  #multiply(one: number): void {
    const stride = this.#stride;
    const from = this.#waiting + one * TOGETHER * stride;
    const end = from + this.#counts[one]! * stride;
    this.#kernels.multiply(8 * from, 8 * end, 8 * stride, 8 * (this.#sumsAt(one) + stride));
    this.#counts[one] = 0;
  }
}
