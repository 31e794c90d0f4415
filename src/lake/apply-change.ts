import { contactMart, ddl, mark, repeatMart } from '../contracts/index.ts';
import { forgetBatch } from '../intake/check-batch.ts';
import type { LakeSession } from '../storage/lake.ts';
import { type Exclusion, excludeRows } from './exclusions.ts';
import { markScope, SCOPE_COLUMNS } from './marks.ts';
import { contactRows, type Mart, martRows, measuresOf, repeatRows } from './measures.ts';
import { type Build, copySources, countOf, reviveRows, scopeEnds, scopeIs, type Timed } from './steps.ts';

/** Ends the name of the table where the touched identities' new marks wait. */
const FRESH = '_fresh';

/** Batches that came and batches that were rolled back since gold was built. */
export interface Change {
  readonly arrived: number[];
  readonly gone: number[];
}

/**
 * The difference a change makes. Rows that leave and rows that come change the contact mart; the identities of both
 * have their marks, and so their share of the repeat mart, taken out and put back anew.
 */
export async function applyChange(
  environment: Build,
  session: LakeSession,
  exclusions: readonly Exclusion[],
  { arrived, gone }: Change,
  timed: Timed,
) {
  const list = (batches: readonly number[]) => (batches.length === 0 ? 'NULL' : batches.join(', '));
  await copySources(environment, session);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE leaving AS SELECT row_id, identity FROM silver.contact
     WHERE batch_id IN (${list(gone)}) AND batch_id IN (FROM gold.built)`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE coming AS SELECT row_id, identity FROM silver.contact WHERE batch_id IN (${list(arrived)})`,
  );
  const rowsOf = (table: string) =>
    contactRows(`(SELECT * FROM silver.contact WHERE row_id IN (SELECT row_id FROM ${table}))`);
  await session.run(`CREATE OR REPLACE TEMP TABLE contact_change AS ${martRows(contactMart, rowsOf('leaving'), -1)}`);
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
  await session.run(`INSERT INTO contact_change ${martRows(contactMart, rowsOf('coming'))}`);
  await scopeIs(
    session,
    'TABLE',
    `SELECT ${SCOPE_COLUMNS.join(', ')} FROM silver.contact WHERE identity IN (FROM touched)`,
  );
  const identities = await countOf(session, 'touched');
  const rows = await countOf(session, 'scope');
  await timed('marks', async () => {
    await session.run(ddl(mark, FRESH));
    await markScope(session, { suffix: FRESH });
    return rows;
  });
  let days = 0;
  await timed('marts', async () => {
    await session.run(`INSERT INTO repeat_change ${martRows(repeatMart, repeatRows(`gold.mark${FRESH}`))}`);
    await session.run(`INSERT INTO gold.mark FROM gold.mark${FRESH}`);
    await session.run(`DROP TABLE gold.mark${FRESH}`);
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
    'CREATE OR REPLACE TEMP TABLE former AS SELECT rowid AS place, * FROM gold.mark WHERE identity IN (FROM touched)',
  );
  await session.run(`${into} ${martRows(repeatMart, repeatRows('former'), -1)}`);
  await session.run('DELETE FROM gold.mark WHERE rowid IN (SELECT place FROM former)');
  await session.run('DROP TABLE former');
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
    const rows = await reviveRows(environment, session, batch);
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

/** Adds the change to a mart, source-day by source-day; resolves to how many of those changed. */
async function addTo(session: LakeSession, mart: Mart, change: string): Promise<number> {
  const measures = measuresOf(mart);
  const dimensions = Object.keys(mart.columns).filter((name) => !measures.includes(name));
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
