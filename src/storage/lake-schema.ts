import { ddl, TABLES, type Table } from '../contracts/index.ts';
import type { LakeSession } from './lake.ts';

/** Ends the names of the tables that silver and gold are made anew in, until they take their place. */
export const ANEW = '_anew';

/**
 * Creates what the contracts name and does not exist. `gold.version` holds the lake version, `gold.built` the batches
 * in gold.
 */
export async function prepareLake(session: LakeSession): Promise<void> {
  for (const schema of ['silver', 'gold']) await session.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await dropFormer(session);
  for (const contract of TABLES) {
    await session.run(`DROP TABLE IF EXISTS ${contract.schema}.${contract.name}${ANEW}`);
    await session.run(ddl(contract));
  }
  await session.run('CREATE TABLE IF NOT EXISTS gold.built (batch_id INTEGER NOT NULL)');
  await session.run(
    'CREATE TABLE IF NOT EXISTS gold.version (lake_version INTEGER NOT NULL, made_by VARCHAR NOT NULL)',
  );
  await session.run('ALTER TABLE gold.version ADD COLUMN IF NOT EXISTS made_on DATE');
  await session.run(
    `INSERT INTO gold.version (lake_version, made_by) SELECT 0, '' WHERE NOT EXISTS (FROM gold.version)`,
  );
}

/**
 * Drops gold when some of its tables have other columns than their contracts: the next build makes it anew from silver,
 * which may itself have been typed otherwise, so how it was stays written. Where silver's own differ, it goes too, and
 * the build starts from bronze.
 */
async function dropFormer(session: LakeSession): Promise<void> {
  const found = await session.rows<{ name: string; columns: string }>(
    `SELECT schema_name || '.' || table_name AS name, string_agg(column_name, ' ' ORDER BY column_index) AS columns
     FROM duckdb_columns() WHERE schema_name IN ('silver', 'gold') GROUP BY ALL`,
  );
  const held = new Map(found.map(({ name, columns }) => [name, columns]));
  const nameOf = ({ schema, name }: Table) => `${schema}.${name}`;
  const former = TABLES.filter(
    (one) => held.has(nameOf(one)) && held.get(nameOf(one)) !== Object.keys(one.columns).join(' '),
  );
  if (former.length === 0) return;
  const silverStays = former.every(({ schema }) => schema === 'gold');
  await session.run('DROP VIEW IF EXISTS gold.contact');
  for (const contract of TABLES.filter(({ schema }) => schema === 'gold' || !silverStays))
    await session.run(`DROP TABLE IF EXISTS ${nameOf(contract)}`);
  await session.run('DROP TABLE IF EXISTS gold.built');
  if (silverStays) {
    await session.run(`UPDATE gold.version SET made_by = regexp_replace(made_by, '\\S+$', '')`);
    return;
  }
  for (const { name } of found.filter(({ name }) => name.startsWith('silver.list_')))
    await session.run(`DROP TABLE ${name}`);
  await session.run(`UPDATE gold.version SET made_by = ''`);
}

/** Makes the table of a contract, or gives the one there is the columns that it lacks; one of another type becomes text. */
export async function fitTable(session: LakeSession, contract: Table, suffix = ''): Promise<void> {
  const name = `${contract.schema}.${contract.name}${suffix}`;
  await session.run(ddl(contract, suffix));
  const held = new Map(
    (
      await session.rows<{ column_name: string; data_type: string }>(
        'SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = $schema AND table_name = $table',
        { schema: contract.schema, table: `${contract.name}${suffix}` },
      )
    ).map(({ column_name, data_type }) => [column_name, data_type]),
  );
  for (const [column, { type }] of Object.entries(contract.columns)) {
    const now = held.get(column);
    if (now === undefined) await session.run(`ALTER TABLE ${name} ADD COLUMN "${column}" ${type}`);
    else if (now !== type && now !== 'VARCHAR') await session.run(`ALTER TABLE ${name} ALTER "${column}" TYPE VARCHAR`);
  }
}
