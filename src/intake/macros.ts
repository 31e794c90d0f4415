import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DDD_BY_UF } from '../kernel/brazil/ddd.ts';
import { type LakeSession, literal } from '../storage/lake.ts';

/** Creates the expressions that layouts are made of, in the session's database. */
export async function createMacros(session: LakeSession): Promise<void> {
  const ddds = Object.entries(DDD_BY_UF).map(
    ([uf, codes]) => `WHEN ddd IN (${codes.map(literal).join(', ')}) THEN ${literal(uf)}`,
  );
  await session.run(`CREATE OR REPLACE MACRO uf_of_ddd(ddd) AS CASE ${ddds.join(' ')} END`);
  const statements = readFileSync(join(import.meta.dirname, 'macros.sql'), 'utf8').split(/;\s*$/m);
  for (const statement of statements) if (/\bMACRO\b/.test(statement)) await session.run(statement);
}
