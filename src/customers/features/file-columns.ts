import { type Lake, type LakeSession, quoted } from '../../storage/lake.ts';
import { withFileRows } from './file-rows.ts';
import type { ReceivedColumn } from './treatment.ts';

export interface FileColumns {
  readonly rows: number;
  readonly columns: readonly ReceivedColumn[];
  /** Of each row, what names it: the value of the column asked for, or its line in the file. */
  readonly ids: readonly string[];
  readonly warnings: readonly string[];
}

/** A column is of numbers when so many of its values are. */
const MOST_NUMBERS = 0.99;

/**
 * Columns of a file of any form that the intake recognises, numbers where nearly all of a column's values are, written
 * as `1234.5` or `1.234,5`.
 * @param folder to work in.
 * @throws RamalError `usage` for a column that the file has not; as the intake for a file that cannot be read.
 */
export async function readColumns(
  lake: Lake,
  path: string,
  asked: { readonly names: readonly string[]; readonly id?: string | undefined },
  folder: string,
): Promise<FileColumns> {
  const wanted = asked.id === undefined ? asked.names : [...asked.names, asked.id];
  return withFileRows(lake, path, wanted, folder, async (session, { sql: rows, unread }) => {
    const warnings = unread > 0 ? [`${unread} linhas não puderam ser lidas e ficaram de fora`] : [];
    const columns: ReceivedColumn[] = [];
    for (const name of asked.names) columns.push(await readColumn(session, rows, name, warnings));
    const ids = await texts(session, rows, asked.id === undefined ? 'CAST(_id AS VARCHAR)' : quoted(asked.id));
    return { rows: ids.length, columns, ids: ids.map((id, row) => id ?? `linha ${row + 1}`), warnings };
  });
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
): Promise<{ readonly kind: 'number' | 'text'; readonly sql: string; readonly unread: number }> {
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
  warnings: string[],
): Promise<ReceivedColumn> {
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
