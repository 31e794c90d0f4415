import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMacros } from '../intake/macros.ts';
import type { Config } from '../kernel/config.ts';
import { Lake } from '../storage/lake.ts';
import { prepareLake } from '../storage/lake-schema.ts';
import { contactView } from './reference/lookups.ts';

/** Opens the lake of a home with its tables and the expressions that intake and build use. */
export async function openLake(config: Pick<Config, 'home' | 'memoryMb' | 'threads' | 'timeZone'>): Promise<Lake> {
  const lake = await Lake.open(config);
  await lake.use(async (session) => {
    await prepareLake(session);
    await session.run(contactView());
    await createMacros(session);
    const statements = readFileSync(join(import.meta.dirname, 'sql', 'macros.sql'), 'utf8').split(/;\s*$/m);
    for (const statement of statements) if (/\bMACRO\b/.test(statement)) await session.run(statement);
    lake.version = (await session.row<{ lake_version: number }>('SELECT lake_version FROM gold.version')).lake_version;
  });
  return lake;
}
