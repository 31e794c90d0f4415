import { Readable } from 'node:stream';
import type { ColumnType } from '../contracts/index.ts';
import { FILE_WORDS, type FileLang, MISSING } from './words.ts';

/** `code` is a whole number that names something, `hour` an hour of the day, whole or half. */
export type CellKind =
  | 'text'
  | 'integer'
  | 'code'
  | 'number'
  | 'ratio'
  | 'seconds'
  | 'day'
  | 'hour'
  | 'moment'
  | 'boolean';

/** The kind of a cell that holds values of a contract's column. */
export function cellKind(type: ColumnType, name = ''): CellKind {
  if (type === 'TIMESTAMP') return 'moment';
  if (type === 'DATE') return 'day';
  if (type === 'BOOLEAN') return 'boolean';
  if (name.endsWith('_s')) return 'seconds';
  if (type.startsWith('DECIMAL') || type === 'DOUBLE') return 'number';
  if (!type.endsWith('INT') && type !== 'INTEGER') return 'text';
  return /_(id|no)$/.test(name) ? 'code' : 'integer';
}

/** A table on its way to a sheet: names as shown, kinds that choose the format, rows in blocks. */
export interface TableFile {
  /** File name without extension. */
  readonly name: string;
  readonly lang: FileLang;
  readonly columns: readonly { readonly name: string; readonly kind: CellKind }[];
  readonly rows: AsyncIterable<readonly (readonly unknown[])[]>;
  /** Lines of the first sheet: what the table is of. */
  readonly about: readonly (readonly [string, string])[];
  readonly missingLabel: string;
}

/** A table that a report holds; what its first sheet says is asked for where there is a sheet to hold it. */
export interface ReportTable extends Omit<TableFile, 'lang' | 'missingLabel' | 'about'> {
  readonly title: string;
  readonly about: () => Promise<TableFile['about']> | TableFile['about'];
}

/** A table already in memory, as one block. */
export async function* oneBlock(
  rows: readonly (readonly unknown[])[],
): AsyncGenerator<readonly (readonly unknown[])[]> {
  yield rows;
}

const DAYS: Readonly<Record<FileLang, string>> = { pt: 'dd/mm/yyyy', en: 'yyyy-mm-dd' };
/** Decimals of a rate are of a share of one; those of any other number, of the number itself. */
const DECIMALS = { ratio: 6, number: 4 } as const;

/** The table as CSV that a Brazilian Excel opens right: `;`, decimal comma, UTF-8 with BOM; in English decimal points and ISO days. */
export function csvStream({ columns, rows, lang, missingLabel }: TableFile): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield `\ufeff${columns.map(({ name }) => quote(safeText(name, missingLabel))).join(';')}\r\n`;
    for await (const block of rows) {
      yield block
        .map((row) => {
          const cells = row.map((value, index) => csvCell(value, columns[index]!.kind, lang, missingLabel));
          return `${cells.join(';')}\r\n`;
        })
        .join('');
    }
  }
  return Readable.from(lines());
}

function csvCell(value: unknown, kind: CellKind, lang: FileLang, missingLabel: string): string {
  if (value === null || value === undefined) return '';
  switch (kind) {
    case 'number':
    case 'ratio': {
      const text = decimal(Number(value), kind);
      return lang === 'pt' ? text.replace('.', ',') : text;
    }
    case 'seconds':
      return clock(Math.round(Number(value)));
    case 'hour':
      return clock(Number(value) * 3600)
        .slice(0, -3)
        .padStart(5, '0');
    case 'day':
      return dayCell(String(value), lang);
    case 'moment':
      return `${dayCell(String(value), lang)} ${String(value).slice(11, 19) || '00:00:00'}`;
    case 'integer':
    case 'code':
      return String(value);
    case 'boolean':
      return cellWords(value, lang);
    default:
      return quote(safeText(String(value), missingLabel));
  }
}

/** Yes or no. */
export function cellWords(value: unknown, lang: FileLang): string {
  return value ? FILE_WORDS[lang].yes : FILE_WORDS[lang].no;
}

/** How a sheet writes a day. */
export const dayFormat = (lang: FileLang): string => DAYS[lang];

/** Rounded, without an exponent and without zeros at the end. */
export function decimal(value: number, kind: keyof typeof DECIMALS): string {
  const text = value.toFixed(DECIMALS[kind]);
  return text.replace(/\.?0+$/, '').replace(/^-0$/, '0');
}

/** Seconds as `0:05:48`, `394:12:00`. */
function clock(seconds: number): string {
  const size = Math.abs(seconds);
  const two = (part: number) => String(Math.floor(part) % 60).padStart(2, '0');
  return `${seconds < 0 ? '-' : ''}${Math.floor(size / 3600)}:${two(size / 60)}:${two(size)}`;
}

const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?\d[\d.,]*$/;

/** A text that a spreadsheet would run as a formula is kept a text; a number with its sign is none. */
export function inertText(value: string): string {
  return value.length > 1 && FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
}

function safeText(value: string, missingLabel: string): string {
  return value === MISSING ? missingLabel : inertText(value);
}

function quote(value: string): string {
  return /[;"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function dayCell(iso: string, lang: FileLang): string {
  return lang === 'pt' ? `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}` : iso.slice(0, 10);
}
