import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';

export const SCHEMA = 'ramal';
const MIGRATIONS = join(import.meta.dirname, 'migrations');

/** Any number that no other lock of the database uses. */
const MIGRATION_LOCK = 7_262_511;

/** Applies the numbered files that the schema does not have yet, all in one transaction; others who open wait. */
export async function migrate(sql: Sql): Promise<void> {
  const files = migrations();
  await sql.begin(async (transaction) => {
    await transaction`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`;
    await transaction.unsafe(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}; SET search_path TO ${SCHEMA}`);
    await transaction`CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`;
    const applied = new Set((await transaction<{ name: string }[]>`SELECT name FROM migration`).map((row) => row.name));
    for (const name of files.filter((file) => !applied.has(file))) {
      await transaction.unsafe(textOf(name));
      await transaction`INSERT INTO migration (name) VALUES (${name})`;
    }
  });
}

/** The same for the same migrations, whatever else changed. */
export function schemaHash(): string {
  const hash = createHash('sha256');
  for (const name of migrations()) hash.update(`${name}\n${textOf(name)}`);
  return hash.digest('hex').slice(0, 12);
}

const textOf = (name: string): string => readFileSync(join(MIGRATIONS, name), 'utf8');

const migrations = (): string[] =>
  readdirSync(MIGRATIONS)
    .filter((name) => /^\d{4}-[\w-]+\.sql$/.test(name))
    .sort();
