import type { Moment } from '../../intake/reference/arrivals.ts';
import { addDays } from '../../kernel/brazil/dates.ts';
import { dateParameter, type Lake } from '../../storage/lake.ts';
import type { SourceFacts } from '../facts.ts';

/** Weeks that a habit is learned from, the fewest that show one, and from how many on the oddest is left out. */
const WEEKS = 8;
const FEWEST = 3;
const MANY = 5;
const STEP_MINUTES = 10;

/** How old the last batch of a source is, and the most that it usually is at such an hour; minutes. */
export interface BatchAge {
  readonly minutes: number;
  /** Null where too few weeks are known. */
  readonly usual: number | null;
}

/**
 * The age of the last batch at a moment, beside its age at the same hour of the same weekday of the eight weeks before:
 * the largest of those, of many the largest but one, up to whole ten minutes. So a file a day and a file a minute are
 * judged by one rule. Null where none has come. `received` are moments in any order.
 */
export function batchAge(received: readonly Moment[], at: Moment): BatchAge | null {
  const sorted = received.toSorted();
  const ageAt = (moment: Moment): number | null => {
    const last = sorted.findLast((one) => one <= moment);
    return last === undefined ? null : minutesBetween(last, moment);
  };
  const minutes = ageAt(at);
  if (minutes === null) return null;
  const before = Array.from({ length: WEEKS }, (_, week) =>
    ageAt(`${addDays(at.slice(0, 10), -7 * (week + 1))}${at.slice(10)}`),
  );
  const ages = before.filter((age) => age !== null).sort((a, b) => b - a);
  if (ages.length < FEWEST) return { minutes, usual: null };
  const most = ages[ages.length >= MANY ? 1 : 0]!;
  return { minutes, usual: Math.ceil((most + 1) / STEP_MINUTES) * STEP_MINUTES };
}

function minutesBetween(from: Moment, to: Moment): number {
  return Math.floor((Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000);
}

/** The newest contact of each source: its moment, or its day alone where the source has no hours. */
export async function newestContacts(
  lake: Lake,
  sources: readonly SourceFacts[],
): Promise<ReadonlyMap<string, string>> {
  if (sources.length === 0) return new Map();
  const last = sources.map((_, index) => `(source = $source_${index} AND day = $last_${index})`).join(' OR ');
  const rows = await lake.rows<{ source: string; newest: string }>(
    `SELECT source, strftime(max(started_at), '%Y-%m-%dT%H:%M:%S') AS newest FROM gold.contact
     WHERE ${last} GROUP BY source`,
    Object.fromEntries(
      sources.flatMap(({ source, last_day }, index) => [
        [`source_${index}`, source],
        [`last_${index}`, dateParameter(last_day)],
      ]),
    ),
  );
  const timed = new Set(sources.flatMap(({ source, has_time }) => (has_time ? [source] : [])));
  return new Map(rows.map(({ source, newest }) => [source, timed.has(source) ? newest : newest.slice(0, 10)]));
}
