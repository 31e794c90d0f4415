import { weekdayOf } from '../kernel/brazil/dates.ts';
import type { StaffingRow } from '../metrics/staffing/staffing-answers.ts';

/** What such a half-hour of such a weekday is like, by the mean of its days. */
export interface UsualHalf {
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

const SUNDAY = 7;

/**
 * The usual week of a period, as the screen colours it. A day on which a half-hour has neither calls nor people counts
 * as nothing needed and nobody there; where some rosters are known, the days without one do not count.
 */
export function usualWeek(rows: readonly StaffingRow[]): UsualHalf[] {
  const days = Map.groupBy(rows, ({ day }) => day);
  const weekdays = Map.groupBy(days.entries(), ([day]) => weekdayOf(day) || SUNDAY);
  return [...weekdays.keys()].sort().flatMap((weekday) => {
    const alike = weekdays.get(weekday)!.map(([, ofDay]) => ofDay);
    const known = alike.filter((ofDay) => ofDay.some(({ rostered }) => rostered !== null));
    const counted = known.length > 0 ? known : alike;
    const halves = [...new Set(alike.flat().map(({ from }) => from))].sort();
    return halves.map((from) => {
      const found = counted.map((ofDay) => ofDay.find((row) => row.from === from));
      const mean = (of: (row: StaffingRow) => number | null) =>
        found.reduce((sum, row) => sum + ((row && of(row)) ?? 0), 0) / found.length;
      const staffed = (of: (row: StaffingRow) => number | null) => (known.length > 0 ? mean(of) : null);
      return {
        weekday,
        from,
        calls: mean(({ usualCalls }) => usualCalls),
        needed: mean(({ usualNeeded }) => usualNeeded),
        rostered: staffed(({ rostered }) => rostered),
        lack: staffed(({ usualLack }) => usualLack),
        surplus: staffed(({ usualSurplus }) => usualSurplus),
      };
    });
  });
}
