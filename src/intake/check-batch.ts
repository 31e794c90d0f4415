import { existsSync } from 'node:fs';
import { type LakeSession, literal, quoted } from '../storage/lake.ts';
import type { BatchResult, BatchWarning } from './batches.ts';
import { type BronzeFile, unreadPath } from './bronze.ts';
import type { Layout } from './layout.ts';
import type { ReadRecords } from './records.ts';
import { type TypedSelect, typedSelect } from './typed-select.ts';

/** Refused lines that are looked up one by one. */
const FEW_LINES = 2000;

/** A batch's rows as received, and how they are read. */
export interface BatchRows {
  readonly layout: Layout;
  readonly bronze: BronzeFile;
  readonly timeZone: string;
  /** Ends the names of the silver tables: empty, or those that silver is made anew in. */
  readonly suffix: string;
}

/**
 * Decides what becomes of each row of a batch: quarantined with its reason, held by its natural key, or duplicate. The
 * held ones are what the build brings into silver.
 */
export async function checkBatch(session: LakeSession, rows: BatchRows, read: ReadRecords): Promise<BatchResult> {
  const typed = await checkRows(session, rows);
  const { refused, held } = await session.transaction(async () => ({
    refused: await quarantineRows(session, rows, typed),
    held: await holdKeys(session, rows),
  }));
  const counted = Object.entries(await countMissing(session, typed));
  const found = (prefix: string) =>
    counted
      .filter(([name, count]) => name.startsWith(prefix) && count > 0)
      .map(([name, count]) => [name.slice(prefix.length), count] as const);
  return {
    rows_read: read.good + read.bad,
    loaded: held.rows,
    quarantined: refused,
    duplicate: read.good + read.bad - refused - held.rows,
    encoding: read.encoding,
    delimiter: read.delimiter,
    fills: Object.fromEntries(found('fill ')),
    warnings: warningsOf(read, found('empty ')),
    first_day: held.first_day,
    last_day: held.last_day,
  };
}

/** Checks a whole batch again: its quarantine, and its keys among those that are held now. */
export async function recheckBatch(session: LakeSession, rows: BatchRows): Promise<void> {
  const typed = await checkRows(session, rows);
  await session.transaction(async () => {
    await quarantineRows(session, rows, typed);
    await holdKeys(session, rows);
  });
}

/** Holds the keys of a batch that nobody holds any more: rows that repeated others which are gone. Resolves to how many. */
export async function holdFreedKeys(session: LakeSession, rows: BatchRows): Promise<number> {
  await checkRows(session, rows);
  return (await holdKeys(session, rows)).rows;
}

/** Takes every row of a batch out of silver, inside the caller's transaction. */
export async function forgetBatch(session: LakeSession, batch: number): Promise<void> {
  for (const table of ['natural_key', 'contact', 'contact_event', 'identity', 'quarantine']) {
    await session.run(`DELETE FROM silver.${table} WHERE batch_id = $batch`, { batch });
  }
}

/** Types every row into the temporary table `checked`. */
async function checkRows(session: LakeSession, { layout, bronze, timeZone }: BatchRows): Promise<TypedSelect> {
  const typed = typedSelect(layout, [bronze], timeZone);
  if (typed.copies) await session.run(`CREATE OR REPLACE TEMP TABLE copies AS ${typed.copies}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE checked AS ${typed.checked}`);
  return typed;
}

/** Holds the keys that are not held yet, each by its first row. */
async function holdKeys(
  session: LakeSession,
  { bronze: { batch }, suffix }: BatchRows,
): Promise<{ rows: number; first_day: string | null; last_day: string | null }> {
  const keys = `silver.natural_key${suffix}`;
  await session.run(
    'CREATE OR REPLACE TEMP TABLE firsts AS SELECT key, min(row_id) AS row_id, arg_min(day, row_id) AS day FROM checked WHERE problem IS NULL GROUP BY key',
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE held AS SELECT key FROM ${keys} JOIN firsts USING (key)`);
  await session.run(
    `INSERT INTO ${keys} (row_id, batch_id, key) SELECT row_id, $batch, key FROM firsts ANTI JOIN held USING (key)`,
    { batch },
  );
  return session.row(
    'SELECT count(*) AS rows, CAST(min(day) AS VARCHAR) AS first_day, CAST(max(day) AS VARCHAR) AS last_day FROM firsts ANTI JOIN held USING (key)',
  );
}

/** Quarantines the rows that failed a check and the lines that could not be read; few of them are looked up by line. */
async function quarantineRows(
  session: LakeSession,
  { bronze: { batch, path, columns }, suffix }: BatchRows,
  typed: TypedSelect,
): Promise<number> {
  const into = `INSERT INTO silver.quarantine${suffix} (batch_id, line, column_name, reason, value, record)`;
  let quarantined = 0;
  const bad = await session.rows<{ line: number }>(
    `SELECT row_id & 4294967295 AS line FROM checked WHERE problem IS NOT NULL LIMIT ${FEW_LINES + 1}`,
  );
  if (bad.length > 0) {
    const lines = bad.length > FEW_LINES ? null : bad.map(({ line }) => line);
    const record = `concat_ws(';', ${columns.map((name) => `coalesce(${quoted(name)}, '')`).join(', ')})`;
    const among = lines ? `WHERE _line IN (${lines.join(', ')})` : '';
    quarantined += await session.run(
      `${into} SELECT $batch, _line, column_name, reason, value, record
       FROM (SELECT *, row_id & 4294967295 AS _line FROM (${typed.refused(lines)}))
       JOIN (SELECT _line, ${record} AS record FROM read_parquet(${literal(path)}) ${among}) USING (_line)`,
      { batch },
    );
  }
  if (existsSync(unreadPath(path))) {
    quarantined += await session.run(
      `${into} SELECT $batch, line, NULL, problem, value, replace(record, chr(30), chr(10)) FROM read_parquet(${literal(unreadPath(path))})`,
      { batch },
    );
  }
  return quarantined;
}

function countMissing(session: LakeSession, typed: TypedSelect): Promise<Record<string, number>> {
  const counters = [
    'count(*) AS rows',
    ...typed.fills.map((name) => `count(*) FILTER (missing_${name}) AS ${quoted(`fill ${name}`)}`),
    ...typed.emptied.map((name) => `count(*) FILTER (emptied_${name}) AS ${quoted(`empty ${name}`)}`),
  ];
  return session.row<Record<string, number>>(`SELECT ${counters.join(', ')} FROM checked WHERE problem IS NULL`);
}

function warningsOf(read: ReadRecords, emptied: readonly (readonly [string, number])[]): BatchWarning[] {
  const { brokenCharacters, mixedEncoding, controlCharacters } = read.warnings;
  const warnings: BatchWarning[] = [
    { kind: 'broken-characters', rows: brokenCharacters, detail: '' },
    { kind: 'mixed-encoding', rows: mixedEncoding, detail: '' },
    { kind: 'control-characters', rows: controlCharacters, detail: '' },
    { kind: 'extra-columns', rows: read.extra.length, detail: read.extra.join(', ').slice(0, 400) },
    ...emptied.map(([detail, rows]) => ({ kind: 'not-understood' as const, rows, detail })),
  ];
  return warnings.filter(({ rows }) => rows > 0);
}
