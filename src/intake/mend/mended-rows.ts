import { existsSync } from 'node:fs';
import { RamalError } from '../../kernel/errors.ts';
import { type LakeSession, literal, quoted } from '../../storage/lake.ts';
import { type BronzeFile, unreadPath } from '../bronze.ts';
import { type Layout, WHOLE_LINE } from '../layout.ts';
import { linesRelation } from '../rules/lines.ts';
import { splitRecord } from '../sniff.ts';
import { type ChangedColumn, changeSql, parseChange } from './change.ts';
import type { LineChange } from './corrections.ts';

/** A batch's file, with what its reader found. */
export interface MendedFile {
  readonly layout: Layout;
  readonly bronze: BronzeFile;
  readonly delimiter: string | null;
}

/**
 * Applies corrections, in their order, to the lines that they name, into a temporary table; lines that were no records
 * are in it once they are. Resolves to the file with that table, or as it was when nothing is corrected.
 */
export async function mendRows(
  session: LakeSession,
  { layout, bronze, delimiter }: MendedFile,
  corrections: readonly LineChange[],
): Promise<BronzeFile> {
  if (corrections.length === 0) return bronze;
  const table = `mended_${bronze.batch}`;
  const { path } = bronze;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT * FROM read_parquet(${literal(path)})
     WHERE _line IN (${corrections.map(({ lines }) => `SELECT line FROM ${linesRelation(lines)}`).join(' UNION ')})`,
  );
  const whole = corrections.filter(({ column_name }) => column_name === null);
  if (whole.length > 0 && existsSync(unreadPath(path)))
    await mendUnread(session, { layout, bronze, delimiter }, table, whole);
  for (const { lines, column_name, change } of corrections) {
    const column = column_name ?? WHOLE_LINE;
    if (column_name === null && layout.format.kind !== 'fixed') continue;
    await session.run(
      `UPDATE ${table} SET ${assignment(layout, bronze, column, change)} WHERE _line IN (SELECT line FROM ${linesRelation(lines)})`,
    );
  }
  return { ...bronze, mended: table };
}

/** The lines that no reader could split, corrected as whole texts; those with the right number of fields become rows. */
async function mendUnread(
  session: LakeSession,
  { layout, bronze, delimiter }: MendedFile,
  table: string,
  corrections: readonly LineChange[],
): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE mended_unread AS
     SELECT line, replace(record, chr(30), chr(10)) AS record FROM read_parquet(${literal(unreadPath(bronze.path))})
     WHERE line IN (${corrections.map(({ lines }) => `SELECT line FROM ${linesRelation(lines)}`).join(' UNION ')})`,
  );
  const context: ChangedColumn = { formats: [], column: quoted };
  for (const { lines, change } of corrections) {
    const value = changeSql(parseChange(change), 'record', context);
    await session.run(
      `UPDATE mended_unread SET record = ${value} WHERE line IN (SELECT line FROM ${linesRelation(lines)})`,
    );
  }
  const rows = await session.rows<{ line: number; record: string }>('FROM mended_unread ORDER BY line');
  const names = ['_line', ...bronze.columns];
  for (const { line, record } of rows) {
    const fields =
      layout.format.kind === 'fixed' ? [record] : splitRecord(record, delimiter ?? ';', layout.format.quote ?? '"');
    if (fields.length !== bronze.columns.length) continue;
    const values = fields.map((field) => (field === '' ? 'NULL' : literal(field)));
    await session.run(
      `INSERT INTO ${table} (${names.map(quoted).join(', ')}) VALUES (${[line, ...values].join(', ')})`,
    );
  }
  await session.run('DROP TABLE mended_unread');
}

/** `column = value` of the mended rows; a field of a line of fixed width is cut, changed and put back. */
function assignment(layout: Layout, { columns }: BronzeFile, column: string, change: string): string {
  const field = layout.format.kind === 'fixed' ? layout.format.fields?.find(({ name }) => name === column) : undefined;
  const expression = (name: string): string => {
    const place = layout.format.fields?.find((one) => one.name === name);
    if (layout.format.kind === 'fixed' && place)
      return `trim(substring(${WHOLE_LINE}, ${place.from}, ${place.to - place.from + 1}))`;
    if (columns.includes(name)) return quoted(name);
    throw new RamalError('notFound', { what: 'coluna do arquivo', received: name, todo: 'Use o nome do cabeçalho.' });
  };
  const value = changeSql(parseChange(change), expression(column), {
    formats: formatsOf(layout, column),
    column: expression,
  });
  if (!field) return `${quoted(column)} = nullif(${value}, '')`;
  const width = field.to - field.from + 1;
  // What does not fit its places would move all that follows: the line stays as it is.
  return `${WHOLE_LINE} = CASE WHEN length(coalesce(${value}, '')) <= ${width}
    THEN rpad(substring(${WHOLE_LINE}, 1, ${field.from - 1}), ${field.from - 1}, ' ') || rpad(coalesce(${value}, ''), ${width}, ' ') || substring(${WHOLE_LINE}, ${field.to + 1})
    ELSE ${WHOLE_LINE} END`;
}

/** The formats in which the layout reads dates of a source column. */
function formatsOf({ columns, rules = [] }: Layout, column: string): string[] {
  const mapping = Object.values(columns).find(({ from, format }) => from?.includes(column) && format !== undefined);
  const rule = rules.find((one) => (one as { column?: string }).column === column) as { format?: string | string[] };
  const formats = [mapping?.format ?? rule?.format ?? []].flat();
  const from = mapping?.from ?? [];
  // A day and a time in columns of their own: the column's part of the form.
  return formats.map((format) => {
    const parts = format.split(' ');
    return from.length > 1 && parts.length === from.length ? parts[from.indexOf(column)]! : format;
  });
}
