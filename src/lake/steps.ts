import type { BatchRows } from '../intake/batch-rows.ts';
import type { Batches } from '../intake/batches.ts';
import { bronzePath, readBronze, UNDECIDED } from '../intake/bronze.ts';
import type { Layout } from '../intake/layout.ts';
import type { Layouts } from '../intake/layouts.ts';
import { type Mending, mendings } from '../intake/mend/corrections.ts';
import { mendRows } from '../intake/mend/mended-rows.ts';
import type { Config } from '../kernel/config.ts';
import { type Lake, type LakeSession, literal } from '../storage/lake.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';

export interface Build {
  readonly config: Pick<Config, 'home' | 'timeZone'>;
  readonly lake: Lake;
  readonly ledger: Ledger;
  readonly batches: Batches;
  readonly layouts: Layouts;
}

/** A change of gold that is ready in tables beside it; `commit` puts it in place, in the caller's transaction. */
export interface Prepared {
  readonly touched: Touched;
  commit(): Promise<void>;
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
  readonly written_at: Date;
  readonly delimiter: string | null;
}

/**
 * Batches and their rows as corrected, by layout; to be typed into silver or into the tables that take its place.
 * @param told corrections other than those that the ledger has in force.
 */
export async function batchRows(
  { config, layouts, ledger }: Build,
  session: LakeSession,
  batches: readonly BatchName[],
  suffix = '',
  told?: ReadonlyMap<number, Mending>,
): Promise<BatchRows[][]> {
  const names = batches.map(({ batch_id }) => batch_id);
  const mending = told ?? (await mendings(ledger, names));
  const delimiters = new Map(batches.map(({ batch_id, delimiter }) => [batch_id, delimiter]));
  const groups = Map.groupBy(batches, ({ source, layout }) => layouts.get(source, layout));
  const rows: BatchRows[][] = [];
  for (const [layout, ones] of groups) {
    const places = ones.map(({ batch_id: batch, source, written_at: writtenAt }) => {
      return { batch, path: bronzePath(config.home, source, batch), writtenAt };
    });
    const files = await readBronze(session, places);
    const mended: BatchRows[] = [];
    for (const file of files) {
      const { corrections, verdict, revision } = mending.get(file.batch)!;
      const delimiter = delimiters.get(file.batch) ?? null;
      const bronze = await mendRows(session, { layout, bronze: file, delimiter }, corrections);
      const replay = told ? UNDECIDED : revision;
      mended.push({
        layout,
        bronze: replay === 0 ? bronze : { ...bronze, revision: replay },
        timeZone: config.timeZone,
        suffix,
        verdict,
        revision,
      });
    }
    rows.push(mended);
  }
  return rows;
}

/** What gold needs of the layouts. */
export async function copySources({ layouts }: Build, session: LakeSession): Promise<void> {
  const newest = layouts.newest().filter(({ into = 'contact' }) => into === 'contact');
  const names = newest.map(({ source }) => literal(source)).join(', ');
  await session.run(`DELETE FROM gold.source WHERE source NOT IN (${names || 'NULL'})`);
  for (const layout of newest) {
    const { source, holds, day } = layout;
    const facts = { source, holds, has_time: hasTime(layout), ended_only: day === 'ended_at' };
    const known = await session.run(
      `UPDATE gold.source SET holds = $holds, has_time = $has_time, ended_only = $ended_only WHERE source = $source`,
      facts,
    );
    if (known === 0)
      await session.run(`INSERT INTO gold.source VALUES ($source, $holds, 'none', $has_time, $ended_only)`, facts);
  }
}

/** Whether the layout's start has hours. */
export function hasTime({ columns }: Layout): boolean {
  const started = columns.started_at;
  const formats = [started?.format ?? 'iso'].flat();
  return (started?.from?.length ?? 0) > 1 || formats.some((format) => format === 'iso' || format.includes('h'));
}

export async function countOf(session: LakeSession, relation: string): Promise<number> {
  return (await session.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${relation}`)).rows;
}
