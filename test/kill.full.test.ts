import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bronzePath } from '../src/intake/bronze.ts';
import { recover } from '../src/intake/load.ts';
import { homeOwner } from '../src/storage/home-lock.ts';
import { callFile, KEYLESS } from './call-files.ts';
import { type Home, openHome } from './home.ts';
import { killSomewhere, startChild, undisturbed } from './killed.ts';

const KILLS = 30;
const ROWS = 30_000;

/** A home where the child can work: its layout known, one small batch in gold. */
async function prepared(): Promise<Home> {
  const home = await openHome();
  await home.know(KEYLESS);
  await home.load({ content: callFile([1, 2, 3]) }, KEYLESS);
  await home.build();
  return home;
}

const start = (folder: string, rollBack: string, files: readonly string[]) =>
  startChild('kill-child.ts', [folder, KEYLESS.source, rollBack, ...files]);

/** What holds after any kill, once the home was opened again. */
async function lastGoodState(home: Home): Promise<void> {
  expect(await home.batches.inState('loading')).toEqual([]);
  const held = new Map(
    (
      await home.rows<{ batch_id: number; rows: number }>(
        `SELECT batch_id, count(*) AS rows FROM (
           SELECT batch_id FROM silver.natural_key UNION ALL SELECT batch_id FROM silver.quarantine
         ) GROUP BY batch_id`,
      )
    ).map(({ batch_id, rows }) => [batch_id, rows]),
  );
  for (const batch of (await home.batches.list({ page: 1, size: 1000 })).rows) {
    const bronze = existsSync(bronzePath(home.folder, batch.source, batch.batch_id));
    if (batch.state === 'failed') {
      expect([held.has(batch.batch_id), bronze]).toEqual([false, false]);
      expect(batch.message).toMatch(/parou no meio da carga/);
    } else expect(bronze).toBe(true);
  }
  expect(readdirSync(join(home.folder, 'tmp')).filter((name) => name.includes('records'))).toEqual([]);
  // Gold is of one moment: its sums are those of the rows of the batches it says it was built from.
  const [gold] = await home.rows(
    `SELECT coalesce((SELECT sum(legs) FROM gold.contact_mart WHERE grain = 'source'), 0) AS legs,
       (SELECT count(*) FROM silver.contact WHERE batch_id IN (FROM gold.built)) AS rows`,
  );
  expect(gold?.legs).toBe(gold?.rows);
}

it(`${KILLS} kills at any moment leave the last good state`, async () => {
  let home = await prepared();
  const { folder } = home;
  const filesOf = (round: number) => {
    const from = round * 200_000;
    const numbers = Array.from({ length: ROWS }, (_, index) => from + index);
    return [
      home.file(`a${round}.csv`, callFile(numbers)),
      home.file(
        `b${round}.csv`,
        callFile([...numbers.slice(0, 500), ...numbers.slice(0, 3000).map((one) => one + ROWS)]),
      ),
    ];
  };

  let files = filesOf(0);
  await home.close({ keep: true });
  const span = await undisturbed(start(folder, '', files));

  let unfinished = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    home = await openHome({ folder });
    files = filesOf(kill);
    const loaded = await home.batches.inState('loaded');
    const rollBack = kill % 3 === 0 ? String(loaded.at(-2)?.batch_id ?? '') : '';
    await home.close({ keep: true });

    if (await killSomewhere(start(folder, rollBack, files), span)) unfinished++;

    expect(homeOwner(folder)).toBeNull();
    home = await openHome({ folder });
    await recover(home);
    await lastGoodState(home);
    await home.build();
    if (kill % 4 === 0 || kill === KILLS) {
      const built = await home.snapshot();
      await home.build({ full: true });
      expect(await home.snapshot()).toEqual(built);
    }
    const { rows } = await home.batches.list({ page: 1, size: 1000 });
    const [silver] = await home.rows('SELECT count(*) AS rows FROM silver.contact');
    const live = rows.filter(({ state }) => state === 'loaded');
    expect(silver?.rows).toBe(live.reduce((sum, { loaded: count }) => sum + count, 0));
    await home.close({ keep: kill < KILLS });
  }
  expect(unfinished).toBeGreaterThanOrEqual(15);
}, 900_000);
