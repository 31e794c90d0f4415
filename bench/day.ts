import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import type { Lake } from '../src/storage/lake.ts';
import { type Line, printLines, round } from './measure.ts';
import { benchFolder, benchHome, contactsAsked, note, openBenchHome } from './world.ts';

/** One more day and one late day on top of every other, from file to fresh marts, each equal to a full rebuild. */
const { home, last, late } = await benchHome(contactsAsked());
const copy = join(benchFolder(), 'day');
rmSync(copy, { recursive: true, force: true });
cpSync(home, copy, { recursive: true });
// The copy is on disk before anything is timed.
execFileSync('sync');
const app = await openBenchHome(copy);
const user = { name: 'bench', role: 'administrator' } as const;
const lines: Line[] = [];
for (const [what, path] of [
  ['one more day', last],
  ['one late day', late],
] as const) {
  const started = performance.now();
  const { loaded } = await intakeFiles(app, { paths: [path], source: 'demo-calls', build: false }, user, silent);
  const loadedIn = (performance.now() - started) / 1000;
  const result = await build(app);
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `      ${what}: ${loaded} rows in ${round(loadedIn)} s, then ${JSON.stringify(result.touched)} ${JSON.stringify(result.steps)}\n`,
  );
  lines.push({ what: `${what}, load to fresh marts`, got: seconds, unit: 's', target: 8, atMost: true });
}
note('full rebuild, to compare');
const before = await fingerprint(app.lake);
const full = await build(app, { full: true });
const after = await fingerprint(app.lake);
process.stdout.write(`      full rebuild: ${JSON.stringify(full.steps)}\n`);
lines.push({
  what: 'tables equal to the full rebuild',
  got: before.filter((value, index) => value === after[index]).length,
  unit: `of ${before.length}`,
  target: before.length,
  atMost: false,
});
printLines(lines);
await app.close();
rmSync(copy, { recursive: true, force: true });

/** A sum of row hashes per table: equal for equal multisets of rows. */
async function fingerprint(lake: Lake): Promise<string[]> {
  const tables = ['silver.contact', 'silver.identity', 'gold.mark', 'gold.contact_mart', 'gold.repeat_mart'];
  const rows = await Promise.all(
    tables.map((table) =>
      lake.rows<{ sum: string }>(`SELECT CAST(sum(CAST(hash(one) AS HUGEINT)) AS VARCHAR) AS sum FROM ${table} AS one`),
    ),
  );
  return rows.map(([row]) => row!.sum);
}
