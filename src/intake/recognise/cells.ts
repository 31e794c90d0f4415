/** What a single cell looks like, whatever its column is called. */
export type CellKind =
  | 'empty'
  | 'number'
  | 'date'
  | 'time'
  | 'moment'
  | 'phone'
  | 'taxpayer'
  | 'email'
  | 'text'
  | 'unknown';

const NUMBER =
  /^[+-]?(?:R\$ ?)?(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)(?: ?%|[+-])?$/;
const DATE = /^(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})$/;
const TIME = /^-?\d{1,3}:\d{2}(?::\d{2}(?:[.,]\d+)?)?$/;
const MOMENT =
  /^(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})[ T]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const TAXPAYER = /^(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2})$/;
const PHONE = /^\+?(?:\d{1,3} ?)?\(?\d{2}\)? ?\d{4,5}[- ]?\d{4}$/;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}$/i;
const NOTHING = /^(?:|-|n\/?a|null|nulo|#n\/?d)$/i;
/** Words as people write them: a comma, a colon or a semicolon only with a space after it. */
const TEXT = /^(?:[\p{L}\p{N}\p{M} .'’"“”/&()ºª°_+*!?@%=$<>[\]-]|[,:;] |[,:;]$)+$/u;

export function cellKind(cell: string): CellKind {
  const text = cell.trim();
  if (NOTHING.test(text)) return 'empty';
  if (NUMBER.test(text)) return 'number';
  if (DATE.test(text)) return 'date';
  if (MOMENT.test(text)) return 'moment';
  if (TIME.test(text)) return 'time';
  if (TAXPAYER.test(text)) return 'taxpayer';
  if (PHONE.test(text)) return 'phone';
  if (EMAIL.test(text)) return 'email';
  return text.length <= 400 && !/^["']/.test(text) && TEXT.test(text) ? 'text' : 'unknown';
}

/** A column's cells that hold something: each value, trimmed, and how many cells have it. */
export type Values = ReadonlyMap<string, number>;

/** @param counts how many cells each stands for; one each where not told. */
export function valuesOf(cells: readonly (string | null)[], counts?: readonly number[]): Values {
  const values = new Map<string, number>();
  for (const [index, cell] of cells.entries()) {
    const value = cell?.trim() ?? '';
    if (value !== '') values.set(value, (values.get(value) ?? 0) + (counts?.[index] ?? 1));
  }
  for (const value of values.keys()) if (cellKind(value) === 'empty') values.delete(value);
  return values;
}

export function cellsIn(values: Iterable<number>): number {
  let cells = 0;
  for (const count of values) cells += count;
  return cells;
}
