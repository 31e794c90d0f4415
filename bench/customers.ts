import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDemo } from '../src/demo/demo.ts';
import { measure, printLines, round } from './measure.ts';
import { benchFolder, note } from './world.ts';

/** One row for each of a million business customers, of 15 exports with 30 million rows of telemetry. */
const CUSTOMERS = Number(process.env.RAMAL_BENCH_CUSTOMERS ?? 1_000_000);
const out = join(benchFolder(), `customers-${CUSTOMERS}`);
const files = join(out, 'customers');
if (!existsSync(join(out, 'truth.json'))) {
  note(`writing ${CUSTOMERS} customers`);
  await writeDemo({ contacts: 100, customers: CUSTOMERS, seed: 1, out });
}
const home = join(benchFolder(), 'customers-home');
rmSync(home, { recursive: true, force: true });
try {
  const bare = await measure('bare-customers', [files]);
  const ours = await measure('customers', [files, home]);
  const { customers, fields, rows, read } = ours.result;
  process.stdout.write(
    `      ${customers} customers × ${fields} fields of ${rows} rows: ${round(ours.wallSeconds)} s, ${round(read!)} of them reading; telemetry alone by the engine ${round(bare.wallSeconds)} s\n`,
  );
  printLines([
    { what: 'the base of a million customers', got: ours.wallSeconds, unit: 's', target: 180, atMost: true },
    { what: 'its memory', got: ours.peakGb, unit: 'GB', target: 3.5, atMost: true },
  ]);
} finally {
  rmSync(home, { recursive: true, force: true });
}
