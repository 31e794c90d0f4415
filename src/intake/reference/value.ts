import { type Day, parseDay, parseWallTime } from '../../kernel/brazil/dates.ts';
import { DDDS } from '../../kernel/brazil/ddd.ts';
import { parseDecimal } from '../../kernel/brazil/numbers.ts';
import { canonicalPhone } from '../../kernel/brazil/phone.ts';
import type { ReferenceColumn } from './kind.ts';

export type ValueType = 'text' | 'agent' | 'phone' | 'day' | 'time' | 'decimal' | 'weekday' | 'ddd' | 'choice';

/** Text without accents, capitals or repeated spaces: how names are compared. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim().replace(/\s+/g, ' ');
}

/** An agent's code; a sheet that took it for a number writes `2073.0`. */
export function agentCode(text: string): string {
  return text.trim().replace(/^(\d+)\.0+$/, '$1');
}

const WEEKDAY_NAMES = [
  ['seg', 'segunda', 'mon', 'monday'],
  ['ter', 'terca', 'tue', 'tuesday'],
  ['qua', 'quarta', 'wed', 'wednesday'],
  ['qui', 'quinta', 'thu', 'thursday'],
  ['sex', 'sexta', 'fri', 'friday'],
  ['sab', 'sabado', 'sat', 'saturday'],
  ['dom', 'domingo', 'sun', 'sunday'],
];

const MONTH_NAMES = ['jan', 'fev', 'mar', 'abr', 'mai', 'jun', 'jul', 'ago', 'set', 'out', 'nov', 'dez'];

const READERS: Readonly<Record<ValueType, (text: string, column: ReferenceColumn) => string | null>> = {
  text: (text) => text.replace(/\s+/g, ' '),
  agent: agentCode,
  phone: (text) => canonicalPhone(text),
  day: readDay,
  time: readTime,
  decimal: readDecimal,
  weekday: readWeekday,
  ddd: (text) => {
    const code = text.replace(/\.0+$/, '').replace(/^0/, '');
    return DDDS.includes(code) ? code : null;
  },
  choice: (text, { choices = [] }) => {
    const wanted = folded(text);
    const names = ({ value, label, written = [] }: (typeof choices)[number]) => [value, label.pt, label.en, ...written];
    return choices.find((choice) => names(choice).some((name) => folded(name) === wanted))?.value ?? null;
  },
};

/** The canonical text of what a cell says, or null when the column's type does not understand it. */
export function readValue(text: string, column: ReferenceColumn): string | null {
  return READERS[column.type](text.trim(), column);
}

/** The day of a cell that holds a day or a moment, or null. */
export function readDay(text: string): Day | null {
  return parseDay(text) ?? parseWallTime(text)?.slice(0, 10) ?? null;
}

/** The first day of a month written `2026-10`, `10/2026`, `out/26`, `outubro de 2026`, or as one of its days; or null. */
export function readMonth(text: string): Day | null {
  const written = folded(text);
  const day = readDay(written);
  if (day) return `${day.slice(0, 7)}-01`;
  const [, isoYear, isoMonth] = /^(\d{4})[-/](\d{1,2})$/.exec(written) ?? [];
  const [, month, year] = /^(\d{1,2})[-/](\d{4})$/.exec(written) ?? [];
  const [, name, named] = /^([a-z]{3})[a-z]*(?:[-/ ]| de )\s*(\d{4}|\d{2})$/.exec(written) ?? [];
  if (isoYear) return firstOf(Number(isoYear), Number(isoMonth));
  if (year) return firstOf(Number(year), Number(month));
  if (named) return firstOf(Number(named.length === 2 ? `20${named}` : named), MONTH_NAMES.indexOf(name!) + 1);
  return null;
}

/** The first day of the month after that of a day. */
export function nextMonth(day: Day): Day {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return month === 12 ? firstOf(year + 1, 1)! : firstOf(year, month + 1)!;
}

function firstOf(year: number, month: number): Day | null {
  return month >= 1 && month <= 12 ? `${year}-${String(month).padStart(2, '0')}-01` : null;
}

function readTime(text: string): string | null {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[:h](\d{2})?)?(?::\d{2})?$/i.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 24 || Number(minute) > 59) return null;
  if (Number(hour) === 24 && minute !== '00') return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}

/** `80%` is 0.8; `1.234,5` and `1234.5` are the same. */
function readDecimal(text: string): string | null {
  const [, number = '', percent] = /^(.*?)\s*(%?)$/.exec(text) ?? [];
  const value = /^-?\d+\.\d+$/.test(number) ? Number(number) : parseDecimal(number);
  if (value === null) return null;
  return String(percent ? Number((value / 100).toPrecision(12)) : value);
}

/** 1 is Monday, 7 Sunday (ISO 8601). */
export function readWeekday(text: string): string | null {
  const written = folded(text).replace(/[- ]?feira$/, '');
  if (/^[1-7]$/.test(written)) return written;
  const at = WEEKDAY_NAMES.findIndex((names) => names.includes(written));
  return at < 0 ? null : String(at + 1);
}
