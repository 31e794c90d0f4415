import { addDays, type Day, daysBetween } from './dates.ts';

/** When weeks begin, and how they are counted: from a first day of one of them, and its number. */
export interface WeekCount {
  readonly first: Day;
  /** Weeks count on from it, through New Year; null where they have no numbers. */
  readonly number: number | null;
}

/** Weeks of Monday to Sunday, without numbers. */
export const MONDAY_WEEKS: WeekCount = { first: '2024-01-01', number: null };

/** The first day of the week that holds the day. */
export function weekStart(day: Day, { first }: WeekCount): Day {
  const into = daysBetween(first, day) % 7;
  return addDays(day, into < 0 ? -into - 7 : -into);
}

/** The number of the week that holds the day; null where weeks have none, or before the first. */
export function weekNumber(day: Day, weeks: WeekCount): number | null {
  if (weeks.number === null) return null;
  const number = weeks.number + daysBetween(weeks.first, weekStart(day, weeks)) / 7;
  return number >= 1 ? number : null;
}
