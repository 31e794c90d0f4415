/** Arithmetic on ISO days. Periods are half-open, `[from, to)`. */

export interface Period {
  from: string;
  to: string;
}
export type PeriodKind = 'day' | 'week' | 'month' | 'range';

export interface WeekCount {
  /** A first day of a week. */
  first: string;
  /** Its number, which the others count on from; null where they have none. */
  number: number | null;
}

const DAY_MS = 86_400_000;

/** Monday to Sunday without numbers, until the server says otherwise. */
let weeks: WeekCount = { first: '2024-01-01', number: null };
/** To be called before anything is shown. */
export const countWeeks = (count: WeekCount): void => {
  weeks = count;
};

export const utc = (day: string): Date => new Date(`${day}T00:00:00Z`);
const iso = (date: Date): string => date.toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => iso(new Date(utc(day).getTime() + count * DAY_MS));
export const daysBetween = (from: string, to: string): number =>
  Math.round((utc(to).getTime() - utc(from).getTime()) / DAY_MS);
/** 1–7, Monday first. */
export const weekday = (day: string): number => utc(day).getUTCDay() || 7;
export const weekOf = (day: string): Period => {
  const into = daysBetween(weeks.first, day) % 7;
  const from = addDays(day, into < 0 ? -into - 7 : -into);
  return { from, to: addDays(from, 7) };
};
/** The number of the week that holds the day; nothing where weeks have none, or before the first. */
export const weekNumber = (day: string): number | undefined => {
  if (weeks.number === null) return undefined;
  const number = weeks.number + daysBetween(weeks.first, weekOf(day).from) / 7;
  return number >= 1 ? number : undefined;
};
export const monthOf = (day: string): Period => {
  const date = utc(day);
  const from = `${day.slice(0, 7)}-01`;
  return { from, to: iso(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))) };
};

export function kindOf({ from, to }: Period): PeriodKind {
  if (addDays(from, 1) === to) return 'day';
  if (weekOf(from).from === from && addDays(from, 7) === to) return 'week';
  return from.endsWith('-01') && monthOf(from).to === to ? 'month' : 'range';
}

/** The period one step later or earlier: a month steps by months, anything else by its own length. */
export function step(period: Period, direction: 1 | -1): Period {
  if (kindOf(period) === 'month') {
    return direction === 1 ? monthOf(period.to) : monthOf(addDays(period.from, -1));
  }
  const length = daysBetween(period.from, period.to) * direction;
  return { from: addDays(period.from, length), to: addDays(period.to, length) };
}

export const lastDays = (lastDay: string, count: number): Period => {
  const to = addDays(lastDay, 1);
  return { from: addDays(to, -count), to };
};

/** The last whole week that ended at least `age` days before the close of `lastDay`. */
export function closedWeek(lastDay: string, age = 0): Period {
  const week = weekOf(addDays(lastDay, 1 - age));
  return { from: addDays(week.from, -7), to: week.from };
}

/** The first of the periods that holds days of the data, which begins on `first`; the last where none does. */
export const firstHeld = (first: string | undefined, periods: readonly [Period, ...Period[]]): Period =>
  periods.find(({ to }) => first === undefined || to > first) ?? periods.at(-1)!;

/** Periods that move with the data, by what a saved view calls them. */
export const movingPeriods = (lastDay: string): Record<'day' | 'week' | 'month' | '28d', Period> => ({
  day: lastDays(lastDay, 1),
  week: closedWeek(lastDay),
  month: monthOf(addDays(monthOf(addDays(lastDay, 1)).from, -1)),
  '28d': lastDays(lastDay, 28),
});

export const samePeriod = (one: Period | undefined, other: Period | undefined): boolean =>
  one !== undefined && other !== undefined && one.from === other.from && one.to === other.to;
