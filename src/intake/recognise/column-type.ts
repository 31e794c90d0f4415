import { isCnpj } from '../../kernel/brazil/cnpj.ts';
import { isCpf } from '../../kernel/brazil/cpf.ts';
import { DDD_BY_UF } from '../../kernel/brazil/ddd.ts';
import { canonicalPhone } from '../../kernel/brazil/phone.ts';
import { cellKind } from './cells.ts';

/** What a column holds. */
export type ColumnType =
  | 'cpf'
  | 'cnpj'
  | 'phone'
  | 'email'
  | 'uf'
  | 'date'
  | 'moment'
  | 'time'
  | 'integer'
  | 'decimal'
  | 'text'
  | 'empty';

export interface TypedColumn {
  readonly type: ColumnType;
  /** Share of the filled cells that are of the type. */
  readonly share: number;
  readonly filled: number;
  /** Of dates: every form that reads the most of them, the likeliest first. */
  readonly formats: readonly string[];
  /** Of decimals: how they are written. */
  readonly decimal: '1.234,5' | '1,234.5' | '1234.5' | null;
}

/** Day, month and year forms, those of Brazil first, as layouts write them. */
const DATES: readonly (readonly [format: string, pattern: RegExp, order: readonly [number, number, number]])[] = [
  ['dd/mm/yyyy', /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, [3, 2, 1]],
  ['yyyy-mm-dd', /^(\d{4})-(\d{1,2})-(\d{1,2})$/, [1, 2, 3]],
  ['dd-mm-yyyy', /^(\d{1,2})-(\d{1,2})-(\d{4})$/, [3, 2, 1]],
  ['dd.mm.yyyy', /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, [3, 2, 1]],
  ['yyyy/mm/dd', /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, [1, 2, 3]],
  ['dd/mm/yy', /^(\d{1,2})\/(\d{1,2})\/(\d{2})$/, [3, 2, 1]],
  ['mm/dd/yyyy', /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, [3, 1, 2]],
  ['yyyymmdd', /^(\d{4})(\d{2})(\d{2})$/, [1, 2, 3]],
  ['ddmmyyyy', /^(\d{2})(\d{2})(\d{4})$/, [3, 2, 1]],
  ['yymmdd', /^(\d{2})(\d{2})(\d{2})$/, [1, 2, 3]],
  ['ddmmyy', /^(\d{2})(\d{2})(\d{2})$/, [3, 2, 1]],
];
const CLOCK = /^(.+?)[ T]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(?:Z|[+-]\d{2}:?\d{2})?$/;
const STATES = new Set<string>(Object.keys(DDD_BY_UF));
/** What every day is written with. */
const DIGITS_AND_SIGNS = /^\d[\d/.-]{5,9}$/;
/** Of a column's cells, how many must be of its type. */
const MOST = 0.9;

/** The share of the cells that pass; 0 as soon as it cannot be `least` any more. */
function shareOf(cells: readonly string[], test: (cell: string) => boolean, least: number): number {
  let left = cells.length - Math.ceil(least * cells.length - 1e-9);
  let passed = 0;
  for (const cell of cells) {
    if (test(cell)) passed += 1;
    else if (left-- === 0) return 0;
  }
  return cells.length === 0 ? 0 : passed / cells.length;
}

/** What the cells of a column are, empty ones aside. */
export function typeOfColumn(cells: readonly string[]): TypedColumn {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cellKind(cell) !== 'empty');
  const share = (test: (cell: string) => boolean, least = 0) => shareOf(filled, test, least);
  const found = (type: ColumnType, of: number, more: Partial<TypedColumn> = {}): TypedColumn => ({
    type,
    share: of,
    filled: filled.length,
    formats: [],
    decimal: null,
    ...more,
  });
  if (filled.length === 0) return found('empty', 0);
  const digits = (cell: string) => cell.replaceAll(/\D/g, '');
  const looksLike = (lengths: readonly number[], test: (cell: string) => boolean) => (cell: string) =>
    lengths.includes(digits(cell).length) && test(cell);
  const isPerson = looksLike([11], isCpf);
  const isCompany = looksLike([14], isCnpj);
  const taxpayers = share((cell) => isPerson(cell) || isCompany(cell), 0.8);
  if (taxpayers >= 0.8) {
    const people = share(isPerson);
    return people >= 0.8 ? found('cpf', people) : found('cnpj', taxpayers);
  }
  const email = share((cell) => cellKind(cell) === 'email', MOST);
  if (email >= MOST) return found('email', email);
  const phone = share((cell) => canonicalPhone(cell) !== null, MOST);
  if (phone >= MOST) return found('phone', phone);
  const moments = filled.map((cell) => CLOCK.exec(cell)?.[1] ?? '');
  const ofMoments = dateFormats(moments);
  if (ofMoments.share >= MOST) return found('moment', ofMoments.share, { formats: ofMoments.formats });
  const ofDates = dateFormats(filled);
  if (ofDates.share >= MOST) return found('date', ofDates.share, { formats: ofDates.formats });
  const time = share((cell) => cellKind(cell) === 'time', MOST);
  if (time >= MOST) return found('time', time);
  const state = share((cell) => STATES.has(cell.toUpperCase()), MOST);
  if (state >= MOST) return found('uf', state);
  const integer = share((cell) => /^[+-]?\d+$/.test(cell), 1);
  if (integer === 1) return found('integer', 1);
  const number = share((cell) => cellKind(cell) === 'number', MOST);
  if (number >= MOST) return found('decimal', number, { decimal: decimalForm(filled) });
  return found(
    'text',
    share((cell) => ['text', 'unknown'].includes(cellKind(cell))),
  );
}

/** The forms that read as many of the cells as any does, as days of a plausible year, and the share that they read. */
function dateFormats(cells: readonly string[]): { formats: string[]; share: number } {
  const some = cells.slice(0, 2000);
  if (shareOf(some, (cell) => DIGITS_AND_SIGNS.test(cell), MOST) === 0) return { formats: [], share: 0 };
  const read = DATES.map(([format, pattern, [year, month, day]]) => {
    const right = some.filter((cell) => {
      const found = pattern.exec(cell);
      return found !== null && isDay(Number(found[year]), Number(found[month]), Number(found[day]));
    });
    return { format, rows: right.length };
  });
  const most = Math.max(...read.map(({ rows }) => rows));
  if (most === 0) return { formats: [], share: 0 };
  return { formats: read.filter(({ rows }) => rows === most).map(({ format }) => format), share: most / some.length };
}

function isDay(given: number, month: number, day: number): boolean {
  const year = given < 100 ? 2000 + given - (given > 60 ? 100 : 0) : given;
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Which sign parts decimals; where thousands are never parted, the one that is there. */
function decimalForm(cells: readonly string[]): TypedColumn['decimal'] {
  const numbers = cells.map((cell) => cell.replace(/[^\d.,]/g, ''));
  const brazilian = numbers.filter((cell) => /^(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/.test(cell)).length;
  const english = numbers.filter((cell) => /^(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+$/.test(cell)).length;
  if (brazilian === english) return null;
  if (brazilian > english) return '1.234,5';
  return numbers.some((cell) => cell.includes(',')) ? '1,234.5' : '1234.5';
}
