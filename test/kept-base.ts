import type { App } from '../src/api/app.ts';
import type { HoldingsQuestion } from '../src/customers/base/holdings.ts';
import { type KeepQuestion, keepBase } from '../src/customers/base/keep-base.ts';
import type { KeptBase } from '../src/customers/base/kept-bases.ts';
import { readTables } from '../src/customers/base/tables.ts';
import { silent } from '../src/kernel/progress.ts';

/** Builds a base of files and keeps it, with its products. */
export async function keepFiles(
  app: App,
  paths: readonly string[],
  more: { readonly day?: string; readonly holdings?: HoldingsQuestion['asked'] } = {},
): Promise<KeptBase> {
  const { day = '2026-11-15', holdings } = more;
  const tables: KeepQuestion['tables'] = (...work) => readTables(app.lake, paths, ...work);
  const question = { tables, day, loose: true, holdings, progress: silent };
  return keepBase(app, question, { name: 'ana', role: 'administrator' });
}
