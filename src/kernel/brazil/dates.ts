/** A calendar day, `yyyy-mm-dd`. */
export type Day = string;
/** Business wall time without a zone, `yyyy-mm-dd hh:mm:ss`. */
export type WallTime = string;

/** Local times `[start, end)` that the clocks jumped over. */
export interface ClockChange {
  start: WallTime;
  end: WallTime;
}

export const BUSINESS_TIME_ZONE = 'America/Sao_Paulo';
export const WEEKDAYS = ['dom', 'seg', 'ter', 'qua', 'qui', 'sex', 'sáb'] as const;

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const WRITTEN =
  /^(?:(\d{2})\/(\d{2})\/(\d{4})|(\d{4})-(\d{2})-(\d{2}))(?:[T ]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The day of `dd/mm/yyyy` or `yyyy-mm-dd`, or null when it is written otherwise or never existed. */
export function parseDay(text: string): Day | null {
  const trimmed = text.trim();
  return trimmed.length === 10 ? (parseWallTime(trimmed)?.slice(0, 10) ?? null) : null;
}

/** A day that a period may be asked of, from 1900 on and before 2200, or null: no data is beyond. */
export function parseAskedDay(text: string): Day | null {
  const day = parseDay(text);
  return day !== null && day >= '1900-01-01' && day < '2200-01-01' ? day : null;
}

/**
 * The wall time of `dd/mm/yyyy[ hh:mm[:ss]]` or ISO 8601, to the second, or null when it is written otherwise or never
 * existed (31/02, 24:00). A time with an offset is turned into the wall time of `timeZone`; one without is taken as is.
 */
export function parseWallTime(text: string, timeZone = BUSINESS_TIME_ZONE): WallTime | null {
  const match = WRITTEN.exec(text.trim());
  if (!match) return null;
  const year = Number(match[3] ?? match[4]);
  const month = Number(match[2] ?? match[5]);
  const day = Number(match[1] ?? match[6]);
  const hour = Number(match[7] ?? 0);
  const minute = Number(match[8] ?? 0);
  const second = Number(match[9] ?? 0);
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59 || year < 1) return null;
  const utc = utcMs(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
  const offset = match[10];
  if (offset === undefined) return wallTimeOfUtcMs(utc);
  const shift = offsetMinutes(offset);
  return shift === null ? null : wallTimeAt(utc - shift * 60_000, timeZone);
}

/** The wall time of an instant (milliseconds since 1970 UTC) in a time zone, to the second. */
export function wallTimeAt(instantMs: number, timeZone = BUSINESS_TIME_ZONE): WallTime {
  return wallTimeOfUtcMs(instantMs + zoneOffsetMs(instantMs, timeZone));
}

/** `qui 19/11` from a day or wall time. */
export function formatDay(day: Day | WallTime): string {
  return `${WEEKDAYS[weekdayOf(day)]} ${day.slice(8, 10)}/${day.slice(5, 7)}`;
}

/** 0 (Sunday) to 6 (Saturday). */
export function weekdayOf(day: Day | WallTime): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7;
}

/** Days since 1970-01-01 of a day or wall time. */
export function dayNumber(day: Day | WallTime): number {
  return utcMs(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))) / DAY_MS;
}

/** The day that many days after 1970-01-01. */
export function dayOfNumber(days: number): Day {
  return wallTimeOfUtcMs(days * DAY_MS).slice(0, 10);
}

/** The day `days` later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumber(day) + days);
}

/** Calendar days from one day or wall time to another. */
export function daysBetween(from: Day | WallTime, to: Day | WallTime): number {
  return dayNumber(to) - dayNumber(from);
}

/** Local times that never existed in a time zone because clocks went forward, from `fromYear` through `toYear`. */
export function clockChanges(timeZone: string, fromYear: number, toYear: number): ClockChange[] {
  const gaps: ClockChange[] = [];
  const end = utcMs(toYear + 1, 1, 1) + DAY_MS;
  for (let at = utcMs(fromYear, 1, 1) - DAY_MS; at < end; at += DAY_MS) {
    const before = zoneOffsetMs(at, timeZone);
    const after = zoneOffsetMs(at + DAY_MS, timeZone);
    if (after <= before) continue;
    const change = changeInstant(at, at + DAY_MS, before, timeZone);
    const start = wallTimeOfUtcMs(change + before);
    const year = Number(start.slice(0, 4));
    if (year >= fromYear && year <= toYear) gaps.push({ start, end: wallTimeOfUtcMs(change + after) });
  }
  return gaps;
}

function changeInstant(from: number, to: number, before: number, timeZone: string): number {
  let low = from;
  let high = to;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (computeOffsetMs(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Offsets are kept per quarter of an hour: every clock change since 1970 fell on one. */
const offsets = new Map<string, Map<number, number>>();
const formats = new Map<string, Intl.DateTimeFormat>();

function zoneOffsetMs(instantMs: number, timeZone: string): number {
  let known = offsets.get(timeZone);
  if (!known) {
    known = new Map();
    offsets.set(timeZone, known);
  }
  const quarter = Math.floor(instantMs / QUARTER_MS);
  let offset = known.get(quarter);
  if (offset === undefined) {
    if (known.size > 50_000) known.clear();
    offset = computeOffsetMs(quarter * QUARTER_MS, timeZone);
    known.set(quarter, offset);
  }
  return offset;
}

function computeOffsetMs(instantMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instantMs)) part[type] = Number(value);
  const wall =
    utcMs(part.year!, part.month!, part.day!) + ((part.hour! * 60 + part.minute!) * 60 + part.second!) * 1000;
  return wall - Math.floor(instantMs / 1000) * 1000;
}

function offsetMinutes(offset: string): number | null {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 14 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function utcMs(year: number, month: number, day: number): number {
  return year < 100 ? new Date(0).setUTCFullYear(year, month - 1, day) : Date.UTC(year, month - 1, day);
}

function wallTimeOfUtcMs(utc: number): WallTime {
  return new Date(utc).toISOString().slice(0, 19).replace('T', ' ');
}
