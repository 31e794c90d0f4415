import { join } from 'node:path';
import type { App } from '../src/api/app.ts';
import { buildBase } from '../src/customers/base/build-base.ts';
import type { HoldingsQuestion } from '../src/customers/base/holdings.ts';
import type { KeptBase } from '../src/customers/base/kept-bases.ts';
import { readTables } from '../src/customers/base/tables.ts';
import { silent } from '../src/kernel/progress.ts';

/** Builds a base of files and keeps it, with its products. */
export async function keepBase(
  app: App,
  paths: readonly string[],
  more: { readonly day?: string; readonly holdings?: HoldingsQuestion['asked'] } = {},
): Promise<KeptBase> {
  const { day = '2026-11-15', holdings } = more;
  const out = join(app.config.home, 'base.parquet');
  const built = await buildBase(
    app.lake,
    {
      ...{ tables: (...work) => readTables(app.lake, paths, ...work), day, loose: true },
      ...{ out, beside: { holdings }, progress: silent },
    },
    join(app.config.home, 'tmp', 'base.work'),
  );
  return app.bases.keep(built, out, { name: 'ana', role: 'administrator' });
}
