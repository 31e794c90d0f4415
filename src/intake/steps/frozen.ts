import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type LakeSession, literal, quoted } from '../../storage/lake.ts';
import { type BronzeFile, rowsOf, UNDECIDED } from '../bronze.ts';
import { type Layout, mappedColumns, sourceColumns, WHOLE_LINE } from '../layout.ts';
import type { Check } from '../targets/index.ts';
import { applySteps, type Relation, stepEnds } from './index.ts';
import { listsInSilver } from './lists.ts';

export function hasSteps({ steps }: Pick<Layout, 'steps'>): boolean {
  return (steps?.length ?? 0) > 0;
}

/** Where a batch's rows are kept as a layout's steps left them, by what the layout does to them. */
function frozenPath({ path: bronze, revision = 0 }: Pick<BronzeFile, 'path' | 'revision'>, layout: Layout): string {
  const { steps, format } = layout;
  const text = JSON.stringify(sorted({ steps, fields: format.fields, columns: mappedColumns(layout).sort() }));
  const brief = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return bronze.replace(/\.parquet$/, `.steps-${brief}${ending(revision)}`);
}

function ending(revision: number): string {
  const of = revision === 0 ? '' : revision === UNDECIDED ? '-try' : `-${revision}`;
  return `${of}.parquet`;
}

/** The ledger gives the keys of JSON back in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}

/** Every such file of a batch, or those of a replay. */
export function frozenPaths(bronze: string, revision?: number): string[] {
  const start = `${basename(bronze, '.parquet')}.steps-`;
  const folder = dirname(bronze);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(start) && (revision === undefined || name.endsWith(ending(revision))))
    .map((name) => join(folder, name));
}

/**
 * Runs a layout's steps over a batch and keeps the rows beside its bronze, whole or not at all: `anew` in place of any
 * kept before, otherwise only where none are. A lookup thus gives what the list held when the batch was loaded, and
 * typing again from bronze gives the same rows.
 * @throws RamalError `layoutInvalid` when a step names a list or a column that is not there.
 */
export async function freezeSteps(
  session: LakeSession,
  layout: Layout,
  bronze: BronzeFile,
  { anew }: { anew: boolean },
): Promise<void> {
  if (!hasSteps(layout)) return;
  const path = frozenPath(bronze, layout);
  if (!anew && existsSync(path)) return;
  if (bronze.revision !== UNDECIDED) for (const former of frozenPaths(bronze.path)) rmSync(former, { force: true });
  const steps = layout.steps ?? [];
  const rows = bronzeRows(layout, bronze);
  const origin = `${layout.source} v${layout.version}`;
  const last = applySteps(rows, steps, await listsInSilver(session, steps), origin).at(-1)!;
  const columns = mappedColumns(layout).map(quoted);
  await session.run(
    `COPY (SELECT ${['_id AS _line', '_end', '_width', ...columns].join(', ')}
       FROM (${last.sql}) JOIN (SELECT _line AS _id, ${widthOf(layout)} AS _width FROM ${rowsOf(bronze)}) USING (_id))
     TO ${literal(`${path}.tmp`)} (FORMAT parquet)`,
  );
  const file = openSync(`${path}.tmp`, 'r');
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
}

/** A batch's rows before any step; a line too wide for its layout takes part in none. */
export function bronzeRows(
  layout: Layout,
  bronze: Pick<BronzeFile, 'path' | 'mended'>,
  columns: readonly string[] = sourceColumns(layout),
): Relation {
  const places = new Map(layout.format.fields?.map((one) => [one.name, one]));
  const cell = (name: string) => {
    const place = layout.format.kind === 'fixed' ? places.get(name) : undefined;
    const text = place ? `substring(${WHOLE_LINE}, ${place.from}, ${place.to - place.from + 1})` : quoted(name);
    return `nullif(trim(${text}), '') AS ${quoted(name)}`;
  };
  const width = Math.max(0, ...(layout.format.fields ?? []).map(({ to }) => to));
  const end =
    layout.format.kind === 'fixed'
      ? `CASE WHEN length(${WHOLE_LINE}) > ${width} THEN '0 wide' END`
      : 'CAST(NULL AS VARCHAR)';
  return {
    sql: `SELECT ${['_line AS _id', `${end} AS _end`, ...columns.map(cell)].join(', ')} FROM ${rowsOf(bronze)}`,
    columns,
  };
}

function widthOf({ format }: Layout): string {
  return format.kind === 'fixed' ? `length(${WHOLE_LINE})` : 'NULL';
}

/** The rows that steps left, those that a step told to be copies of others apart. */
export function rowsAfterSteps(layout: Layout, bronze: BronzeFile): string {
  return `(FROM read_parquet(${literal(frozenPath(bronze, layout))}) WHERE _end IS NULL OR NOT ends_with(_end, ' duplicate'))`;
}

/** What quarantines the rows that steps took out. */
export function stepChecks({ steps = [] }: Layout): Check[] {
  return stepEnds(steps).map(({ end, reason, title }) => ({
    when: `_end = ${literal(end)}`,
    reason,
    column: title,
    value: 'NULL',
  }));
}
