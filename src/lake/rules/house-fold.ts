import type { HouseParameters } from './rules.ts';

/**
 * Legs that a person handled, of identified people, in the order (identity, start). 64-bit values are pairs of
 * 32-bit words (low, high); times are seconds of wall time since 1970.
 */
export interface LegBlock {
  readonly rows: number;
  readonly rowId: Uint32Array;
  readonly identity: Uint32Array;
  readonly contact: Uint32Array;
  readonly agent: Uint32Array;
  /** Normalised reason; (0, 0) is unknown and equals nothing. */
  readonly reason: Uint32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/** Marks in the columns of `gold.mark`, for as many rows as came in; codes index {@link ROLES} and {@link BUCKETS}. */
export interface MarkBlock {
  readonly rows: number;
  readonly rowId: Uint32Array;
  readonly identity: Uint32Array;
  readonly role: Uint8Array;
  readonly anchorRowId: Uint32Array;
  readonly bucket: Uint8Array;
  readonly sameReason: Uint8Array;
  /** Days since 1970 on which the contact, its legs merged, ended. */
  readonly endedOn: Int32Array;
  readonly repeats: Int32Array;
  readonly repeatsSame: Int32Array;
}

export const ROLES = ['anchor', 'repeat', 'leg'] as const;
export const BUCKETS = ['none', 'D0', 'D1_3', 'D4_W'] as const;

/** Raised when the fold gives other marks from the same legs: gold is then made anew. */
export const FOLD_VERSION = 1;

const DAY = 86_400;
const ANCHOR = 0;
const REPEAT = 1;
const LEG = 2;

/**
 * The house rule as one pass over legs in order: transfers merge into a contact, contacts within the window of an
 * anchor are its repeats, the next one starts a new episode. Emits each leg's mark once its episode is over; holds
 * one episode in memory.
 */
export class HouseFold {
  readonly #window: number;
  readonly #transfer: number;
  readonly #emit: (marks: MarkBlock) => void;
  #out = new Marks(4096);
  #held = 0;
  /** Position of the open episode's anchor, and of its last contact, among the held marks; −1 when none is open. */
  #anchor = -1;
  #contact = -1;
  #anchorEndDay = 0;
  #contactEnd = 0;
  readonly #last = { agent: [0, 0], contact: [0, 0], anchorReason: [0, 0] };

  constructor({ windowDays, transferSeconds }: HouseParameters, emit: (marks: MarkBlock) => void) {
    this.#window = windowDays ?? Number.POSITIVE_INFINITY;
    this.#transfer = transferSeconds;
    this.#emit = emit;
  }

  push(legs: LegBlock): void {
    for (let i = 0; i < legs.rows; i++) this.#leg(legs, i);
  }

  finish(): void {
    this.#release(this.#held);
  }

  #leg(legs: LegBlock, i: number): void {
    const at = this.#held;
    if (at === this.#out.capacity) this.#makeRoom();
    const position = this.#held;
    const low = 2 * i;
    const start = legs.start[i]!;
    const end = Math.max(start, legs.end[i]!);
    const out = this.#out;
    const known =
      this.#anchor >= 0 &&
      out.identity[2 * this.#anchor] === legs.identity[low] &&
      out.identity[2 * this.#anchor + 1] === legs.identity[low + 1];
    out.open(position, legs, i, end);
    this.#held++;
    if (known && this.#merges(legs, low, start)) {
      this.#merge(position, end);
    } else if (known && Math.floor(start / DAY) - this.#anchorEndDay <= this.#window) {
      this.#repeat(position, legs, low, start);
      this.#contact = position;
      this.#contactEnd = end;
    } else {
      this.#anchor = position;
      this.#contact = position;
      this.#contactEnd = end;
      this.#anchorEndDay = Math.floor(end / DAY);
      set(this.#last.anchorReason, legs.reason, low);
    }
    set(this.#last.agent, legs.agent, low);
    set(this.#last.contact, legs.contact, low);
  }

  /** A leg belongs to the contact before it: same contact at the source, overlapping it, or a transfer. */
  #merges(legs: LegBlock, low: number, start: number): boolean {
    if (start < this.#contactEnd || same(this.#last.contact, legs.contact, low)) return true;
    return start - this.#contactEnd <= this.#transfer && !same(this.#last.agent, legs.agent, low);
  }

  #merge(position: number, end: number): void {
    const out = this.#out;
    out.role[position] = LEG;
    out.anchorRowId[2 * position] = out.rowId[2 * this.#contact]!;
    out.anchorRowId[2 * position + 1] = out.rowId[2 * this.#contact + 1]!;
    if (end <= this.#contactEnd) return;
    this.#contactEnd = end;
    out.endedOn[this.#contact] = Math.floor(end / DAY);
    if (this.#contact === this.#anchor) this.#anchorEndDay = Math.floor(end / DAY);
  }

  #repeat(position: number, legs: LegBlock, low: number, start: number): void {
    const out = this.#out;
    const anchor = this.#anchor;
    const days = Math.max(0, Math.floor(start / DAY) - this.#anchorEndDay);
    const known = (legs.reason[low]! | legs.reason[low + 1]!) !== 0;
    const sameReason = known && same(this.#last.anchorReason, legs.reason, low) ? 1 : 0;
    out.role[position] = REPEAT;
    out.anchorRowId[2 * position] = out.rowId[2 * anchor]!;
    out.anchorRowId[2 * position + 1] = out.rowId[2 * anchor + 1]!;
    out.bucket[position] = days === 0 ? 1 : days <= 3 ? 2 : 3;
    out.sameReason[position] = sameReason;
    out.repeats[anchor]!++;
    out.repeatsSame[anchor]! += sameReason;
  }

  /** Emits the closed episodes and moves the open one to the front; grows when it alone fills the buffer. */
  #makeRoom(): void {
    const open = this.#anchor < 0 ? this.#held : this.#anchor;
    if (open === 0) {
      this.#out = this.#out.grown();
      return;
    }
    this.#release(open);
  }

  #release(count: number): void {
    const rest = this.#held - count;
    if (count > 0) this.#emit(this.#out.block(count));
    this.#out.shift(count, rest);
    this.#held = rest;
    this.#anchor = Math.max(-1, this.#anchor - count);
    this.#contact -= count;
  }
}

class Marks {
  readonly capacity: number;
  readonly rowId: Uint32Array;
  readonly identity: Uint32Array;
  readonly role: Uint8Array;
  readonly anchorRowId: Uint32Array;
  readonly bucket: Uint8Array;
  readonly sameReason: Uint8Array;
  readonly endedOn: Int32Array;
  readonly repeats: Int32Array;
  readonly repeatsSame: Int32Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.rowId = new Uint32Array(2 * capacity);
    this.identity = new Uint32Array(2 * capacity);
    this.role = new Uint8Array(capacity);
    this.anchorRowId = new Uint32Array(2 * capacity);
    this.bucket = new Uint8Array(capacity);
    this.sameReason = new Uint8Array(capacity);
    this.endedOn = new Int32Array(capacity);
    this.repeats = new Int32Array(capacity);
    this.repeatsSame = new Int32Array(capacity);
  }

  /** Starts the mark of a leg as an anchor of its own. */
  open(at: number, legs: LegBlock, i: number, end: number): void {
    for (const word of [0, 1]) {
      this.rowId[2 * at + word] = legs.rowId[2 * i + word]!;
      this.identity[2 * at + word] = legs.identity[2 * i + word]!;
      this.anchorRowId[2 * at + word] = legs.rowId[2 * i + word]!;
    }
    this.role[at] = ANCHOR;
    this.bucket[at] = 0;
    this.sameReason[at] = 0;
    this.endedOn[at] = Math.floor(end / DAY);
    this.repeats[at] = 0;
    this.repeatsSame[at] = 0;
  }

  block(rows: number): MarkBlock {
    return {
      rows,
      rowId: this.rowId.subarray(0, 2 * rows),
      identity: this.identity.subarray(0, 2 * rows),
      role: this.role.subarray(0, rows),
      anchorRowId: this.anchorRowId.subarray(0, 2 * rows),
      bucket: this.bucket.subarray(0, rows),
      sameReason: this.sameReason.subarray(0, rows),
      endedOn: this.endedOn.subarray(0, rows),
      repeats: this.repeats.subarray(0, rows),
      repeatsSame: this.repeatsSame.subarray(0, rows),
    };
  }

  shift(from: number, rows: number): void {
    for (const wide of [this.rowId, this.identity, this.anchorRowId]) wide.copyWithin(0, 2 * from, 2 * (from + rows));
    for (const narrow of this.#narrow()) narrow.copyWithin(0, from, from + rows);
  }

  grown(): Marks {
    const larger = new Marks(2 * this.capacity);
    for (const name of ['rowId', 'identity', 'anchorRowId'] as const) larger[name].set(this[name]);
    for (const [index, narrow] of this.#narrow().entries()) larger.#narrow()[index]!.set(narrow as Uint8Array);
    return larger;
  }

  #narrow(): (Uint8Array | Int32Array)[] {
    return [this.role, this.bucket, this.sameReason, this.endedOn, this.repeats, this.repeatsSame];
  }
}

function same(pair: number[], words: Uint32Array, low: number): boolean {
  return pair[0] === words[low] && pair[1] === words[low + 1];
}

function set(pair: number[], words: Uint32Array, low: number): void {
  pair[0] = words[low]!;
  pair[1] = words[low + 1]!;
}
