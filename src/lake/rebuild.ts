import {
  agentTime,
  agentTimeMart,
  callerMart,
  contact,
  contactEvent,
  ddl,
  excluded,
  followed,
  identity,
  link,
  mark,
  mended,
  naturalKey,
  otherVersion,
  outdated,
  person,
  quarantine,
  renewed,
  repeatMart,
  type Table,
  uniqueValue,
} from '../contracts/index.ts';
import { type BatchGroup, type BatchRows, isFull } from '../intake/batch-rows.ts';
import { recheckBatches } from '../intake/check-batch.ts';
import { listContract } from '../intake/targets/index.ts';
import type { LakeSession } from '../storage/lake.ts';
import { ANEW } from '../storage/lake-schema.ts';
import { noAgentDays, noteAgentDays, sumAgentDays } from './agent-time.ts';
import { sumCallers } from './caller-sums.ts';
import { exclusionOf } from './exclusions.ts';
import { followedBy } from './followed.ts';
import { hashSlices, markAll } from './marks.ts';
import { CONTACT_MARTS, type Mart, measuresOf, repeatSums } from './measures.ts';
import { joinPersons, pairsOf } from './persons.ts';
import type { Premises } from './prepare-change.ts';
import { keepLookups, nameAll } from './reference/lookups.ts';
import { resolved } from './reference/resolved.ts';
import { CallerFold } from './rules/caller-fold.ts';
import { type Build, batchRows, countOf, type Prepared, type Timed } from './steps.ts';
import { storeBatches } from './store-batches.ts';

/** Makes gold anew beside the gold there is, of everything in silver. */
export async function prepareAll(
  environment: Build,
  session: LakeSession,
  { exclusions, reference }: Premises,
  timed: Timed,
): Promise<Prepared> {
  const loaded = await environment.batches.inState('loaded');
  await makeAnew(session, GOLD);
  const exclusion = exclusionOf(exclusions);
  await nameAll(session, reference);
  const all = resolved('silver.contact', reference.made);
  await session.run(
    `INSERT INTO gold.excluded${ANEW} SELECT row_id, ${exclusion} FROM ${all} WHERE ${exclusion} IS NOT NULL`,
  );
  const marks = `gold.mark${ANEW}`;
  const persons = `gold.person${ANEW}`;
  await timed('persons', async () => {
    await session.run('CREATE OR REPLACE TEMP TABLE link_part AS FROM gold.link LIMIT 0');
    for (const [from, to] of await rowRanges(session))
      await session.run(
        `INSERT INTO link_part ${pairsOf(`(SELECT * FROM silver.contact WHERE row_id BETWEEN ${from} AND ${to})`)}`,
      );
    await session.run(
      `INSERT INTO gold.link${ANEW} SELECT one, other, CAST(sum(legs) AS BIGINT) FROM link_part GROUP BY one, other`,
    );
    await joinPersons(session, `gold.link${ANEW}`, persons);
    return countOf(session, persons);
  });
  const callers = new CallerFold();
  await timed('marks', async (done) => {
    const contacts = await countOf(session, 'silver.contact');
    const net = `(SELECT * FROM ${all} WHERE ${exclusion} IS NULL)`;
    const into = { schema: 'gold', name: `mark${ANEW}` };
    await markAll(environment.lake, session, net, into, { persons, callers, marked: (rows) => done(rows / contacts) });
    return countOf(session, marks);
  });
  await timed('marts', async () => {
    const told = `gold.${followed.name}${ANEW}`;
    await session.run(`INSERT INTO ${told} BY NAME ${followedBy('silver.contact_event')}`);
    for (const { mart } of CONTACT_MARTS)
      await session.run(`CREATE OR REPLACE TEMP TABLE ${mart.name}_part AS FROM gold.${mart.name} LIMIT 0`);
    for (const [from, to] of await rowRanges(session)) {
      const some = `(SELECT * FROM silver.contact WHERE row_id BETWEEN ${from} AND ${to})`;
      const rows = (contacts: string) =>
        `(SELECT *, row_id IN (SELECT row_id FROM gold.excluded${ANEW}) AS excluded FROM ${contacts})`;
      for (const { mart, sums, told: said } of CONTACT_MARTS) {
        const relation = rows(said ? resolved(some, reference.made) : some);
        await session.run(`INSERT INTO ${mart.name}_part BY NAME ${sums(relation, 1, told)}`);
      }
    }
    for (const { mart } of CONTACT_MARTS) await addUp(session, mart, `${mart.name}_part`);
    await session.run('CREATE OR REPLACE TEMP TABLE repeat_part AS FROM gold.repeat_mart LIMIT 0');
    for (const slice of hashSlices('identity', await countOf(session, marks))) {
      const rows = repeatSums(`(SELECT * FROM ${marks} WHERE ${slice})`, all);
      await session.run(`INSERT INTO repeat_part BY NAME ${rows}`);
    }
    await addUp(session, repeatMart, 'repeat_part');
    await sumCallers(session, callers, 'caller_sums');
    await addUp(session, callerMart, 'caller_sums');
    await noAgentDays(session);
    await noteAgentDays(session, 'true');
    await sumAgentDays(session, `gold.${agentTimeMart.name}${ANEW}`);
    return countOf(session, `gold.repeat_mart${ANEW}`);
  });
  const touched = await session.row<{ identities: number; rows: number; days: number }>(
    'SELECT approx_count_distinct(identity) AS identities, count(*) AS rows, count(DISTINCT day) AS days FROM silver.contact',
  );
  const commit = async () => {
    await takePlaces(session, GOLD);
    await keepLookups(session, reference);
    await session.run('DELETE FROM gold.built');
    for (const { batch_id } of loaded) await session.run('INSERT INTO gold.built VALUES ($batch)', { batch: batch_id });
  };
  return { touched, commit };
}

const SUMS = [...CONTACT_MARTS.map(({ mart }) => mart), repeatMart, callerMart, agentTimeMart];
const GOLD = [link, person, mark, followed, ...SUMS, excluded];
const KEYS = [naturalKey, otherVersion, outdated, renewed, uniqueValue, mended];
const SILVER = [...KEYS, contact, contactEvent, identity, agentTime, quarantine];

/**
 * Checks and types every loaded batch anew from bronze into tables of their own, which then take silver's place at
 * once. What a kill leaves before is dropped at the next opening.
 */
export async function retypeAll(environment: Build, session: LakeSession, timed: Timed): Promise<void> {
  const listLayouts = environment.layouts.all().filter(({ into }) => into === 'list');
  const silver = [...SILVER, ...new Map(listLayouts.map((one) => [one.source, listContract(one)])).values()];
  await makeAnew(session, silver);
  await timed('silver', async (done) => {
    const loaded = await environment.batches.inState('loaded');
    const groups = await batchRows(environment, session, loaded, ANEW);
    const all = groups.flat().toSorted((a, b) => a.bronze.batch - b.bronze.batch);
    const rows = new Map(loaded.map(({ batch_id, rows_read }) => [batch_id, rows_read]));
    let checked = 0;
    for (const group of neighbours(all, ({ bronze }) => rows.get(bronze.batch) ?? 0)) {
      done((0.5 * checked) / all.length);
      await recheckBatches(session, group);
      checked += group.length;
    }
    let stored = 0;
    for (const [index, group] of groups.entries()) {
      stored += await storeBatches(session, group, (share) => done(0.5 + (0.5 * (index + share)) / groups.length));
    }
    await session.transaction(async () => {
      await takePlaces(session, silver);
      // Until gold is made of it too, no build may take what gold holds for what silver said.
      await session.run(`UPDATE gold.version SET made_by = ''`);
    });
    return stored;
  });
}

/** Groups of batches that can be checked together: those of one layout that follow each other. */
function neighbours(batches: readonly BatchRows[], rowsOf: (batch: BatchRows) => number): BatchGroup[] {
  const groups: [BatchRows, ...BatchRows[]][] = [];
  for (const batch of batches) {
    const last = groups.at(-1);
    if (last && last[0].layout === batch.layout && !isFull(last.map(rowsOf))) last.push(batch);
    else groups.push([batch]);
  }
  return groups;
}

/** Contacts summed into a mart at a time. */
const SLICE = 1_500_000;

/** What questions choose by: rows that lie in this order are skipped in blocks. */
const ASKED_BY = ['rule', 'grain', 'time', 'caller', 'day'];

/** Fills the new mart with the sums of a table of sums. */
async function addUp(session: LakeSession, mart: Mart, parts: string): Promise<void> {
  const measures = measuresOf(mart);
  const dimensions = Object.keys(mart.columns).filter((column) => !measures.includes(column));
  const sums = measures.map((measure) => `CAST(sum(${measure}) AS BIGINT) AS ${measure}`).join(', ');
  await session.run(
    `INSERT INTO gold.${mart.name}${ANEW} BY NAME SELECT ${dimensions.join(', ')}, ${sums} FROM ${parts} GROUP BY ALL
     ORDER BY ${dimensions.filter((name) => ASKED_BY.includes(name)).join(', ')}`,
  );
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

/** Makes empty tables beside those of the contracts. */
async function makeAnew(session: LakeSession, contracts: readonly Table[]): Promise<void> {
  for (const contract of contracts) {
    await session.run(`DROP TABLE IF EXISTS ${contract.schema}.${contract.name}${ANEW}`);
    await session.run(ddl(contract, ANEW));
  }
}

/** Puts those tables in the place of the contracts' own. */
async function takePlaces(session: LakeSession, contracts: readonly Table[]): Promise<void> {
  for (const { schema, name } of contracts) {
    await session.run(`DROP TABLE IF EXISTS ${schema}.${name}`);
    await session.run(`ALTER TABLE ${schema}.${name}${ANEW} RENAME TO ${name}`);
  }
}
