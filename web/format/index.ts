import type { Unit } from '../../src/api/schema.ts';
import * as date from './date.ts';
import type { Period } from './days.ts';
import { approximate, clockTick, duration, durationChange, hours } from './duration.ts';
import { compact, decimal, interval, type Lang, money, NONE, percent, points, signed } from './number.ts';

export type { Lang } from './number.ts';
export { NONE } from './number.ts';

/** The business time zone; wall times from the API are already in it. */
const ZONE = 'America/Sao_Paulo';

/** Keeps a range of dates or values on one line wherever a sentence wraps. */
export const unbroken = (text: string): string => text.replaceAll('–', '\u2060–\u2060');

/** A name in quotes, once. */
export const quoted = (name: string): string => (name.startsWith('“') ? name : `“${name}”`);

/** As a title or a line of its own begins: `Ter 10/11`. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export type Formats = ReturnType<typeof formats>;

/** Every way a value is written in one language; `thisYear` decides when a day shows its year. */
export function formats(lang: Lang, thisYear: number) {
  const value = (given: number | null | undefined, unit: Unit): string => {
    if (given === null || given === undefined) return NONE;
    if (unit === 'count') return decimal(given, lang);
    if (unit === 's') return duration(given, lang);
    if (unit === 'ratio') return percent(given, lang);
    return decimal(given, lang, unit === 'score' ? 2 : 1);
  };
  const share = (given: number) => percent(given, lang, Number.isInteger(Math.round(given * 1000) / 10) ? 0 : 1);
  /** Days on an axis: the year only where they do not share one. */
  const axisDay = (days: string[]) => {
    const shared = new Set(days.map((each) => each.slice(0, 4))).size < 2;
    return (given: string) => date.shortDay(given, lang, shared ? Number(given.slice(0, 4)) : thisYear);
  };
  return {
    lang,
    value,
    count: (given: number | null | undefined) => value(given, 'count'),
    percent: (given: number | null | undefined) => value(given, 'ratio'),
    /** A share that somebody set: `80%`, `82,5%`. */
    share,
    /** What somebody aims at: `80%`, `0:20`. */
    target: (given: number, unit: Unit) => (unit === 'ratio' ? share(given) : value(given, unit)),
    decimal: (given: number, digits: number) => decimal(given, lang, digits),
    interval: (ratio: number, low: number, high: number) => interval(ratio, low, high, lang),
    /** A change from one figure to another, in the unit's own way: `+9,2%`, `+0:21`, `+2,4 p.p.`. */
    change: (now: number, before: number, unit: Unit): string => {
      if (unit === 'count') return before === 0 ? signed(now, lang) : `${signed((now / before - 1) * 100, lang, 1)}%`;
      // Of the figures as they are written: who subtracts them finds the same.
      const written = 10 ** { s: 0, ratio: 3, score: 2, d: 1, points: 1 }[unit];
      const difference = (Math.round(now * written) - Math.round(before * written)) / written;
      if (unit === 's') return durationChange(difference, lang);
      if (unit === 'ratio') return points(difference, lang);
      return signed(difference, lang, unit === 'score' ? 2 : 1);
    },
    signed: (given: number) => signed(given, lang),
    money: (given: number) => money(given, lang),
    hours: (given: number) => hours(given, lang),
    /** People's hours, under ten with one decimal: `4,5 h`, kept on one line. */
    agentHours: (given: number) =>
      hours(given, lang, given < 9.95 && !Number.isInteger(Math.round(given * 10) / 10) ? 1 : 0).replace(' ', '\u00a0'),
    /** A mean of whole things: `3`, `3,2`. */
    mean: (given: number) => decimal(given, lang, Number.isInteger(Math.round(given * 10) / 10) ? 0 : 1),
    /** Axis ticks: short and without trailing zeros. */
    tick: (given: number, unit: Unit): string => {
      if (unit === 'ratio') return percent(given, lang, Number.isInteger(Math.round(given * 1e6) / 1e4) ? 0 : 1);
      if (unit === 's') return clockTick(given, lang);
      if (unit === 'score' || unit === 'd') return decimal(given, lang, 1);
      return compact(given, lang);
    },
    day: (given: string) => date.day(given, lang, thisYear),
    shortDay: (given: string) => date.shortDay(given, lang, thisYear),
    axisDay,
    /** Weeks on an axis: by number where they have one, else by their first day. */
    axisWeek: (days: string[]) => {
      const day = axisDay(days);
      return (given: string) => date.weekName(given, lang) ?? day(given);
    },
    pattern: (given: string) => date.pattern(given, lang),
    month: (given: string) => date.month(given, lang),
    range: (given: Period) => date.range(given, lang, thisYear),
    /** The period an answer is about; nothing when it has none. */
    span: ({ from, to }: { from: string | null; to: string | null }) =>
      from && to ? date.range({ from, to }, lang, thisYear) : '',
    instant: (given: string) => date.instant(given, lang, thisYear, ZONE),
    clock: (given: Date) => date.clock(given, ZONE),
    weekday: (given: number) => date.weekdayName(given, lang),
    hour: date.halfHour,
    duration: (given: number) => duration(given, lang),
    approximate,
    bytes: (given: number) =>
      given < 1e6 ? `${decimal(Math.max(1, given / 1e3), lang)} kB` : `${decimal(given / 1e6, lang, 1)} MB`,
  };
}
