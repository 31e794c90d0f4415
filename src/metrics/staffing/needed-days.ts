import type { Day } from '../../kernel/brazil/dates.ts';
import { halfOf } from './half-hours.ts';
import type { StaffingAnswer } from './staffing-answers.ts';
import { HALF_HOURS } from './usual.ts';

/** People needed in each half-hour of a day, from 00:00. */
export interface NeededDay {
  readonly day: Day;
  readonly needed: readonly number[];
}

/** People by half-hour of the days chosen: of the forecast after the data, before that for the calls that usually come. */
export function neededDays({ rows, forecast }: StaffingAnswer, chosen: (day: Day) => boolean): NeededDay[] {
  const halves = [
    ...rows.filter(({ day }) => !forecast || day < forecast.from).map((row) => ({ ...row, people: row.usualNeeded })),
    ...(forecast?.rows ?? []).map((row) => ({ ...row, people: row.needed })),
  ].filter(({ day }) => chosen(day));
  return [...Map.groupBy(halves, ({ day }) => day)].map(([day, ofDay]) => {
    const needed = new Array<number>(HALF_HOURS).fill(0);
    for (const { from, people } of ofDay) needed[halfOf(from)] = people;
    return { day, needed };
  });
}
