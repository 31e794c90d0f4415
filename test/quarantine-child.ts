import { Batches } from '../src/intake/batches.ts';
import { Layouts } from '../src/intake/layouts.ts';
import { recover } from '../src/intake/load.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { build } from '../src/lake/build.ts';
import { openLake } from '../src/lake/lake-open.ts';
import { decideReplay } from '../src/lake/mend-batches.ts';
import { lockHome } from '../src/storage/home-lock.ts';
import { openLedger } from '../src/storage/ledger/ledger.ts';

/** Opens a home, replays or rolls back a batch of it, builds, and says when it is where. */
const [folder = '', does = '', batch = ''] = process.argv.slice(2);
const config = { home: folder, memoryMb: 500, threads: 2, timeZone: 'America/Sao_Paulo' };
lockHome(folder);
const lake = await openLake(config);
const ledger = await openLedger({ home: folder, databaseUrl: '' });
const batches = new Batches(ledger, systemClock);
const layouts = await Layouts.open(ledger, systemClock);
const home = { config, lake, ledger, batches, layouts };
await recover(home);
console.log('open');
if (does === 'replay') await decideReplay(home, Number(batch));
else await batches.tombstone(Number(batch));
await build(home);
console.log('done');
process.exit(0);
