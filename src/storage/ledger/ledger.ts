import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import type { RamalError } from '../../kernel/errors.ts';
import { asRamalError } from '../../kernel/thrown.ts';
import { copyDatabase } from './copy-database.ts';
import { bindHome } from './home-binding.ts';
import { migrate, SCHEMA } from './migrate.ts';
import { openEmbeddedPostgres } from './pglite-socket.ts';

export type LedgerSql = Sql | TransactionSql;

/** The ledger: one SQL, one driver, whether PostgreSQL is a server or embedded in the home. */
export interface Ledger {
  readonly sql: Sql;
  readonly embedded: boolean;
  close(): Promise<void>;
}

/** Opens the ledger and brings its schema up to date; `databaseUrl` names a server, an empty one embeds it in the home. */
export async function openLedger({ home, databaseUrl }: { home: string; databaseUrl: string }): Promise<Ledger> {
  let ledger: Ledger | undefined;
  try {
    ledger = databaseUrl === '' ? await embeddedLedger(join(home, 'ledger')) : serverLedger(databaseUrl);
    await migrate(ledger.sql);
    if (!ledger.embedded) await bindHome(home, ledger.sql);
    return ledger;
  } catch (cause) {
    await ledger?.close().catch(() => {});
    throw translateLedger(cause);
  }
}

const OPTIONS = { onnotice: () => {}, connection: { search_path: SCHEMA }, transform: { undefined: null } } as const;

function serverLedger(databaseUrl: string): Ledger {
  const sql = postgres(databaseUrl, { ...OPTIONS, max: 8 });
  return { sql, embedded: false, close: () => sql.end({ timeout: 5 }) };
}

async function embeddedLedger(folder: string): Promise<Ledger> {
  if (!existsSync(folder) || readdirSync(folder).length === 0) await copyDatabase(folder, makeDatabase);
  return openEmbedded(folder);
}

/** Makes an empty ledger of the schema as it is now. */
async function makeDatabase(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const ledger = await openEmbedded(folder);
  try {
    await migrate(ledger.sql);
  } finally {
    await ledger.close();
  }
}

async function openEmbedded(folder: string): Promise<Ledger> {
  const embedded = await openEmbeddedPostgres(folder);
  const options = { ...OPTIONS, max: 1, user: 'postgres', database: 'postgres', socket: embedded.socket };
  const sql = postgres(options as unknown as postgres.Options<Record<string, never>>) as unknown as Sql;
  return {
    sql,
    embedded: true,
    async close() {
      await sql.end({ timeout: 5 });
      await embedded.close();
    },
  };
}

/** What kept the ledger from opening, as ours. */
export function translateLedger(cause: unknown): RamalError {
  return asRamalError(cause instanceof Error ? cause : new Error(`a base de registro não abre (${codeOf(cause)})`));
}

/** What the embedded engine throws is no Error: an object with a number of its file system. */
function codeOf(cause: unknown): string {
  return String((cause as { errno?: number } | null)?.errno ?? cause);
}
