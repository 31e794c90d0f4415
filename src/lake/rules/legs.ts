/**
 * Legs in the rules' order: person, start, contact, leg, row. 64-bit values are pairs of 32-bit words (low, high); times
 * are seconds of wall time since 1970.
 */
export interface LegBlock {
  readonly rows: number;
  readonly rowId: Uint32Array;
  /** Those whom no rule takes for one caller are different people. */
  readonly person: Uint32Array;
  /** The main identity, canonical; of a leg that identifies nobody, a number of its own. */
  readonly identity: Uint32Array;
  /** The same as the source wrote it. */
  readonly received: Uint32Array;
  /** 1 where the leg identifies nobody. */
  readonly anonymous: Uint8Array;
  readonly contact: Uint32Array;
  readonly agent: Uint32Array;
  /** Normalised reason; (0, 0) is unknown and equals nothing. */
  readonly reason: Uint32Array;
  /** Reason category; (0, 0) is unknown and equals nothing. */
  readonly category: Uint32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** 1 where a person handled the leg. */
  readonly handled: Uint8Array;
  /** 1 on a contact's first leg. */
  readonly opens: Uint8Array;
  readonly source: Uint32Array;
  /** Days since 1970. */
  readonly day: Int32Array;
}

/** A rule as a pass over legs in order; it says what each leg is in {@link RuleMarks} of its own. */
export interface RuleFold {
  readonly marks: RuleMarks;
  /** Marks the legs of a block, held from position `at` on; `first[i]` is 1 where leg `i` begins a new person. */
  push(legs: LegBlock, first: Uint8Array, at: number): void;
  /** Called when the open person's legs moved `by` positions towards the front. */
  moved(by: number): void;
}

/** Makes a rule's fold over the row ids of the legs held, pairs of words. */
export type FoldMaker = (held: HeldRows) => RuleFold;

/** The row ids of the legs held, by position; larger arrays take their place when they fill. */
export interface HeldRows {
  readonly rowId: Uint32Array;
}

export const SECONDS_OF_DAY = 86_400;

export const ROLES = ['none', 'anchor', 'repeat', 'leg'] as const;
export const [NONE, ANCHOR, REPEAT, LEG] = [0, 1, 2, 3];

/** Why a leg has its role: what the rule does not count, what became of a leg, and why a contact is no repeat. */
export const WHYS = ['anonymous', 'unhandled', 'first', 'late', 'other', 'forwarded', 'joined', 'repeat'] as const;
export const [ANONYMOUS, UNHANDLED, FIRST, LATE, OTHER, FORWARDED, JOINED, REPEATED] = [0, 1, 2, 3, 4, 5, 6, 7];
export const BUCKETS = ['none', 'D0', 'D1_3', 'D4_W'] as const;

/** What one rule says of the legs held, by position, in the columns of a mark; codes index {@link ROLES}, {@link WHYS} and {@link BUCKETS}. */
export class RuleMarks {
  role = new Uint8Array();
  why = new Uint8Array();
  anchorRowId = new Uint32Array();
  bucket = new Uint8Array();
  sameReason = new Uint8Array();
  /** Days since 1970 on which the contact, its legs merged, ended. */
  endedOn = new Int32Array();
  repeats = new Int32Array();
  repeatsSame = new Int32Array();
  repeatsD0 = new Int32Array();
  repeatsD1to3 = new Int32Array();

  /** A copy of the first `rows` marks, column by column. */
  columns(rows: number) {
    return [
      this.role.slice(0, rows),
      this.why.slice(0, rows),
      this.anchorRowId.slice(0, 2 * rows),
      this.bucket.slice(0, rows),
      this.sameReason.slice(0, rows),
      this.endedOn.slice(0, rows),
      this.repeats.slice(0, rows),
      this.repeatsSame.slice(0, rows),
      this.repeatsD0.slice(0, rows),
      this.repeatsD1to3.slice(0, rows),
    ];
  }

  /** Moves the marks from `from` to `to` to the front. */
  shift(from: number, to: number): void {
    this.anchorRowId.copyWithin(0, 2 * from, 2 * to);
    for (const column of [this.role, this.why, this.bucket, this.sameReason]) column.copyWithin(0, from, to);
    for (const column of [this.endedOn, this.repeats, this.repeatsSame, this.repeatsD0, this.repeatsD1to3])
      column.copyWithin(0, from, to);
  }

  grow(capacity: number): void {
    this.role = grown(this.role, capacity);
    this.why = grown(this.why, capacity);
    this.anchorRowId = grown(this.anchorRowId, 2 * capacity);
    this.bucket = grown(this.bucket, capacity);
    this.sameReason = grown(this.sameReason, capacity);
    this.endedOn = grown(this.endedOn, capacity);
    this.repeats = grown(this.repeats, capacity);
    this.repeatsSame = grown(this.repeatsSame, capacity);
    this.repeatsD0 = grown(this.repeatsD0, capacity);
    this.repeatsD1to3 = grown(this.repeatsD1to3, capacity);
  }

  /** Writes the mark of a leg that is charged to nobody, its row's id two words from `row` on. */
  set(at: number, role: number, why: number, rowId: Uint32Array, row: number, endedOn: number): void {
    this.role[at] = role;
    this.why[at] = why;
    this.anchorRowId[2 * at] = rowId[row]!;
    this.anchorRowId[2 * at + 1] = rowId[row + 1]!;
    this.bucket[at] = 0;
    this.sameReason[at] = 0;
    this.endedOn[at] = endedOn;
    this.repeats[at] = 0;
    this.repeatsSame[at] = 0;
    this.repeatsD0[at] = 0;
    this.repeatsD1to3[at] = 0;
  }

  /** Makes the leg at `at` a repeat, `days` later, of the one at `of`, whose row's id `rowId` holds at that position. */
  charge(at: number, of: number, rowId: Uint32Array, days: number, sameReason: number): void {
    this.role[at] = REPEAT;
    this.why[at] = REPEATED;
    this.anchorRowId[2 * at] = rowId[2 * of]!;
    this.anchorRowId[2 * at + 1] = rowId[2 * of + 1]!;
    this.bucket[at] = days <= 0 ? 1 : days <= 3 ? 2 : 3;
    this.sameReason[at] = sameReason;
    this.repeats[of]!++;
    this.repeatsSame[of]! += sameReason;
    if (days <= 0) this.repeatsD0[of]!++;
    else if (days <= 3) this.repeatsD1to3[of]!++;
  }
}

export function grown<T extends Uint8Array | Uint32Array | Int32Array>(values: T, length: number): T {
  const larger = new (values.constructor as new (length: number) => T)(length);
  larger.set(values);
  return larger;
}
