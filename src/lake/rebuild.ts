import {
  contact,
  contactEvent,
  contactMart,
  ddl,
  excluded,
  identity,
  mark,
  naturalKey,
  quarantine,
  repeatMart,
  type Table,
} from '../contracts/index.ts';
import { forgetBatch, recheckBatch } from '../intake/check-batch.ts';
import type { LakeSession } from '../storage/lake.ts';
import { ANEW } from '../storage/lake-schema.ts';
import { type Exclusion, excludeRows } from './exclusions.ts';
import { markScope } from './marks.ts';
import { contactRows, type Mart, martRows, measuresOf, repeatRows } from './measures.ts';
import { type Build, batchRows, copySources, countOf, reviveRows, scopeEnds, scopeIs, type Timed } from './steps.ts';
import { storeBatches } from './store-batches.ts';

/** Makes gold anew, of silver without the batches that are gone. */
export async function rebuildAll(
  environment: Build,
  session: LakeSession,
  exclusions: readonly Exclusion[],
  gone: readonly number[],
  timed: Timed,
) {
  const loaded = await environment.batches.inState('loaded');
  for (const batch of gone) await forgetBatch(session, batch);
  if (gone.length > 0) {
    for (const batch of loaded) if (batch.duplicate > 0) await reviveRows(environment, session, batch);
  }
  await copySources(environment, session);
  for (const contract of [mark, contactMart, repeatMart, excluded]) await makeEmpty(session, contract);
  await session.run('DELETE FROM gold.built');
  await excludeRows(session, exclusions, 'silver.contact');
  await scopeIs(session, 'VIEW', 'SELECT * FROM silver.contact');
  await timed('marks', async () => {
    await markScope(session);
    return countOf(session, 'gold.mark');
  });
  await timed('marts', async () => {
    await sumMart(session, contactMart, (range) => contactRows(`(SELECT * FROM silver.contact WHERE ${range})`));
    await sumMart(session, repeatMart, (range) => repeatRows(`(SELECT * FROM gold.mark WHERE ${range})`));
    return countOf(session, 'gold.repeat_mart');
  });
  for (const { batch_id } of loaded) await session.run('INSERT INTO gold.built VALUES ($batch)', { batch: batch_id });
  await scopeEnds(session);
  return session.row<{ identities: number; rows: number; days: number }>(
    'SELECT approx_count_distinct(identity) AS identities, count(*) AS rows, count(DISTINCT day) AS days FROM silver.contact',
  );
}

const SILVER = [naturalKey, contact, contactEvent, identity, quarantine];

/**
 * Checks and types every loaded batch anew from bronze into tables of their own, which then take silver's place at
 * once. What a kill leaves before is dropped at the next opening.
 */
export async function retypeAll(environment: Build, session: LakeSession, timed: Timed): Promise<void> {
  for (const contract of SILVER) {
    await session.run(`DROP TABLE IF EXISTS silver.${contract.name}${ANEW}`);
    await session.run(ddl(contract, ANEW));
  }
  await timed('silver', async (done) => {
    const groups = await batchRows(environment, session, await environment.batches.inState('loaded'), ANEW);
    const all = groups.flat().toSorted((a, b) => a.bronze.batch - b.bronze.batch);
    for (const [index, batch] of all.entries()) {
      done((0.5 * index) / all.length);
      await recheckBatch(session, batch);
    }
    let rows = 0;
    for (const [index, group] of groups.entries()) {
      rows += await storeBatches(session, group, (share) => done(0.5 + (0.5 * (index + share)) / groups.length));
    }
    await session.transaction(async () => {
      for (const { name } of SILVER) {
        await session.run(`DROP TABLE silver.${name}`);
        await session.run(`ALTER TABLE silver.${name}${ANEW} RENAME TO ${name}`);
      }
    });
    return rows;
  });
}

/** Contacts summed into a mart at a time: bounds the join of marks with their contacts. */
const SLICE = 1_500_000;

/** What questions choose by: rows that lie in this order are skipped in blocks. */
const ASKED_BY = ['rule', 'grain', 'day'];

/** Sums a mart slice by slice of row ids, then adds the slices up. */
async function sumMart(session: LakeSession, mart: Mart, rowsOf: (range: string) => string): Promise<void> {
  const name = `gold.${mart.name}`;
  const measures = measuresOf(mart);
  const dimensions = Object.keys(mart.columns).filter((column) => !measures.includes(column));
  await session.run(`CREATE OR REPLACE TEMP TABLE part AS FROM ${name} LIMIT 0`);
  for (const [from, to] of await rowRanges(session)) {
    await session.run(`INSERT INTO part BY NAME ${martRows(mart, rowsOf(`row_id BETWEEN ${from} AND ${to}`))}`);
  }
  const sums = measures.map((measure) => `CAST(sum(${measure}) AS BIGINT) AS ${measure}`).join(', ');
  await session.run(
    `INSERT INTO ${name} BY NAME SELECT ${dimensions.join(', ')}, ${sums} FROM part GROUP BY ALL
     ORDER BY ${dimensions.filter((name) => ASKED_BY.includes(name)).join(', ')}`,
  );
  await session.run('DROP TABLE part');
}

/** Ranges of row ids, both ends in, of whole batches and about a slice's rows each. */
async function rowRanges(session: LakeSession): Promise<[string, string][]> {
  return (
    await session.rows<{ first: string; last: string }>(
      `SELECT CAST(min(first) AS VARCHAR) AS first, CAST(max(last) AS VARCHAR) AS last FROM (
         SELECT min(row_id) AS first, max(row_id) AS last, sum(count(*)) OVER (ORDER BY batch_id) // ${SLICE} AS slice
         FROM silver.contact GROUP BY batch_id
       ) GROUP BY slice ORDER BY slice`,
    )
  ).map(({ first, last }) => [first, last]);
}

async function makeEmpty(session: LakeSession, contract: Table): Promise<void> {
  await session.run(`DROP TABLE ${contract.schema}.${contract.name}`);
  await session.run(ddl(contract));
}
