import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recover } from '../src/intake/load.ts';
import { Corrections } from '../src/intake/mend/corrections.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { reconcile } from '../src/lake/build.ts';
import { decideReplay } from '../src/lake/mend-batches.ts';
import { callFile, KEYED } from './call-files.ts';
import { type Home, openHome } from './home.ts';
import { killSomewhere, startChild, undisturbed } from './killed.ts';

const KILLS = 10;
const ROWS = 20_000;

const start = (folder: string, does: string, batch: number) =>
  startChild('quarantine-child.ts', [folder, does, String(batch)]);

/** A home with two built batches, of which the second repeats rows of the first, and corrections that wait. */
async function prepared(): Promise<{ folder: string; batch: number }> {
  const home = await openHome();
  await home.know(KEYED);
  const numbers = Array.from({ length: ROWS }, (_, index) => index);
  const { batch_id } = await home.load({ content: callFile(numbers) }, KEYED);
  await home.load({ content: callFile(numbers.slice(ROWS / 2).map((one) => one + ROWS / 4)) }, KEYED);
  await home.build();
  const refused = await home.rows<{ line: number }>('SELECT line FROM silver.quarantine WHERE batch_id = $batch_id', {
    batch_id,
  });
  expect(refused.length).toBeGreaterThan(ROWS / 40);
  const corrections = new Corrections(home.ledger, systemClock);
  const lines = refused.map(({ line }) => [line, line] as const).toSorted(([a], [b]) => a - b);
  // The bad rows hold "ruim" in every column but the start.
  const fixes = [
    ['start', 'use o valor 2026-03-05 10:00:00'],
    ...['end', 'opened', 'wait', 'talk', 'score'].map((column) => [column, 'apague ruim'] as const),
    ['leg', 'use o valor 1'],
    ['id', 'copie da coluna start'],
  ] as const;
  for (const [column_name, change] of fixes)
    await corrections.add({ batch_id, lines, column_name, change, reason: null }, 'teste');
  await home.close({ keep: true });
  return { folder: home.folder, batch: batch_id };
}

/** What the lake and the ledger hold once whatever was begun is finished. */
async function settled(home: Home) {
  await recover(home);
  await reconcile(home);
  await home.build();
  const { rows } = await home.batches.list({ page: 1, size: 100 });
  for (const { state, rows_read, loaded, quarantined, duplicate } of rows)
    if (state === 'loaded') expect(rows_read).toBe(loaded + quarantined + duplicate);
  const counts = rows.map(({ batch_id, state, loaded, quarantined, duplicate }) => ({
    batch_id,
    state,
    counts: state === 'loaded' ? [loaded, quarantined, duplicate] : null,
  }));
  return { snapshot: await home.snapshot(), counts };
}

it.each(['replay', 'roll back'])(
  `${KILLS} kills during a %s leave what was before or what an undisturbed one gives`,
  async (does) => {
    const { folder, batch } = await prepared();
    const copies: string[] = [];
    const copy = (): string => {
      const path = mkdtempSync(join(tmpdir(), 'ramal-kill-'));
      copies.push(path);
      cpSync(folder, path, { recursive: true, filter: (from) => !from.endsWith('home.lock') });
      return path;
    };
    // A rollback is of a batch that was replayed.
    if (does === 'roll back') {
      const home = await openHome({ folder });
      await decideReplay(home, batch);
      await home.build();
      await home.close({ keep: true });
    }
    const whole = copy();
    const span = await undisturbed(start(whole, does, batch));
    const finished = await openHome({ folder: whole });
    const after = await settled(finished);
    await finished.build({ full: true });
    expect(await finished.snapshot()).toEqual(after.snapshot);
    await finished.close();

    const untouched = await openHome({ folder: copy() });
    const before = await settled(untouched);
    await untouched.close();
    expect(after.snapshot).not.toEqual(before.snapshot);

    let [asBefore, asAfter] = [0, 0];
    for (let kill = 1; kill <= KILLS; kill++) {
      const path = copy();
      await killSomewhere(start(path, does, batch), span);
      const home = await openHome({ folder: path });
      const found = await settled(home);
      const undone = JSON.stringify(found) === JSON.stringify(before);
      if (undone) asBefore++;
      else {
        expect(found).toEqual(after);
        asAfter++;
      }
      // Done again, it is what an undisturbed one gives.
      if (does === 'replay') await decideReplay(home, batch);
      else await home.batches.tombstone(batch);
      expect(await settled(home)).toEqual(after);
      await home.close();
    }
    expect(asBefore + asAfter).toBe(KILLS);
    rmSync(folder, { recursive: true, force: true });
    for (const path of copies) rmSync(path, { recursive: true, force: true });
  },
  900_000,
);
