import { contactMart, repeatMart } from '../contracts/index.ts';
import { forgetBatch } from '../intake/store-batch.ts';
import type { LakeSession } from '../storage/lake.ts';
import { type Exclusion, excludeRows } from './exclusions.ts';
import { markScope } from './marks.ts';
import { contactRows, martRows, repeatRows } from './measures.ts';
import { type Build, copySources, countOf, retype, scopeEnds, scopeIs, type Timed } from './steps.ts';

/** Makes gold anew, and silver too when `fromBronze`. */
export async function rebuildAll(
  environment: Build,
  session: LakeSession,
  exclusions: readonly Exclusion[],
  fromBronze: boolean,
  timed: Timed,
) {
  const loaded = await environment.batches.inState('loaded');
  const gone = await goneBatches(environment, session);
  for (const { batch_id } of gone) await forgetBatch(session, batch_id);
  if (fromBronze) {
    await timed('silver', async () => {
      for (const table of ['contact', 'contact_event', 'identity', 'quarantine'])
        await session.run(`DELETE FROM silver.${table}`);
      let rows = 0;
      for (const batch of loaded) rows += await retype(environment, session, batch, true);
      return rows;
    });
  } else if (gone.length > 0) {
    for (const batch of loaded) if (batch.duplicate > 0) await retype(environment, session, batch);
  }
  await copySources(environment, session);
  for (const table of ['mark', 'contact_mart', 'repeat_mart', 'excluded', 'built'])
    await session.run(`DELETE FROM gold.${table}`);
  await excludeRows(session, exclusions, 'silver.contact');
  await scopeIs(session, 'VIEW', 'SELECT * FROM silver.contact');
  await timed('marks', async () => {
    await markScope(session);
    return countOf(session, 'gold.mark');
  });
  await timed('marts', async () => {
    await session.run(`INSERT INTO gold.contact_mart BY NAME ${martRows(contactMart, contactRows('silver.contact'))}`);
    await session.run(`INSERT INTO gold.repeat_mart BY NAME ${martRows(repeatMart, repeatRows('gold.mark'))}`);
    return countOf(session, 'gold.repeat_mart');
  });
  for (const { batch_id } of loaded) await session.run('INSERT INTO gold.built VALUES ($batch)', { batch: batch_id });
  await scopeEnds(session);
  return session.row<{ identities: number; rows: number; days: number }>(
    'SELECT approx_count_distinct(identity) AS identities, count(*) AS rows, count(DISTINCT day) AS days FROM silver.contact',
  );
}

async function goneBatches({ batches }: Build, session: LakeSession): Promise<{ batch_id: number }[]> {
  const live = new Set((await batches.inState('loaded')).map((batch) => batch.batch_id));
  const held = await session.rows<{ batch_id: number }>(
    'SELECT batch_id FROM silver.contact UNION SELECT batch_id FROM silver.quarantine',
  );
  return held.filter(({ batch_id }) => !live.has(batch_id));
}
