import { type LakeSession, quoted } from '../../storage/lake.ts';
import type { BatchGroup } from '../batch-rows.ts';
import { listTable } from '../targets/index.ts';
import type { TypedSelect } from '../typed-select.ts';
import { bitOf, type CompiledRule } from './compile.ts';
import type { Severity } from './index.ts';
import { type LineRanges, linesRelation, type Verdict } from './lines.ts';
import type { Probe } from './rule.ts';

/** What a rule said of a batch when it was loaded. */
export interface RuleResult {
  readonly id: string;
  readonly severity: Severity;
  readonly rows: number;
  readonly failed: number;
  /** Some of the lines that failed, with what they held. */
  readonly samples: readonly { readonly line: number; readonly value: string | null }[];
  /** What a trailer said, and what the rows give. */
  readonly told?: string | null;
  readonly found?: string;
}

/** Samples kept of each rule. */
const SAMPLES = 5;
const LINE = '(row_id & 4294967295)';

/** Whether what a rule says depends on what else is loaded. */
export function isOfMoment(probe: Probe | null): boolean {
  return probe?.over === 'source' || probe?.over === 'list';
}

/**
 * Marks the rows of table `checked` that fail rules which look beyond the row. Batches that were judged before are
 * judged as then. Resolves to the verdict on each batch.
 */
export async function judgeRows(
  session: LakeSession,
  group: BatchGroup,
  { rules: { rules } }: TypedSelect,
): Promise<Map<number, Verdict>> {
  const verdicts = new Map<number, Record<string, LineRanges>>(group.map(({ bronze: { batch } }) => [batch, {}]));
  for (const { rule, bit, check, probe } of rules) {
    if (!probe) continue;
    const elsewhere = isOfMoment(probe) ? await failingNow(session, group, rule.id, bit, probe) : [];
    await session.run(
      `CREATE OR REPLACE TEMP TABLE failing AS ${elsewhere.join(' UNION ') || 'SELECT row_id FROM checked WHERE false'}`,
    );
    // Of the rows of a file that hold a value, the first that no other file takes it from has it.
    if (probe.over !== 'list') await session.run(`INSERT INTO failing ${repeatedRows(bit)}`);
    const problem = check === null ? '' : `, problem = coalesce(problem, ${check})`;
    await session.run(
      `UPDATE checked SET failed = failed | ${bitOf(bit)}${problem} WHERE row_id IN (SELECT row_id FROM failing)`,
    );
    if (!isOfMoment(probe)) continue;
    for (const [batch, lines] of await failingLines(session)) verdicts.get(batch)![rule.id] = lines;
  }
  return verdicts;
}

/** The lines of table `failing`, by batch. */
export async function failingLines(session: LakeSession): Promise<Map<number, LineRanges>> {
  const found = await session.rows<{ batch: number; first: number; last: number }>(
    `SELECT batch, min(line) AS first, max(line) AS last
     FROM (SELECT row_id >> 32 AS batch, ${LINE} AS line, line - row_number() OVER (PARTITION BY batch ORDER BY line) AS island FROM failing)
     GROUP BY batch, island ORDER BY batch, first`,
  );
  const ranges = Map.groupBy(found, ({ batch }) => batch);
  return new Map([...ranges].map(([batch, ones]) => [batch, ones.map(({ first, last }) => [first, last] as const)]));
}

/** Rows of a file whose value another row had before; versions of one row are not another. */
function repeatedRows(bit: number): string {
  const rows = `checked WHERE probe_${bit} IS NOT NULL AND row_id NOT IN (SELECT row_id FROM failing)`;
  return `SELECT row_id FROM (SELECT * FROM ${rows}) JOIN (
      SELECT row_id >> 32 AS batch, probe_${bit} AS probe, arg_min(key, row_id) AS first FROM ${rows}
      GROUP BY ALL HAVING count(*) > 1
    ) ON probe_${bit} = probe AND row_id >> 32 = batch WHERE key <> first`;
}

async function failingNow(
  session: LakeSession,
  group: BatchGroup,
  id: string,
  bit: number,
  probe: Probe,
): Promise<string[]> {
  if (group.every(({ verdict }) => verdict !== undefined)) {
    return group.map(({ bronze: { batch }, verdict }) => {
      const lines = linesRelation(verdict?.[id] ?? []);
      return `SELECT row_id FROM checked WHERE row_id >> 32 = ${batch} AND ${LINE} IN (SELECT line FROM ${lines})`;
    });
  }
  if (probe.over === 'source')
    return [
      `SELECT checked.row_id FROM checked JOIN silver.unique_value AS other ON other.value = probe_${bit}
       JOIN silver.natural_key AS held ON held.row_id = other.row_id
       WHERE held.key <> checked.key AND other.batch_id <> checked.row_id >> 32`,
    ];
  if (probe.over !== 'list') return [];
  const [table, column] = [listTable(probe.list), probe.column];
  const known = await session.rows(
    `SELECT 1 FROM duckdb_columns() WHERE schema_name = 'silver' AND table_name = $table AND column_name = $column`,
    { table, column },
  );
  const values =
    known.length === 0
      ? 'SELECT CAST(NULL AS UBIGINT) WHERE false'
      : `SELECT hash(CAST(${quoted(column)} AS VARCHAR)) FROM silver.${table} WHERE ${quoted(column)} IS NOT NULL`;
  return [`SELECT row_id FROM checked WHERE probe_${bit} IS NOT NULL AND probe_${bit} NOT IN (${values})`];
}

/** Keeps what the rows of batches hold in the columns that must be unique in their source. */
export async function keepValues(
  session: LakeSession,
  group: BatchGroup,
  rules: readonly CompiledRule[],
): Promise<void> {
  const [{ suffix }] = group;
  for (const { bit } of rules.filter(({ probe }) => probe?.over === 'source'))
    await session.run(
      `INSERT INTO silver.unique_value${suffix} SELECT row_id, CAST(row_id >> 32 AS INTEGER), probe_${bit} FROM checked
       WHERE problem IS NULL AND probe_${bit} IS NOT NULL`,
    );
}

/** How many rows of each batch failed each rule, with samples. */
export async function tallyRules(
  session: LakeSession,
  group: BatchGroup,
  typed: TypedSelect,
): Promise<Map<number, RuleResult[]>> {
  const { rules } = typed.rules;
  const tallies = new Map<number, RuleResult[]>(group.map(({ bronze: { batch } }) => [batch, []]));
  if (rules.length === 0) return tallies;
  const counters = rules.flatMap(({ bit }) => [
    `count(*) FILTER ((failed & ${bitOf(bit)}) <> 0) AS failed_${bit}`,
    `list_transform(min(row_id, ${SAMPLES}) FILTER ((failed & ${bitOf(bit)}) <> 0), lambda one: CAST(one & 4294967295 AS INTEGER)) AS lines_${bit}`,
  ]);
  const counted = await session.rows<{ batch: number; rows: number } & Record<string, number | number[] | null>>(
    `SELECT row_id >> 32 AS batch, count(*) AS rows, ${counters.join(', ')} FROM checked GROUP BY ALL`,
  );
  for (const { batch, rows, ...found } of counted) {
    const linesOf = (bit: number) => ((found[`lines_${bit}`] as number[] | null) ?? []).map(Number);
    const values = await sampledValues(session, typed, batch, [...new Set(rules.flatMap(({ bit }) => linesOf(bit)))]);
    tallies.set(
      batch,
      rules.map(({ rule: { id, severity = 'quarantine' }, bit }) => ({
        id,
        severity,
        rows,
        failed: Number(found[`failed_${bit}`]),
        samples: linesOf(bit).map((line) => ({ line, value: values.get(line)?.[`value_${bit}`] ?? null })),
      })),
    );
  }
  return tallies;
}

async function sampledValues(session: LakeSession, typed: TypedSelect, batch: number, lines: readonly number[]) {
  if (lines.length === 0) return new Map<number, Record<string, string | null>>();
  const rows = await session.rows<{ line: number } & Record<string, string | null>>(
    `SELECT ${LINE} AS line, * EXCLUDE (row_id) FROM (${typed.sampled(lines)}) WHERE row_id >> 32 = ${batch}`,
  );
  return new Map(rows.map(({ line, ...values }) => [line, values as Record<string, string | null>]));
}
