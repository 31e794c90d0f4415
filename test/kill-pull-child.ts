import { Batches } from '../src/intake/batches.ts';
import { Connections } from '../src/intake/connectors/connections.ts';
import { DayLedger } from '../src/intake/connectors/day-ledger.ts';
import { pull } from '../src/intake/connectors/pull.ts';
import { Layouts } from '../src/intake/layouts.ts';
import { recover } from '../src/intake/load.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import { openLake } from '../src/lake/lake-open.ts';
import { lockHome } from '../src/storage/home-lock.ts';
import { openLedger } from '../src/storage/ledger/ledger.ts';

/** Opens a home, extracts days of its connections at a set time, builds, and says when it is where. */
const [folder = '', now = '', from = '', to = '', ...names] = process.argv.slice(2);
const config = { home: folder, memoryMb: 500, threads: 2, timeZone: 'America/Sao_Paulo' };
const clock = { now: () => new Date(now) };
lockHome(folder);
const lake = await openLake(config);
const ledger = await openLedger({ home: folder, databaseUrl: '' });
const batches = new Batches(ledger, clock);
const layouts = await Layouts.open(ledger, clock);
const home = { config, lake, ledger, batches, layouts };
await recover(home);
const pulling = {
  ...home,
  connections: new Connections(ledger, layouts, clock, folder),
  days: new DayLedger(ledger, clock),
  io: { fetch, clock, random: () => 0, sleep: async () => {} },
  write: <T>(work: () => Promise<T>) => work(),
};
console.log('open');
const period = from === '' ? {} : { from, to };
for (const name of names) await pull(pulling, name, { by: 'filho', progress: silent, ...period });
await build(home);
console.log('done');
process.exit(0);
