import { Callers } from './callers.ts';
import {
  ANCHOR,
  ANONYMOUS,
  FIRST,
  FORWARDED,
  type HeldRows,
  LATE,
  type LegBlock,
  NONE,
  OTHER,
  type RuleFold,
  RuleMarks,
  SECONDS_OF_DAY,
  UNHANDLED,
} from './legs.ts';
import type { PreviousRule } from './rules.ts';

/** The latest contact of a caller that a rule counts. */
interface Latest {
  position: number;
  start: number;
  low: number;
  high: number;
}

/**
 * The classic rule and its kin: a contact up to `withinSeconds` after the start of its caller's previous one is a
 * repeat of that one.
 */
export class PreviousFold implements RuleFold {
  readonly marks = new RuleMarks();
  readonly #held: HeldRows;
  readonly #within: number;
  readonly #forwarded: number;
  readonly #handledOnly: boolean;
  readonly #anonymousToo: boolean;
  readonly #sameDay: boolean;
  readonly #callers: Callers;
  readonly #latest: Latest[] = [];
  /** When the person's latest counted contact started, whichever caller's it was. */
  #personStart = Number.NEGATIVE_INFINITY;

  constructor({ caller, parameters }: Pick<PreviousRule, 'caller' | 'parameters'>, held: HeldRows) {
    this.#held = held;
    this.#within = parameters.withinSeconds;
    this.#forwarded = parameters.forwardedSeconds ?? 0;
    this.#handledOnly = parameters.handledOnly ?? false;
    this.#anonymousToo = parameters.anonymousToo ?? false;
    this.#sameDay = parameters.sameDayAndType ?? false;
    this.#callers = new Callers(caller, this.#sameDay);
  }

  push(legs: LegBlock, first: Uint8Array, at: number): void {
    const { marks } = this;
    const { rowId } = this.#held;
    for (let i = 0; i < legs.rows; i++) {
      const position = at + i;
      const start = legs.start[i]!;
      const day = Math.floor(start / SECONDS_OF_DAY);
      if (first[i] === 1) {
        this.#callers.clear();
        this.#personStart = Number.NEGATIVE_INFINITY;
      }
      const refused = this.#refusal(legs, i);
      marks.set(position, refused < 0 ? ANCHOR : NONE, refused < 0 ? FIRST : refused, rowId, 2 * position, day);
      if (refused >= 0) continue;
      const known = this.#callers.count;
      const caller = this.#callers.of(legs, i);
      const latest = this.#latest[caller] ?? this.#add(caller);
      if (caller < known) this.#compare(latest, legs, i, position, start, day);
      else if (this.#inTime(this.#personStart, start, day)) marks.why[position] = OTHER;
      latest.position = position;
      latest.start = start;
      latest.low = legs.category[2 * i]!;
      latest.high = legs.category[2 * i + 1]!;
      this.#personStart = start;
    }
  }

  moved(by: number): void {
    for (let caller = 0; caller < this.#callers.count; caller++) this.#latest[caller]!.position -= by;
  }

  /** Why the rule does not count leg `i`; below 0 when it does. */
  #refusal(legs: LegBlock, i: number): number {
    if (legs.anonymous[i] === 1 && !this.#anonymousToo) return ANONYMOUS;
    return legs.handled[i] === 0 && this.#handledOnly ? UNHANDLED : -1;
  }

  #compare(latest: Latest, legs: LegBlock, i: number, position: number, start: number, day: number): void {
    const { marks } = this;
    const { low, high } = latest;
    if (!this.#inTime(latest.start, start, day)) {
      marks.why[position] = this.#inTime(this.#personStart, start, day) ? OTHER : LATE;
    } else if (start - latest.start < this.#forwarded) marks.why[position] = FORWARDED;
    else if (this.#sameDay && (low | high) === 0) marks.why[position] = OTHER;
    else {
      const same = (low | high) !== 0 && legs.category[2 * i] === low && legs.category[2 * i + 1] === high ? 1 : 0;
      const days = day - Math.floor(latest.start / SECONDS_OF_DAY);
      marks.charge(position, latest.position, this.#held.rowId, days, same);
    }
  }

  #inTime(before: number, start: number, day: number): boolean {
    return start - before <= this.#within && (!this.#sameDay || Math.floor(before / SECONDS_OF_DAY) === day);
  }

  #add(caller: number): Latest {
    const latest = { position: 0, start: 0, low: 0, high: 0 };
    this.#latest[caller] = latest;
    return latest;
  }
}
