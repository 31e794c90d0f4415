import { isCnpj } from '../../kernel/brazil/cnpj.ts';
import { isCpf } from '../../kernel/brazil/cpf.ts';
import { DDD_BY_UF } from '../../kernel/brazil/ddd.ts';
import { canonicalPhone } from '../../kernel/brazil/phone.ts';
import { cellKind, cellsIn, type Values } from './cells.ts';

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
function shareOf(values: Values, test: (cell: string) => boolean, least: number): number {
  const cells = cellsIn(values.values());
  let left = cells - Math.ceil(least * cells - 1e-9);
  let passed = 0;
  for (const [value, count] of values) {
    if (test(value)) passed += count;
    else left -= count;
    if (left < 0) return 0;
  }
  return cells === 0 ? 0 : passed / cells;
}

/** What the cells of a column are. */
export function typeOfColumn(values: Values): TypedColumn {
  const filled = cellsIn(values.values());
  const share = (test: (cell: string) => boolean, least = 0) => shareOf(values, test, least);
  const found = (type: ColumnType, of: number, more: Partial<TypedColumn> = {}): TypedColumn => ({
    type,
    share: of,
    filled,
    formats: [],
    decimal: null,
    ...more,
  });
  if (filled === 0) return found('empty', 0);
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
  const moments = new Map<string, number>();
  for (const [value, count] of values) {
    const day = CLOCK.exec(value)?.[1] ?? '';
    moments.set(day, (moments.get(day) ?? 0) + count);
  }
  const ofMoments = dateFormats(moments);
  if (ofMoments.share >= MOST) return found('moment', ofMoments.share, { formats: ofMoments.formats });
  const ofDates = dateFormats(values);
  if (ofDates.share >= MOST) return found('date', ofDates.share, { formats: ofDates.formats });
  const time = share((cell) => cellKind(cell) === 'time', MOST);
  if (time >= MOST) return found('time', time);
  const state = share((cell) => STATES.has(cell.toUpperCase()), MOST);
  if (state >= MOST) return found('uf', state);
  const integer = share((cell) => /^[+-]?\d+$/.test(cell), 1);
  if (integer === 1) return found('integer', 1);
  const number = share((cell) => cellKind(cell) === 'number', MOST);
  if (number >= MOST) return found('decimal', number, { decimal: decimalForm(values) });
  return found(
    'text',
    share((cell) => ['text', 'unknown'].includes(cellKind(cell))),
  );
}

/** The forms that read as many of the cells as any does, as days of a plausible year, and the share that they read. */
function dateFormats(values: Values): { formats: string[]; share: number } {
  if (shareOf(values, (cell) => DIGITS_AND_SIGNS.test(cell), MOST) === 0) return { formats: [], share: 0 };
  const read = DATES.map(([format, pattern, [year, month, day]]) => {
    const share = shareOf(
      values,
      (cell) => {
        const found = pattern.exec(cell);
        return found !== null && isDay(Number(found[year]), Number(found[month]), Number(found[day]));
      },
      0,
    );
    return { format, share };
  });
  const most = Math.max(...read.map(({ share }) => share));
  if (most === 0) return { formats: [], share: 0 };
  return { formats: read.filter(({ share }) => share === most).map(({ format }) => format), share: most };
}

function isDay(given: number, month: number, day: number): boolean {
  const year = given < 100 ? 2000 + given - (given > 60 ? 100 : 0) : given;
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Which sign parts decimals; where thousands are never parted, the one that is there. */
function decimalForm(values: Values): TypedColumn['decimal'] {
  const numbers = [...values].map(([value, count]) => [value.replace(/[^\d.,]/g, ''), count] as const);
  const written = (form: RegExp) => cellsIn(numbers.filter(([cell]) => form.test(cell)).map(([, count]) => count));
  const brazilian = written(/^(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/);
  const english = written(/^(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+$/);
  if (brazilian === english) return null;
  if (brazilian > english) return '1.234,5';
  return numbers.some(([cell]) => cell.includes(',')) ? '1,234.5' : '1234.5';
}
