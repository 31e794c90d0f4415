import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLake } from '../src/lake/lake-open.ts';
import { measure, printLines, round } from './measure.ts';
import { benchFolder, benchHome, contactsAsked, note } from './world.ts';

/** A hundred million contacts, copies of the bench's with other people: marked within 8 GB. */
const MANY = 5 * contactsAsked();
const { home } = await benchHome(contactsAsked());
const copy = join(benchFolder(), 'hundred');
rmSync(copy, { recursive: true, force: true });
const lake = await openLake({ home: copy, memoryMb: 6000, threads: 2, timeZone: 'America/Sao_Paulo' });
await lake.use(async (session) => {
  await session.run(`ATTACH '${join(home, 'lake.duckdb')}' AS world (READ_ONLY)`);
  const { rows } = await session.row<{ rows: number }>('SELECT count(*) AS rows FROM world.silver.contact');
  for (let times = 0; times * rows < MANY; times++) {
    note(`copy ${times + 1}`);
    await session.run(
      `INSERT INTO silver.contact SELECT * REPLACE (row_id + $shift AS row_id, hash(identity, $times) AS identity) FROM world.silver.contact`,
      { shift: times * 2 ** 48, times },
    );
  }
  await session.run('INSERT INTO gold.built SELECT DISTINCT batch_id FROM silver.contact');
  await session.run('CHECKPOINT');
});
lake.close();
const peaks: number[] = [];
for (const rule of ['previous-24h', 'house']) {
  const cost = await measure('mark-rule', [copy, rule, '5000']);
  process.stdout.write(
    `      ${rule}: ${round(cost.wallSeconds)} s, ${round(cost.cpuSeconds)} CPU s, ${round(cost.peakGb)} GB ${JSON.stringify(cost.result)}\n`,
  );
  peaks.push(cost.peakGb);
}
printLines([
  {
    what: `peak memory of marking ${MANY} contacts`,
    got: Math.max(...peaks),
    unit: 'GB',
    target: 8,
    atMost: true,
  },
]);
rmSync(copy, { recursive: true, force: true });
