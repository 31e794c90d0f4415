import { ddl, TABLES } from '../contracts/index.ts';
import type { LakeSession } from './lake.ts';

/** Ends the names of the tables that silver and gold are made anew in, until they take their place. */
export const ANEW = '_anew';

/**
 * Creates what the contracts name and does not exist. `gold.version` holds the lake version, `gold.built` the batches
 * in gold, and `gold.contact` shows their contacts: what figures and the rows behind them are asked of.
 */
export async function prepareLake(session: LakeSession): Promise<void> {
  for (const schema of ['silver', 'gold']) await session.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  for (const contract of TABLES) {
    await session.run(`DROP TABLE IF EXISTS ${contract.schema}.${contract.name}${ANEW}`);
    await session.run(ddl(contract));
  }
  await session.run('CREATE TABLE IF NOT EXISTS gold.built (batch_id INTEGER NOT NULL)');
  await session.run(
    'CREATE TABLE IF NOT EXISTS gold.version (lake_version INTEGER NOT NULL, made_by VARCHAR NOT NULL)',
  );
  await session.run(
    'CREATE OR REPLACE VIEW gold.contact AS FROM silver.contact WHERE batch_id IN (SELECT batch_id FROM gold.built)',
  );
  await session.run(`INSERT INTO gold.version SELECT 0, '' WHERE NOT EXISTS (FROM gold.version)`);
}
