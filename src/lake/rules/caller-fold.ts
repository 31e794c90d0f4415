import { CALLER_SPAN } from '../../contracts/index.ts';
import { Callers } from './callers.ts';
import { grown, type LegBlock } from './legs.ts';

/** How callers are told apart; the last are those who are not. */
export const CALLER_KINDS = ['received', 'identity', 'linked', 'anonymous'] as const;
const TOLD = CALLER_KINDS.filter((kind) => kind !== 'anonymous');
const ANONYMOUS = CALLER_KINDS.indexOf('anonymous');

const { days: SPAN, earlier: EARLIER } = CALLER_SPAN;
/** All sources together; those seen follow. */
const TOGETHER = 0;

/** Sums of the contacts of one day: of whom, in which source (0, all together), by days and contacts before. */
export interface CallerDay {
  readonly source: number;
  /** Index of {@link CALLER_KINDS}. */
  readonly kind: number;
  /** Since 1970. */
  readonly day: number;
  /** Contacts at `days before × CALLER_SPAN.earlier + contacts before`. */
  readonly contacts: Int32Array;
}

/**
 * Passes legs in order, and counts each contact by the days of its caller's earlier ones: what `gold.caller_mart` holds.
 * It holds one person, and a {@link CallerDay} for each source, kind and day.
 */
export class CallerFold {
  /** What a contact adds: −1 takes away what was counted before. */
  weight = 1;
  /** Hashes of the sources seen, two words each; source 1 is the first. */
  readonly sources: number[] = [];
  readonly #days = new Map<number, CallerDay>();
  readonly #callers = TOLD.map((kind) => new Callers(kind));
  /** Of the open person's contacts, in order: day, source, and who called by each way of telling. */
  #day = new Int32Array(64);
  #source = new Int32Array(64);
  #numbers = TOLD.map(() => new Int32Array(64));
  #count = 0;
  #person: readonly [number, number] = [0, 0];

  push(legs: LegBlock): void {
    const { person, anonymous, opens, day } = legs;
    for (let i = 0; i < legs.rows; i++) {
      if (opens[i] === 0) continue;
      const source = this.#sourceOf(legs, i);
      if (anonymous[i] === 1) {
        for (const one of [TOGETHER, source]) this.#of(one, ANONYMOUS, day[i]!)[0]! += this.weight;
        continue;
      }
      const [low, high] = [person[2 * i]!, person[2 * i + 1]!];
      if (this.#person[0] !== low || this.#person[1] !== high) {
        this.close();
        this.#person = [low, high];
      }
      if (this.#count === this.#day.length) this.#grow();
      this.#day[this.#count] = day[i]!;
      this.#source[this.#count] = source;
      for (const [kind, callers] of this.#callers.entries()) this.#numbers[kind]![this.#count] = callers.of(legs, i);
      this.#count++;
    }
  }

  /** What was counted, once all legs have passed. */
  finish(): IterableIterator<CallerDay> {
    this.close();
    return this.#days.values();
  }

  /** Counts the open person: what comes next is somebody else's, or counts otherwise. */
  close(): void {
    const days = this.#day.subarray(0, this.#count);
    const sources = this.#source.subarray(0, this.#count);
    const alone = sources.every((source) => source === sources[0]);
    for (const [kind, callers] of this.#callers.entries()) {
      if (alone && callers.count === 1) {
        this.#run(days, TOGETHER, kind);
        this.#run(days, sources[0]!, kind);
      } else {
        const positions = [...days.keys()];
        const callerOf = (at: number) => this.#numbers[kind]![at]!;
        for (const own of Map.groupBy(positions, callerOf).values()) {
          const daysOf = (ones: readonly number[]) => Int32Array.from(ones, (at) => days[at]!);
          this.#run(daysOf(own), TOGETHER, kind);
          for (const [source, ones] of Map.groupBy(own, (at) => sources[at]!)) this.#run(daysOf(ones), source, kind);
        }
      }
      callers.clear();
    }
    this.#count = 0;
  }

  /** Counts a caller's contacts, given as their days in order. */
  #run(days: Int32Array, source: number, kind: number): void {
    for (let i = 0; i < days.length; i++) {
      const contacts = this.#of(source, kind, days[i]!);
      const most = Math.min(i, EARLIER - 1);
      for (let earlier = 0; earlier <= most; earlier++) {
        const before = days[i]! - days[i - earlier]!;
        if (before >= SPAN) break;
        contacts[before * EARLIER + earlier]! += this.weight;
      }
    }
  }

  #of(source: number, kind: number, day: number): Int32Array {
    const key = (source * CALLER_KINDS.length + kind) * DAYS + day;
    const held = this.#days.get(key);
    if (held) return held.contacts;
    const contacts = new Int32Array(SPAN * EARLIER);
    this.#days.set(key, { source, kind, day, contacts });
    return contacts;
  }

  #sourceOf({ source }: LegBlock, i: number): number {
    const [low, high] = [source[2 * i]!, source[2 * i + 1]!];
    for (let at = 0; at < this.sources.length; at += 2)
      if (this.sources[at] === low && this.sources[at + 1] === high) return 1 + at / 2;
    return this.sources.push(low, high) / 2;
  }

  #grow(): void {
    const length = 2 * this.#count;
    this.#day = grown(this.#day, length);
    this.#source = grown(this.#source, length);
    this.#numbers = this.#numbers.map((numbers) => grown(numbers, length));
  }
}

/** More days than dates have since 1970. */
const DAYS = 2 ** 23;
