import { type Day, daysBetween, weekdayOf } from '../../kernel/brazil/dates.ts';

/** Half-hours of a day; a day's counts have one number for each, from 00:00 on. */
export const HALF_HOURS = 48;

export interface DayCounts {
  readonly day: Day;
  /** Calls offered in each half-hour. */
  readonly counts: readonly number[];
}

/** What is known of days, past and coming, before their calls. */
export interface DayFacts {
  readonly isHoliday: (day: Day) => boolean;
  /** Days out of the ordinary, such as deploys: nothing is learnt from them. */
  readonly events: ReadonlySet<Day>;
  /** Days of the month on which bills are due or calls are more for a like reason. */
  readonly dueDays: ReadonlySet<number>;
}

/** What a day usually brings: calls expected in each half-hour. */
export type Usual = (day: Day) => number[];

/** Sunday to Saturday, and holidays that are no Sunday. */
const HOLIDAY = 7;
/** Days after which what was seen weighs half as much, for what weekdays are like and for how much there is now. */
const SHAPE_DAYS = 56;
const LEVEL_DAYS = 10;
const ROUNDS = 8;
/** A day this many robust deviations from what was expected is left out, where it is also off by a fifth. */
const OUTLIER = 3.5;
const OFF = Math.log(1.2);

interface Ordinary {
  readonly day: Day;
  readonly counts: readonly number[];
  readonly total: number;
  readonly type: number;
  readonly due: boolean;
}

/**
 * Learns what days bring: a day's total is the level of its time × its weekday (or holiday) × due days, by Poisson
 * likelihood with the recent weighing more (the marginal totals of Bailey, 1963), fitted again without outliers; the
 * course within the day is that of its kind (Monday to Friday, Saturday, Sunday, holiday). The level at a day is what
 * the days around it say, before it alone where it is to come. Holidays never seen are as Sundays.
 */
export function usualOf(history: readonly DayCounts[], facts: DayFacts): Usual {
  const days = history.filter(({ day }) => !facts.events.has(day)).map((one) => ordinary(one, facts));
  const latest = days.at(-1)?.day;
  const ages = days.map(({ day }) => Math.abs(daysBetween(day, latest!)));
  const weights = ages.map((age) => 2 ** (-age / SHAPE_DAYS));
  const first = fitTotals(days, weights);
  const kept = withoutOutliers(days, first);
  const totals = fitTotals(
    days,
    weights.map((weight, index) => (kept[index] ? weight : 0)),
  );
  const shapes = shapesOf(days.map((day, index) => ({ ...day, weight: kept[index] ? weights[index]! : 0 })));
  return (day) => {
    const one = ordinary({ day, counts: [] }, facts);
    const plain = totals(one);
    let [seen, expected] = [0, 0];
    for (const [index, known] of days.entries()) {
      if (!kept[index]) continue;
      const near = 2 ** (-Math.abs(daysBetween(known.day, day)) / LEVEL_DAYS);
      seen += near * known.total;
      expected += near * totals(known);
    }
    const total = expected > 0 ? (plain * seen) / expected : 0;
    return shapes(one.type).map((share) => share * total);
  };
}

function ordinary({ day, counts }: DayCounts, { isHoliday, dueDays }: DayFacts): Ordinary {
  const weekday = weekdayOf(day);
  return {
    day,
    counts,
    total: counts.reduce((sum, count) => sum + count, 0),
    type: weekday !== 0 && isHoliday(day) ? HOLIDAY : weekday,
    due: dueDays.has(Number(day.slice(8))),
  };
}

type Totals = (day: Pick<Ordinary, 'type' | 'due'>) => number;

/** Each effect in turn is what makes the sums of its days right, given the other. */
function fitTotals(days: readonly Ordinary[], weights: readonly number[]): Totals {
  const base = new Float64Array(HOLIDAY + 1);
  let dueFactor = 1;
  const factor = ({ due, type }: Pick<Ordinary, 'type' | 'due'>) => (due && type !== HOLIDAY ? dueFactor : 1);
  for (let round = 0; round < ROUNDS; round++) {
    const seen = new Float64Array(HOLIDAY + 1);
    const exposed = new Float64Array(HOLIDAY + 1);
    for (const [index, day] of days.entries()) {
      seen[day.type]! += weights[index]! * day.total;
      exposed[day.type]! += weights[index]! * factor(day);
    }
    for (const [type] of base.entries()) base[type] = exposed[type]! > 0 ? seen[type]! / exposed[type]! : 0;
    if (exposed[HOLIDAY] === 0) base[HOLIDAY] = base[0]!;
    let [seenDue, plainDue] = [0, 0];
    for (const [index, day] of days.entries()) {
      if (!day.due || day.type === HOLIDAY) continue;
      seenDue += weights[index]! * day.total;
      plainDue += weights[index]! * base[day.type]!;
    }
    if (plainDue > 0) dueFactor = seenDue / plainDue;
  }
  return (day) => base[day.type]! * factor(day);
}

/** Which days are near enough what their kind usually brings. */
function withoutOutliers(days: readonly Ordinary[], totals: Totals): boolean[] {
  const off = days.map((day) => {
    const expected = totals(day);
    if (expected === 0) return 0;
    return Math.log(Math.max(day.total, 0.5) / expected);
  });
  const middle = median(off);
  const deviation = 1.4826 * median(off.map((value) => Math.abs(value - middle)));
  return off.map((value) => Math.abs(value - middle) <= Math.max(OFF, OUTLIER * deviation));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

const KINDS = [[1, 2, 3, 4, 5], [6], [0], [HOLIDAY]] as const;

/** The share of a day's calls in each half-hour, by type of day; holidays without calls of their own are as Sundays. */
function shapesOf(days: readonly (Ordinary & { readonly weight: number })[]): (type: number) => readonly number[] {
  const sums = KINDS.map((types) => {
    const sum = new Array<number>(HALF_HOURS).fill(0);
    for (const { counts, weight, type } of days)
      if ((types as readonly number[]).includes(type))
        for (const [half, count] of counts.entries()) sum[half]! += weight * count;
    return sum;
  });
  const shares = sums.map((sum) => {
    const total = sum.reduce((all, count) => all + count, 0);
    return total > 0 ? sum.map((count) => count / total) : null;
  });
  const none = new Array<number>(HALF_HOURS).fill(0);
  return (type) => {
    const own = shares[KINDS.findIndex((types) => (types as readonly number[]).includes(type))];
    return own ?? (type === HOLIDAY ? shares[2] : null) ?? none;
  };
}
