import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { maskRow } from '../access/masking.ts';
import { type Column, UNKNOWN } from '../contracts/index.ts';
import { type Lake, literal, type Parameters } from '../storage/lake.ts';
import type { DataRows, DataTable } from './data-tables.ts';
import { type CellKind, cellKind, csvStream, inertText } from './table-file.ts';

type Columns = Readonly<Record<string, Column>>;

/** How the CSV of a data address is written: for programs, or for a Brazilian Excel that opens the file itself. */
export type Dialect = 'plain' | 'pt';

/** The rows as CSV, personal values masked: RFC 4180 with decimal points and ISO days, or the house's with `;` and commas. */
export function dataCsv(lake: Lake, table: Pick<DataTable, 'columns'>, rows: DataRows, dialect: Dialect): Readable {
  const { columns } = table;
  const blocks = 'blocks' in rows ? rows.blocks : maskedBlocks(lake, columns, rows);
  if (dialect === 'plain') return plainCsv(Object.keys(columns), blocks);
  const shown = Object.entries(columns).map(([name, { type }]) => ({ name, kind: kindOf(type) }));
  return csvStream({ name: '', lang: 'pt', columns: shown, rows: blocks, about: [], missingLabel: UNKNOWN });
}

/** The rows as Parquet without the personal columns, through a file at `path` that goes when the stream does. */
export async function dataParquet(
  lake: Lake,
  table: Pick<DataTable, 'columns'>,
  rows: DataRows,
  path: string,
): Promise<Readable> {
  const typed = (names: Columns) =>
    Object.entries(names).map(([name, { type }]) => `CAST("${name}" AS ${parquetType(type)}) AS "${name}"`);
  const impersonal = Object.fromEntries(
    Object.entries(table.columns).filter(([, { personal }]) => personal === 'none'),
  ) as Columns;
  const select = typed(impersonal).join(', ');
  if ('sql' in rows) return parquetStream(lake, `SELECT ${select} FROM (${rows.sql})`, rows.parameters, path);
  const csv = `${path}.csv`;
  try {
    await pipeline(
      plainCsv(Object.keys(table.columns), rows.blocks, (text) => text),
      createWriteStream(csv),
    );
    const texts = Object.keys(table.columns).map((name) => `'${name}': 'VARCHAR'`);
    const read = `read_csv(${literal(csv)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {${texts.join(', ')}})`;
    return await parquetStream(lake, `SELECT ${select} FROM ${read}`, {}, path);
  } finally {
    rmSync(csv, { force: true });
  }
}

/** What a statement selects, as Parquet, through a file at `path` that goes when the stream does. */
export async function parquetStream(
  lake: Lake,
  select: string,
  parameters: Parameters,
  path: string,
): Promise<Readable> {
  const forget = () => rmSync(path, { force: true });
  try {
    await lake.use((session) => session.run(`COPY (${select}) TO ${literal(path)} (FORMAT parquet)`, parameters));
  } catch (error) {
    forget();
    throw error;
  }
  return createReadStream(path).on('close', forget);
}

async function* maskedBlocks(lake: Lake, columns: Columns, { sql, parameters }: Extract<DataRows, { sql: string }>) {
  const names = Object.keys(columns);
  for await (const block of lake.stream(sql, parameters))
    yield block.map((row) => {
      const masked: Record<string, unknown> = maskRow(row, columns);
      return names.map((name) => masked[name]);
    });
}

function plainCsv(
  names: readonly string[],
  blocks: AsyncIterable<readonly (readonly unknown[])[]>,
  safe: (text: string) => string = inertText,
): Readable {
  const cell = (value: unknown): string => {
    if (value === null || value === undefined) return '';
    const written = typeof value === 'string' ? safe(value) : String(value);
    return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
  };
  async function* lines(): AsyncGenerator<string> {
    yield `${names.join(',')}\r\n`;
    for await (const block of blocks) yield block.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
  }
  return Readable.from(lines());
}

/** Durations stay seconds, and what is not whole keeps six decimals. */
function kindOf(type: Column['type']): CellKind {
  const kind = cellKind(type);
  return kind === 'number' ? 'ratio' : kind;
}

const parquetType = (type: Column['type']): string =>
  type.startsWith('ENUM') ? 'VARCHAR' : type.startsWith('DECIMAL') ? 'DOUBLE' : type;
