import {
  contact,
  contactEvent,
  contactMart,
  ddl,
  excluded,
  identity,
  mark,
  quarantine,
  repeatMart,
  type Table,
} from '../contracts/index.ts';
import { forgetBatch } from '../intake/store-batch.ts';
import type { LakeSession } from '../storage/lake.ts';
import { RETYPED_SCHEMA } from '../storage/lake-schema.ts';
import { type Exclusion, excludeRows } from './exclusions.ts';
import { markScope } from './marks.ts';
import { contactRows, type Mart, martRows, measuresOf, repeatRows } from './measures.ts';
import { type Build, copySources, countOf, retype, reviveRows, scopeEnds, scopeIs, type Timed } from './steps.ts';

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

const SILVER = [contact, contactEvent, identity, quarantine];

/**
 * Types every loaded batch from bronze into tables of their own, a transaction each, so that memory is that of one
 * batch; then silver becomes those tables, in one. What a kill leaves before is dropped at the next opening.
 */
export async function retypeAll(environment: Build, session: LakeSession, timed: Timed): Promise<void> {
  await session.run(`DROP SCHEMA IF EXISTS ${RETYPED_SCHEMA} CASCADE`);
  await session.run(`CREATE SCHEMA ${RETYPED_SCHEMA}`);
  for (const contract of SILVER) await session.run(ddl(contract, RETYPED_SCHEMA));
  await timed('silver', async () => {
    let rows = 0;
    for (const batch of await environment.batches.inState('loaded')) {
      rows += await session.transaction(() => retype(environment, session, batch, RETYPED_SCHEMA));
    }
    await session.transaction(() => takeRetyped(session));
    return rows;
  });
  await session.run(`DROP SCHEMA ${RETYPED_SCHEMA} CASCADE`);
}

/** Contacts summed into a mart at a time: bounds the join of marks with their contacts. */
const SLICE = 3_000_000;

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
  await session.run(`INSERT INTO ${name} BY NAME SELECT ${dimensions.join(', ')}, ${sums} FROM part GROUP BY ALL`);
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

async function takeRetyped(session: LakeSession): Promise<void> {
  for (const contract of SILVER) {
    await makeEmpty(session, contract);
    await session.run(`INSERT INTO silver.${contract.name} FROM ${RETYPED_SCHEMA}.${contract.name}`);
  }
}

async function makeEmpty(session: LakeSession, contract: Table): Promise<void> {
  await session.run(`DROP TABLE ${contract.schema}.${contract.name}`);
  await session.run(ddl(contract));
}
