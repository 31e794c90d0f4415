import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { schemaHash } from './migrate.ts';

const MODULES = join(import.meta.dirname, '../../../node_modules');

/** Makes an empty database in a folder that is not there yet. */
type Make = (folder: string) => Promise<void>;

/**
 * Puts an empty database into `folder`, whole or not at all. To make the first one takes the engine five seconds; that
 * one is kept beside the packages, and the next are copies of it.
 */
export async function copyDatabase(folder: string, make: Make): Promise<void> {
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const kept = await keptDatabase(make);
  if (kept === null) await make(half);
  else cpSync(kept, half, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
}

/** The database kept for copies, made now if need be; null where the packages' folder takes no files. */
async function keptDatabase(make: Make): Promise<string | null> {
  const cache = join(MODULES, '.cache');
  const kept = join(cache, `ledger-${engineVersion()}-${schemaHash()}`);
  if (existsSync(kept)) return kept;
  let half = '';
  try {
    mkdirSync(cache, { recursive: true });
    half = mkdtempSync(`${kept}.`);
    await make(half);
    renameSync(half, kept);
    forgetOthers(cache, kept);
  } catch {
    if (half !== '') rmSync(half, { recursive: true, force: true });
  }
  return existsSync(kept) ? kept : null;
}

/** Removes those of engines and schemas that are no more. */
function forgetOthers(cache: string, kept: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (/^ledger-[\d.]+(-[0-9a-f]{12})?$/.test(name) && path !== kept) rmSync(path, { recursive: true, force: true });
  }
}

function engineVersion(): string {
  const manifest = readFileSync(join(MODULES, '@electric-sql/pglite/package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
