import { Callers } from './callers.ts';
import {
  ANCHOR,
  ANONYMOUS,
  FIRST,
  type HeldRows,
  JOINED,
  LATE,
  LEG,
  type LegBlock,
  NONE,
  OTHER,
  type RuleFold,
  RuleMarks,
  SECONDS_OF_DAY,
  UNHANDLED,
} from './legs.ts';
import type { HouseRule } from './rules.ts';

/** The open episode of a caller; 64-bit values are two words. */
class Episode {
  /** Positions of its anchor and of its last contact among the legs held. */
  anchor = 0;
  contact = 0;
  anchorEndDay = 0;
  contactEnd = 0;
  readonly agent = [0, 0];
  readonly contactKey = [0, 0];
  readonly anchorReason = [0, 0];
}

/**
 * The house rule, over the legs that a person handled: transfers merge into a contact, contacts within the window of
 * an anchor are its repeats, the next one starts a new episode.
 */
export class HouseFold implements RuleFold {
  readonly marks = new RuleMarks();
  readonly #held: HeldRows;
  readonly #window: number;
  readonly #transfer: number;
  readonly #callers: Callers;
  readonly #episodes: Episode[] = [];
  /** The day on which the person's latest contact started, and whose it was. */
  #personDay = Number.NEGATIVE_INFINITY;
  #personCaller = 0;

  constructor({ caller, parameters }: Pick<HouseRule, 'caller' | 'parameters'>, held: HeldRows) {
    this.#held = held;
    this.#window = parameters.windowDays ?? Number.POSITIVE_INFINITY;
    this.#transfer = parameters.transferSeconds;
    this.#callers = new Callers(caller);
  }

  push(legs: LegBlock, first: Uint8Array, at: number): void {
    const { rowId } = this.#held;
    for (let i = 0; i < legs.rows; i++) {
      if (first[i] === 1) {
        this.#callers.clear();
        this.#personDay = Number.NEGATIVE_INFINITY;
      }
      const counts = legs.anonymous[i] === 0 && legs.handled[i] === 1;
      if (counts) this.#leg(legs, i, at + i, rowId);
      else {
        const why = legs.anonymous[i] === 1 ? ANONYMOUS : UNHANDLED;
        this.marks.set(at + i, NONE, why, rowId, 2 * (at + i), Math.floor(legs.start[i]! / SECONDS_OF_DAY));
      }
    }
  }

  moved(by: number): void {
    for (let caller = 0; caller < this.#callers.count; caller++) {
      const episode = this.#episodes[caller]!;
      episode.anchor -= by;
      episode.contact -= by;
    }
  }

  #leg(legs: LegBlock, i: number, at: number, rowId: Uint32Array): void {
    const { marks } = this;
    const low = 2 * i;
    const start = legs.start[i]!;
    const end = Math.max(start, legs.end[i]!);
    const startDay = Math.floor(start / SECONDS_OF_DAY);
    const endDay = Math.floor(end / SECONDS_OF_DAY);
    const known = this.#callers.count;
    const caller = this.#callers.of(legs, i);
    const isKnown = caller < known;
    const episode = this.#episodes[caller] ?? this.#add(caller);
    if (isKnown && this.#merges(episode, legs, low, start)) {
      marks.set(at, LEG, JOINED, rowId, 2 * episode.contact, endDay);
      this.#prolong(episode, end, endDay);
    } else {
      const other = caller !== this.#personCaller && startDay - this.#personDay <= this.#window;
      marks.set(at, ANCHOR, other ? OTHER : isKnown ? LATE : FIRST, rowId, 2 * at, endDay);
      const days = startDay - episode.anchorEndDay;
      if (isKnown && days <= this.#window) {
        const reason = (legs.reason[low]! | legs.reason[low + 1]!) !== 0;
        marks.charge(at, episode.anchor, rowId, days, reason && same(episode.anchorReason, legs.reason, low) ? 1 : 0);
      } else {
        episode.anchor = at;
        episode.anchorEndDay = endDay;
        set(episode.anchorReason, legs.reason, low);
      }
      episode.contact = at;
      episode.contactEnd = end;
    }
    set(episode.agent, legs.agent, low);
    set(episode.contactKey, legs.contact, low);
    this.#personDay = startDay;
    this.#personCaller = caller;
  }

  /** A leg belongs to the contact before it: same contact at the source, overlapping it, or a transfer. */
  #merges({ contactEnd, contactKey, agent }: Episode, legs: LegBlock, low: number, start: number): boolean {
    if (start < contactEnd || same(contactKey, legs.contact, low)) return true;
    return start - contactEnd <= this.#transfer && !same(agent, legs.agent, low);
  }

  /** The open contact lasts until its last leg ends. */
  #prolong(episode: Episode, end: number, endDay: number): void {
    if (end <= episode.contactEnd) return;
    episode.contactEnd = end;
    this.marks.endedOn[episode.contact] = endDay;
    if (episode.contact === episode.anchor) episode.anchorEndDay = endDay;
  }

  #add(caller: number): Episode {
    const episode = new Episode();
    this.#episodes[caller] = episode;
    return episode;
  }
}

function same(pair: readonly number[], words: Uint32Array, low: number): boolean {
  return pair[0] === words[low] && pair[1] === words[low + 1];
}

function set(pair: number[], words: Uint32Array, low: number): void {
  pair[0] = words[low]!;
  pair[1] = words[low + 1]!;
}
