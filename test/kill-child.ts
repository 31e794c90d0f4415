import { loadFiles } from '../src/intake/load.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import { childHome } from './child-home.ts';

/** Opens a home, loads the files with a layout of it, rolls a batch back, builds, and says when it is where. */
const [folder = '', source = '', rollBack = '', ...files] = process.argv.slice(2);
const home = await childHome(folder, systemClock);
console.log('open');
const layout = home.layouts.get(source);
for await (const _ of loadFiles(home, files, { layout, by: 'filho', progress: silent }));
if (rollBack !== '') await home.batches.tombstone(Number(rollBack));
await build(home);
console.log('done');
process.exit(0);
