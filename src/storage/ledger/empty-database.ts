import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openEmbeddedPostgres } from './pglite-socket.ts';

const MODULES = join(import.meta.dirname, '../../../node_modules');

/**
 * Puts an empty database into `folder`, whole or not at all. The engine takes three seconds to make its first one;
 * that one is kept beside the packages and the next are copies of it.
 */
export async function createEmptyDatabase(folder: string): Promise<void> {
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const kept = await keptDatabase();
  if (kept === null) await makeDatabase(half);
  else cpSync(kept, half, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
}

/** The database kept for copies, made now if need be; null where the packages' folder takes no files. */
async function keptDatabase(): Promise<string | null> {
  const kept = join(MODULES, '.cache', `ledger-${engineVersion()}`);
  if (existsSync(kept)) return kept;
  let half = '';
  try {
    mkdirSync(dirname(kept), { recursive: true });
    half = mkdtempSync(`${kept}.`);
    await makeDatabase(half);
    renameSync(half, kept);
  } catch {
    if (half !== '') rmSync(half, { recursive: true, force: true });
  }
  return existsSync(kept) ? kept : null;
}

async function makeDatabase(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const engine = await openEmbeddedPostgres(folder);
  await engine.close();
}

function engineVersion(): string {
  const manifest = readFileSync(join(MODULES, '@electric-sql/pglite/package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
