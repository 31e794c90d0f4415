import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { businessDay } from '../../kernel/clock.ts';
import type { DayEntry } from './day-ledger.ts';

export interface Wanting {
  readonly firstDay: Day;
  /** The business day it is now. */
  readonly today: Day;
  readonly timeZone: string;
  readonly entries: readonly DayEntry[];
  /** Days up to yesterday that are read again on later days, for a source that does not tell what it corrects. */
  readonly recheckDays: number;
  readonly limit: number;
}

/** Whether a day up to yesterday still has to be fetched. */
export function isMissing(entry: DayEntry | undefined): boolean {
  if (!entry) return true;
  return entry.state === 'failed' || entry.state === 'partial' || entry.provisional || entry.corrected;
}

/**
 * The days of a run: what is missing up to yesterday, oldest first; then what failed before, so that days which cannot
 * be had keep nobody from the others; then what is due for another reading.
 */
export function wantedDays({ firstDay, today, timeZone, entries, recheckDays, limit }: Wanting): Day[] {
  const known = new Map(entries.map((entry) => [entry.day, entry]));
  const missing: Day[] = [];
  const failed: Day[] = [];
  const again: Day[] = [];
  const recheckFrom = addDays(today, -recheckDays);
  for (let day = firstDay; day < today; day = addDays(day, 1)) {
    const entry = known.get(day);
    if (entry?.state === 'failed' || entry?.state === 'partial') failed.push(day);
    else if (isMissing(entry)) missing.push(day);
    else if (day >= recheckFrom && entry?.askedAt && businessDay(entry.askedAt, timeZone) < today) again.push(day);
    if (missing.length >= limit) break;
  }
  return [...missing, ...failed, ...again].slice(0, limit);
}
