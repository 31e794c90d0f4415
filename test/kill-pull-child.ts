import { Connections } from '../src/intake/connectors/connections.ts';
import { DayLedger } from '../src/intake/connectors/day-ledger.ts';
import { pull } from '../src/intake/connectors/pull.ts';
import { TableLedger } from '../src/intake/connectors/table-ledger.ts';
import { References } from '../src/intake/reference/references.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import { childHome } from './child-home.ts';

/** Opens a home, extracts days of its connections at a set time, builds, and says when it is where. */
const [folder = '', now = '', from = '', to = '', ...names] = process.argv.slice(2);
const clock = { now: () => new Date(now) };
const home = await childHome(folder, clock);
const pulling = {
  ...home,
  connections: new Connections(home.ledger, home.layouts, clock, folder),
  days: new DayLedger(home.ledger, clock),
  tables: new TableLedger(home.ledger, clock),
  references: new References(home.ledger, clock),
  io: { fetch, clock, random: () => 0, sleep: async () => {} },
  write: <T>(work: () => Promise<T>) => work(),
};
console.log('open');
const period = from === '' ? {} : { from, to };
for (const name of names) await pull(pulling, name, { by: 'filho', progress: silent, ...period });
await build(home);
console.log('done');
process.exit(0);
