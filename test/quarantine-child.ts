import { systemClock } from '../src/kernel/clock.ts';
import { build } from '../src/lake/build.ts';
import { decideReplay } from '../src/lake/mend-batches.ts';
import { childHome } from './child-home.ts';

/** Opens a home, replays or rolls back a batch of it, builds, and says when it is where. */
const [folder = '', does = '', batch = ''] = process.argv.slice(2);
const home = await childHome(folder, systemClock);
console.log('open');
if (does === 'replay') await decideReplay(home, Number(batch));
else await home.batches.tombstone(Number(batch));
await build(home);
console.log('done');
process.exit(0);
