import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildBase } from '../../src/customers/base/build-base.ts';
import { readTables } from '../../src/customers/base/tables.ts';
import { report } from '../measure.ts';
import { openBenchHome } from '../world.ts';

/** The base of a folder's files, from reading them to one row for each customer. */
const [, , files, home] = process.argv;
mkdirSync(home!, { recursive: true });
const app = await openBenchHome(home!, 1500);
const paths = readdirSync(files!)
  .sort()
  .map((name) => join(files!, name));
await report(async () => {
  const started = performance.now();
  let read = 0;
  const { customers, fields, tables } = await buildBase(
    app.lake,
    {
      async tables(folder, warnings, progress) {
        const found = await readTables(app.lake, paths, folder, warnings, progress);
        read = (performance.now() - started) / 1000;
        return found;
      },
      ...{ day: '2026-11-15', out: join(home!, 'base.parquet'), progress: () => {} },
    },
    join(home!, 'work'),
  );
  return { customers, fields: fields.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), read };
});
await app.close();
