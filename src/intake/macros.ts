import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DDD_BY_UF } from '../kernel/brazil/ddd.ts';
import { type LakeSession, literal } from '../storage/lake.ts';

/** Creates the expressions that layouts are made of, in the session's database. */
export async function createMacros(session: LakeSession): Promise<void> {
  const states = Object.entries(DDD_BY_UF).flatMap(([uf, codes]) => codes.map((code) => [Number(code), uf] as const));
  const byDdd = Array.from({ length: 99 }, (_, index) => states.find(([ddd]) => ddd === index + 1)?.[1]);
  const list = byDdd.map((uf) => (uf ? literal(uf) : 'NULL')).join(', ');
  await session.run(
    `CREATE OR REPLACE MACRO uf_of_ddd(ddd) AS CASE WHEN length(ddd) = 2 THEN list_extract([${list}], try_cast(ddd AS INTEGER)) END`,
  );
  for (const statement of macroStatements()) await session.run(statement);
}

export function macroStatements(): string[] {
  const statements = readFileSync(join(import.meta.dirname, 'macros.sql'), 'utf8').split(/;\s*$/m);
  return statements.filter((statement) => /\bMACRO\b/.test(statement));
}
