import { join } from 'node:path';
import { type Line, measure, printLines, round } from './measure.ts';
import { benchFolder, benchHome, contactsAsked } from './world.ts';

/** Marking every contact, all marks written, against the bare window statement on the same table. */
const { home } = await benchHome(contactsAsked());
const bare = await measure('bare-window', [join(home, 'lake.duckdb'), join(benchFolder(), 'bare.parquet'), 'narrow']);
const full = await measure('bare-window', [join(home, 'lake.duckdb'), join(benchFolder(), 'bare.parquet'), 'full']);
const previous = await measure('mark-rule', [home, 'previous-24h']);
const house = await measure('mark-rule', [home, 'house']);
const all = await measure('mark-rule', [home, 'all']);
for (const [name, cost] of Object.entries({
  'bare window, five columns': bare,
  'bare window, full rows': full,
  'previous-24h': previous,
  house,
  'all rules, side by side': all,
})) {
  process.stdout.write(
    `      ${name}: ${round(cost.cpuSeconds)} CPU s, ${round(cost.wallSeconds)} s, ${round(cost.peakGb)} GB ${JSON.stringify(cost.result)}\n`,
  );
}
const lines: Line[] = [
  {
    what: 'previous-24h / bare window, CPU',
    got: previous.cpuSeconds / bare.cpuSeconds,
    unit: '×',
    target: 1.25,
    atMost: true,
  },
  { what: 'house / bare window, CPU', got: house.cpuSeconds / bare.cpuSeconds, unit: '×', target: 4, atMost: true },
  {
    what: 'peak memory of marking',
    got: Math.max(previous.peakGb, house.peakGb, all.peakGb),
    unit: 'GB',
    target: 3.5,
    atMost: true,
  },
];
printLines(lines);
