export const CALLS = 0;
export const TICKETS = 1;
export const CHAT = 2;
export const SOURCES = ['demo-calls', 'demo-tickets', 'demo-chat'] as const;
export type SourceName = (typeof SOURCES)[number];

export const ANSWERED = 0;
export const ABANDONED = 1;
export const TRANSFERRED = 2;

const CAPACITY = 512;

/** The legs of one person in order of time, as columns; times are seconds since the calendar's first midnight. */
export class Legs {
  count = 0;
  readonly source = new Uint8Array(CAPACITY);
  readonly start = new Int32Array(CAPACITY);
  readonly end = new Int32Array(CAPACITY);
  /** Agent index, or −1 when no human handled it. */
  readonly agent = new Int16Array(CAPACITY);
  /** Reason as the file holds it, and its chance of a repeat as planted on the leg that opens an episode. */
  readonly reason = new Uint8Array(CAPACITY);
  readonly repeatChance = new Float32Array(CAPACITY);
  readonly wait = new Int32Array(CAPACITY);
  readonly talk = new Int32Array(CAPACITY);
  readonly wrapup = new Int32Array(CAPACITY);
  readonly status = new Uint8Array(CAPACITY);
  readonly leg = new Uint8Array(CAPACITY);
  /** Which of the person's phones, or −1 for an anonymous caller. */
  readonly phone = new Int8Array(CAPACITY);
  readonly name = new Uint8Array(CAPACITY);
  /** 1 to 5, or 0 when nobody answered the survey. */
  readonly score = new Uint8Array(CAPACITY);
  /** Number of the contact within the person, shared by its legs. */
  readonly contact = new Uint16Array(CAPACITY);
  /** 1 when an untaught topic met a novice. */
  readonly untrained = new Uint8Array(CAPACITY);
  contacts = 0;

  clear(): void {
    this.count = 0;
    this.contacts = 0;
  }

  get full(): boolean {
    return this.count > CAPACITY - 8;
  }

  /** Drops what does not fit the number of rows still wanted, never leaving a transfer without its second leg. */
  truncate(rows: number): void {
    if (this.count <= rows) return;
    this.count = rows;
    const last = rows - 1;
    if (last >= 0 && this.status[last] === TRANSFERRED) this.status[last] = ANSWERED;
  }
}
