import { addDays, kindOf, type Period, utc, weekday, weekNumber } from './days.ts';
import type { Lang } from './number.ts';

const WEEKDAYS: Record<Lang, string[]> = {
  pt: ['seg', 'ter', 'qua', 'qui', 'sex', 'sáb', 'dom'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};
const MONTHS: Record<Lang, string[]> = {
  pt: ['jan', 'fev', 'mar', 'abr', 'mai', 'jun', 'jul', 'ago', 'set', 'out', 'nov', 'dez'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

/** Keeps the parts of a date on one line. */
const TIED = '\u00a0';

const two = (value: number) => String(value).padStart(2, '0');

/** 1–7, Monday first. */
export const weekdayName = (number: number, lang: Lang): string => WEEKDAYS[lang][number - 1] ?? '';

/** `19/11`, in another year `19/11/2025`; English `19 Nov`, `19 Nov 2025`. */
export function shortDay(day: string, lang: Lang, thisYear: number): string {
  const date = utc(day);
  const year = date.getUTCFullYear();
  if (lang === 'pt') {
    const text = `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}`;
    return year === thisYear ? text : `${text}/${year}`;
  }
  const text = `${date.getUTCDate()}${TIED}${MONTHS.en[date.getUTCMonth()]}`;
  return year === thisYear ? text : `${text}${TIED}${year}`;
}

/** `qui 19/11`; in another year the weekday gives way to the year. */
export function day(value: string, lang: Lang, thisYear: number): string {
  const text = shortDay(value, lang, thisYear);
  return utc(value).getUTCFullYear() === thisYear ? `${weekdayName(weekday(value), lang)}${TIED}${text}` : text;
}

/** A pattern of days and times as its readers write it: `dd/mm/aaaa hh:mm:ss`, `dd/mm/yyyy hh:mm:ss`. */
export function pattern(given: string, lang: Lang): string {
  const text = given.replaceAll('hh:mi', 'hh:mm');
  return lang === 'pt' ? text.replaceAll('yyyy', 'aaaa').replaceAll('yy', 'aa') : text;
}

/** `nov/2026`, `Nov 2026`. */
export function month(value: string, lang: Lang): string {
  const name = MONTHS[lang][utc(value).getUTCMonth()];
  return `${name}${lang === 'pt' ? '/' : TIED}${value.slice(0, 4)}`;
}

/** `S25`, where weeks have numbers. */
export function weekName(day: string, lang: Lang): string | undefined {
  const number = weekNumber(day);
  return number === undefined ? undefined : `${lang === 'pt' ? 'S' : 'W'}${number}`;
}

/** A half-open period, shown with its last day: `09–15/11`, `26/10–01/11`, `nov/2026`, `S25 (13–19/06)`. */
export function range(period: Period, lang: Lang, thisYear: number): string {
  const name = kindOf(period) === 'week' ? weekName(period.from, lang) : undefined;
  const text = rangeText(period, lang, thisYear);
  return name ? `${name}${TIED}(${text})` : text;
}

function rangeText(period: Period, lang: Lang, thisYear: number): string {
  const { from } = period;
  const last = addDays(period.to, -1);
  if (from >= last) return day(from, lang, thisYear);
  if (kindOf(period) === 'month') return month(from, lang);
  if (from.slice(0, 7) === last.slice(0, 7)) {
    const start = lang === 'pt' ? from.slice(8) : String(Number(from.slice(8)));
    return `${start}–${shortDay(last, lang, thisYear)}`;
  }
  const year = from.slice(0, 4) === last.slice(0, 4) ? Number(from.slice(0, 4)) : thisYear;
  return `${shortDay(from, lang, year)}–${shortDay(last, lang, thisYear)}`;
}

/** A stored instant as `19/11 08:04`, read at its own wall time when it carries no zone. */
export function instant(value: string, lang: Lang, thisYear: number, zone: string): string {
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(value);
  const wall = zoned ? wallTime(new Date(value), zone) : value.replace(' ', 'T');
  return `${shortDay(wall.slice(0, 10), lang, thisYear)}${TIED}${wall.slice(11, 16)}`;
}

/** Now, as `08:04`. */
export const clock = (date: Date, zone: string): string => wallTime(date, zone).slice(11, 16);

/** A half-hour or hour by its start: `10:30`. */
export const halfHour = (hour: number): string => `${two(Math.floor(hour))}:${hour % 1 ? '30' : '00'}`;

function wallTime(date: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(date);
  return parts.replace(' ', 'T');
}
