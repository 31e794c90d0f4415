import { type Formats, NONE } from '../format/index.ts';
import type { Row, RowColumn } from './shapes.ts';

/** What a reader looks for first, and the only columns that a phone shows without scrolling. */
const FIRST = ['started_at', 'came_back', 'matured', 'repeats', 'first_repeat_days', 'queue', 'agent_name', 'status'];
const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
const HIDDEN = new Set(['row_id', 'identity']);

/** The columns of a table of contacts: when it happened leads, technical keys stay out. */
export function inOrder(columns: RowColumn[]): RowColumn[] {
  const shown = columns.filter((column) => !HIDDEN.has(column.name));
  return shown.toSorted((a, b) => rank(a.name) - rank(b.name));
}

export const isSeconds = (column: RowColumn): boolean => column.name.endsWith('_s');
export const isNumeric = (column: RowColumn): boolean =>
  isSeconds(column) ||
  (/^(DECIMAL|DOUBLE|FLOAT|U?(BIG|SMALL|TINY)?INT)/.test(column.type) && !/(_id|_no)$/.test(column.name));

/** How coded values of some columns are called; `any` is asked for every column. */
export type Names = Record<string, (value: string) => string | undefined>;

/** Whole numbers of people, as a masked one is written; a masked one stays as it came. */
const WRITTEN: Record<string, (value: string) => string | undefined> = {
  phone: (value) => (/^\d{10,11}$/.test(value) ? value.replace(/^(..)(.+)(....)$/, '($1) $2-$3') : undefined),
  cpf: (value) => (/^\d{11}$/.test(value) ? value.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4') : undefined),
  cnpj: (value) => (/^\d{14}$/.test(value) ? value.replace(/^(..)(...)(...)(....)(..)$/, '$1.$2.$3/$4-$5') : undefined),
};

/** The column of a value that only a revealed row holds: a day and an instant show by their shape. */
export function columnOf(name: string, value: unknown): RowColumn {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+)?$/.exec(String(value)) ?? [];
  const type = time ? 'TIMESTAMP' : day ? 'DATE' : typeof value === 'number' ? 'INTEGER' : 'VARCHAR';
  return { name, type, personal: 'none', meaning: name };
}

/** The columns that say who it is, of which no row has anything, left out: not every source gives names or phones. */
export function withoutEmptyPersons<Of extends RowColumn>(columns: readonly Of[], rows: readonly Row[]): Of[] {
  return columns.filter(
    ({ name, personal }) => personal === 'none' || rows.some((row) => (row[name] ?? null) !== null),
  );
}

/** A cell of a contact; a moment of a source that tells days alone has no time. */
export function contactText(
  row: Row,
  column: RowColumn,
  f: Formats,
  names: Names,
  dayless: ReadonlySet<string>,
): string {
  const value = row[column.name];
  const moment = column.type.startsWith('TIMESTAMP') && typeof value === 'string' && value !== '';
  return moment ? momentText(value, row.source, f, dayless) : cellText(value, column, f, names);
}

/** A moment of a contact of a source. */
export function momentText(value: string, source: unknown, f: Formats, dayless: ReadonlySet<string>): string {
  const whole = dayless.has(String(source)) && /T00:00:00/.test(value.replace(' ', 'T'));
  return whole ? f.shortDay(value.slice(0, 10)) : f.instant(value);
}

/** A cell as its type is written: instants, days, durations, numbers; anything else as it came. */
export function cellText(value: unknown, column: RowColumn, f: Formats, names: Names = {}): string {
  if (value === null || value === undefined || value === '') return NONE;
  const text = String(value);
  const written = WRITTEN[column.name]?.(text);
  if (written) return written;
  const name = names[column.name]?.(text) ?? names.any?.(text);
  if (name) return name;
  if (column.type.startsWith('TIMESTAMP')) return f.instant(text);
  if (column.type === 'DATE') return f.day(text.slice(0, 10));
  if (isSeconds(column)) return f.duration(Number(value));
  if (column.type.startsWith('DECIMAL')) return f.decimal(Number(value), Number.isInteger(Number(value)) ? 0 : 2);
  return isNumeric(column) ? f.count(Number(value)) : text;
}
