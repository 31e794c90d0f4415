import { existsSync } from 'node:fs';
import { type LakeSession, literal } from '../../storage/lake.ts';
import type { BatchRows } from '../batch-rows.ts';
import { unreadPath } from '../bronze.ts';
import { checkRows, KEYED, quarantineRows, settleKeys, typedTables } from '../check-batch.ts';
import { refusables, refusalName } from '../drift/refusable.ts';
import type { Layout } from '../layout.ts';
import { isOfMoment, keepValues } from '../rules/judge.ts';
import type { Verdict } from '../rules/lines.ts';
import { type LineRanges, linesRelation, toRanges } from '../rules/lines.ts';
import { hasSteps } from '../steps/frozen.ts';
import type { Correction } from './corrections.ts';

/** The lines that a replay looks at, in a table with one column, `line`; null for all. */
export type Scope = string | null;

/**
 * Finds the lines of a batch that corrections can make a difference to: those ever corrected, and those in quarantine
 * where a rule may say something else by now. All, where what a row is depends on the others of its file.
 */
export async function findScope(
  session: LakeSession,
  { layout, bronze }: BatchRows,
  corrections: readonly Pick<Correction, 'lines'>[],
): Promise<Scope> {
  if (hasSteps(layout) || (layout.rules ?? []).some(({ kind }) => kind === 'unique')) return null;
  const lines = corrections.map((one) => `SELECT line FROM ${linesRelation(one.lines)}`);
  if (judgesTheMoment(layout) || refusables(layout).length > 0)
    lines.push(`SELECT line FROM silver.quarantine WHERE batch_id = ${bronze.batch}`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE scope_lines AS ${lines.join(' UNION ') || 'SELECT CAST(0 AS BIGINT) AS line WHERE false'}`,
  );
  return 'scope_lines';
}

const condition = (scope: Scope) => (scope === null ? '' : `_line IN (SELECT line FROM ${scope})`);

/** Whether what a layout's rules say of a row may change without the row. */
export function judgesTheMoment({ rules = [] }: Layout): boolean {
  return rules.some((rule) => rule.kind === 'reference' || (rule.kind === 'unique' && withinSource(rule)));
}

function withinSource(rule: object): boolean {
  return (rule as { within?: string }).within === 'source';
}

/** The rules that hold at a moment judged again over the lines of a scope; other lines keep what was decided. */
export async function verdictNow(
  session: LakeSession,
  rows: BatchRows,
  scope: Scope,
  before: Verdict,
): Promise<Verdict> {
  const refused = refusables(rows.layout).map(refusalName);
  if (!judgesTheMoment(rows.layout) && refused.length === 0) return before;
  const { verdict: _decided, ...asked } = rows;
  const { typed, verdicts } = await checkRows(session, [asked], { where: condition(scope) });
  const found = verdicts.get(rows.bronze.batch) ?? {};
  const verdict: Record<string, LineRanges> = {};
  const ofMoment = typed.rules.rules.flatMap(({ rule, probe }) => (isOfMoment(probe) ? rule.id : []));
  for (const name of [...ofMoment, ...refused]) {
    const kept = await session.rows<{ line: number }>(
      `SELECT line FROM ${linesRelation(before[name] ?? [])} WHERE line NOT IN (SELECT row_id & 4294967295 FROM checked)
       UNION SELECT line FROM ${linesRelation(found[name] ?? [])} ORDER BY line`,
    );
    const lines = kept.map(({ line }) => line);
    if (lines.length > 0) verdict[name] = toRanges(lines);
  }
  return verdict;
}

/**
 * Checks the lines of a scope again and brings silver's keys and quarantine to what they are now, all or nothing. Rows
 * that changed leave with the next build, and those that pass come with it.
 */
export async function recheckLines(session: LakeSession, rows: BatchRows, scope: Scope): Promise<void> {
  const { bronze, revision = 0 } = rows;
  const { batch } = bronze;
  const { typed } = await checkRows(session, [rows], { anew: false, where: condition(scope) });
  await session.run(`CREATE OR REPLACE TEMP TABLE again AS SELECT ${KEYED} FROM (
      SELECT row_id, CAST(row_id >> 32 AS INTEGER) AS batch_id, key, rank, content FROM checked WHERE problem IS NULL)`);
  const among = scope === null ? '' : `AND row_id & 4294967295 IN (SELECT line FROM ${scope})`;
  const unread = existsSync(unreadPath(bronze.path))
    ? `UNION SELECT line FROM read_parquet(${literal(unreadPath(bronze.path))})`
    : '';
  await session.transaction(async () => {
    await session.run(`CREATE OR REPLACE TEMP TABLE before AS
      SELECT ${KEYED}, true AS held FROM silver.natural_key WHERE batch_id = ${batch} ${among}
      UNION ALL SELECT ${KEYED}, false FROM silver.other_version WHERE batch_id = ${batch} ${among}`);
    await session.run(`CREATE OR REPLACE TEMP TABLE leaving_rows AS FROM before ANTI JOIN again USING (${KEYED})`);
    await session.run(
      `CREATE OR REPLACE TEMP TABLE coming_versions AS SELECT again.* FROM again ANTI JOIN before USING (${KEYED})`,
    );
    await session.run(
      'CREATE OR REPLACE TEMP TABLE contested AS SELECT key FROM leaving_rows UNION SELECT key FROM coming_versions',
    );
    for (const table of ['natural_key', 'other_version'])
      await session.run(`DELETE FROM silver.${table} WHERE row_id IN (SELECT row_id FROM leaving_rows)`);
    const built = (await session.rows('FROM gold.built WHERE batch_id = $batch', { batch })).length > 0;
    if (built)
      await session.run(
        `INSERT INTO silver.outdated SELECT row_id FROM leaving_rows WHERE held AND row_id NOT IN (FROM silver.outdated)`,
      );
    else
      for (const table of await typedTables(session))
        await session.run(`DELETE FROM silver.${table} WHERE row_id IN (SELECT row_id FROM leaving_rows)`);
    // A row that comes with other content than silver may hold is typed anew, whatever becomes of its key.
    if (built)
      await session.run(
        'INSERT INTO silver.renewed SELECT row_id FROM coming_versions WHERE row_id NOT IN (FROM silver.renewed)',
      );
    await session.run(`INSERT INTO silver.other_version (${KEYED}) SELECT ${KEYED} FROM coming_versions`);
    await settleKeys(session, '');
    await session.run(`DELETE FROM silver.unique_value WHERE batch_id = ${batch} ${among}`);
    await keepValues(session, [rows], typed.rules.rules);
    await session.run(
      `DELETE FROM silver.quarantine WHERE batch_id = ${batch} ${
        scope === null ? '' : `AND line IN (SELECT line FROM ${scope} ${unread})`
      }`,
    );
    await quarantineRows(session, [rows]);
    await session.run(`DELETE FROM silver.mended WHERE batch_id = ${batch}`);
    if (revision > 0) await session.run(`INSERT INTO silver.mended VALUES (${batch}, ${revision})`);
  });
  for (const table of ['again', 'before', 'leaving_rows', 'coming_versions'])
    await session.run(`DROP TABLE IF EXISTS ${table}`);
}
