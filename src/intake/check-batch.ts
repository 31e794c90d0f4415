import { existsSync } from 'node:fs';
import type { RamalError } from '../kernel/errors.ts';
import { type LakeSession, literal, quoted } from '../storage/lake.ts';
import { ANEW } from '../storage/lake-schema.ts';
import type { BatchGroup } from './batch-rows.ts';
import type { BatchResult, BatchWarning } from './batches.ts';
import { rowsOf, unreadPath } from './bronze.ts';
import { refuseRows } from './drift/refused.ts';
import type { ReadRecords } from './records.ts';
import { judgeRows, keepValues, type RuleResult, tallyRules } from './rules/judge.ts';
import { refusalOf } from './rules/refusal.ts';
import { judgeTrailers, unreadTrailer } from './rules/trailers.ts';
import { freezeSteps } from './steps/frozen.ts';
import { type TypedSelect, typedSelect } from './typed-select.ts';

/** Refused lines that are looked up one by one. */
const FEW_LINES = 2000;

/** What reading a file told. */
export type ReadCounts = Pick<ReadRecords, 'good' | 'bad' | 'delimiter' | 'extra' | 'warnings'> & {
  readonly encoding: string | null;
  readonly trailers?: readonly string[];
};
/** What was found of a batch, and why it is refused when a rule that stops does not hold. */
export interface CheckedBatch {
  readonly result: BatchResult;
  readonly refusal: RamalError | null;
}

/**
 * Decides what becomes of each row of batches, in the order of their numbers: quarantined with its reason, held by its
 * natural key, or duplicate. The held ones are what the build brings into silver. Results are in the batches' order.
 */
export async function checkBatches(
  session: LakeSession,
  group: BatchGroup,
  files: readonly { readonly name: string; readonly read: ReadCounts }[],
): Promise<CheckedBatch[]> {
  const { typed, verdicts } = await checkRows(session, group);
  const judged = await judgeFiles(session, group, typed, files);
  const kept = group.filter((_, index) => judged[index]?.refusal === null);
  const [first, ...others] = kept;
  const { refused, held } = await session.transaction(async () => ({
    refused: first ? await quarantineRows(session, [first, ...others]) : new Map<number, number>(),
    held: first ? await holdKeys(session, [first, ...others], typed) : new Map<number, HeldKeys>(),
  }));
  const missing = await countMissing(session, typed);
  return group.map(({ bronze: { batch } }, index) => {
    const { good, bad, encoding, delimiter, ...read } = files[index]!.read;
    const { rules, trailers, refusal } = judged[index]!;
    const rows = good + bad - trailers;
    const counted = Object.entries(missing.get(batch) ?? {});
    const found = (prefix: string) =>
      counted
        .filter(([name, count]) => name.startsWith(prefix) && count > 0)
        .map(([name, count]) => [name.slice(prefix.length), count] as const);
    const quarantined = refused.get(batch) ?? 0;
    const { rows: loaded, first_day, last_day } = held.get(batch) ?? { rows: 0, first_day: null, last_day: null };
    const result = {
      rows_read: rows,
      loaded,
      quarantined,
      duplicate: refusal ? 0 : rows - quarantined - loaded,
      encoding,
      delimiter,
      fills: Object.fromEntries(found('fill ')),
      warnings: warningsOf(read, found('empty ')),
      first_day,
      last_day,
      rules,
      verdict: verdicts.get(batch) ?? {},
    };
    return { result, refusal };
  });
}

interface JudgedFile {
  readonly rules: RuleResult[];
  readonly trailers: number;
  readonly refusal: RamalError | null;
}

/** What the layout's rules say of each file; the rows of those that are refused are no longer looked at. */
async function judgeFiles(
  session: LakeSession,
  group: BatchGroup,
  typed: TypedSelect,
  files: readonly { readonly name: string; readonly read: ReadCounts }[],
): Promise<JudgedFile[]> {
  const tallies = await tallyRules(session, group, typed);
  const judged: JudgedFile[] = [];
  for (const [index, { layout, bronze }] of group.entries()) {
    const { name, read } = files[index]!;
    const { results, trailers } = await judgeTrailers(session, layout, bronze, read);
    const rules = [...tallies.get(bronze.batch)!, ...results];
    const refusal = refusalOf(name, layout, rules);
    if (refusal) await session.run(`DELETE FROM checked WHERE row_id >> 32 = ${bronze.batch}`);
    judged.push({ rules, trailers, refusal });
  }
  return judged;
}

/** Checks whole batches again: their quarantine, and their keys among those that are held now. */
export async function recheckBatches(session: LakeSession, group: BatchGroup): Promise<void> {
  const { typed } = await checkRows(session, group, { anew: false });
  await session.transaction(async () => {
    await quarantineRows(session, group);
    await holdKeys(session, group, typed);
    const [{ suffix }] = group;
    for (const { bronze, revision = 0 } of group)
      if (revision > 0) await session.run(`INSERT INTO silver.mended${suffix} VALUES (${bronze.batch}, ${revision})`);
  });
}

/**
 * Types every row, or those that a condition on `_line` names, into the temporary table `checked`; `anew`: the layout's
 * steps have not yet been kept for good.
 */
export async function checkRows(
  session: LakeSession,
  group: BatchGroup,
  { anew = true, where = '' }: { anew?: boolean; where?: string } = {},
) {
  const typed = typedSelectOf(group);
  for (const { layout, bronze } of group) await freezeSteps(session, layout, bronze, { anew });
  if (typed.copies) await session.run(`CREATE OR REPLACE TEMP TABLE copies AS ${typed.copies}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE checked AS ${typed.checked(where)}`);
  const verdicts = await judgeRows(session, group, typed);
  return { typed, verdicts: await refuseRows(session, group, typed, verdicts) };
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

export const KEYED = 'row_id, batch_id, key, rank, content';

/** Gives each key to the version of its row that counts; resolves to what each batch of the group holds. */
async function holdKeys(
  session: LakeSession,
  group: BatchGroup,
  { rules: { rules } }: TypedSelect,
): Promise<Map<number, HeldKeys>> {
  const [{ suffix }] = group;
  await keepValues(session, group, rules);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE firsts AS
     SELECT key, count(*) AS rows, min(row_id) AS row_id, arg_min(rank, row_id) AS rank, arg_min(content, row_id) AS content
     FROM checked WHERE problem IS NULL GROUP BY key`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE contested AS SELECT key FROM firsts WHERE rows > 1
     UNION SELECT key FROM silver.natural_key${suffix} SEMI JOIN firsts USING (key)`,
  );
  await session.run(
    `INSERT INTO silver.natural_key${suffix} (${KEYED}) SELECT row_id, CAST(row_id >> 32 AS INTEGER), key, rank, content
     FROM firsts ANTI JOIN contested USING (key)`,
  );
  await session.run(
    `INSERT INTO silver.other_version${suffix} (${KEYED}) SELECT row_id, CAST(row_id >> 32 AS INTEGER), key, rank, content
     FROM checked SEMI JOIN contested USING (key) WHERE problem IS NULL`,
  );
  await settleKeys(session, suffix);
  const numbers = group.map(({ bronze: { batch } }) => batch).join(', ');
  const found = await session.rows<HeldKeys & { batch: number }>(
    `SELECT row_id >> 32 AS batch, count(*) AS rows, CAST(min(day) AS VARCHAR) AS first_day, CAST(max(day) AS VARCHAR) AS last_day
     FROM checked SEMI JOIN (SELECT row_id FROM silver.natural_key${suffix} WHERE batch_id IN (${numbers})) USING (row_id) GROUP BY ALL`,
  );
  return new Map(found.map((one) => [one.batch, one]));
}

/**
 * Decides the keys of temporary table `contested` anew, so that the order of arrival changes nothing: the version
 * written last counts, of two of one moment the later line; of rows of the same content the first is the one that
 * holds. Rows that lost their key go to `silver.outdated`; those that gained one are in temporary table `gained`.
 */
export async function settleKeys(session: LakeSession, suffix: string): Promise<void> {
  const [held, other] = [`silver.natural_key${suffix}`, `silver.other_version${suffix}`];
  await session.run(
    `CREATE OR REPLACE TEMP TABLE candidates AS
     SELECT *, true AS held FROM ${held} SEMI JOIN contested USING (key)
     UNION ALL SELECT *, false FROM ${other} SEMI JOIN contested USING (key)`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE winners AS SELECT key, min(row_id) AS row_id FROM candidates
     JOIN (SELECT key, arg_max(content, (rank, row_id & 4294967295, content)) AS content FROM candidates GROUP BY key)
     USING (key, content) GROUP BY key`,
  );
  await session.run(
    'CREATE OR REPLACE TEMP TABLE gained AS SELECT candidates.* EXCLUDE (held) FROM candidates SEMI JOIN winners USING (row_id) WHERE NOT held',
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE lost AS SELECT candidates.* EXCLUDE (held) FROM candidates ANTI JOIN winners USING (row_id) WHERE held`,
  );
  if ((await session.row<{ rows: number }>('SELECT count(*) AS rows FROM gained')).rows === 0) return;
  await session.run(`DELETE FROM ${held} WHERE row_id IN (SELECT row_id FROM lost)`);
  await session.run(`DELETE FROM ${other} WHERE row_id IN (SELECT row_id FROM gained)`);
  await session.run(`INSERT INTO ${held} (${KEYED}) SELECT ${KEYED} FROM gained`);
  await session.run(`INSERT INTO ${other} (${KEYED}) SELECT ${KEYED} FROM lost`);
  // What is being made anew has typed no row yet.
  if (suffix !== '') return;
  // What silver has typed as it is comes back by itself; of a batch in gold the rest is to be typed.
  await session.run(
    `INSERT INTO silver.renewed SELECT row_id FROM gained WHERE batch_id IN (FROM gold.built)
     AND row_id NOT IN (FROM silver.outdated) AND row_id NOT IN (FROM silver.renewed)`,
  );
  await session.run(
    'DELETE FROM silver.outdated WHERE row_id IN (SELECT row_id FROM gained) AND row_id NOT IN (FROM silver.renewed)',
  );
  await session.run('INSERT INTO silver.outdated SELECT row_id FROM lost WHERE row_id NOT IN (FROM silver.outdated)');
}

/**
 * Gives the keys of batches to the versions that others brought: those rows are then in temporary table `gained`. The
 * typed rows of the batches stay until {@link removeRows}.
 */
export async function releaseKeys(session: LakeSession, batches: readonly number[]): Promise<void> {
  const list = batches.join(', ') || 'NULL';
  const keys = ['natural_key', 'other_version'].map(
    (table) => `SELECT key FROM silver.${table} WHERE batch_id IN (${list})`,
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE contested AS ${keys.join(' UNION ')}`);
  for (const table of ['natural_key', 'other_version', 'quarantine', 'unique_value', 'mended'])
    await session.run(`DELETE FROM silver.${table} WHERE batch_id IN (${list})`);
  await session.run(`DELETE FROM silver.renewed WHERE row_id >> 32 IN (${list})`);
  await settleKeys(session, '');
}

/** The tables of silver that hold the rows of lists. */
export async function listTables(session: LakeSession): Promise<string[]> {
  const lists = await session.rows<{ name: string }>(
    `SELECT table_name AS name FROM duckdb_tables()
     WHERE schema_name = 'silver' AND starts_with(table_name, 'list_') AND NOT ends_with(table_name, '${ANEW}') ORDER BY 1`,
  );
  return lists.map(({ name }) => name);
}

/** The tables of silver that rows of files become rows of, one each. */
export async function rowTables(session: LakeSession): Promise<string[]> {
  return ['contact', 'contact_event', 'agent_time', ...(await listTables(session))];
}

/** The tables of silver that hold typed rows. */
export async function typedTables(session: LakeSession): Promise<string[]> {
  return [...(await rowTables(session)), 'identity'];
}

/** Takes the typed rows of batches, and those that lost their key, out of silver. */
export async function removeRows(session: LakeSession, batches: readonly number[]): Promise<void> {
  const list = batches.join(', ') || 'NULL';
  for (const table of await typedTables(session))
    await session.run(`DELETE FROM silver.${table} WHERE batch_id IN (${list}) OR row_id IN (FROM silver.outdated)`);
  await session.run('DELETE FROM silver.outdated');
}

/** Takes every row of a batch that did not get through out of silver, inside the caller's transaction. */
export async function forgetBatch(session: LakeSession, batch: number): Promise<void> {
  await releaseKeys(session, [batch]);
  for (const table of await typedTables(session))
    await session.run(`DELETE FROM silver.${table} WHERE batch_id = $batch`, { batch });
  for (const table of ['outdated', 'renewed'])
    await session.run(`DELETE FROM silver.${table} WHERE row_id >> 32 = $batch`, { batch });
}

/**
 * Quarantines the rows that failed a check and the lines that could not be read; few of them are looked up by line.
 * Resolves to how many each batch has.
 */
export async function quarantineRows(session: LakeSession, group: BatchGroup): Promise<Map<number, number>> {
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
    const records = [first, ...others].map(({ bronze }) => {
      const { batch, columns } = bronze;
      const record = `concat_ws(';', ${columns.map((name) => `coalesce(${quoted(name)}, '')`).join(', ')})`;
      return `SELECT (CAST(${batch} AS BIGINT) << 32) + _line AS row_id, ${record} AS record FROM ${rowsOf(bronze)} ${among}`;
    });
    await session.run(
      `${into} SELECT CAST(row_id >> 32 AS INTEGER), row_id & 4294967295, column_name, reason, value, CASE WHEN reason <> 'left-out' THEN record END
       FROM (${typedSelectOf([first, ...others]).refused(few && [...few])}) JOIN (${records.join(' UNION ALL ')}) USING (row_id)`,
    );
  }
  for (const { bronze, layout } of group) {
    const unread = unreadPath(bronze.path);
    if (!existsSync(unread)) continue;
    const others = [
      bronze.mended === undefined ? '' : `line IN (SELECT _line FROM ${bronze.mended})`,
      unreadTrailer(layout),
    ].filter(Boolean);
    await session.run(
      `${into} SELECT $batch, line, NULL, problem, value, replace(record, chr(30), chr(10)) FROM read_parquet(${literal(unread)})
       WHERE NOT (${others.join(' OR ') || 'false'})`,
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

/** What was seen on the way, as the ledger keeps it. */
export function warningsOf(
  read: Pick<ReadCounts, 'warnings' | 'extra' | 'trailers'>,
  emptied: readonly (readonly [string, number])[],
): BatchWarning[] {
  const { brokenCharacters, mixedEncoding, controlCharacters } = read.warnings;
  const trailers = read.trailers ?? [];
  const warnings: BatchWarning[] = [
    { kind: 'broken-characters', rows: brokenCharacters, detail: '' },
    { kind: 'mixed-encoding', rows: mixedEncoding, detail: '' },
    { kind: 'control-characters', rows: controlCharacters, detail: '' },
    { kind: 'trailer-mismatch', rows: trailers.length, detail: trailers.join('; ').slice(0, 400) },
    { kind: 'extra-columns', rows: read.extra.length, detail: read.extra.join(', ').slice(0, 400) },
    ...emptied.map(([detail, rows]) => ({ kind: 'not-understood' as const, rows, detail })),
  ];
  return warnings.filter(({ rows }) => rows > 0);
}
