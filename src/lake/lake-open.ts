import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMacros } from '../intake/macros.ts';
import { MONDAY_WEEKS, type WeekCount } from '../kernel/brazil/weeks.ts';
import type { Config } from '../kernel/config.ts';
import { Lake, literal } from '../storage/lake.ts';
import { prepareLake } from '../storage/lake-schema.ts';
import { contactView } from './reference/resolved.ts';

type LakeConfig = Pick<Config, 'home' | 'memoryMb' | 'threads' | 'timeZone'> & Partial<Pick<Config, 'week'>>;

/** Opens the lake of a home with its tables and the expressions that intake, build and figures use. */
export async function openLake({ week = MONDAY_WEEKS, ...config }: LakeConfig): Promise<Lake> {
  const lake = await Lake.open(config);
  lake.week = week;
  await lake.use(async (session) => {
    await prepareLake(session);
    await session.run(contactView());
    await createMacros(session);
    const statements = readFileSync(join(import.meta.dirname, 'sql', 'macros.sql'), 'utf8').split(/;\s*$/m);
    for (const statement of statements) if (/\bMACRO\b/.test(statement)) await session.run(statement);
    await session.run(weekMacro(week));
    lake.version = (await session.row<{ lake_version: number }>('SELECT lake_version FROM gold.version')).lake_version;
  });
  return lake;
}

/** What a day's week is to the figures. Marts hold days: another setting needs no rebuild. */
function weekMacro({ first }: WeekCount): string {
  const into = `(CAST(day AS DATE) - DATE ${literal(first)}) % 7`;
  return `CREATE OR REPLACE MACRO week_start(day) AS CAST(day AS DATE) - CAST((${into} + 7) % 7 AS INTEGER)`;
}
