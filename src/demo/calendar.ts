import { addDays, type Day, dayNumber, weekdayOf } from '../kernel/brazil/dates.ts';
import { DDD_BY_UF, type Uf } from '../kernel/brazil/ddd.ts';
import { holidayOn } from '../kernel/brazil/holidays.ts';
import { AliasTable, Random } from '../kernel/random.ts';

export const DAYS = 182;
/** Days after the last one that the roster is already made for. */
export const AHEAD = 14;
export const SLOTS = 48;
export const SLOT_SECONDS = 1800;
export const DAY_SECONDS = 86_400;
export const STATES = Object.keys(DDD_BY_UF) as Uf[];

/** Monday to Friday, Saturday, or Sunday and national holidays: each has its own opening hours. */
export type DayKind = 0 | 1 | 2;

/** Half-hour shares of calls from 08:00, 08:00 and 09:00 on. */
const CALL_SHAPES: readonly { first: number; weights: readonly number[] }[] = [
  { first: 16, weights: [3, 5, 7, 9, 10, 10, 9, 8, 6, 5, 6, 8, 9, 9, 8, 8, 7, 6, 5, 5, 4, 3, 3, 2] },
  { first: 16, weights: [3, 5, 7, 8, 9, 9, 8, 7, 6, 5, 4, 3] },
  { first: 18, weights: [4, 6, 7, 8, 8, 7, 6, 6, 5, 5, 4, 3] },
];
/** Half-hour shares of tickets and chats from 07:00 to 22:00. */
const WRITTEN_SHAPE = {
  first: 14,
  weights: Array.from({ length: 30 }, (_, slot) => 4 + 6 * Math.sin((slot * Math.PI) / 29)),
};
const WEEKDAY_WEIGHTS = [0.12, 1.25, 1.1, 1, 1, 0.95, 0.45];

/** A day that has not happened: whom it is planned for, but no contacts. */
export interface DayAhead {
  day: Day;
  kind: DayKind;
  /** As {@link Calendar.weights}. */
  weight: number;
}

/** The 26 weeks of the demo world: which day weighs what, when doors open, when the product was deployed. */
export interface Calendar {
  from: Day;
  until: Day;
  days: readonly Day[];
  /** Days since 1970 of the first day. */
  firstDayNumber: number;
  kinds: readonly DayKind[];
  /** Volume of an ordinary Wednesday is 1. */
  weights: readonly number[];
  deploys: readonly boolean[];
  holidayNames: readonly string[];
  dayTable: AliasTable;
  callTables: readonly AliasTable[];
  writtenTable: AliasTable;
  /** State × day: 1 where that state alone has a holiday. */
  stateHolidays: Uint8Array;
  ahead: readonly DayAhead[];
}

/** Weight of a new matter on a deploy day: with its repeats elsewhere, contacts of the day rise by about 60 %. */
export const DEPLOY_WEIGHT = 1.65;
const DEPLOYS = 7;

/** The calendar of the 26 weeks that end on `until`. */
export function makeCalendar(seed: number, until: Day): Calendar {
  const from = addDays(until, 1 - DAYS);
  const days = Array.from({ length: DAYS }, (_, index) => addDays(from, index));
  const holidayNames = days.map((day) => holidayOn(day)?.name ?? '');
  const kinds = days.map((day, index): DayKind => dayKind(weekdayOf(day), holidayNames[index] !== ''));
  const deploys = chooseDeploys(seed, days, kinds);
  const weights = days.map((day, index) => usualWeight(day, index) * (deploys[index] ? DEPLOY_WEIGHT : 1));
  return {
    from,
    until,
    days,
    firstDayNumber: dayNumber(from),
    kinds,
    weights,
    deploys,
    holidayNames,
    dayTable: new AliasTable(weights),
    callTables: CALL_SHAPES.map(({ weights: shape }) => new AliasTable(shape)),
    writtenTable: new AliasTable(WRITTEN_SHAPE.weights),
    stateHolidays: stateHolidays(days, holidayNames),
    ahead: Array.from({ length: AHEAD }, (_, index) => {
      const day = addDays(from, DAYS + index);
      const kind = dayKind(weekdayOf(day), holidayOn(day) !== null);
      return { day, kind, weight: usualWeight(day, DAYS + index) };
    }),
  };
}

/** Share of a day's calls that falls in a half-hour. */
export function callShare(kind: DayKind, slot: number): number {
  const { first, weights } = CALL_SHAPES[kind]!;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (weights[slot - first] ?? 0) / total;
}

/** First open half-hour and the one after the last, for calls. */
export function openSlots(kind: DayKind): { first: number; end: number } {
  const { first, weights } = CALL_SHAPES[kind]!;
  return { first, end: first + weights.length };
}

/** A second of the day at which a call comes in. */
export function callSecond(calendar: Calendar, day: number, random: Random): number {
  const kind = calendar.kinds[day]!;
  const slot = CALL_SHAPES[kind]!.first + calendar.callTables[kind]!.pick(random);
  return slot * SLOT_SECONDS + random.int(0, SLOT_SECONDS);
}

/** A second of the day at which someone writes (ticket or chat). */
export function writtenSecond(calendar: Calendar, random: Random): number {
  return (WRITTEN_SHAPE.first + calendar.writtenTable.pick(random)) * SLOT_SECONDS + random.int(0, SLOT_SECONDS);
}

/** Volume of a day without a deploy; `index` counts from the calendar's first. */
function usualWeight(day: Day, index: number): number {
  const monthly = isBillingDay(day) ? 1.15 : 1;
  const growth = 1 + (0.1 * index) / DAYS;
  const holiday = holidayOn(day) !== null && weekdayOf(day) !== 0 ? 0.2 : 1;
  return WEEKDAY_WEIGHTS[weekdayOf(day)]! * monthly * growth * holiday;
}

function dayKind(weekday: number, holiday: boolean): DayKind {
  if (weekday === 0 || holiday) return 2;
  return weekday === 6 ? 1 : 0;
}

/** From the 5th to the 10th, when bills are due, everything is busier. */
function isBillingDay(day: Day): boolean {
  const date = Number(day.slice(8));
  return date >= 5 && date <= 10;
}

/** Product deploys fall on Tuesdays to Thursdays, two weeks apart, away from holidays and, if possible, from bills. */
function chooseDeploys(seed: number, days: readonly Day[], kinds: readonly DayKind[]): boolean[] {
  const random = new Random(seed, 'deploys');
  const chosen: number[] = [];
  const span = Math.floor((DAYS - 21) / DEPLOYS);
  for (let index = 0; index < DEPLOYS; index++) {
    const candidates: number[] = [];
    for (let day = 7 + index * span; day < 7 + index * span + 9; day++) {
      const weekday = weekdayOf(days[day]!);
      if (weekday >= 2 && weekday <= 4 && kinds[day] === 0) candidates.push(day);
    }
    const quiet = candidates.filter((day) => !isBillingDay(days[day]!));
    const choice = quiet.length > 0 ? quiet : candidates;
    if (choice.length > 0) chosen.push(choice[random.int(0, choice.length)]!);
  }
  return days.map((_, day) => chosen.includes(day));
}

function stateHolidays(days: readonly Day[], national: readonly string[]): Uint8Array {
  const flags = new Uint8Array(STATES.length * days.length);
  STATES.forEach((uf, state) => {
    days.forEach((day, index) => {
      if (national[index] === '' && holidayOn(day, uf)?.kind === 'public') flags[state * days.length + index] = 1;
    });
  });
  return flags;
}
