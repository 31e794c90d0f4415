import { Batches } from '../src/intake/batches.ts';
import { Layouts } from '../src/intake/layouts.ts';
import { loadFiles, recover } from '../src/intake/load.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import { openLake } from '../src/lake/lake-open.ts';
import { lockHome } from '../src/storage/home-lock.ts';
import { openLedger } from '../src/storage/ledger/ledger.ts';

/** Opens a home, loads the files with a layout of it, rolls a batch back, builds, and says when it is where. */
const [folder = '', source = '', rollBack = '', ...files] = process.argv.slice(2);
const config = { home: folder, memoryMb: 500, threads: 2, timeZone: 'America/Sao_Paulo' };
lockHome(folder);
const lake = await openLake(config);
const ledger = await openLedger({ home: folder, databaseUrl: '' });
const batches = new Batches(ledger, systemClock);
const layouts = await Layouts.open(ledger, systemClock);
const home = { config, lake, ledger, batches, layouts };
await recover(home);
console.log('open');
for await (const _ of loadFiles(home, files, { layout: layouts.get(source), by: 'filho', progress: silent }));
if (rollBack !== '') await batches.tombstone(Number(rollBack));
await build(home);
console.log('done');
process.exit(0);
