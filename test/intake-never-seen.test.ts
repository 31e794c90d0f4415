import { utimesSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadFile } from '../src/intake/load.ts';
import { Corrections } from '../src/intake/mend/corrections.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silent } from '../src/kernel/progress.ts';
import { decideReplay } from '../src/lake/mend-batches.ts';
import { previewChange } from '../src/lake/preview-change.ts';
import { CALL_COLUMNS, KEYED, moment } from './call-files.ts';
import { useHome } from './home.ts';
import { full } from './services.ts';

const home = useHome();
const LAYOUT = parseLayout({ ...KEYED, source: 'nova', policies: { columns: { reason: 'quarantine' } } }, 'teste');
const KNOWN = ['boleto', 'senha'];
const START = Date.UTC(2026, 3, 1);

/** Calls by number and what they were about. */
type Calls = readonly (readonly [id: number, reason: string])[];

/** More calls than are looked at to say what a file is like. */
const usual = (from: number, many: number): Calls =>
  Array.from({ length: many }, (_, index) => [from + index, KNOWN[index % 2]!] as const);

function fileOf(calls: Calls): string {
  const rows = calls.map(([id, reason]) => {
    const values: Record<string, string> = { id: `c${id}`, leg: '1', start: moment(id), phone: '11987654321', reason };
    return CALL_COLUMNS.map((name) => values[name] ?? '');
  });
  return [CALL_COLUMNS, ...rows].map((cells) => `${cells.join(';')}\n`).join('');
}

/** Loads calls as a file written so many hours after the first day. */
async function load(calls: Calls, hours: number): Promise<number> {
  const path = home().file('chamadas.csv', fileOf(calls));
  utimesSync(path, new Date(START), new Date(START + hours * 3_600_000));
  const { batch } = await loadFile(home(), path, { layout: LAYOUT, by: 'teste', progress: silent });
  expect(batch).toMatchObject({ state: 'loaded', rows_read: calls.length });
  expect(batch.rows_read).toBe(batch.loaded + batch.quarantined + batch.duplicate);
  return batch.batch_id;
}

async function start(): Promise<void> {
  await home().reset();
  await home().ledger.sql`DELETE FROM correction`;
  await home().know(LAYOUT);
  for (const [index, many] of [1500, 40, 40].entries()) await load(usual(index * 2000, many), index);
}

async function replay(batch: number): Promise<boolean> {
  const decided = await decideReplay(home(), batch);
  await home().build();
  const { rows_read, loaded, quarantined, duplicate } = await home().batches.get(batch);
  expect(rows_read).toBe(loaded + quarantined + duplicate);
  return decided;
}

const accept = (batch: number, line: number, value: string) =>
  new Corrections(home().ledger, systemClock).add(
    {
      ...{ batch_id: batch, lines: [[line, line]], column_name: 'reason', reason: 'never-seen' },
      change: `aceite o valor ${value}`,
    },
    'teste',
  );

const refused = (batch: number) =>
  home().rows('SELECT line, column_name, reason, value FROM silver.quarantine WHERE batch_id = $batch ORDER BY line', {
    batch,
  });
const counts = async (batch: number) => {
  const { loaded, quarantined, duplicate } = await home().batches.get(batch);
  return [loaded, quarantined, duplicate];
};

async function sameAsFull(): Promise<void> {
  const built = await home().snapshot();
  await home().build({ full: true });
  expect(await home().snapshot()).toEqual(built);
}

test('a row with a value never seen is quarantined by itself, and loads once the value is accepted', async () => {
  await start();
  const calls = [...usual(10_000, 30), [10_100, 'pix'], [10_101, ''], [10_102, 'fatura']] as const;
  const batch = await load(calls, 10);
  expect(await counts(batch)).toEqual([31, 2, 0]);
  const row = (line: number, value: string) => ({ line, column_name: 'reason', reason: 'never-seen', value });
  expect(await refused(batch)).toEqual([row(32, 'pix'), row(34, 'fatura')]);
  await home().build();
  await sameAsFull();

  const next = await load([...usual(11_000, 30), [11_100, 'pix']], 11);
  expect(await refused(next)).toEqual([row(32, 'pix')]);

  const asked = { lines: [[32, 32]] as const, column_name: 'reason', change: 'aceite o valor pix' };
  expect(await previewChange(home(), await home().batches.get(batch), asked)).toMatchObject({ changed: 0, pass: 1 });
  const wrong = { ...asked, change: 'use o valor pixx' };
  expect(await previewChange(home(), await home().batches.get(batch), wrong)).toMatchObject({ changed: 1, pass: 0 });
  expect(await replay(next)).toBe(false);
  const { correction_id } = await accept(batch, 32, 'pix');
  expect(await replay(batch)).toBe(true);
  expect(await counts(batch)).toEqual([32, 1, 0]);
  expect(await refused(batch)).toEqual([row(34, 'fatura')]);
  expect(await counts(next)).toEqual([30, 1, 0]);
  expect(await replay(next)).toBe(true);
  expect(await counts(next)).toEqual([31, 0, 0]);
  expect(await load([[12_000, 'pix'], ...usual(12_001, 20)], 12)).toBeGreaterThan(next);
  expect(await replay(batch)).toBe(false);
  await sameAsFull();

  const told = await home().rows<{ reason: string; rows: number }>(
    `SELECT reason, count(*) AS rows FROM silver.contact WHERE reason = 'pix' GROUP BY ALL`,
  );
  expect(told).toEqual([{ reason: 'pix', rows: 3 }]);
  await new Corrections(home().ledger, systemClock).undo(correction_id, 'teste');
  await replay(batch);
  await sameAsFull();
});

test('undone before another file came with the value, the row is back in quarantine', async () => {
  await start();
  const batch = await load([...usual(10_000, 30), [10_100, 'pix']], 10);
  await home().build();
  const before = await home().snapshot();
  const { correction_id } = await accept(batch, 32, 'pix');
  await replay(batch);
  expect(await counts(batch)).toEqual([31, 0, 0]);
  await new Corrections(home().ledger, systemClock).undo(correction_id, 'teste');
  expect(await replay(batch)).toBe(true);
  expect(await counts(batch)).toEqual([30, 1, 0]);
  const { 'silver.mended': _, ...after } = await home().snapshot();
  expect({ ...before, ...after }).toEqual({ ...after, 'silver.mended': before['silver.mended'] });
});

const version = fc.array(
  fc.tuple(fc.integer({ min: 20_000, max: 20_005 }), fc.constantFrom('boleto', 'senha', 'pix')),
  {
    minLength: 1,
    maxLength: 6,
  },
);
const arrivals = fc.array(version, { minLength: 2, maxLength: 3 }).chain((made) => {
  const files = made.map((calls, index) => ({ calls: [...calls, ...usual(30_000, 20)], hours: 10 + index }));
  return fc.record({ files: fc.constant(files), order: fc.shuffledSubarray(files, { minLength: files.length }) });
});

/** What silver says of the calls of the files that came. */
async function told(): Promise<[string, string][]> {
  const rows = await home().rows<{ contact_id: string; reason: string }>(
    `SELECT contact_id, reason FROM silver.contact WHERE contact_id BETWEEN 'c20000' AND 'c20005' ORDER BY contact_id`,
  );
  return rows.map(({ contact_id, reason }) => [contact_id, reason]);
}

function expected(files: readonly { readonly calls: Calls }[], taken: (reason: string) => boolean) {
  const known = new Map<string, string>();
  for (const { calls } of files)
    for (const [id, reason] of calls) if (id < 30_000 && taken(reason)) known.set(`c${id}`, reason);
  return [...known].toSorted();
}

test(
  'in any order of arrival the same rows load, and once the value is accepted all of them',
  async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ files, order }) => {
        await start();
        const batches: number[] = [];
        for (const { calls, hours } of order) batches.push(await load(calls, hours));
        await home().build();
        expect(await told()).toEqual(expected(files, (reason) => reason !== 'pix'));
        const found = await home().rows<{ batch_id: number; line: number }>(
          'SELECT batch_id, line FROM silver.quarantine ORDER BY batch_id, line',
        );
        const news = files.flatMap(({ calls }) => calls.filter(([, reason]) => reason === 'pix'));
        expect(found.length).toBe(news.length);
        if (found[0]) await accept(found[0].batch_id, found[0].line, 'pix');
        // The value is known once the batch that accepts it is replayed.
        for (const batch of new Set([...found.map(({ batch_id }) => batch_id), ...batches])) await replay(batch);
        expect(await told()).toEqual(expected(files, () => true));
        await sameAsFull();
      }),
      { numRuns: full ? 30 : 1 },
    );
  },
  full ? 600_000 : 60_000,
);
