import type { Batches } from '../intake/batches.ts';
import { bronzePath, readBronze } from '../intake/bronze.ts';
import { type BatchRows, holdFreedKeys } from '../intake/check-batch.ts';
import type { Layout } from '../intake/layout.ts';
import type { Layouts } from '../intake/layouts.ts';
import type { Config } from '../kernel/config.ts';
import { type Lake, type LakeSession, literal } from '../storage/lake.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import { storeBatches } from './store-batches.ts';

export interface Build {
  readonly config: Pick<Config, 'home' | 'timeZone'>;
  readonly lake: Lake;
  readonly ledger: Ledger;
  readonly batches: Batches;
  readonly layouts: Layouts;
}

/** How much a build looked at anew. */
export interface Touched {
  readonly identities: number;
  readonly rows: number;
  readonly days: number;
}

/** Runs a step under its name; `work` gives how many rows it was about, and may tell which share of it is done. */
export type Timed = (step: string, work: (done: (share: number) => void) => Promise<number>) => Promise<void>;

interface BatchName {
  readonly batch_id: number;
  readonly source: string;
  readonly layout: number;
}

/** Batches and their rows as received, by layout; to be typed into silver or into the tables that take its place. */
export async function batchRows(
  { config, layouts }: Build,
  session: LakeSession,
  batches: readonly BatchName[],
  suffix = '',
): Promise<BatchRows[][]> {
  const groups = Map.groupBy(batches, ({ source, layout }) => layouts.get(source, layout));
  const rows: BatchRows[][] = [];
  for (const [layout, ones] of groups) {
    const paths = ones.map(({ batch_id: batch, source }) => ({ batch, path: bronzePath(config.home, source, batch) }));
    const files = await readBronze(session, paths);
    rows.push(files.map((bronze) => ({ layout, bronze, timeZone: config.timeZone, suffix })));
  }
  return rows;
}

/** Gives a batch the rows whose keys nobody holds any more; resolves to how many. */
export async function reviveRows(environment: Build, session: LakeSession, batch: BatchName): Promise<number> {
  const [rows = []] = await batchRows(environment, session, [batch]);
  const held = await holdFreedKeys(session, rows[0] as BatchRows);
  return held === 0 ? 0 : storeBatches(session, rows);
}

/** What gold needs of the layouts. */
export async function copySources({ layouts }: Build, session: LakeSession): Promise<void> {
  await session.run('DELETE FROM gold.source');
  for (const layout of layouts.newest()) {
    await session.run(
      `INSERT INTO gold.source VALUES (${literal(layout.source)}, ${literal(layout.holds)}, 'none', ${hasTime(layout)})`,
    );
  }
}

/** Whether the layout's start has hours. */
export function hasTime({ columns }: Layout): boolean {
  const started = columns.started_at;
  const formats = [started?.format ?? 'iso'].flat();
  return (started?.from?.length ?? 0) > 1 || formats.some((format) => format === 'iso' || format.includes('h'));
}

export async function scopeIs(session: LakeSession, kind: 'TABLE' | 'VIEW', sql: string): Promise<void> {
  await scopeEnds(session);
  await session.run(`CREATE TEMP ${kind} scope AS ${sql}`);
}

export async function scopeEnds(session: LakeSession): Promise<void> {
  const kinds = await session.rows<{ kind: 'TABLE' | 'VIEW' }>(
    `SELECT 'TABLE' AS kind FROM duckdb_tables() WHERE table_name = 'scope' AND temporary
     UNION ALL SELECT 'VIEW' FROM duckdb_views() WHERE view_name = 'scope' AND temporary`,
  );
  for (const { kind } of kinds) await session.run(`DROP ${kind} scope`);
}

export async function countOf(session: LakeSession, relation: string): Promise<number> {
  return (await session.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${relation}`)).rows;
}
