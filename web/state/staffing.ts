import { weekday } from '../format/days.ts';
import type { Staffing } from './shapes.ts';

type Row = Staffing['rows'][number];
export type Coming = NonNullable<Staffing['forecast']>;

/** What such a half-hour of such a weekday is like, by the mean of its days. */
export interface Cell {
  /** 1–7, Monday first. */
  readonly weekday: number;
  readonly from: string;
  readonly calls: number;
  readonly needed: number;
  /** Null where no roster of any of its days is known, and so are lack and surplus. */
  readonly rostered: number | null;
  readonly lack: number | null;
  readonly surplus: number | null;
}

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The usual week. A day on which a half-hour has neither calls nor people counts as nothing needed and nobody there;
 * lack and surplus are of the days whose roster is known.
 */
export function usualWeek(rows: readonly Row[]): Cell[] {
  const days = Map.groupBy(rows, ({ day }) => day);
  const rostered = (ofDay: readonly Row[]) => ofDay.some((row) => row.rostered !== null);
  return WEEKDAYS.flatMap((number) => {
    const alike = [...days.values()].filter(([first]) => weekday(first!.day) === number);
    const known = alike.filter(rostered);
    const counted = known.length > 0 ? known : alike;
    const halves = [...new Set(alike.flat().map(({ from }) => from))].sort();
    return halves.map((from) => {
      const found = counted.map((ofDay) => ofDay.find((row) => row.from === from));
      const of = (take: (row: Row) => number | null) => mean(found.map((row) => (row && take(row)) ?? 0));
      const staffed = known.length > 0;
      return {
        weekday: number,
        from,
        calls: of(({ usualCalls }) => usualCalls),
        needed: of(({ usualNeeded }) => usualNeeded),
        rostered: staffed ? of((row) => row.rostered) : null,
        lack: staffed ? of(({ usualLack }) => usualLack) : null,
        surplus: staffed ? of(({ usualSurplus }) => usualSurplus) : null,
      };
    });
  });
}

/** People more than needed, fewer where negative; null where no roster is known. */
export const balanceOf = ({ needed, rostered }: Pick<Cell, 'needed' | 'rostered'>): number | null =>
  rostered === null ? null : rostered - needed;

/** Cells where people lack in the usual week, the most first. */
export const byLack = (cells: readonly Cell[]): Cell[] =>
  cells.filter(({ lack }) => (lack ?? 0) >= 0.5).toSorted((a, b) => b.lack! - a.lack! || a.needed - b.needed);

/** The weekday in view: as chosen, else where people lack for most hours, else where most are needed. */
export function weekdayShown(chosen: string | undefined, cells: readonly Cell[]): number {
  if (chosen && /^[1-7]$/.test(chosen)) return Number(chosen);
  if (chosen && /^\d{4}-\d{2}-\d{2}$/.test(chosen)) return weekday(chosen);
  const of = (number: number, take: (cell: Cell) => number) =>
    cells.filter((cell) => cell.weekday === number).reduce((sum, cell) => sum + take(cell), 0);
  const most = (take: (cell: Cell) => number) =>
    WEEKDAYS.toSorted((a, b) => of(b, take) - of(a, take) || a - b).find((number) => of(number, take) > 0);
  return most(({ lack }) => lack ?? 0) ?? most(({ needed }) => needed) ?? 1;
}

/** A half-hour of the day in view. */
export interface Half {
  readonly from: string;
  readonly needed: number;
  readonly rostered: number | null;
  /** Calls that came, or come on average. */
  readonly came?: number;
  readonly usual?: number;
  readonly forecast?: { readonly calls: number; readonly low: number; readonly high: number; readonly naive: number };
}

/** The half-hours of a day of the period, of a coming day, or of a weekday as it usually is. */
export function halvesOf(day: string, answer: Staffing, week: readonly Cell[]): Half[] {
  if (!day.includes('-'))
    return week
      .filter((cell) => String(cell.weekday) === day)
      .map(({ from, needed, rostered, calls }) => ({ from, needed, rostered, usual: calls }));
  const coming = answer.forecast?.rows.filter((row) => row.day === day) ?? [];
  if (coming.length > 0)
    return coming.map(({ from, needed, rostered, ...forecast }) => ({ from, needed, rostered, forecast }));
  return answer.rows
    .filter((row) => row.day === day)
    .map(({ from, usualNeeded, rostered, offered, usualCalls }) => ({
      from,
      needed: usualNeeded,
      rostered,
      came: offered,
      usual: usualCalls,
    }));
}

/** Every half-hour from the first to the last, those between that the answer leaves out as empty ones. */
export function unbrokenHalves(halves: readonly Half[]): Half[] {
  const [first, last] = [halves[0], halves.at(-1)];
  if (!first || !last) return [];
  const found = new Map(halves.map((half) => [half.from, half]));
  const rostered = halves.some((half) => half.rostered !== null) ? 0 : null;
  return clocks(first.from, last.from).map((from) => found.get(from) ?? { from, needed: 0, rostered });
}

/** Agent-hours of half-hours: needed, and lack and surplus where a roster is known. */
export function hoursOf(halves: readonly Half[]): { needed: number; lack: number | null; surplus: number | null } {
  const known = halves.flatMap(({ needed, rostered }) => (rostered === null ? [] : [{ needed, rostered }]));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / 2;
  const over = known.map(({ needed, rostered }) => rostered - needed);
  return {
    needed: sum(halves.map(({ needed }) => needed)),
    lack: known.length === 0 ? null : sum(over.map((people) => Math.max(0, -people))),
    surplus: known.length === 0 ? null : sum(over.map((people) => Math.max(0, people))),
  };
}

export const halfIndex = (clock: string): number => Number(clock.slice(0, 2)) * 2 + (clock.endsWith('30') ? 1 : 0);
export const clockAt = (index: number): string =>
  `${String(index >> 1).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`;

/** Half-hours from one to another, both included. */
export const clocks = (first: string, last: string): string[] =>
  Array.from({ length: halfIndex(last) - halfIndex(first) + 1 }, (_, index) => clockAt(halfIndex(first) + index));
