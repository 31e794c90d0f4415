import { addDays, type Day } from '../kernel/brazil/dates.ts';
import type { SourceFacts } from './facts.ts';

/** The calendar months that a period touches, by their first days. */
export interface Months {
  /** Those that lie in the period and that the sources hold from the first day to the last. */
  readonly whole: readonly Day[];
  readonly partial: readonly Day[];
}

/**
 * The months of `[from, to)` of which all is known: a month is not whole in which the data begins or a source does, nor
 * one that goes beyond the last complete day. Months before everything that is known are neither.
 */
export function monthsOf(
  { from, to }: { readonly from: Day; readonly to: Day },
  sources: readonly SourceFacts[],
  watermark: Day,
): Months {
  const begun = sources.map(({ first_day }) => first_day);
  const first = begun.reduce((least, day) => (day < least ? day : least), to);
  const [whole, partial]: [Day[], Day[]] = [[], []];
  // No later month is whole, however far the period goes.
  const end = monthAfter(monthAfter(watermark));
  for (let month = monthStart(from > first ? from : first); month < to && month < end; month = monthAfter(month)) {
    const next = monthAfter(month);
    const held = month >= first && next <= addDays(watermark, 1) && !begun.some((day) => day > month && day < next);
    (month >= from && next <= to && held ? whole : partial).push(month);
  }
  return { whole, partial };
}

const monthStart = (day: Day): Day => `${day.slice(0, 7)}-01`;
const monthAfter = (month: Day): Day => monthStart(addDays(month, 31));
