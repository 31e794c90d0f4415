import { type FoldMaker, grown, type LegBlock, type RuleFold } from './legs.ts';

/** Raised when a fold gives other marks from the same legs: gold is then made anew. */
export const FOLD_VERSION = 4;

/** Marks of whole people, in the columns of {@link markTable} of the rules. */
export interface MarkBlock {
  readonly rows: number;
  readonly columns: readonly (Uint8Array | Uint32Array | Int32Array)[];
}

/**
 * Passes legs in order by several rules at once, and emits the marks of each person when the person's legs are over;
 * holds one person in memory, or a few thousand legs.
 */
export class MarkFold {
  readonly #folds: readonly RuleFold[];
  readonly #emit: (marks: MarkBlock) => void;
  readonly #held = { rowId: new Uint32Array(), identity: new Uint32Array() };
  /** Of the leg before; null before the first. */
  #lastPerson: readonly [number, number] | null = null;
  #capacity = 0;
  #rows = 0;
  /** Position of the open person's first leg. */
  #person = 0;
  #first = new Uint8Array(2048);

  constructor(folds: readonly FoldMaker[], emit: (marks: MarkBlock) => void, capacity = 16_384) {
    this.#folds = folds.map((make) => make(this.#held));
    this.#emit = emit;
    this.#grow(capacity);
  }

  push(legs: LegBlock): void {
    this.#makeRoom(legs.rows);
    const { rowId, identity } = this.#held;
    const at = this.#rows;
    rowId.set(legs.rowId.subarray(0, 2 * legs.rows), 2 * at);
    identity.set(legs.identity.subarray(0, 2 * legs.rows), 2 * at);
    if (this.#first.length < legs.rows) this.#first = new Uint8Array(legs.rows);
    const { person } = legs;
    let [low, high] = this.#lastPerson ?? [-1, -1];
    for (let i = 0; i < legs.rows; i++) {
      const same = person[2 * i] === low && person[2 * i + 1] === high;
      low = person[2 * i]!;
      high = person[2 * i + 1]!;
      this.#first[i] = same ? 0 : 1;
      if (!same) this.#person = at + i;
    }
    this.#lastPerson = [low, high];
    for (const fold of this.#folds) fold.push(legs, this.#first, at);
    this.#rows += legs.rows;
  }

  finish(): void {
    this.#release(this.#rows);
  }

  /** Emits the people that are over and moves the open one to the front; grows when that is not enough. */
  #makeRoom(rows: number): void {
    if (this.#rows + rows <= this.#capacity) return;
    this.#release(this.#person);
    if (this.#rows + rows > this.#capacity) this.#grow(2 * (this.#rows + rows));
  }

  #release(count: number): void {
    if (count === 0) return;
    const { rowId, identity } = this.#held;
    const columns = [rowId.slice(0, 2 * count), identity.slice(0, 2 * count)];
    this.#emit({ rows: count, columns: [...columns, ...this.#folds.flatMap(({ marks }) => marks.columns(count))] });
    for (const words of [rowId, identity]) words.copyWithin(0, 2 * count, 2 * this.#rows);
    for (const fold of this.#folds) {
      fold.marks.shift(count, this.#rows);
      fold.moved(count);
    }
    this.#rows -= count;
    this.#person -= count;
  }

  #grow(capacity: number): void {
    this.#capacity = capacity;
    this.#held.rowId = grown(this.#held.rowId, 2 * capacity);
    this.#held.identity = grown(this.#held.identity, 2 * capacity);
    for (const { marks } of this.#folds) marks.grow(capacity);
  }
}
