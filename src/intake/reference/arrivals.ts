import { addDays, type Day, weekdayOf } from '../../kernel/brazil/dates.ts';

/** A moment of business wall time, `2026-10-01T06:58:00`. */
export type Moment = string;

/** When a source's file is expected on a weekday (1 Monday – 7 Sunday), `[opens, closes]`, and what waits for it. */
export interface ExpectedArrival {
  readonly source: string;
  readonly weekday: number;
  readonly opens: string;
  readonly closes: string;
  /** By what time of day, `09:30`, it must be there; empty where nobody said. */
  readonly dueAt: string;
  readonly deadline: string;
}

/** A file that came. */
export interface Arrival {
  readonly source: string;
  readonly at: Moment;
}

/** `late`: its time is over; `due`: it has begun; `expected`: it comes later today. */
export interface Missing extends ExpectedArrival {
  readonly state: 'late' | 'due' | 'expected';
}

/** 1 is Monday, 7 Sunday. */
export function isoWeekday(day: Day | Moment): number {
  return weekdayOf(day) || 7;
}

/**
 * What is expected on the day of a moment and has not come by then, the most pressing first. A file that came before
 * its time came: whoever sends early is not missing.
 */
export function missingAt(expected: readonly ExpectedArrival[], arrived: readonly Arrival[], at: Moment): Missing[] {
  const [day, time] = [at.slice(0, 10), at.slice(11, 16)];
  const came = new Set(
    arrived.filter((one) => one.at.slice(0, 10) === day && one.at <= at).map(({ source }) => source),
  );
  const state = ({ opens, closes }: ExpectedArrival): Missing['state'] => {
    if (time > closes) return 'late';
    return time >= opens ? 'due' : 'expected';
  };
  return expected
    .filter((one) => one.weekday === isoWeekday(day) && !came.has(one.source))
    .map((one) => ({ ...one, state: state(one) }))
    .sort((a, b) => pressing(a).localeCompare(pressing(b)) || a.source.localeCompare(b.source));
}

/** By when a file is missed: its deadline, or the end of its usual time, whichever is first. */
const pressing = ({ closes, dueAt }: ExpectedArrival): string => (dueAt !== '' && dueAt < closes ? dueAt : closes);

/** Weeks that a habit is learned from, and the fewest of them in which it must show. */
const WEEKS = 8;
const FEWEST = 3;
/** Shares of the arrivals that may come before the time learned opens, or after it closes. */
const EDGE = 0.1;
const STEP_MINUTES = 10;

/** A proposal for the table of expected arrivals, and in how many weeks it showed. */
export interface LearnedArrival extends ExpectedArrival {
  readonly weeks: number;
}

/**
 * The times at which sources have sent their files in the eight weeks before a day, by weekday: of each day's first
 * file the middle eight tenths, out to whole ten minutes. A weekday on which a source sent in fewer than half of the
 * weeks since it began, or in fewer than three, is no habit. For a person to approve.
 */
export function learnArrivals(arrived: readonly Arrival[], today: Day): LearnedArrival[] {
  const from = addDays(today, -7 * WEEKS);
  const seen = arrived.filter(({ at }) => at.slice(0, 10) >= from && at.slice(0, 10) < today);
  const learned: LearnedArrival[] = [];
  for (const [source, ofSource] of Map.groupBy(seen, (one) => one.source)) {
    const firsts = [...Map.groupBy(ofSource, ({ at }) => at.slice(0, 10)).values()].map(
      (ofDay) => ofDay.map(({ at }) => at).sort()[0]!,
    );
    const begun = firsts.toSorted()[0]!.slice(0, 10);
    for (const [weekday, days] of Map.groupBy(firsts, isoWeekday)) {
      const weeks = weekdaysBetween(begun, today, weekday);
      if (days.length < FEWEST || days.length < weeks / 2) continue;
      const minutes = days.map(minuteOf).sort((a, b) => a - b);
      const cut = Math.floor(minutes.length * EDGE);
      const opens = Math.floor(minutes[cut]! / STEP_MINUTES) * STEP_MINUTES;
      const closes = Math.ceil((minutes.at(-1 - cut)! + 1) / STEP_MINUTES) * STEP_MINUTES;
      learned.push({
        source,
        weekday,
        opens: clock(opens),
        closes: clock(closes),
        dueAt: '',
        deadline: '',
        weeks: days.length,
      });
    }
  }
  return learned.sort((a, b) => a.source.localeCompare(b.source) || a.weekday - b.weekday);
}

/** How many days of a weekday lie in `[from, to)`. */
function weekdaysBetween(from: Day, to: Day, weekday: number): number {
  let count = 0;
  for (let day = from; day < to; day = addDays(day, 1)) if (isoWeekday(day) === weekday) count++;
  return count;
}

function minuteOf(at: Moment): number {
  return Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16));
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
