import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { RamalError } from '../../kernel/errors.ts';

/**
 * Ties a home to the server that keeps its ledger, by an id that both hold: two homes on one ledger would undo each
 * other's batches.
 * @throws RamalError `ledgerForeign` when the ledger is another home's.
 */
export async function bindHome(home: string, sql: Sql): Promise<void> {
  const path = join(home, 'home.id');
  if (!existsSync(path)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(path, randomUUID(), { mode: 0o600 });
  }
  const own = readFileSync(path, 'utf8').trim();
  await sql`INSERT INTO preference (name, value) VALUES ('home', ${sql.json(own)}) ON CONFLICT (name) DO NOTHING`;
  const [kept] = await sql<{ value: string }[]>`SELECT value FROM preference WHERE name = 'home'`;
  if (kept?.value !== own) throw new RamalError('ledgerForeign', { home });
}
