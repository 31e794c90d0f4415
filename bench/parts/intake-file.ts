import { readFileSync } from 'node:fs';
import { intakeFiles } from '../../src/api/resources/intake.ts';
import type { Layout } from '../../src/intake/layout.ts';
import { silent } from '../../src/kernel/progress.ts';
import { report } from '../measure.ts';
import { openBenchHome } from '../world.ts';

/** One file through the whole intake, quarantine and duplicates included, by the demonstration's layout or another. */
const [, , home = '', path = '', layoutFile] = process.argv;
const app = await openBenchHome(home, layoutFile ? 1000 : 2600);
let source = 'demo-calls';
if (layoutFile) {
  const layout = JSON.parse(readFileSync(layoutFile, 'utf8')) as Layout;
  source = (await app.layouts.save(layout, { by: 'bench' })).source;
}
await report(async () => {
  const { read, loaded, quarantined, duplicate } = await intakeFiles(
    app,
    { paths: [path], source, build: false },
    { name: 'bench', role: 'administrator' },
    silent,
  );
  return { read, loaded, quarantined, duplicate };
});
await app.close();
