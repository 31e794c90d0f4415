import { ANCHOR, type HeldRows, LEG, type LegBlock, NONE, type RuleFold, RuleMarks, SECONDS_OF_DAY } from './legs.ts';
import type { HouseParameters } from './rules.ts';

/**
 * The house rule, over the legs that a person handled: transfers merge into a contact, contacts within the window of
 * an anchor are its repeats, the next one starts a new episode.
 */
export class HouseFold implements RuleFold {
  readonly marks = new RuleMarks();
  readonly #held: HeldRows;
  readonly #window: number;
  readonly #transfer: number;
  /** Position of the open episode's anchor, and of its last contact, among the legs held; −1 when none is open. */
  #anchor = -1;
  #contact = -1;
  #anchorEndDay = 0;
  #contactEnd = 0;
  readonly #last = { agent: [0, 0], contact: [0, 0], anchorReason: [0, 0] };

  constructor({ windowDays, transferSeconds }: HouseParameters, held: HeldRows) {
    this.#held = held;
    this.#window = windowDays ?? Number.POSITIVE_INFINITY;
    this.#transfer = transferSeconds;
  }

  push(legs: LegBlock, first: Uint8Array, at: number): void {
    const { rowId } = this.#held;
    for (let i = 0; i < legs.rows; i++) {
      if (first[i] === 1) this.#anchor = -1;
      if (legs.handled[i] === 1) this.#leg(legs, i, at + i, rowId);
      else this.marks.set(at + i, NONE, rowId, 2 * (at + i), Math.floor(legs.start[i]! / SECONDS_OF_DAY));
    }
  }

  moved(by: number): void {
    this.#anchor = Math.max(-1, this.#anchor - by);
    this.#contact -= by;
  }

  #leg(legs: LegBlock, i: number, at: number, rowId: Uint32Array): void {
    const { marks } = this;
    const low = 2 * i;
    const start = legs.start[i]!;
    const end = Math.max(start, legs.end[i]!);
    const endDay = Math.floor(end / SECONDS_OF_DAY);
    const known = this.#anchor >= 0;
    const days = Math.floor(start / SECONDS_OF_DAY) - this.#anchorEndDay;
    if (known && this.#merges(legs, low, start)) {
      marks.set(at, LEG, rowId, 2 * this.#contact, endDay);
      this.#prolong(end, endDay);
    } else {
      marks.set(at, ANCHOR, rowId, 2 * at, endDay);
      if (known && days <= this.#window) {
        const reason = (legs.reason[low]! | legs.reason[low + 1]!) !== 0;
        marks.charge(at, this.#anchor, rowId, days, reason && same(this.#last.anchorReason, legs.reason, low) ? 1 : 0);
      } else {
        this.#anchor = at;
        this.#anchorEndDay = endDay;
        set(this.#last.anchorReason, legs.reason, low);
      }
      this.#contact = at;
      this.#contactEnd = end;
    }
    set(this.#last.agent, legs.agent, low);
    set(this.#last.contact, legs.contact, low);
  }

  /** A leg belongs to the contact before it: same contact at the source, overlapping it, or a transfer. */
  #merges(legs: LegBlock, low: number, start: number): boolean {
    if (start < this.#contactEnd || same(this.#last.contact, legs.contact, low)) return true;
    return start - this.#contactEnd <= this.#transfer && !same(this.#last.agent, legs.agent, low);
  }

  /** The open contact lasts until its last leg ends. */
  #prolong(end: number, endDay: number): void {
    if (end <= this.#contactEnd) return;
    this.#contactEnd = end;
    this.marks.endedOn[this.#contact] = endDay;
    if (this.#contact === this.#anchor) this.#anchorEndDay = endDay;
  }
}

function same(pair: number[], words: Uint32Array, low: number): boolean {
  return pair[0] === words[low] && pair[1] === words[low + 1];
}

function set(pair: number[], words: Uint32Array, low: number): void {
  pair[0] = words[low]!;
  pair[1] = words[low + 1]!;
}
