import type { Entry } from '../../intake/reference/plan.ts';
import { folded } from '../../intake/reference/value.ts';
import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { HALF_HOURS } from './usual.ts';

/** People there in each half-hour of the days of a roster; parts of a half-hour count as parts. */
export type Roster = ReadonlyMap<Day, readonly number[]>;

export interface RosterScope {
  readonly channel: string;
  /** Queues that the channel's calls come to. */
  readonly queues: readonly string[];
  /** Only these queues are asked for: rows must name one of them. */
  readonly only?: readonly string[] | undefined;
}

const MINUTES = 30;
const DAY_MINUTES = HALF_HOURS * MINUTES;

/**
 * The rows of `rosters` that are of a channel: those that name it, one of its queues, or nothing; of chosen queues, those
 * that name one of these. A shift that ends at or before its start ends on the next day. An agent counts once,
 * whatever the rows say twice.
 */
export function rosterOf(entries: readonly Pick<Entry, 'key' | 'values'>[], scope: RosterScope): Roster {
  const names = new Set((scope.only ?? ['', scope.channel, ...scope.queues]).map(folded));
  const there = new Map<string, Float64Array>();
  const add = (agent: string, day: Day, from: number, to: number) => {
    const key = `${day} ${agent}`;
    const minutes = there.get(key) ?? new Float64Array(HALF_HOURS);
    there.set(key, minutes);
    for (let half = Math.floor(from / MINUTES); half * MINUTES < to; half++) {
      const start = half * MINUTES;
      const inside = Math.min(to, start + MINUTES) - Math.max(from, start);
      minutes[half] = Math.min(MINUTES, minutes[half]! + inside);
    }
  };
  for (const { key, values } of entries) {
    if (!names.has(folded(values.channel ?? ''))) continue;
    const { agent = '', day = '' } = key;
    const [from, to] = [minutesOf(key.start ?? ''), minutesOf(values.end ?? '')];
    if (to > from) add(agent, day, from, to);
    else {
      add(agent, day, from, DAY_MINUTES);
      add(agent, addDays(day, 1), 0, to);
    }
  }
  const roster = new Map<Day, number[]>();
  for (const [key, minutes] of there) {
    const day = key.slice(0, 10);
    const people = roster.get(day) ?? new Array<number>(HALF_HOURS).fill(0);
    roster.set(day, people);
    for (const [half, inside] of minutes.entries()) people[half]! += inside / MINUTES;
  }
  return roster;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
