import { type Formats, NONE } from '../format/index.ts';
import type { RowColumn } from './shapes.ts';

const FIRST = 'started_at';
const HIDDEN = new Set(['row_id', 'identity']);

/** The columns of a table of contacts: when it happened leads, technical keys stay out. */
export function inOrder(columns: RowColumn[]): RowColumn[] {
  const shown = columns.filter((column) => !HIDDEN.has(column.name));
  return shown.toSorted((a, b) => Number(b.name === FIRST) - Number(a.name === FIRST));
}

export const isSeconds = (column: RowColumn): boolean => column.name.endsWith('_s');
export const isNumeric = (column: RowColumn): boolean =>
  isSeconds(column) ||
  (/^(DECIMAL|DOUBLE|FLOAT|U?(BIG|SMALL|TINY)?INT)/.test(column.type) && !/(_id|_no)$/.test(column.name));

/** How coded values of some columns are called; `any` is asked for every column. */
export type Names = Record<string, (value: string) => string | undefined>;

/** A cell as its type is written: instants, days, durations, numbers; anything else as it came. */
export function cellText(value: unknown, column: RowColumn, f: Formats, names: Names = {}): string {
  if (value === null || value === undefined || value === '') return NONE;
  const text = String(value);
  const name = names[column.name]?.(text) ?? names.any?.(text);
  if (name) return name;
  if (column.type.startsWith('TIMESTAMP')) return f.instant(text);
  if (column.type === 'DATE') return f.day(text.slice(0, 10));
  if (isSeconds(column)) return f.duration(Number(value));
  if (column.type.startsWith('DECIMAL')) return f.decimal(Number(value), Number.isInteger(Number(value)) ? 0 : 2);
  return isNumeric(column) ? f.count(Number(value)) : text;
}
