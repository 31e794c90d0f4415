import { join } from 'node:path';
import { agent, contactMart, repeatMart } from '../contracts/index.ts';
import type { Batches } from '../intake/batches.ts';
import { bronzePath } from '../intake/bronze.ts';
import type { Layouts } from '../intake/layouts.ts';
import { forgetBatch, reviveBatch } from '../intake/store-batch.ts';
import type { Config } from '../kernel/config.ts';
import { type Progress, silent } from '../kernel/progress.ts';
import { type Lake, type LakeSession, literal, quoted, sqlFile } from '../storage/lake.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import { activeExclusions, type Exclusion, excludeRows, exclusionsSignature } from './exclusions.ts';
import { markScope } from './marks.ts';

export interface Build {
  readonly config: Pick<Config, 'home' | 'timeZone'>;
  readonly lake: Lake;
  readonly ledger: Ledger;
  readonly batches: Batches;
  readonly layouts: Layouts;
}

export interface BuildResult {
  readonly lakeVersion: number;
  readonly full: boolean;
  readonly batches: number[];
  readonly touched: { identities: number; rows: number; days: number };
  readonly steps: { step: string; seconds: number; rows: number }[];
}

const SQL = join(import.meta.dirname, 'sql');

/**
 * Brings silver and gold up to the ledger: batches that arrived and batches that were rolled back. The identities of
 * their rows are marked anew over their whole history, and the marts gain the difference; the result equals a full
 * build, row for row. One transaction: a kill leaves the state before. `full` rebuilds every layer from bronze.
 */
export async function build(
  environment: Build,
  { full = false, progress = silent }: { full?: boolean; progress?: Progress } = {},
): Promise<BuildResult> {
  const { lake, ledger } = environment;
  const steps: BuildResult['steps'] = [];
  const exclusions = await activeExclusions(ledger);
  const result = await lake.use(async (session) => {
    const timed = stepTimer(steps, progress);
    const { made_by, engine } = await session.row<{ made_by: string; engine: string }>(
      'SELECT made_by, version() AS engine FROM gold.version',
    );
    const signature = exclusionsSignature(exclusions);
    const everything = full || made_by !== `${engine} ${signature}`;
    return session.transaction(async () => {
      const change = await findChange(environment, session, everything);
      if (!everything && change.arrived.length === 0 && change.gone.length === 0) return unchanged(session);
      const counts = everything
        ? await rebuildAll(environment, session, exclusions, full, timed)
        : await applyChange(environment, session, exclusions, change, timed);
      await refreshAgents(session);
      await session.run('UPDATE gold.version SET lake_version = lake_version + 1, made_by = $made_by', {
        made_by: `${engine} ${signature}`,
      });
      const { lake_version } = await session.row<{ lake_version: number }>('SELECT lake_version FROM gold.version');
      return {
        lakeVersion: lake_version,
        full: everything,
        batches: [...change.arrived, ...change.gone],
        touched: counts,
      };
    });
  });
  await reconcile(environment);
  return { ...result, steps };
}

interface Change {
  readonly arrived: number[];
  readonly gone: number[];
}

async function findChange({ batches }: Build, session: LakeSession, everything: boolean): Promise<Change> {
  const built = new Set(
    (await session.rows<{ batch_id: number }>('SELECT batch_id FROM gold.built')).map((row) => row.batch_id),
  );
  const loaded = (await batches.inState('loaded')).map((batch) => batch.batch_id);
  const held = await session.rows<{ batch_id: number }>('SELECT DISTINCT batch_id FROM silver.contact');
  const live = new Set(loaded);
  return {
    arrived: loaded.filter((batch) => everything || !built.has(batch)),
    gone: [...new Set([...built, ...held.map((row) => row.batch_id)])]
      .filter((batch) => !live.has(batch))
      .sort((a, b) => a - b),
  };
}

async function unchanged(session: LakeSession): Promise<Omit<BuildResult, 'steps'>> {
  const { lake_version } = await session.row<{ lake_version: number }>('SELECT lake_version FROM gold.version');
  return { lakeVersion: lake_version, full: false, batches: [], touched: { identities: 0, rows: 0, days: 0 } };
}

async function rebuildAll(
  environment: Build,
  session: LakeSession,
  exclusions: readonly Exclusion[],
  fromBronze: boolean,
  timed: Timed,
) {
  const loaded = await environment.batches.inState('loaded');
  if (fromBronze) {
    await timed('silver', async () => {
      for (const table of ['contact', 'contact_event', 'identity']) await session.run(`DELETE FROM silver.${table}`);
      let rows = 0;
      for (const batch of loaded) rows += await retype(environment, session, batch);
      return rows;
    });
  } else {
    for (const { batch_id } of await goneBatches(environment, session)) await forgetBatch(session, batch_id);
  }
  await copySources(environment, session);
  for (const table of ['mark', 'contact_mart', 'repeat_mart', 'excluded', 'built'])
    await session.run(`DELETE FROM gold.${table}`);
  await excludeRows(session, exclusions, 'silver.contact');
  await scopeIs(session, 'VIEW', 'SELECT *, 1 AS sign FROM silver.contact');
  await timed('marks', async () => {
    await markScope(session);
    return countOf(session, 'gold.mark');
  });
  await timed('marts', async () => {
    await session.run(`INSERT INTO gold.contact_mart BY NAME ${sqlFile(SQL, 'contact-measures.sql')}`);
    await session.run('CREATE OR REPLACE TEMP VIEW marked AS SELECT *, 1 AS sign FROM gold.mark');
    await session.run(`INSERT INTO gold.repeat_mart BY NAME ${sqlFile(SQL, 'repeat-measures.sql')}`);
    return countOf(session, 'gold.repeat_mart');
  });
  for (const { batch_id } of loaded) await session.run('INSERT INTO gold.built VALUES ($batch)', { batch: batch_id });
  await session.run('DROP VIEW IF EXISTS marked');
  await scopeEnds(session);
  return session.row<{ identities: number; rows: number; days: number }>(
    'SELECT approx_count_distinct(identity) AS identities, count(*) AS rows, count(DISTINCT day) AS days FROM silver.contact',
  );
}

async function goneBatches({ batches }: Build, session: LakeSession): Promise<{ batch_id: number }[]> {
  const live = new Set((await batches.inState('loaded')).map((batch) => batch.batch_id));
  const held = await session.rows<{ batch_id: number }>('SELECT DISTINCT batch_id FROM silver.contact');
  return held.filter(({ batch_id }) => !live.has(batch_id));
}

/**
 * The difference a change makes. Rows that leave and rows that come change the contact mart; the identities of both
 * have their marks, and so their share of the repeat mart, taken out and put back anew.
 */
async function applyChange(
  environment: Build,
  session: LakeSession,
  exclusions: readonly Exclusion[],
  { arrived, gone }: Change,
  timed: Timed,
) {
  const list = (batches: readonly number[]) => (batches.length === 0 ? 'NULL' : batches.join(', '));
  await copySources(environment, session);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE leaving AS SELECT row_id, identity FROM silver.contact WHERE batch_id IN (${list(gone)})`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE coming AS SELECT row_id, identity FROM silver.contact WHERE batch_id IN (${list(arrived)})`,
  );
  await scopeIs(
    session,
    'TABLE',
    'SELECT *, -1 AS sign FROM silver.contact WHERE row_id IN (SELECT row_id FROM leaving)',
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE contact_change AS ${sqlFile(SQL, 'contact-measures.sql')}`);
  await session.run(
    'CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT identity FROM (FROM leaving UNION ALL FROM coming) WHERE identity IS NOT NULL',
  );
  await takeMarks(session, 'CREATE OR REPLACE TEMP TABLE repeat_change AS');
  if (gone.length > 0) {
    await timed('silver', async () => {
      for (const batch of gone) await forgetBatch(session, batch);
      return revive(environment, session, gone);
    });
    await session.run(
      `CREATE OR REPLACE TEMP TABLE touched AS
       SELECT DISTINCT identity FROM silver.contact WHERE row_id IN (SELECT row_id FROM coming) AND identity IS NOT NULL
         AND identity NOT IN (FROM touched) UNION FROM touched`,
    );
    await takeMarks(session, 'INSERT INTO repeat_change');
  }
  await excludeRows(session, exclusions, '(SELECT * FROM silver.contact WHERE row_id IN (SELECT row_id FROM coming))');
  await session.run('DELETE FROM gold.excluded WHERE row_id IN (SELECT row_id FROM leaving)');
  await scopeIs(
    session,
    'TABLE',
    'SELECT *, 1 AS sign FROM silver.contact WHERE row_id IN (SELECT row_id FROM coming)',
  );
  await session.run(`INSERT INTO contact_change ${sqlFile(SQL, 'contact-measures.sql')}`);
  await scopeIs(session, 'TABLE', 'SELECT * FROM silver.contact WHERE identity IN (FROM touched)');
  const identities = await countOf(session, 'touched');
  const rows = await countOf(session, 'scope');
  await timed('marks', async () => {
    await markScope(session);
    return rows;
  });
  let days = 0;
  await timed('marts', async () => {
    await session.run(
      'CREATE OR REPLACE TEMP TABLE marked AS SELECT *, 1 AS sign FROM gold.mark WHERE identity IN (FROM touched)',
    );
    await session.run(`INSERT INTO repeat_change ${sqlFile(SQL, 'repeat-measures.sql')}`);
    await session.run('DROP TABLE marked');
    days = Math.max(
      await addTo(session, contactMart, 'contact_change'),
      await addTo(session, repeatMart, 'repeat_change'),
    );
    return days;
  });
  await session.run(`DELETE FROM gold.built WHERE batch_id IN (${list(gone)})`);
  for (const batch of arrived) await session.run('INSERT INTO gold.built VALUES ($batch)', { batch });
  await scopeEnds(session);
  return { identities, rows, days };
}

/** Takes the touched identities' marks out of gold, their measures subtracted into `repeat_change`. */
async function takeMarks(session: LakeSession, into: string): Promise<void> {
  await session.run(
    'CREATE OR REPLACE TEMP TABLE marked AS SELECT *, -1 AS sign FROM gold.mark WHERE identity IN (FROM touched)',
  );
  await session.run(`${into} ${sqlFile(SQL, 'repeat-measures.sql')}`);
  await session.run('DROP TABLE marked');
  await session.run('DELETE FROM gold.mark WHERE identity IN (FROM touched)');
}

/** Gives the keys of rows that left back to later batches that had brought them too; adds those rows to `coming`. */
async function revive(environment: Build, session: LakeSession, gone: readonly number[]): Promise<number> {
  const first = gone[0] ?? 0;
  let revived = 0;
  for (const batch of await environment.batches.inState('loaded')) {
    if (batch.batch_id < first || batch.duplicate === 0) continue;
    await session.run(
      'CREATE OR REPLACE TEMP TABLE before AS SELECT row_id FROM silver.contact WHERE batch_id = $batch',
      { batch: batch.batch_id },
    );
    const rows = await retype(environment, session, batch);
    revived += rows;
    if (rows === 0) continue;
    await session.run(
      'INSERT INTO coming SELECT row_id, identity FROM silver.contact WHERE batch_id = $batch AND row_id NOT IN (FROM before)',
      { batch: batch.batch_id },
    );
  }
  await session.run('DROP TABLE IF EXISTS before');
  return revived;
}

function retype(
  { config, layouts }: Build,
  session: LakeSession,
  batch: { batch_id: number; source: string; layout: number },
): Promise<number> {
  const layout = layouts.get(batch.source, batch.layout);
  return reviveBatch(
    session,
    layout,
    batch.batch_id,
    bronzePath(config.home, batch.source, batch.batch_id),
    config.timeZone,
  );
}

/** Adds the change to a mart, source-day by source-day; resolves to how many of those changed. */
async function addTo(
  session: LakeSession,
  mart: typeof contactMart | typeof repeatMart,
  change: string,
): Promise<number> {
  const columns = Object.entries(mart.columns);
  const measures = columns.filter(([, column]) => column.type === 'BIGINT').map(([name]) => name);
  const dimensions = columns.filter(([, column]) => column.type !== 'BIGINT').map(([name]) => name);
  const name = `gold.${mart.name}`;
  const sums = measures.map((measure) => `CAST(sum(${measure}) AS BIGINT) AS ${measure}`).join(', ');
  await session.run(
    `CREATE OR REPLACE TEMP TABLE changed AS SELECT ${dimensions.join(', ')}, ${sums} FROM ${change} GROUP BY ALL
     HAVING ${measures.map((measure) => `sum(${measure}) <> 0`).join(' OR ')}`,
  );
  const days = '(SELECT DISTINCT source, day FROM changed)';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE renewed AS SELECT ${dimensions.join(', ')}, ${sums}
     FROM (SELECT mart.* FROM ${name} AS mart SEMI JOIN ${days} USING (source, day) UNION ALL BY NAME FROM changed)
     GROUP BY ALL HAVING ${measures.map((measure) => `sum(${measure}) <> 0`).join(' OR ')}`,
  );
  await session.run(`DELETE FROM ${name} WHERE (source, day) IN ${days}`);
  await session.run(`INSERT INTO ${name} BY NAME FROM renewed`);
  const touched = await session.row<{ days: number }>(`SELECT count(*) AS days FROM ${days}`);
  for (const table of ['changed', 'renewed', change]) await session.run(`DROP TABLE ${table}`);
  return touched.days;
}

/** What gold needs of the layouts. */
async function copySources({ layouts }: Build, session: LakeSession): Promise<void> {
  await session.run('DELETE FROM gold.source');
  for (const layout of layouts.newest()) {
    const started = layout.columns.started_at;
    const hasTime =
      (started?.from?.length ?? 0) > 1 ||
      [started?.format ?? 'iso'].flat().some((format) => format === 'iso' || format.includes('h'));
    await session.run(
      `INSERT INTO gold.source VALUES (${literal(layout.source)}, ${literal(layout.holds)}, ${hasTime})`,
    );
  }
}

/** Each agent's latest name. */
async function refreshAgents(session: LakeSession): Promise<void> {
  const [id, name] = Object.keys(agent.columns).map(quoted);
  await session.run('DELETE FROM gold.agent');
  await session.run(
    `INSERT INTO gold.agent SELECT agent_id AS ${id}, arg_max(agent_name, (started_at, row_id)) AS ${name} FROM silver.contact GROUP BY agent_id`,
  );
}

/** The ledger's counts of each batch as silver holds them now: a rollback gives rows to batches that repeated them. */
export async function reconcile({ lake, batches }: Pick<Build, 'lake' | 'batches'>): Promise<void> {
  const held = new Map(
    (
      await lake.rows<{ batch_id: number; rows: number }>(
        'SELECT batch_id, count(*) AS rows FROM silver.contact GROUP BY batch_id',
      )
    ).map((row) => [row.batch_id, row.rows]),
  );
  for (const batch of await batches.inState('loaded')) {
    const gained = (held.get(batch.batch_id) ?? 0) - batch.loaded;
    if (gained !== 0) await batches.revive(batch.batch_id, gained);
  }
}

async function scopeIs(session: LakeSession, kind: 'TABLE' | 'VIEW', sql: string): Promise<void> {
  await scopeEnds(session);
  await session.run(`CREATE TEMP ${kind} scope AS ${sql}`);
}

async function scopeEnds(session: LakeSession): Promise<void> {
  const kinds = await session.rows<{ kind: 'TABLE' | 'VIEW' }>(
    `SELECT 'TABLE' AS kind FROM duckdb_tables() WHERE table_name = 'scope' AND temporary
     UNION ALL SELECT 'VIEW' FROM duckdb_views() WHERE view_name = 'scope' AND temporary`,
  );
  for (const { kind } of kinds) await session.run(`DROP ${kind} scope`);
}

async function countOf(session: LakeSession, relation: string): Promise<number> {
  return (await session.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${relation}`)).rows;
}

type Timed = (step: string, work: () => Promise<number>) => Promise<void>;

function stepTimer(steps: BuildResult['steps'], progress: Progress): Timed {
  return async (step, work) => {
    progress({ step, done: steps.length, total: 3 });
    const started = performance.now();
    const rows = await work();
    steps.push({ step, seconds: Math.round(performance.now() - started) / 1000, rows });
  };
}
