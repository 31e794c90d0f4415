import { ANCHOR, type HeldRows, type LegBlock, type RuleFold, RuleMarks, SECONDS_OF_DAY } from './legs.ts';
import type { PreviousParameters } from './rules.ts';

/**
 * The classic rule: a contact up to `withinSeconds` after the start of the person's previous one is a repeat of it,
 * whatever became of either.
 */
export class PreviousFold implements RuleFold {
  readonly marks = new RuleMarks();
  readonly #held: HeldRows;
  readonly #within: number;
  #start = 0;
  readonly #category = [0, 0];

  constructor({ withinSeconds }: PreviousParameters, held: HeldRows) {
    this.#held = held;
    this.#within = withinSeconds;
  }

  push({ rows, start, category }: LegBlock, first: Uint8Array, at: number): void {
    const { marks } = this;
    const { rowId } = this.#held;
    let before = this.#start;
    let [low, high] = this.#category as [number, number];
    for (let i = 0; i < rows; i++) {
      const position = at + i;
      const now = start[i]!;
      const day = Math.floor(now / SECONDS_OF_DAY);
      marks.set(position, ANCHOR, rowId, 2 * position, day);
      if (first[i] === 0 && now - before <= this.#within) {
        const same = (low | high) !== 0 && category[2 * i] === low && category[2 * i + 1] === high ? 1 : 0;
        marks.charge(position, position - 1, rowId, day - Math.floor(before / SECONDS_OF_DAY), same);
      }
      before = now;
      low = category[2 * i]!;
      high = category[2 * i + 1]!;
    }
    this.#start = before;
    this.#category[0] = low;
    this.#category[1] = high;
  }

  /** The previous leg is always the one before: nothing here names a position. */
  moved(): void {}
}
