import { type Day, weekdayOf } from '../../kernel/brazil/dates.ts';
import type { Uf } from '../../kernel/brazil/ddd.ts';
import { holidayOn } from '../../kernel/brazil/holidays.ts';
import type { Entry } from './plan.ts';
import { folded } from './value.ts';

/** Where a center works: its state, and its city where local holidays count. */
export interface Place {
  readonly uf?: Uf | undefined;
  readonly city?: string | undefined;
}

/** The place of the setting, `SP` or `SP/Santos`. */
export function placeOf(text: string): Place {
  const [uf, city] = text.split('/');
  return { ...(uf ? { uf: uf as Uf } : {}), ...(city ? { city } : {}) };
}

/**
 * The name of the holiday on a day in a place, or null: what the house's table says of the city, else of the state,
 * else of everywhere, else the national and state holidays by law. The table also takes a holiday away.
 */
export function holidayName(
  table: readonly Pick<Entry, 'key' | 'values'>[],
  day: Day,
  { uf, city }: Place = {},
): string | null {
  const said = (place: string | undefined) =>
    place === undefined
      ? undefined
      : table.find(({ key }) => key.day === day && folded(key.place ?? '') === folded(place));
  const own = said(city) ?? said(uf) ?? said('');
  if (own) return own.values.effect === 'open' ? null : (own.values.name ?? '');
  return holidayOn(day, uf)?.name ?? null;
}

/** Dia útil of the house: neither Saturday nor Sunday nor a holiday of {@link holidayName}. */
export function isWorkingDay(table: readonly Pick<Entry, 'key' | 'values'>[], day: Day, place: Place = {}): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6 && holidayName(table, day, place) === null;
}
