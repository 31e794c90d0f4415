import { join } from 'node:path';
import { link, person, table } from '../contracts/index.ts';
import { integers, type LakeSession, sqlFile } from '../storage/lake.ts';

const SQL = join(import.meta.dirname, 'sql');

/** Others that an identity may be seen with; one seen with more, such as a company's phone, links nobody. */
export const MOST_LINKED = 8;

/** Raised when {@link joinPersons} comes to other persons: gold is then made anew. */
export const JOINING = { version: 1, mostLinked: MOST_LINKED };

const [LINK, PERSON] = [link, person].map(({ schema, name }) => `${schema}.${name}`) as [string, string];

/** The rows of `gold.link` for contacts with silver's columns and their identities (an SQL statement). */
export function pairsOf(contacts: string, identities = 'silver.identity'): string {
  return sqlFile(SQL, 'pairs.sql', { contacts, identities });
}

const ROOTS = table({
  schema: 'gold',
  name: 'roots',
  meaning: 'O menor número dos que se unem',
  columns: {
    id: { type: 'INTEGER', meaning: 'Número da identidade', personal: 'none', required: true },
    root: { type: 'INTEGER', meaning: 'O menor que ela alcança', personal: 'none', required: true },
  },
});

/**
 * Adds the rows of `gold.person` that links make to a table; `links` and `into` are relations. Links of identities that
 * have more than {@link MOST_LINKED} of them do not count, nor do those that lead out of the relation `among`.
 */
export async function joinPersons(session: LakeSession, links: string, into: string, among?: string): Promise<void> {
  const ends = `SELECT one AS identity FROM ${links} UNION ALL SELECT other FROM ${links}`;
  const members = among ? `WHERE identity IN (FROM ${among})` : '';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE node AS
     SELECT CAST(row_number() OVER (ORDER BY identity) - 1 AS INTEGER) AS id, identity
     FROM (SELECT identity FROM (${ends}) ${members} GROUP BY identity HAVING count(*) <= ${MOST_LINKED})`,
  );
  const { nodes } = await session.row<{ nodes: number }>('SELECT count(*) AS nodes FROM node');
  const parent = Int32Array.from({ length: nodes }, (_, id) => id);
  const joined = `SELECT one.id AS one, other.id AS other FROM ${links} AS pair
    JOIN node AS one ON one.identity = pair.one JOIN node AS other ON other.identity = pair.other`;
  for await (const chunk of session.chunks(joined)) {
    const [one, other] = [integers(chunk.getColumnVector(0)), integers(chunk.getColumnVector(1))];
    for (let i = 0; i < chunk.rowCount; i++) unite(parent, one[i]!, other[i]!);
  }
  await session.run('CREATE OR REPLACE TEMP TABLE roots (id INTEGER NOT NULL, root INTEGER NOT NULL)');
  const ids = new Int32Array(nodes);
  const roots = new Int32Array(nodes);
  let found = 0;
  for (let id = 0; id < nodes; id++) {
    const root = rootOf(parent, id);
    if (root === id) continue;
    ids[found] = id;
    roots[found] = root;
    found++;
  }
  const writer = await session.blockWriter(ROOTS, { catalog: 'temp', schema: 'main', name: 'roots' });
  if (found > 0) writer.write([ids.slice(0, found), roots.slice(0, found)], found);
  writer.close();
  await session.run(
    `INSERT INTO ${into} SELECT own.identity, least.identity FROM roots
     JOIN node AS own ON own.id = roots.id JOIN node AS least ON least.id = roots.root`,
  );
}

function rootOf(parent: Int32Array, id: number): number {
  let at = id;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!;
    at = parent[at]!;
  }
  return at;
}

/** The lesser root takes in the other. */
function unite(parent: Int32Array, one: number, other: number): void {
  const [a, b] = [rootOf(parent, one), rootOf(parent, other)];
  if (a < b) parent[b] = a;
  else parent[a] = b;
}

/** Who is who once a change is in gold: relations, and the statements that put it there. */
export interface PersonChange {
  /** The rows of `gold.person` as they will be. */
  readonly persons: string;
  commit(): Promise<void>;
}

/**
 * What a change does to links and persons. Temporary tables `link_gone` and `link_come` hold the pairs of rows that
 * leave and come; `touched`, the identities of those rows, gains whoever is, or was, one person with one of them.
 */
export async function changePersons(session: LakeSession): Promise<PersonChange> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE link_changed AS
     SELECT one, other, CAST(sum(legs) AS BIGINT) AS legs, sum(held) AS held FROM (
       SELECT one, other, -legs AS legs, 0 AS held FROM link_gone
       UNION ALL SELECT one, other, legs, 0 FROM link_come
       UNION ALL SELECT one, other, legs, 1 FROM ${LINK} SEMI JOIN (FROM link_gone UNION ALL FROM link_come) USING (one, other)
     ) GROUP BY one, other`,
  );
  const commitLinks = async () => {
    await session.run(`DELETE FROM ${LINK} WHERE (one, other) IN (SELECT (one, other) FROM link_changed)`);
    await session.run(`INSERT INTO ${LINK} SELECT one, other, legs FROM link_changed WHERE legs > 0`);
  };
  const toggled = `SELECT one, other FROM link_changed WHERE (held > 0) <> (legs > 0)`;
  const some = (await session.rows(`${toggled} LIMIT 1`)).length > 0;
  if (some) await rejoin(session, toggled);
  const persons = some
    ? `(SELECT * FROM ${PERSON} WHERE identity NOT IN (FROM member) UNION ALL FROM person_of_member)`
    : PERSON;
  await touchWhole(session, persons, some);
  const commit = async () => {
    await commitLinks();
    if (!some) return;
    await session.run(`DELETE FROM ${PERSON} WHERE identity IN (FROM member)`);
    await session.run(`INSERT INTO ${PERSON} FROM person_of_member`);
  };
  return { persons, commit };
}

/**
 * Joins anew everybody whom pairs that came or went may part or unite: temporary tables `member` and
 * `person_of_member`. Neighbours count too, for an identity that has too many links joins nobody until some go.
 */
async function rejoin(session: LakeSession, toggled: string): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE near AS
     WITH ends AS (SELECT one AS identity FROM (${toggled}) UNION SELECT other FROM (${toggled}))
     SELECT identity FROM ends UNION SELECT other FROM ${LINK} WHERE one IN (FROM ends)
     UNION SELECT one FROM ${LINK} WHERE other IN (FROM ends)`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE member AS
     WITH theirs AS (SELECT person FROM ${PERSON} WHERE identity IN (FROM near))
     FROM near UNION FROM theirs UNION SELECT identity FROM ${PERSON} WHERE person IN (FROM theirs) OR person IN (FROM near)`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE link_near AS
     SELECT one, other FROM (
       SELECT one, other FROM ${LINK} ANTI JOIN link_changed USING (one, other)
       UNION ALL SELECT one, other FROM link_changed WHERE legs > 0
     ) WHERE one IN (FROM member) OR other IN (FROM member)`,
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE person_of_member AS FROM ${PERSON} LIMIT 0`);
  await joinPersons(session, 'link_near', 'person_of_member', 'member');
}

/** Adds to `touched` the rest of everybody in it, as they were and as they will be, and whoever changes person. */
async function touchWhole(session: LakeSession, persons: string, some: boolean): Promise<void> {
  if (some) {
    await session.run(
      `INSERT INTO touched SELECT identity FROM member
       LEFT JOIN ${PERSON} AS was USING (identity) LEFT JOIN person_of_member AS becomes USING (identity)
       WHERE was.person IS DISTINCT FROM becomes.person AND identity NOT IN (FROM touched)`,
    );
  }
  const maps = some ? [PERSON, persons] : [PERSON];
  for (const [index, map] of maps.entries()) {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE whole_${index} AS
       WITH theirs AS (SELECT person FROM ${map} AS map WHERE identity IN (FROM touched))
       SELECT identity FROM ${map} AS map WHERE person IN (FROM theirs) OR person IN (FROM touched)
       UNION FROM theirs`,
    );
  }
  for (const [index] of maps.entries())
    await session.run(`INSERT INTO touched FROM whole_${index} WHERE identity NOT IN (FROM touched)`);
}
