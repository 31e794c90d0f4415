import { agentTimeMart, callerMart, mark, repeatMart, temporary } from '../contracts/index.ts';
import { releaseKeys, removeRows } from '../intake/check-batch.ts';
import { type LakeSession, quoted } from '../storage/lake.ts';
import { keepAgentDays, noAgentDays, noteAgentDays, sumAgentDays } from './agent-time.ts';
import { sumCallers } from './caller-sums.ts';
import { type Exclusion, exclusionOf } from './exclusions.ts';
import { changeFollowed, noteLeaving } from './followed.ts';
import { hashSlices, markPeople, peopleOf } from './marks.ts';
import { CONTACT_MARTS, type Mart, measuresOf, repeatSums } from './measures.ts';
import { changePersons, type PersonChange, pairsOf } from './persons.ts';
import { keepLookups, nameMore, type Reference } from './reference/lookups.ts';
import { resolved } from './reference/resolved.ts';
import { CallerFold } from './rules/caller-fold.ts';
import { type Build, batchRows, countOf, type Prepared, type Timed } from './steps.ts';
import { storeBatches } from './store-batches.ts';

/** Batches that came and batches that went since gold was built, and whether rows of others went or came. */
export interface Change {
  readonly arrived: readonly number[];
  readonly gone: readonly number[];
  /** To newer versions, or corrected. */
  readonly outdated: boolean;
  readonly renewed: boolean;
}

/** What figures leave out, and what the reference tables say. */
export interface Premises {
  readonly exclusions: readonly Exclusion[];
  readonly reference: Reference;
}

/**
 * The difference a change makes. Rows that leave and rows that come change the contact mart; a row of which the
 * reference tables say something else (temporary table `retold`) leaves as it was said before and comes as it is said
 * now, and so does one whose events came or went: that changes no mark. The people of both are marked as they were and
 * as they are now, over their whole history; the marks in which the two differ change gold and the repeat mart. What goes
 * leaves silver at once: the caller's transaction holds the whole.
 */
export async function prepareChange(
  environment: Build,
  session: LakeSession,
  { exclusions, reference }: Premises,
  { arrived, gone, outdated, renewed }: Change,
  timed: Timed,
): Promise<Prepared> {
  const list = (batches: readonly number[]) => (batches.length === 0 ? 'NULL' : batches.join(', '));
  const exclusion = exclusionOf(exclusions);
  await releaseKeys(session, gone);
  const leave = gone.length > 0 || outdated || (await countOf(session, 'retold')) > 0;
  // Most days nothing leaves, and looking for it would read every contact.
  await session.run(
    `CREATE OR REPLACE TEMP TABLE leaving_rows AS SELECT * FROM silver.contact ${
      leave
        ? `WHERE (batch_id IN (${list(gone)}) OR row_id IN (FROM silver.outdated) OR row_id IN (FROM retold))
           AND batch_id IN (FROM gold.built)`
        : 'LIMIT 0'
    }`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE leaving AS SELECT *, ${exclusion} AS exclusion FROM ${resolved('leaving_rows', 'gold')}`,
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE link_gone AS ${pairsOf('leaving_rows')}`);
  await noteLeaving(session, list(gone));
  await noAgentDays(session);
  if (gone.length > 0 || outdated) {
    await noteAgentDays(session, `batch_id IN (${list(gone)}) OR row_id IN (FROM silver.outdated)`);
    await removeRows(session, gone);
  }
  await session.run(
    `CREATE OR REPLACE TEMP TABLE coming_rows AS SELECT row_id FROM silver.contact WHERE batch_id IN (${list(arrived)})
     UNION ALL FROM retold`,
  );
  if (gone.length > 0 || renewed) {
    await timed('silver', () => revive(environment, session, arrived));
    await noteAgentDays(session, 'row_id IN (FROM revived)');
  }
  await noteAgentDays(session, `batch_id IN (${list(arrived)})`);
  const followed = await changeFollowed(session, list(arrived));
  await nameMore(session, reference, gone.length > 0 || outdated || renewed);
  const come = '(SELECT * FROM silver.contact WHERE row_id IN (FROM coming_rows))';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE coming AS SELECT *, ${exclusion} AS exclusion FROM ${resolved(come, reference.made)}`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT identity
     FROM (SELECT identity FROM leaving UNION ALL SELECT identity FROM coming) WHERE identity IS NOT NULL`,
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE link_come AS ${pairsOf(come)}`);
  const people = await changePersons(session);
  const callers = new CallerFold();
  await timed('marks', () => markTouched(session, exclusion, reference, people, callers));
  let days = 0;
  await timed('marts', async () => {
    await session.run(temporary(agentTimeMart, 'agent_time_renewed'));
    const rowsOf = (table: string) => `(SELECT *, exclusion IS NOT NULL AS excluded FROM ${table})`;
    await session.run(
      `CREATE OR REPLACE TEMP TABLE restated AS SELECT *, ${exclusion} AS exclusion FROM ${resolved(followed.restated, reference.made)}`,
    );
    for (const { mart, sums } of CONTACT_MARTS)
      await session.run(
        `CREATE OR REPLACE TEMP TABLE ${mart.name}_change AS
         ${sums(rowsOf('leaving'), -1)} UNION ALL ${sums(rowsOf('coming'), 1, followed.fresh)}
         UNION ALL ${sums(rowsOf('restated'), -1)} UNION ALL ${sums(rowsOf('restated'), 1, followed.fresh)}`,
      );
    await session.run(
      `CREATE OR REPLACE TEMP TABLE ${repeatMart.name}_change AS
       ${repeatSums('stale_marks', '(SELECT * FROM people WHERE former)', -1)}
       UNION ALL ${repeatSums('new_marks', '(SELECT * FROM people WHERE present)')}`,
    );
    await sumCallers(session, callers, `${callerMart.name}_change`);
    days = await sumAgentDays(session, 'agent_time_renewed');
    for (const mart of MARTS) days = Math.max(days, await renewDays(session, mart));
    return days;
  });
  const touched = {
    identities: await countOf(session, 'touched'),
    rows: await countOf(session, 'people WHERE present'),
    days,
  };
  const commit = async () => {
    await people.commit();
    await followed.commit();
    await session.run('DELETE FROM gold.mark WHERE row_id IN (SELECT row_id FROM stale_marks)');
    await session.run('INSERT INTO gold.mark FROM new_marks');
    for (const { name } of MARTS) {
      await session.run(`DELETE FROM gold.${name} WHERE (source, day) IN (FROM ${name}_days)`);
      await session.run(`INSERT INTO gold.${name} BY NAME FROM ${name}_renewed`);
    }
    await keepAgentDays(session, 'agent_time_renewed');
    await session.run('DELETE FROM gold.excluded WHERE row_id IN (SELECT row_id FROM leaving)');
    await session.run('INSERT INTO gold.excluded SELECT row_id, exclusion FROM coming WHERE exclusion IS NOT NULL');
    await keepLookups(session, reference);
    await session.run(`DELETE FROM gold.built WHERE batch_id IN (${list(gone)})`);
    for (const batch of arrived) await session.run('INSERT INTO gold.built VALUES ($batch)', { batch });
  };
  return { touched, commit };
}

/**
 * Marks the touched people as they were, and as they are, and keeps what differs, and all marks of retold rows: those
 * count under other columns. Resolves to how many rows they have.
 */
async function markTouched(
  session: LakeSession,
  exclusion: string,
  { made }: Reference,
  { persons }: PersonChange,
  callers: CallerFold,
): Promise<number> {
  const theirs = `(SELECT * FROM silver.contact WHERE identity IN (FROM touched)
    UNION ALL SELECT * FROM silver.contact WHERE identity IS NULL AND row_id IN (FROM coming_rows))`;
  const stored = `(SELECT * FROM ${resolved(theirs, made)} WHERE ${exclusion} IS NULL)`;
  const left = '(SELECT * FROM leaving WHERE exclusion IS NULL)';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE people AS
     SELECT *, row_id NOT IN (FROM coming_rows) AS former, true AS present FROM (${peopleOf(stored, persons)})
     UNION ALL SELECT *, true, false FROM (${peopleOf(left, persons)})`,
  );
  const asWere = `(SELECT people.* REPLACE (coalesce(was.person, people.identity) AS person)
    FROM people LEFT JOIN gold.person AS was USING (identity))`;
  const rows = await countOf(session, 'people');
  for (const [when, people, weight] of [
    ['former', asWere, -1],
    ['present', 'people', 1],
  ] as const) {
    callers.weight = weight;
    await session.run(temporary(mark, `${when}_marks`));
    for (const slice of hashSlices('person', rows))
      await markPeople(session, `(SELECT * FROM ${people} WHERE ${when} AND ${slice})`, `${when}_marks`, { callers });
    callers.close();
  }
  const all = Object.keys(mark.columns).map(quoted).join(', ');
  const differing = (one: string, other: string) =>
    `FROM ${one} ANTI JOIN (FROM ${other} WHERE row_id NOT IN (FROM retold)) AS other USING (${all})`;
  await session.run(`CREATE OR REPLACE TEMP TABLE stale_marks AS ${differing('former_marks', 'present_marks')}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE new_marks AS ${differing('present_marks', 'former_marks')}`);
  return rows;
}

/**
 * Types the rows of other batches that gained a key, or other content, and adds them to `coming_rows`, with those of
 * batches that arrived; resolves to how many.
 */
async function revive(environment: Build, session: LakeSession, arrived: readonly number[]): Promise<number> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE revived AS
     SELECT row_id FROM silver.natural_key WHERE row_id IN (FROM silver.renewed)
     UNION SELECT row_id FROM gained WHERE row_id >> 32 IN (${arrived.join(', ') || 'NULL'})`,
  );
  await session.run('DELETE FROM silver.renewed');
  const found = await session.rows<{ batch: number }>('SELECT DISTINCT row_id >> 32 AS batch FROM revived');
  if (found.length === 0) return 0;
  const wanted = new Set(found.map(({ batch }) => batch));
  const batches = (await environment.batches.inState('loaded')).filter(({ batch_id }) => wanted.has(batch_id));
  for (const group of await batchRows(environment, session, batches)) await storeBatches(session, group);
  await session.run('INSERT INTO coming_rows FROM revived ANTI JOIN coming_rows USING (row_id)');
  return countOf(session, 'revived');
}

/** The marts that change by what is added to them and taken from them: agents' time is summed anew, day by day. */
const MARTS: readonly Mart[] = [...CONTACT_MARTS.map(({ mart }) => mart), repeatMart, callerMart];

/** Adds the change to the source-days of a mart that it touches, as they will be; resolves to how many those are. */
async function renewDays(session: LakeSession, mart: Mart): Promise<number> {
  const measures = measuresOf(mart);
  const dimensions = Object.keys(mart.columns).filter((name) => !measures.includes(name));
  const { name } = mart;
  const sums = measures.map((measure) => `CAST(sum(${measure}) AS BIGINT) AS ${measure}`).join(', ');
  const some = measures.map((measure) => `sum(${measure}) <> 0`).join(' OR ');
  await session.run(
    `CREATE OR REPLACE TEMP TABLE changed AS SELECT ${dimensions.join(', ')}, ${sums} FROM ${name}_change GROUP BY ALL HAVING ${some}`,
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE ${name}_days AS SELECT DISTINCT source, day FROM changed`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${name}_renewed AS SELECT ${dimensions.join(', ')}, ${sums}
     FROM (SELECT mart.* FROM gold.${name} AS mart SEMI JOIN ${name}_days USING (source, day) UNION ALL BY NAME FROM changed)
     GROUP BY ALL HAVING ${some}`,
  );
  return countOf(session, `${name}_days`);
}
