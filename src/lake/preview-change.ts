import { existsSync } from 'node:fs';
import type { BatchRows } from '../intake/batch-rows.ts';
import type { BatchRecord } from '../intake/batches.ts';
import { unreadPath } from '../intake/bronze.ts';
import { checkRows } from '../intake/check-batch.ts';
import { type Layout, WHOLE_LINE } from '../intake/layout.ts';
import { parseChange } from '../intake/mend/change.ts';
import { Corrections, mendings, type NewCorrection, stateOf } from '../intake/mend/corrections.ts';
import { countLines, linesRelation } from '../intake/rules/lines.ts';
import { hasSteps } from '../intake/steps/frozen.ts';
import { type LakeSession, literal, quoted } from '../storage/lake.ts';
import { heldNow, rowsOf } from './mend-batches.ts';
import type { Build } from './steps.ts';

/** What a correction would do, before anything is done. */
export interface ChangePreview {
  readonly lines: number;
  /** Lines whose value the change makes another one. */
  readonly changed: number;
  /** Lines that pass every check afterwards. */
  readonly pass: number;
  readonly samples: readonly {
    readonly line: number;
    readonly before: string | null;
    readonly after: string | null;
    readonly passes: boolean;
  }[];
}

/** Samples of a preview: those that the change leaves as they are first, for they are what it misses. */
const SAMPLES = 20;

/**
 * Shows what a correction would do to its lines, on top of those in force and those that wait.
 * @throws RamalError `changeUnknown`, or `notFound` for a column that the file does not have.
 */
export async function previewChange(
  environment: Build,
  batch: BatchRecord,
  asked: Pick<NewCorrection, 'lines' | 'column_name' | 'change'>,
): Promise<ChangePreview> {
  const { ledger, batches, lake } = environment;
  parseChange(asked.change);
  const made = await new Corrections(ledger, batches.clock).of(batch.batch_id);
  const corrections = made.filter((one) => ['waiting', 'in-force'].includes(stateOf(one)));
  const now = (await mendings(ledger, [batch.batch_id])).get(batch.batch_id)!;
  return lake.use(async (session) => {
    const inForce = { ...now, corrections: [...corrections, asked] };
    const before = await rowsOf(environment, session, batch, { ...now, corrections });
    await keepTexts(session, before, asked, 'before_texts');
    const after = await rowsOf(environment, session, batch, inForce);
    await keepTexts(session, after, asked, 'after_texts');
    const held = await heldNow(environment, batch, inForce, [...made, asked]);
    const { verdict: _decided, ...rows } = { ...after, held };
    const whole = hasSteps(rows.layout) || (rows.layout.rules ?? []).some(({ kind }) => kind === 'unique');
    const where = whole ? '' : `_line IN (SELECT line FROM ${linesRelation(asked.lines)})`;
    await checkRows(session, [rows], { where });
    await session.run(
      `CREATE OR REPLACE TEMP TABLE previewed AS
         SELECT line, before_texts.text AS before, after_texts.text AS after, passing.line IS NOT NULL AS passes
         FROM ${linesRelation(asked.lines)} LEFT JOIN before_texts USING (line) LEFT JOIN after_texts USING (line)
         LEFT JOIN (SELECT row_id & 4294967295 AS line FROM checked WHERE problem IS NULL) AS passing USING (line)`,
    );
    const sums = await session.row<{ changed: number; pass: number }>(
      `SELECT count(*) FILTER (before IS DISTINCT FROM after) AS changed, count(*) FILTER (passes) AS pass FROM previewed`,
    );
    const samples = await session.rows<ChangePreview['samples'][number]>(
      `FROM previewed ORDER BY before IS DISTINCT FROM after AND passes, line LIMIT ${SAMPLES}`,
    );
    return { lines: countLines(asked.lines), ...sums, samples };
  });
}

/** The texts that a correction is about, by line: of a column, or of whole lines. */
async function keepTexts(
  session: LakeSession,
  { layout, bronze }: BatchRows,
  { lines, column_name }: Pick<NewCorrection, 'lines' | 'column_name'>,
  table: string,
): Promise<void> {
  const among = (column: string) => `${column} IN (SELECT line FROM ${linesRelation(lines)})`;
  const record = `concat_ws(';', ${bronze.columns.map((name) => `coalesce(${quoted(name)}, '')`).join(', ')})`;
  const text = column_name === null ? record : columnText(layout, column_name);
  const relation = bronze.mended ?? `read_parquet(${literal(bronze.path)})`;
  const parts = [`SELECT _line AS line, ${text} AS text FROM ${relation} WHERE ${among('_line')}`];
  if (bronze.mended)
    parts.push(
      `SELECT _line, ${text} FROM read_parquet(${literal(bronze.path)}) WHERE ${among('_line')} AND _line NOT IN (SELECT _line FROM ${bronze.mended})`,
    );
  if (column_name === null && existsSync(unreadPath(bronze.path)))
    parts.push(
      `SELECT line, replace(record, chr(30), chr(10)) FROM read_parquet(${literal(unreadPath(bronze.path))})
       WHERE ${among('line')} ${bronze.mended ? `AND line NOT IN (SELECT _line FROM ${bronze.mended})` : ''}`,
    );
  await session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${parts.join(' UNION ALL ')}`);
}

/** A source column as an expression over bronze: a field of a line of fixed width is cut. */
export function columnText({ format }: Layout, column: string): string {
  const place = format.kind === 'fixed' ? format.fields?.find(({ name }) => name === column) : undefined;
  return place ? `trim(substring(${WHOLE_LINE}, ${place.from}, ${place.to - place.from + 1}))` : quoted(column);
}
