import { existsSync } from 'node:fs';
import { contact, identity } from '../contracts/index.ts';
import { type LakeSession, literal, quoted } from '../storage/lake.ts';
import type { BatchResult, BatchWarning } from './batches.ts';
import { unreadPath } from './bronze.ts';
import type { Layout } from './layout.ts';
import type { ReadRecords } from './records.ts';
import { identityValue, primaryKinds, type TypedSelect, typedSelect } from './typed-select.ts';

/** Lines typed at a time: bounds memory whatever the file's size. */
const SLICE = 1_000_000;
/** Refused lines that are looked up one by one. */
const FEW_LINES = 2000;

/** Lines `[from, to)`. */
interface Slice {
  readonly from: number;
  readonly to: number;
}

const CONTACT_COLUMNS = Object.keys(contact.columns).map(quoted).join(', ');
const IDENTITY_COLUMNS = Object.keys(identity.columns).map(quoted).join(', ');

/** Where a batch's rows go. */
interface Into {
  readonly session: LakeSession;
  readonly batch: number;
  readonly schema: string;
}

interface Bronze {
  readonly bronze: string;
  readonly timeZone: string;
}

interface Batch {
  readonly layout: Layout;
  readonly read: ReadRecords;
  readonly batch: number;
  /** The Parquet file of its rows as received. */
  readonly bronze: string;
  readonly timeZone: string;
}

/** Types a batch's bronze rows into silver, inside the caller's transaction; each row ends loaded, quarantined or duplicate. */
export async function storeBatch(
  session: LakeSession,
  { layout, read, batch, bronze, timeZone }: Batch,
): Promise<BatchResult> {
  const typed = typedSelect(layout, `read_parquet(${literal(bronze)})`, read.columns, timeZone, read.even);
  const into: Into = { session, batch, schema: 'silver' };
  const counted = new Map<string, number>();
  let refused = 0;
  let inserted = 0;
  await eachSlice(session, typed, async (slice) => {
    inserted += await insertContacts(into, typed);
    await insertIdentities(into, layout);
    refused += await quarantineRefused(into, typed, read.columns, slice);
    for (const [name, rows] of Object.entries(await countMissing(session, typed)))
      counted.set(name, (counted.get(name) ?? 0) + rows);
  });
  const duplicate = await dropDuplicates(into, layout.source);
  await insertEvents(into, layout);
  if (read.bad > 0) await quarantineUnread(into, bronze);
  const days = await session.row<{ first_day: string | null; last_day: string | null }>(
    'SELECT CAST(min(day) AS VARCHAR) AS first_day, CAST(max(day) AS VARCHAR) AS last_day FROM silver.contact WHERE batch_id = $batch',
    { batch },
  );
  const found = (prefix: string) =>
    [...counted]
      .filter(([name, rows]) => name.startsWith(prefix) && rows > 0)
      .map(([name, rows]) => [name.slice(prefix.length), rows] as const);
  return {
    rows_read: read.good + read.bad,
    loaded: inserted - duplicate,
    quarantined: refused + read.bad,
    duplicate,
    encoding: read.encoding,
    delimiter: read.delimiter,
    fills: Object.fromEntries(found('fill ')),
    warnings: warningsOf(read, found('empty ')),
    ...days,
  };
}

/** Takes every row of a batch out of silver, inside the caller's transaction. */
export async function forgetBatch(session: LakeSession, batch: number): Promise<void> {
  for (const table of ['contact', 'contact_event', 'identity', 'quarantine']) {
    await session.run(`DELETE FROM silver.${table} WHERE batch_id = $batch`, { batch });
  }
}

/**
 * Brings into silver the rows of a batch that it does not hold and whose key nobody else holds: duplicates of rows
 * that are gone. Resolves to how many came.
 */
export async function reviveBatch(
  session: LakeSession,
  layout: Layout,
  batch: number,
  { bronze, timeZone }: Bronze,
): Promise<number> {
  const { typed } = await typedBronze(session, layout, bronze, timeZone);
  const into: Into = { session, batch, schema: 'silver' };
  let inserted = 0;
  await eachSlice(session, typed, async () => {
    await session.run(
      'DELETE FROM typed WHERE (CAST($batch AS BIGINT) << 32) + _line IN (SELECT row_id FROM silver.contact WHERE batch_id = $batch)',
      { batch },
    );
    inserted += await insertContacts(into, typed);
    await insertIdentities(into, layout);
  });
  const revived = inserted - (await dropDuplicates(into, layout.source));
  await session.run('DELETE FROM silver.contact_event WHERE batch_id = $batch', { batch });
  await insertEvents(into, layout);
  return revived;
}

/** Types a whole batch anew from bronze, its quarantine too, into tables like silver's in another schema. */
export async function retypeBatch(
  session: LakeSession,
  layout: Layout,
  batch: number,
  { bronze, timeZone }: Bronze,
  schema: string,
): Promise<number> {
  const { typed, columns } = await typedBronze(session, layout, bronze, timeZone);
  const into: Into = { session, batch, schema };
  let inserted = 0;
  await eachSlice(session, typed, async (slice) => {
    await quarantineRefused(into, typed, columns, slice);
    inserted += await insertContacts(into, typed);
    await insertIdentities(into, layout);
  });
  if (existsSync(unreadPath(bronze))) await quarantineUnread(into, bronze);
  const loaded = inserted - (await dropDuplicates(into, layout.source));
  await insertEvents(into, layout);
  return loaded;
}

async function typedBronze(session: LakeSession, layout: Layout, bronze: string, timeZone: string) {
  const rows = `read_parquet(${literal(bronze)})`;
  const described = await session.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${rows}`);
  const columns = described.map((row) => row.column_name).filter((name) => name !== '_line');
  return { typed: typedSelect(layout, rows, columns, timeZone), columns };
}

/** Runs `work` for each slice of the batch's lines, typed into the temporary table `typed`. */
async function eachSlice(
  session: LakeSession,
  typed: TypedSelect,
  work: (slice: Slice) => Promise<void>,
): Promise<void> {
  const { last } = await session.row<{ last: number | null }>(`SELECT max(_line) AS last FROM ${typed.bronze}`);
  if (typed.copies) await session.run(`CREATE OR REPLACE TEMP TABLE copies AS ${typed.copies}`);
  for (let from = 0; from <= (last ?? -1); from += SLICE) {
    const slice = { from, to: from + SLICE };
    await session.run(`CREATE OR REPLACE TEMP TABLE typed AS ${typed.sql}`, { ...slice });
    await work(slice);
  }
  await session.run('DROP TABLE IF EXISTS typed');
  await session.run('DROP TABLE IF EXISTS copies');
}

function insertContacts({ session, batch, schema }: Into, typed: TypedSelect): Promise<number> {
  return session.run(
    `INSERT INTO ${schema}.contact (${CONTACT_COLUMNS}) SELECT ${typed.contactColumns.join(', ')} FROM typed WHERE problem IS NULL`,
    { batch },
  );
}

/** Takes out the batch's rows whose key is held already: by an earlier line of the file, or by another batch. */
async function dropDuplicates({ session, batch, schema }: Into, source: string): Promise<number> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE repeated AS
     WITH own AS (SELECT row_id, contact_id, leg_no FROM ${schema}.contact WHERE batch_id = $batch),
     keys AS (SELECT contact_id, leg_no, min(row_id) AS first_row, count(*) AS times FROM own GROUP BY ALL),
     held AS (
       SELECT DISTINCT other.contact_id, other.leg_no FROM ${schema}.contact AS other JOIN keys USING (contact_id, leg_no)
       WHERE other.source = $source AND other.batch_id <> $batch
     )
     SELECT row_id FROM own JOIN keys USING (contact_id, leg_no) WHERE times > 1 AND row_id > first_row
     UNION
     SELECT row_id FROM own JOIN held USING (contact_id, leg_no)`,
    { batch, source },
  );
  const { rows } = await session.row<{ rows: number }>('SELECT count(*) AS rows FROM repeated');
  if (rows === 0) return 0;
  await session.run(`DELETE FROM ${schema}.identity WHERE batch_id = $batch AND row_id IN (FROM repeated)`, { batch });
  return session.run(`DELETE FROM ${schema}.contact WHERE batch_id = $batch AND row_id IN (FROM repeated)`, { batch });
}

async function insertIdentities({ session, batch, schema }: Into, layout: Layout): Promise<void> {
  for (const { kind, column } of primaryKinds(new Set(Object.keys(layout.columns)))) {
    const value = `CAST(${identityValue(kind, column, layout)} AS VARCHAR)`;
    await session.run(
      `INSERT INTO ${schema}.identity (${IDENTITY_COLUMNS})
       SELECT (CAST($batch AS BIGINT) << 32) + _line, $batch, ${literal(kind)}, ${value}, nullif(original_${kind}, CAST(${column} AS VARCHAR))
       FROM typed WHERE problem IS NULL AND ${column} IS NOT NULL`,
      { batch },
    );
  }
}

/** Events that a contact's own times tell, of sources that follow it over time: the first reply and the closing. */
async function insertEvents({ session, batch, schema }: Into, layout: Layout): Promise<void> {
  if (!layout.columns.opened_at) return;
  await session.run(
    `INSERT INTO ${schema}.contact_event (row_id, batch_id, contact_id, "at", kind, actor, value)
     SELECT row_id, batch_id, contact_id, first_reply_at, 'reply', agent_id, NULL FROM ${schema}.contact
     WHERE batch_id = $batch AND first_reply_at IS NOT NULL
     UNION ALL
     SELECT row_id, batch_id, contact_id, ended_at, 'closing', agent_id, NULL FROM ${schema}.contact
     WHERE batch_id = $batch AND ended_at IS NOT NULL AND status = 'closed'`,
    { batch },
  );
}

/** Quarantines the slice's rows that failed a check; few of them are looked up by line, many typed anew. */
async function quarantineRefused(
  { session, batch, schema }: Into,
  typed: TypedSelect,
  columns: readonly string[],
  slice: Slice,
): Promise<number> {
  const bad = await session.rows<{ line: number }>(
    `SELECT _line AS line FROM typed WHERE problem IS NOT NULL LIMIT ${FEW_LINES + 1}`,
  );
  if (bad.length === 0) return 0;
  const lines = bad.length > FEW_LINES ? null : bad.map(({ line }) => line);
  const record = `concat_ws(';', ${columns.map((name) => `coalesce(${quoted(name)}, '')`).join(', ')})`;
  const among = lines ? `WHERE _line IN (${lines.join(', ')})` : '';
  return session.run(
    `INSERT INTO ${schema}.quarantine (batch_id, line, column_name, reason, value, record)
     SELECT $batch, _line, column_name, reason, value, record
     FROM (${typed.refused(lines)}) JOIN (SELECT _line, ${record} AS record FROM ${typed.bronze} ${among}) USING (_line)`,
    { batch, ...slice },
  );
}

async function quarantineUnread({ session, batch, schema }: Into, bronze: string): Promise<void> {
  await session.run(
    `INSERT INTO ${schema}.quarantine (batch_id, line, column_name, reason, value, record)
     SELECT $batch, line, NULL, problem, value, replace(record, chr(30), chr(10)) FROM read_parquet(${literal(unreadPath(bronze))})`,
    { batch },
  );
}

function countMissing(session: LakeSession, typed: TypedSelect): Promise<Record<string, number>> {
  const counters = [
    'count(*) AS rows',
    ...typed.fills.map((name) => `count(*) FILTER (missing_${name}) AS ${quoted(`fill ${name}`)}`),
    ...typed.emptied.map((name) => `count(*) FILTER (emptied_${name}) AS ${quoted(`empty ${name}`)}`),
  ];
  return session.row<Record<string, number>>(`SELECT ${counters.join(', ')} FROM typed WHERE problem IS NULL`);
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
