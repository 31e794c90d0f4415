import { mkdirSync, rmSync } from 'node:fs';
import { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import { type Lake, type LakeSession, literal, quoted } from '../../storage/lake.ts';
import { kindOf } from '../features/file-columns.ts';
import { fileRows } from '../features/file-rows.ts';
import type { ColumnNature } from '../features/treatment.ts';
import type { Exploration, Explored, NumberSpread } from './exploration.ts';
import { isCodeName } from './names.ts';
import { correlationsOf } from './spearman.ts';

export interface ExploreQuestion {
  readonly path: string;
  /** A column of few values to tell the middle of numbers by. */
  readonly by?: string | undefined;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}

const BINS = 10;
const TOP = 5;
/** Fewer customers than this could be known by what they have. */
const FEWEST = 5;
const MOST_GROUPS = 50;
const MOST_NAMED = 12;

/**
 * What the columns of a file of customers look like, before any model: known and missing, how values lie, outliers, what
 * goes together.
 * @param folder of its own, removed at the end.
 * @throws RamalError `usage` for a column that is not there or has too many values to be groups.
 */
export async function exploreFile(lake: Lake, question: ExploreQuestion, folder: string): Promise<Exploration> {
  const { path, by, progress, signal } = question;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const file = await fileRows(lake, path, 'all', folder);
    const names = [...file.columns.keys()];
    return await lake.use(async (session) => {
      const columns: Column[] = [];
      for (const [index, name] of names.entries()) {
        progress({ step: `conferindo ${name}`, done: index, total: names.length });
        const { kind, sql } = await kindOf(session, file.sql, name);
        columns.push({ name, sql, number: kind === 'number' && !isCodeName(name) });
      }
      return exploreRows(session, file.sql, columns, { by, progress });
    }, signal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same of those fields of a kept base that `natures` names. @throws RamalError as {@link exploreFile}. */
export function exploreBase(
  lake: Lake,
  { path, by, natures, progress, signal }: ExploreQuestion & { readonly natures: ReadonlyMap<string, ColumnNature> },
): Promise<Exploration> {
  const rows = `(SELECT *, file_row_number AS _id FROM read_parquet(${literal(path)}, file_row_number = true))`;
  const columns = [...natures].map(([name, nature]) => ({
    ...{ name, number: nature === 'number' && !isCodeName(name) },
    sql: `CAST(${quoted(name)} AS ${nature === 'number' ? 'DOUBLE' : 'VARCHAR'})`,
  }));
  return lake.use((session) => exploreRows(session, rows, columns, { by, progress }), signal);
}

async function exploreRows(
  session: LakeSession,
  rows: string,
  columns: readonly Column[],
  { by, progress }: Pick<ExploreQuestion, 'by' | 'progress'>,
): Promise<Exploration> {
  const names = columns.map(({ name }) => name);
  if (by !== undefined && !names.includes(by))
    throw new RamalError('usage', {
      what: `Não há coluna ${by}`,
      todo: `Use entre ${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? '…' : ''}`,
    });
  const groups = by === undefined ? null : await groupsOf(session, rows, by);
  const found: Explored[] = [];
  for (const [index, column] of columns.entries()) {
    progress({ step: `olhando ${column.name}`, done: index, total: columns.length });
    found.push(await explored(session, rows, column, by === undefined ? null : { by, groups: groups! }));
  }
  const { all } = await session.row<{ all: number }>(`SELECT count(*) AS "all" FROM ${rows}`);
  const numbers = columns.filter(({ number }) => number);
  return { rows: all, columns: found, groups, correlations: await correlationsOf(session, rows, numbers) };
}

async function groupsOf(session: LakeSession, rows: string, by: string) {
  const groups = await session.rows<{ is: string; customers: number }>(
    `SELECT ${quoted(by)} AS "is", count(*) AS customers FROM ${rows} WHERE ${quoted(by)} IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT ${MOST_GROUPS + 1}`,
  );
  if (groups.length <= MOST_GROUPS) return groups;
  throw new RamalError('usage', {
    what: `A coluna ${by} tem mais de ${MOST_GROUPS} valores`,
    todo: 'Use uma de poucos valores, como o segmento ou a persona',
  });
}

interface Column {
  readonly name: string;
  readonly sql: string;
  readonly number: boolean;
}

async function explored(
  session: LakeSession,
  rows: string,
  { name, sql, number }: Column,
  split: { readonly by: string; readonly groups: readonly { readonly is: string }[] } | null,
): Promise<Explored> {
  const own = `(SELECT ${sql} AS value FROM ${rows} WHERE ${sql} IS NOT NULL)`;
  const { known, distinct } = await session.row<{ known: number; distinct: number }>(
    `SELECT count(*) AS known, count(DISTINCT value) AS distinct FROM ${own}`,
  );
  if (known === 0) return { name, known, distinct, spread: null };
  if (!number) {
    const values = await session.rows<{ is: string; customers: number }>(
      `SELECT CAST(value AS VARCHAR) AS "is", count(*) AS customers FROM ${own} GROUP BY 1 HAVING count(*) >= ${FEWEST} ORDER BY 2 DESC, 1 LIMIT ${TOP}`,
    );
    return { name, known, distinct, spread: { kind: 'text', values } };
  }
  const found = await session.row<{ mean: number; deviation: number; quantiles: number[]; zeros: number }>(
    `SELECT avg(value) AS mean, coalesce(stddev_samp(value), 0) AS deviation, count(*) FILTER (value = 0) AS zeros,
       quantile_cont(value, [0, 0.01, 0.25, 0.5, 0.75, 0.99, 1]) AS quantiles FROM ${own}`,
  );
  const quantiles = found.quantiles as unknown as NumberSpread['quantiles'];
  const [, low, quarter, , threeQuarters, high] = quantiles;
  const reach = 3 * (threeQuarters - quarter);
  const width = (high - low) / BINS;
  const { outliers } = await session.row<{ outliers: number }>(
    `SELECT count(*) FILTER (value < ${quarter - reach} OR value > ${threeQuarters + reach}) AS outliers FROM ${own}`,
  );
  const counted = await session.rows<{ bin: number; customers: number }>(
    `SELECT CAST(least(${BINS - 1}, greatest(0, ${width > 0 ? `floor((value - ${low}) / ${width})` : '0'})) AS INTEGER) AS bin, count(*) AS customers FROM ${own} GROUP BY 1`,
  );
  const bins = Array.from({ length: BINS }, (_, at) => counted.find(({ bin }) => bin === at)?.customers ?? 0);
  const medians = split && (await mediansOf(session, rows, sql, split));
  const { mean, deviation, zeros } = found;
  return {
    name,
    known,
    distinct,
    spread: { kind: 'number', mean, deviation, quantiles, zeros, outliers, bins, medians },
  };
}

async function mediansOf(
  session: LakeSession,
  rows: string,
  sql: string,
  { by, groups }: { readonly by: string; readonly groups: readonly { readonly is: string }[] },
): Promise<(number | null)[]> {
  const found = await session.rows<{ is: string; middle: number | null }>(
    `SELECT ${quoted(by)} AS "is", median(${sql}) AS middle FROM ${rows} WHERE ${quoted(by)} IS NOT NULL GROUP BY 1`,
  );
  const middles = new Map(found.map(({ is, middle }) => [is, middle]));
  return groups.map(({ is }) => middles.get(is) ?? null);
}
