import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_SECONDS } from './calendar.ts';
import type { Legs } from './legs.ts';

/** 32-bit words of one leg on its way from a person to a day's file. */
export const WORDS = 7;

const FIRST_BYTES = 4096;

/**
 * Legs come person by person and leave day by day: each day has a small buffer that is appended to its own file when
 * full, so memory does not grow with the number of contacts.
 */
export class DaySpill {
  readonly counts: Int32Array;
  private readonly buffers: (Int32Array | undefined)[];
  private readonly used: Int32Array;
  private readonly spilled: Uint8Array;
  private readonly folder: string;
  private readonly label: string;
  private readonly largest: number;

  /** `bufferBytes` is the most that one day keeps in memory. */
  constructor(folder: string, label: string, days: number, bufferBytes: number) {
    this.folder = folder;
    this.label = label;
    this.largest = Math.max(1, Math.floor(bufferBytes / (WORDS * 4))) * WORDS;
    this.buffers = new Array(days).fill(undefined);
    this.counts = new Int32Array(days);
    this.used = new Int32Array(days);
    this.spilled = new Uint8Array(days);
  }

  /** Adds one leg of a person; `serial` numbers its contact. */
  add(legs: Legs, row: number, person: number, serial: number): void {
    const day = Math.floor(legs.start[row]! / DAY_SECONDS);
    const buffer = this.room(day);
    const at = this.used[day]!;
    buffer[at] = person;
    buffer[at + 1] = serial;
    buffer[at + 2] = (legs.start[row]! - day * DAY_SECONDS) | ((legs.agent[row]! + 1) << 17);
    buffer[at + 3] = legs.wait[row]!;
    buffer[at + 4] = legs.talk[row]!;
    buffer[at + 5] = legs.wrapup[row]! | (legs.reason[row]! << 12) | (legs.status[row]! << 18) | (legs.leg[row]! << 20);
    buffer[at + 6] = (legs.phone[row]! + 1) | (legs.name[row]! << 2) | (legs.score[row]! << 4);
    this.used[day] = at + WORDS;
    this.counts[day]!++;
  }

  /** The legs of a day in order of time (ties: in order of arrival), then forgets them. */
  take(day: number): DayLegs {
    const words = this.collect(day);
    return new DayLegs(words, sortBySecond(words));
  }

  private room(day: number): Int32Array {
    const buffer = this.buffers[day];
    const used = this.used[day]!;
    if (buffer && used < buffer.length) return buffer;
    if (buffer && buffer.length >= this.largest) {
      appendFileSync(this.file(day), new Uint8Array(buffer.buffer, 0, used * 4));
      this.spilled[day] = 1;
      this.used[day] = 0;
      return buffer;
    }
    const size = buffer ? buffer.length * 2 : Math.floor(FIRST_BYTES / (WORDS * 4)) * WORDS;
    const larger = new Int32Array(Math.min(this.largest, size));
    if (buffer) larger.set(buffer);
    this.buffers[day] = larger;
    return larger;
  }

  private collect(day: number): Int32Array {
    const used = this.used[day]!;
    const words = new Int32Array(this.counts[day]! * WORDS);
    if (this.spilled[day] === 1) {
      const bytes = readFileSync(this.file(day));
      words.set(new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4));
      rmSync(this.file(day));
    }
    const rest = this.buffers[day];
    if (rest) words.set(rest.subarray(0, used), words.length - used);
    this.buffers[day] = undefined;
    return words;
  }

  private file(day: number): string {
    return join(this.folder, `${this.label}-${day}.bin`);
  }
}

/** One day's legs, read by position in time. */
export class DayLegs {
  readonly count: number;
  person = 0;
  serial = 0;
  second = 0;
  agent = 0;
  wait = 0;
  talk = 0;
  wrapup = 0;
  reason = 0;
  status = 0;
  leg = 0;
  phone = 0;
  name = 0;
  score = 0;
  private readonly words: Int32Array;
  private readonly order: Int32Array;

  constructor(words: Int32Array, order: Int32Array) {
    this.words = words;
    this.order = order;
    this.count = order.length;
  }

  /** Reads the leg at a position into the fields. */
  read(position: number): void {
    const { words } = this;
    const at = this.order[position]! * WORDS;
    this.person = words[at]!;
    this.serial = words[at + 1]!;
    const when = words[at + 2]!;
    this.second = when & 0x1ffff;
    this.agent = (when >>> 17) - 1;
    this.wait = words[at + 3]!;
    this.talk = words[at + 4]!;
    const kind = words[at + 5]!;
    this.wrapup = kind & 0xfff;
    this.reason = (kind >>> 12) & 0x3f;
    this.status = (kind >>> 18) & 3;
    this.leg = (kind >>> 20) & 3;
    const who = words[at + 6]!;
    this.phone = (who & 3) - 1;
    this.name = (who >>> 2) & 3;
    this.score = (who >>> 4) & 7;
  }
}

/** Stable order of the legs by second of the day (counting sort). */
function sortBySecond(words: Int32Array): Int32Array {
  const count = words.length / WORDS;
  const next = new Int32Array(DAY_SECONDS + 1);
  for (let leg = 0; leg < count; leg++) next[(words[leg * WORDS + 2]! & 0x1ffff) + 1]!++;
  for (let second = 0; second < DAY_SECONDS; second++) next[second + 1]! += next[second]!;
  const order = new Int32Array(count);
  for (let leg = 0; leg < count; leg++) {
    const second = words[leg * WORDS + 2]! & 0x1ffff;
    order[next[second]!++] = leg;
  }
  return order;
}
