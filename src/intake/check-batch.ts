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

/** Batches of one layout that are checked together: a statement's planning costs as much as a small file's rows. */
export type BatchGroup = readonly [BatchRows, ...BatchRows[]];

/** Rows that are checked in a moment. */
const FEW_ROWS = 100_000;

/** Whether batches of so many rows each are enough for a group. */
export function isFull(rows: readonly number[]): boolean {
  return rows.length >= 32 || takesLong(rows);
}

/** Whether checking batches of so many rows is long work, which heeds a stop. */
export function takesLong(rows: readonly number[]): boolean {
  return rows.reduce((sum, some) => sum + some, 0) >= FEW_ROWS;
}

/**
 * Decides what becomes of each row of batches, in the order of their numbers: quarantined with its reason, held by its
 * natural key, or duplicate. The held ones are what the build brings into silver. Results are in the batches' order.
 */
export async function checkBatches(
  session: LakeSession,
  group: BatchGroup,
  reads: readonly ReadRecords[],
): Promise<BatchResult[]> {
  const typed = await checkRows(session, group);
  const { refused, held } = await session.transaction(async () => ({
    refused: await quarantineRows(session, group),
    held: await holdKeys(session, group),
  }));
  const missing = await countMissing(session, typed);
  return group.map(({ bronze: { batch } }, index) => {
    const { good, bad, encoding, delimiter, ...read } = reads[index]!;
    const counted = Object.entries(missing.get(batch) ?? {});
    const found = (prefix: string) =>
      counted
        .filter(([name, count]) => name.startsWith(prefix) && count > 0)
        .map(([name, count]) => [name.slice(prefix.length), count] as const);
    const quarantined = refused.get(batch) ?? 0;
    const { rows: loaded, first_day, last_day } = held.get(batch) ?? { rows: 0, first_day: null, last_day: null };
    return {
      rows_read: good + bad,
      loaded,
      quarantined,
      duplicate: good + bad - quarantined - loaded,
      encoding,
      delimiter,
      fills: Object.fromEntries(found('fill ')),
      warnings: warningsOf(read, found('empty ')),
      first_day,
      last_day,
    };
  });
}

/** Checks whole batches again: their quarantine, and their keys among those that are held now. */
export async function recheckBatches(session: LakeSession, group: BatchGroup): Promise<void> {
  await checkRows(session, group);
  await session.transaction(async () => {
    await quarantineRows(session, group);
    await holdKeys(session, group);
  });
}

/** Holds the keys of a batch that nobody holds any more: rows that repeated others which are gone. Resolves to how many. */
export async function holdFreedKeys(session: LakeSession, rows: BatchRows): Promise<number> {
  await checkRows(session, [rows]);
  return (await holdKeys(session, [rows])).get(rows.bronze.batch)?.rows ?? 0;
}

/** Takes every row of a batch out of silver, inside the caller's transaction. */
export async function forgetBatch(session: LakeSession, batch: number): Promise<void> {
  for (const table of ['natural_key', 'contact', 'contact_event', 'identity', 'quarantine']) {
    await session.run(`DELETE FROM silver.${table} WHERE batch_id = $batch`, { batch });
  }
}

/** Types every row into the temporary table `checked`. */
async function checkRows(session: LakeSession, group: BatchGroup): Promise<TypedSelect> {
  const typed = typedSelectOf(group);
  if (typed.copies) await session.run(`CREATE OR REPLACE TEMP TABLE copies AS ${typed.copies}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE checked AS ${typed.checked}`);
  return typed;
}

function typedSelectOf(group: BatchGroup): TypedSelect {
  const [{ layout, timeZone }] = group;
  return typedSelect(
    layout,
    group.map(({ bronze }) => bronze),
    timeZone,
  );
}

interface HeldKeys {
  readonly rows: number;
  readonly first_day: string | null;
  readonly last_day: string | null;
}

/** Holds the keys that are not held yet, each by its first row; resolves to what each batch holds of them. */
async function holdKeys(session: LakeSession, [{ suffix }]: BatchGroup): Promise<Map<number, HeldKeys>> {
  const keys = `silver.natural_key${suffix}`;
  await session.run(
    'CREATE OR REPLACE TEMP TABLE firsts AS SELECT key, min(row_id) AS row_id, arg_min(day, row_id) AS day FROM checked WHERE problem IS NULL GROUP BY key',
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE held AS SELECT key FROM ${keys} JOIN firsts USING (key)`);
  await session.run(
    `INSERT INTO ${keys} (row_id, batch_id, key) SELECT row_id, CAST(row_id >> 32 AS INTEGER), key FROM firsts ANTI JOIN held USING (key)`,
  );
  const found = await session.rows<HeldKeys & { batch: number }>(
    `SELECT row_id >> 32 AS batch, count(*) AS rows, CAST(min(day) AS VARCHAR) AS first_day, CAST(max(day) AS VARCHAR) AS last_day
     FROM firsts ANTI JOIN held USING (key) GROUP BY ALL`,
  );
  return new Map(found.map((one) => [one.batch, one]));
}

/**
 * Quarantines the rows that failed a check and the lines that could not be read; few of them are looked up by line.
 * Resolves to how many each batch has.
 */
async function quarantineRows(session: LakeSession, group: BatchGroup): Promise<Map<number, number>> {
  const [{ suffix }] = group;
  const into = `INSERT INTO silver.quarantine${suffix} (batch_id, line, column_name, reason, value, record)`;
  const refused = await session.rows<{ batch: number; line: number }>(
    `SELECT row_id >> 32 AS batch, row_id & 4294967295 AS line FROM checked WHERE problem IS NOT NULL LIMIT ${FEW_LINES + 1}`,
  );
  const few = refused.length <= FEW_LINES ? new Set(refused.map(({ line }) => line)) : null;
  const batches = new Set(refused.map(({ batch }) => batch));
  const [first, ...others] = group.filter(({ bronze: { batch } }) => few === null || batches.has(batch));
  if (first && refused.length > 0) {
    const among = few ? `WHERE _line IN (${[...few].join(', ')})` : '';
    const records = [first, ...others].map(({ bronze: { batch, path, columns } }) => {
      const record = `concat_ws(';', ${columns.map((name) => `coalesce(${quoted(name)}, '')`).join(', ')})`;
      return `SELECT (CAST(${batch} AS BIGINT) << 32) + _line AS row_id, ${record} AS record FROM read_parquet(${literal(path)}) ${among}`;
    });
    await session.run(
      `${into} SELECT CAST(row_id >> 32 AS INTEGER), row_id & 4294967295, column_name, reason, value, record
       FROM (${typedSelectOf([first, ...others]).refused(few && [...few])}) JOIN (${records.join(' UNION ALL ')}) USING (row_id)`,
    );
  }
  for (const { bronze } of group) {
    const unread = unreadPath(bronze.path);
    if (!existsSync(unread)) continue;
    await session.run(
      `${into} SELECT $batch, line, NULL, problem, value, replace(record, chr(30), chr(10)) FROM read_parquet(${literal(unread)})`,
      { batch: bronze.batch },
    );
  }
  const numbers = group.map(({ bronze: { batch } }) => batch).join(', ');
  const counted = await session.rows<{ batch_id: number; rows: number }>(
    `SELECT batch_id, count(*) AS rows FROM silver.quarantine${suffix} WHERE batch_id IN (${numbers}) GROUP BY batch_id`,
  );
  return new Map(counted.map(({ batch_id, rows }) => [batch_id, rows]));
}

/** Of the rows that passed, how many of each batch lack a filled column or had a value emptied. */
async function countMissing(session: LakeSession, typed: TypedSelect): Promise<Map<number, Record<string, number>>> {
  const counters = [
    ...typed.fills.map((name) => `count(*) FILTER (missing_${name}) AS ${quoted(`fill ${name}`)}`),
    ...typed.emptied.map((name) => `count(*) FILTER (emptied_${name}) AS ${quoted(`empty ${name}`)}`),
  ];
  const rows = await session.rows<{ batch: number } & Record<string, number>>(
    `SELECT ${['row_id >> 32 AS batch', ...counters].join(', ')} FROM checked WHERE problem IS NULL GROUP BY ALL`,
  );
  return new Map(rows.map(({ batch, ...counts }) => [batch, counts]));
}

function warningsOf(
  read: Pick<ReadRecords, 'warnings' | 'extra'>,
  emptied: readonly (readonly [string, number])[],
): BatchWarning[] {
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
