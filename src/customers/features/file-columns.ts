import { type Lake, type LakeSession, literal, quoted } from '../../storage/lake.ts';
import { fileRows } from './file-rows.ts';
import type { ColumnNature, ReceivedColumn } from './treatment.ts';

/** Columns of rows, read one at a time: memory holds those that are kept. */
export interface FileColumns {
  /** Of each row, what names it: the value of the column asked for, or its line in the file. */
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** Grows while columns are read. */
  readonly warnings: readonly string[];
  read(name: string): Promise<ReceivedColumn>;
}

export interface ColumnsQuestion {
  readonly path: string;
  /** Columns to read; without it, all but what names the rows. */
  readonly names?: readonly string[] | undefined;
  readonly id?: string | undefined;
  /** What the columns of a kept base are, which is then read as it is; other files are looked at. */
  readonly natures?: ReadonlyMap<string, ColumnNature> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A column is of numbers when so many of its values are. */
const MOST_NUMBERS = 0.99;

/**
 * Works over the columns of a file of any form that the intake recognises, numbers where nearly all of a column's values
 * are, written as `1234.5` or `1.234,5`.
 * @param folder to work in.
 * @throws RamalError `usage` for a column that the file has not; as the intake for a file that cannot be read.
 */
export async function withColumns<T>(
  lake: Lake,
  { path, names, id, natures, signal }: ColumnsQuestion,
  folder: string,
  work: (columns: FileColumns) => Promise<T>,
): Promise<T> {
  const over = async (session: LakeSession, rows: string, known: readonly string[], unread: number): Promise<T> => {
    const warnings = unread > 0 ? [`${unread} linhas não puderam ser lidas e ficaram de fora`] : [];
    const ids = await texts(
      session,
      rows,
      id === undefined ? 'CAST(_id AS VARCHAR)' : `CAST(${quoted(id)} AS VARCHAR)`,
    );
    return work({
      ...{ ids: ids.map((one, row) => one ?? `linha ${row + 1}`), names: known, warnings },
      read: (name) => readColumn(session, rows, name, { warnings, nature: natures?.get(name) }),
    });
  };
  if (natures) {
    const rows = `(SELECT *, file_row_number AS _id FROM read_parquet(${literal(path)}, file_row_number = true))`;
    return lake.use((session) => over(session, rows, names ?? [...natures.keys()], 0), signal);
  }
  const wanted = names && (id === undefined ? names : [...names, id]);
  const file = await fileRows(lake, path, wanted ?? 'all', folder);
  const known = [...file.columns.keys()].filter((name) => name !== id);
  return lake.use((session) => over(session, file.sql, names ?? known, file.unread), signal);
}

/** A number written `1234.5`, of a text (SQL); null otherwise. */
export const PLAIN = (name: string) =>
  `CASE WHEN isfinite(try_cast(${name} AS DOUBLE)) THEN try_cast(${name} AS DOUBLE) END`;
/** Likewise written `1.234,5`. */
export const BRAZILIAN = (name: string) => `try_cast(brazilian_number(${name}) AS DOUBLE)`;

/** Whether a column is of numbers, with its value (SQL), and how many of its known values are not. */
export async function kindOf(
  session: LakeSession,
  rows: string,
  column: string,
): Promise<{ readonly kind: ColumnNature; readonly sql: string; readonly unread: number }> {
  const name = quoted(column);
  const counted = await session.row<{ all: number; plain: number; brazilian: number }>(
    `SELECT count(${name}) AS "all", count(${PLAIN(name)}) AS plain, count(${BRAZILIAN(name)}) AS brazilian FROM ${rows}`,
  );
  const most = Math.max(counted.plain, counted.brazilian);
  if (most < MOST_NUMBERS * counted.all) return { kind: 'text', sql: name, unread: 0 };
  const sql = counted.plain === most ? PLAIN(name) : BRAZILIAN(name);
  return { kind: 'number', sql, unread: counted.all - most };
}

async function readColumn(
  session: LakeSession,
  rows: string,
  name: string,
  { warnings, nature }: { readonly warnings: string[]; readonly nature?: ColumnNature | undefined },
): Promise<ReceivedColumn> {
  if (nature === 'number') return { name, numbers: await numbers(session, rows, `CAST(${quoted(name)} AS DOUBLE)`) };
  if (nature === 'text') return { name, texts: await texts(session, rows, `CAST(${quoted(name)} AS VARCHAR)`) };
  const { kind, sql, unread } = await kindOf(session, rows, name);
  if (kind === 'text') return { name, texts: await texts(session, rows, sql) };
  if (unread > 0) warnings.push(`${unread} valores de ${name} não são números e contam como faltantes`);
  return { name, numbers: await numbers(session, rows, sql) };
}

async function texts(session: LakeSession, rows: string, value: string): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for await (const chunk of session.chunks(`SELECT ${value} FROM ${rows} ORDER BY _id`))
    for (const text of chunk.getColumnValues(0)) found.push(text as string | null);
  return found;
}

async function numbers(session: LakeSession, rows: string, value: string): Promise<Float64Array> {
  const found: number[] = [];
  for await (const chunk of session.chunks(`SELECT ${value} FROM ${rows} ORDER BY _id`))
    for (const number of chunk.getColumnValues(0)) found.push(number === null ? Number.NaN : (number as number));
  return Float64Array.from(found);
}
