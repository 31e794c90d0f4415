import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { agent } from '../contracts/index.ts';
import { rowTables } from '../intake/check-batch.ts';
import { macroStatements } from '../intake/macros.ts';
import { referenceKind } from '../intake/reference/registry.ts';
import { PRIMARY_KINDS } from '../intake/targets/index.ts';
import { TYPING_VERSION } from '../intake/typed-select.ts';
import { businessDay } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import { type Progress, silent } from '../kernel/progress.ts';
import { dateParameter, type LakeSession, literal, quoted, sqlFile } from '../storage/lake.ts';
import { agentTimeSums } from './agent-time.ts';
import { activeExclusions, exclusionOf } from './exclusions.ts';
import { CONTACT_MARTS, repeatSums } from './measures.ts';
import { mendBehind } from './mend-batches.ts';
import { JOINING } from './persons.ts';
import { type Change, type Premises, prepareChange } from './prepare-change.ts';
import { prepareAll, retypeAll } from './rebuild.ts';
import { findRetold, nameAll, readLookups } from './reference/lookups.ts';
import { NAMING_VERSION } from './reference/naming.ts';
import { contactView } from './reference/resolved.ts';
import { FOLD_VERSION } from './rules/mark-fold.ts';
import { REPEAT_RULES } from './rules/rules.ts';
import { type Build, batchRows, copySources, hasTime, type Timed, type Touched } from './steps.ts';
import { storeBatches } from './store-batches.ts';

const SQL = join(import.meta.dirname, 'sql');

export interface BuildResult {
  readonly lakeVersion: number;
  readonly full: boolean;
  readonly batches: number[];
  readonly touched: Touched;
  readonly steps: { step: string; seconds: number; rows: number }[];
}

export interface BuildOptions {
  readonly full?: boolean;
  readonly progress?: Progress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings silver and gold up to the ledger: batches that arrived and batches that were rolled back. The identities of
 * their rows are marked anew over their whole history, and the marts gain the difference; the result equals a full
 * build, row for row. It is made ready beside gold, which changes in one transaction: a kill leaves the figures before.
 * `full` rebuilds every layer from bronze; where it stops after silver, the next build makes the rest.
 * @throws RamalError `cancelled` when `signal` aborts: the figures before stay.
 */
export async function build(
  environment: Build,
  { full = false, progress = silent, signal }: BuildOptions = {},
): Promise<BuildResult> {
  const { lake, ledger } = environment;
  const steps: BuildResult['steps'] = [];
  const exclusions = await activeExclusions(ledger);
  const work = async (session: LakeSession) => {
    const timed = stepTimer(steps, progress);
    const { made_by, engine } = await session.row<{ made_by: string; engine: string }>(
      'SELECT made_by, version() AS engine FROM gold.version',
    );
    const origin = `${engine} ${environment.config.timeZone} ${typing()}`;
    const upgraded = made_by !== '' && !made_by.startsWith(`${origin} `);
    const lost = await silverLost(environment, session);
    const premised = made_by === `${origin} ${await premises(environment, session, exclusions)}`;
    const reference = await readLookups(environment, session);
    const given = { exclusions, reference };
    const remade = full || lost || !premised;
    if (!full && !upgraded && !lost) await mendBehind(environment, session);
    const retold = await retoldRows(environment, session, given, remade);
    const everything = remade || (await outweighs(environment, session, retold));
    const change = await findChange(environment, session, everything);
    const fromBronze = full || upgraded || lost || (everything && leaves(change));
    if (fromBronze) await retypeAll(environment, session, timed);
    else await storeArrived(environment, session, change, timed);
    if (!everything && !reference.changed && change.arrived.length === 0 && !leaves(change)) return unchanged(session);
    await session.transaction(() => copySources(environment, session));
    const make = async () => {
      const { touched, commit } = everything
        ? await prepareAll(environment, session, given, timed)
        : await prepareChange(environment, session, given, change, timed);
      return session.transaction(async () => {
        await commit();
        await copyExclusions(session, given);
        await refreshFacts(session, everything || leaves(change));
        await session.run(
          'UPDATE gold.version SET lake_version = lake_version + 1, made_by = $made_by, made_on = $made_on',
          {
            made_by: `${origin} ${await premises(environment, session, exclusions)}`,
            made_on: dateParameter(businessDay(environment.batches.clock.now(), environment.config.timeZone)),
          },
        );
        const { lake_version } = await session.row<{ lake_version: number }>('SELECT lake_version FROM gold.version');
        const batches = [...change.arrived, ...change.gone];
        return { lakeVersion: lake_version, full: everything, batches, touched };
      });
    };
    // What rows that go change in silver and in gold is one.
    const result = !everything && leaves(change) ? await session.transaction(make) : await make();
    lake.version = result.lakeVersion;
    return result;
  };
  const result = await lake.use(work, signal).catch((thrown: unknown) => {
    throw signal?.aborted ? new RamalError('cancelled', { what: 'a montagem dos números' }, thrown) : thrown;
  });
  await reconcile(environment);
  return { ...result, steps };
}

/** What types bronze into silver besides the layouts, in brief. */
function typing(): string {
  return createHash('sha256')
    .update(`${TYPING_VERSION} ${macroStatements().join(';')}`)
    .digest('hex')
    .slice(0, 8);
}

/**
 * What gold rests on besides its rows, in brief: the exclusions, what the layouts say of the sources in it, the rules
 * and the statements. Gold made on other premises is made anew; by another engine, whose hashes may differ, in another
 * time zone or by another typing, silver too.
 */
async function premises({ layouts }: Build, session: LakeSession, exclusions: Premises['exclusions']): Promise<string> {
  const held = await session.rows<{ source: string }>('SELECT DISTINCT source FROM gold.contact_mart ORDER BY source');
  const sources = held.map(({ source }) => {
    const layout = layouts.get(source);
    return [source, layout.holds, hasTime(layout)];
  });
  const text = JSON.stringify({
    exclusions,
    sources,
    rules: REPEAT_RULES,
    fold: FOLD_VERSION,
    joining: JOINING,
    naming: NAMING_VERSION,
    statements: statements(),
  });
  return createHash('sha256').update(text).digest('hex');
}

/** Rows that a change takes up at most, when they are more than a quarter of what gold holds. */
const LARGE_CHANGE = 3_000_000;

/** Whether so much arrived, or is told otherwise, that making gold anew, which goes slice by slice, is the cheaper way. */
async function outweighs({ batches }: Build, session: LakeSession, retold: number): Promise<boolean> {
  const built = new Set((await session.rows<{ batch_id: number }>('FROM gold.built')).map(({ batch_id }) => batch_id));
  const rows = { held: 0, arrived: retold };
  for (const { batch_id, loaded } of await batches.inState('loaded'))
    rows[built.has(batch_id) ? 'held' : 'arrived'] += loaded;
  return rows.arrived > Math.max(LARGE_CHANGE, rows.held / 4);
}

/** How many contacts of gold the reference tables say something else of now; their rows are in temporary table `retold`. */
async function retoldRows(
  environment: Build,
  session: LakeSession,
  { exclusions, reference }: Premises,
  remade: boolean,
): Promise<number> {
  await session.run('CREATE OR REPLACE TEMP TABLE retold (row_id BIGINT)');
  if (remade || !reference.changed) return 0;
  await nameAll(session, reference);
  const { gone } = await findChange(environment, session, false);
  const staying = `batch_id IN (FROM gold.built) AND batch_id NOT IN (${[-1, ...gone].join(', ')})
    AND row_id NOT IN (FROM silver.outdated)`;
  return findRetold(session, staying, exclusionOf(exclusions));
}

/** Types into silver the arrived batches that it does not hold whole; rows that others gained, the change types. */
async function storeArrived(environment: Build, session: LakeSession, change: Change, timed: Timed): Promise<void> {
  const stored = (await rowTables(session)).map(
    (table) => `SELECT batch_id, count(*) AS rows FROM silver.${table} GROUP BY batch_id`,
  );
  const partial = await session.rows<{ batch_id: number }>(
    `SELECT batch_id FROM (SELECT batch_id, count(*) AS keys FROM silver.natural_key GROUP BY batch_id) AS held
     LEFT JOIN (${stored.join(' UNION ALL ')}) AS stored USING (batch_id)
     WHERE rows IS DISTINCT FROM keys`,
  );
  const wanted = new Set(partial.map(({ batch_id }) => batch_id));
  const coming = new Set(change.arrived);
  const arrived = (await environment.batches.inState('loaded')).filter(
    ({ batch_id }) => wanted.has(batch_id) && coming.has(batch_id),
  );
  if (arrived.length === 0) return;
  await timed('silver', async (done) => {
    const groups = await batchRows(environment, session, arrived);
    let rows = 0;
    for (const [index, group] of groups.entries()) {
      rows += await storeBatches(session, group, (share) => done((index + share) / groups.length));
    }
    return rows;
  });
}

/** Whether silver holds no key of a loaded batch, as when the lake's file was lost: then bronze is where to start. */
async function silverLost({ batches }: Build, session: LakeSession): Promise<boolean> {
  const held = await session.rows<{ batch_id: number }>('SELECT DISTINCT batch_id FROM silver.natural_key');
  const known = new Set(held.map(({ batch_id }) => batch_id));
  return (await batches.inState('loaded')).some(({ batch_id, loaded }) => loaded > 0 && !known.has(batch_id));
}

/** The text of every statement that makes gold. */
function statements(): string[] {
  const names = readdirSync(SQL).filter((name) => name.endsWith('.sql'));
  return [
    ...names.sort().map((name) => sqlFile(SQL, name)),
    ...CONTACT_MARTS.map(({ sums }) => sums('contacts')),
    repeatSums('marks', 'contacts'),
    agentTimeSums('stretches', 'days'),
    contactView(),
  ];
}

async function findChange({ batches }: Build, session: LakeSession, everything: boolean): Promise<Change> {
  const built = new Set(
    (await session.rows<{ batch_id: number }>('SELECT batch_id FROM gold.built')).map((row) => row.batch_id),
  );
  const loaded = (await batches.inState('loaded')).map((batch) => batch.batch_id);
  const held = await session.rows<{ batch_id: number }>(
    'SELECT batch_id FROM silver.natural_key UNION SELECT batch_id FROM silver.other_version UNION SELECT batch_id FROM silver.quarantine',
  );
  const live = new Set(loaded);
  return {
    arrived: loaded.filter((batch) => everything || !built.has(batch)),
    gone: [...new Set([...built, ...held.map((row) => row.batch_id)])]
      .filter((batch) => !live.has(batch))
      .sort((a, b) => a - b),
    outdated: (await session.rows('FROM silver.outdated LIMIT 1')).length > 0,
    renewed: (await session.rows('FROM silver.renewed LIMIT 1')).length > 0,
  };
}

/** Whether rows leave gold, or come to batches that it holds: silver and gold then change together. */
function leaves({ gone, outdated, renewed }: Change): boolean {
  return gone.length > 0 || outdated || renewed;
}

async function unchanged(session: LakeSession): Promise<Omit<BuildResult, 'steps'>> {
  const { lake_version } = await session.row<{ lake_version: number }>('SELECT lake_version FROM gold.version');
  return { lakeVersion: lake_version, full: false, batches: [], touched: { identities: 0, rows: 0, days: 0 } };
}

/**
 * Each agent's latest name, and the identifications each source's contacts are known by. Rows that only came, in
 * temporary table `coming`, change neither unless they bring a name or a kind that is not there.
 */
async function refreshFacts(session: LakeSession, everything: boolean): Promise<void> {
  const [id, name] = Object.keys(agent.columns).map(quoted);
  const news = async (sql: string) => everything || (await session.rows(sql)).length > 0;
  if (
    await news(
      `SELECT 1 FROM coming ANTI JOIN gold.agent AS known ON known.${id} = coming.agent_id AND known.${name} = coming.agent_name LIMIT 1`,
    )
  ) {
    await session.run('DELETE FROM gold.agent');
    await session.run(
      `INSERT INTO gold.agent SELECT agent_id AS ${id}, arg_max(agent_name, (started_at, row_id)) AS ${name} FROM silver.contact GROUP BY agent_id`,
    );
  }
  const unknown = `SELECT 1 FROM coming JOIN gold.source AS known USING (source)
    WHERE identity_kind IS NOT NULL AND NOT list_contains(string_split(known.identity, '+'), identity_kind) LIMIT 1`;
  if (await news(unknown)) {
    const tried = PRIMARY_KINDS.map(literal).join(', ');
    await session.run(`UPDATE gold.source SET identity = 'none'`);
    await session.run(
      `UPDATE gold.source AS known SET identity = seen.kinds FROM (
         SELECT source, string_agg(kind, '+' ORDER BY list_position([${tried}], kind)) AS kinds
         FROM (SELECT DISTINCT source, identity_kind AS kind FROM silver.contact WHERE identity_kind IS NOT NULL) GROUP BY source
       ) AS seen WHERE known.source = seen.source`,
    );
  }
}

/** The exclusions that gold is made with, for the receipts: rules, and lists of the reference tables. */
async function copyExclusions(session: LakeSession, { exclusions, reference }: Premises): Promise<void> {
  await session.run('DELETE FROM gold.exclusion');
  for (const { name } of await session.rows<{ name: string }>('SELECT DISTINCT list AS name FROM gold.listed')) {
    const { label } = referenceKind(name);
    const list = { name, version: reference.revision, reason: label.pt };
    await session.run('INSERT INTO gold.exclusion VALUES ($name, $version, $reason)', list);
  }
  for (const { name, version, reason } of exclusions)
    await session.run('INSERT INTO gold.exclusion VALUES ($name, $version, $reason)', { name, version, reason });
}

/** The ledger's counts of each batch as silver holds them now: versions come and go, and lines are corrected. */
export async function reconcile({ lake, batches }: Pick<Build, 'lake' | 'batches'>): Promise<void> {
  const found = await lake.rows<{ batch_id: number; held: number; refused: number }>(
    `SELECT batch_id, CAST(sum(held) AS BIGINT) AS held, CAST(sum(refused) AS BIGINT) AS refused FROM (
       SELECT batch_id, count(*) AS held, 0 AS refused FROM silver.natural_key GROUP BY batch_id
       UNION ALL SELECT batch_id, 0, count(*) FROM silver.quarantine GROUP BY batch_id
       UNION ALL SELECT DISTINCT batch_id, 0, 0 FROM silver.other_version
     ) GROUP BY batch_id`,
  );
  const counts = new Map(found.map((one) => [one.batch_id, one]));
  for (const { batch_id, rows_read, loaded, quarantined } of await batches.inState('loaded')) {
    const now = counts.get(batch_id);
    if (!now || now.held + now.refused > rows_read) continue;
    if (now.held !== loaded || now.refused !== quarantined) await batches.recount(batch_id, now.held, now.refused);
  }
}

function stepTimer(steps: BuildResult['steps'], progress: Progress): Timed {
  return async (step, work) => {
    const done = (share: number) => {
      progress({ step, done: steps.length + share, total: Math.max(3, steps.length + 1) });
    };
    done(0);
    const started = performance.now();
    const rows = await work(done);
    steps.push({ step, seconds: Math.round(performance.now() - started) / 1000, rows });
  };
}
