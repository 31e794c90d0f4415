import { Batches } from '../src/intake/batches.ts';
import { Layouts } from '../src/intake/layouts.ts';
import { recover } from '../src/intake/load.ts';
import type { Clock } from '../src/kernel/clock.ts';
import { openLake } from '../src/lake/lake-open.ts';
import { lockHome } from '../src/storage/home-lock.ts';
import { openLedger } from '../src/storage/ledger/ledger.ts';

/** A home opened as its owner opens it, in a process that a test will kill. */
export async function childHome(folder: string, clock: Clock) {
  const config = { home: folder, memoryMb: 500, threads: 2, timeZone: 'America/Sao_Paulo' };
  lockHome(folder);
  const lake = await openLake(config);
  const ledger = await openLedger({ home: folder, databaseUrl: '' });
  const batches = new Batches(ledger, clock);
  const layouts = await Layouts.open(ledger, clock);
  const home = { config, lake, ledger, batches, layouts };
  await recover(home);
  return home;
}
