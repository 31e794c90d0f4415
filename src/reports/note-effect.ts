import { addDays, type Day, daysBetween } from '../kernel/brazil/dates.ts';
import { lakeFacts } from '../metrics/facts.ts';
import type { Unit } from '../metrics/indicator.ts';
import { metricAnswer } from '../metrics/metric.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { openScope, parseFilter, type Scope } from '../metrics/scope.ts';
import type { Note } from './notes.ts';
import type { Reporting } from './reporting.ts';

/** Whole weeks, so that both sides have the same weekdays. */
const WEEK = 7;
const MOST_WEEKS = 4;

export interface Side {
  readonly from: Day;
  readonly to: Day;
  readonly value: number | null;
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
}

/** A figure in as many whole weeks before a decision as there are after it, of its own scope. */
export interface NoteEffect {
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'neither';
  readonly before: Side;
  readonly after: Side;
}

/**
 * What a figure was before and after the day of a decision that is due: as many whole weeks on both sides as lie
 * between the day and its due day, one to four. Null while the data do not hold a week after it, or of no figure.
 */
export async function noteEffect(
  { lake, cache }: Pick<Reporting, 'lake' | 'cache'>,
  note: Note,
  today: Day,
): Promise<NoteEffect | null> {
  const { metric, day, due, rule } = note;
  if (metric === null || due === null || due > today) return null;
  const indicator = indicatorNamed(metric);
  const { sources: facts } = await lakeFacts(lake);
  const chosen = openScope(facts, note.sources);
  if (!chosen?.watermark) return null;
  const open: Scope = {
    sources: chosen.sources.map(({ source }) => source),
    where: note.filters.map(parseFilter),
  };
  const held = Math.floor(daysBetween(day, addDays(chosen.watermark, 1)) / WEEK);
  const weeks = Math.min(MOST_WEEKS, held, Math.max(1, Math.round(daysBetween(day, due) / WEEK)));
  if (weeks < 1) return null;
  const side = async (from: Day, to: Day): Promise<Side> => {
    const question = { scope: { ...open, from, to }, by: [], rule };
    const { total, n, low, high } = await cache.answer(lake, metricAnswer, [indicator, question]);
    return { from, to, value: total, n, ...(low === undefined || high === undefined ? {} : { low, high }) };
  };
  const [before, after] = await Promise.all([
    side(addDays(day, -weeks * WEEK), day),
    side(day, addDays(day, weeks * WEEK)),
  ]);
  return { unit: indicator.unit, better: indicator.better, before, after };
}
