import { Readable } from 'node:stream';
import { type CellValue, writeXlsx } from 'hucre/xlsx';
import type { ColumnType } from '../contracts/index.ts';
import { RamalError } from '../kernel/errors.ts';

export type CellKind = 'text' | 'integer' | 'number' | 'ratio' | 'seconds' | 'day' | 'moment' | 'boolean';

/** The kind of a cell that holds values of a contract's type. */
export function cellKind(type: ColumnType): CellKind {
  if (type === 'TIMESTAMP') return 'moment';
  if (type === 'DATE') return 'day';
  if (type === 'BOOLEAN') return 'boolean';
  if (type.startsWith('DECIMAL') || type === 'DOUBLE') return 'number';
  return type.endsWith('INT') || type === 'INTEGER' ? 'integer' : 'text';
}

/** A table on its way to a sheet: names as shown, kinds that choose the format, rows in blocks. */
export interface TableFile {
  /** File name without extension. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly kind: CellKind }[];
  readonly rows: AsyncIterable<readonly (readonly unknown[])[]>;
  /** Lines of the first sheet: what the table is of. */
  readonly about: readonly (readonly [string, string])[];
  readonly missingLabel: string;
}

const MOST_SHEET_ROWS = 200_000;
const FORMATS: Partial<Record<CellKind, string>> = {
  integer: '#,##0',
  number: '#,##0.00',
  ratio: '0.0%',
  seconds: '[h]:mm:ss',
  day: 'dd/mm/yyyy',
  moment: 'dd/mm/yyyy hh:mm:ss',
};

/** The table as CSV that a Brazilian Excel opens right: `;`, decimal comma, UTF-8 with BOM. */
export function csvStream({ columns, rows, missingLabel }: TableFile): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield `\ufeff${columns.map(({ name }) => quote(name)).join(';')}\r\n`;
    for await (const block of rows) {
      yield block
        .map((row) => `${row.map((value, index) => csvCell(value, columns[index]!.kind, missingLabel)).join(';')}\r\n`)
        .join('');
    }
  }
  return Readable.from(lines());
}

/**
 * The table as XLSX: a sheet about it, then its rows with native numbers and dates, header frozen, filter on.
 * @throws RamalError `usage` above 200,000 rows.
 */
export async function xlsxFile(table: TableFile): Promise<Buffer> {
  const rows: CellValue[][] = [table.columns.map(({ name }) => name)];
  for await (const block of table.rows) {
    for (const row of block)
      rows.push(row.map((value, index) => sheetCell(value, table.columns[index]!.kind, table.missingLabel)));
    if (rows.length > MOST_SHEET_ROWS + 1) {
      throw new RamalError('usage', {
        what: `Mais de ${MOST_SHEET_ROWS} linhas não cabem bem em uma planilha`,
        todo: 'Filtre, ou baixe em CSV',
      });
    }
  }
  const longest = (index: number) => Math.max(...rows.slice(1, 50).map((row) => String(row[index] ?? '').length + 2));
  const columns = table.columns.map(({ name, kind }, index) => ({
    width: Math.min(40, Math.max(kind === 'moment' ? 21 : 12, name.length + 2, kind === 'text' ? longest(index) : 0)),
    ...(FORMATS[kind] ? { numFmt: FORMATS[kind] } : {}),
  }));
  const last = column(table.columns.length - 1);
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'Sobre',
        columns: [{ width: 24 }, { width: 90 }],
        rows: table.about.map(([label, value]) => [label, value]),
      },
      {
        name: 'Dados',
        columns,
        rows,
        freezePane: { rows: 1 },
        autoFilter: { range: `A1:${last}${rows.length}` },
      },
    ],
    activeSheet: 1,
  });
  return Buffer.from(bytes);
}

function csvCell(value: unknown, kind: CellKind, missingLabel: string): string {
  if (value === null || value === undefined) return '';
  switch (kind) {
    case 'number':
    case 'ratio':
      return String(value).replace('.', ',');
    case 'day':
      return brazilianDay(String(value));
    case 'moment':
      return `${brazilianDay(String(value))} ${String(value).slice(11, 19) || '00:00:00'}`;
    case 'integer':
    case 'seconds':
      return String(value);
    default:
      return quote(safeText(String(value), missingLabel));
  }
}

function sheetCell(value: unknown, kind: CellKind, missingLabel: string): CellValue {
  if (value === null || value === undefined) return null;
  if (kind === 'day' || kind === 'moment')
    return new Date(`${String(value).slice(0, 10)}T${String(value).slice(11, 19) || '00:00:00'}Z`);
  if (kind === 'seconds') return Number(value) / 86_400;
  if (kind === 'integer' || kind === 'number' || kind === 'ratio') return Number(value);
  if (kind === 'boolean') return Boolean(value);
  return value === 'desconhecido' ? missingLabel : String(value);
}

/** A text that a spreadsheet would run as a formula is kept a text. */
function safeText(value: string, missingLabel: string): string {
  if (value === 'desconhecido') return missingLabel;
  return /^[=+\-@\t\r]./s.test(value) ? `'${value}` : value;
}

function quote(value: string): string {
  return /[;"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function brazilianDay(iso: string): string {
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
}

function column(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : column(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26));
}
