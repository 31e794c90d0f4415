import { utimesSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadFile } from '../src/intake/load.ts';
import { silent } from '../src/kernel/progress.ts';
import { CALL_COLUMNS, KEYED, KEYLESS, moment } from './call-files.ts';
import { useHome } from './home.ts';
import { full } from './services.ts';

const home = useHome();

interface Version {
  /** Of each row: which call it is of, and what it says of it. */
  readonly rows: readonly (readonly [id: number, agent: string])[];
  /** In hours after the first day. */
  readonly writtenAt: number;
  /** Whether it is not rolled back afterwards. */
  readonly stays: boolean;
}

const START = Date.UTC(2026, 3, 1);

function rowOf(id: number, agent: string): string[] {
  const values: Record<string, string> = {
    id: `c${id}`,
    leg: '1',
    start: moment(id * 600),
    end: moment(id * 600 + 5),
    talk: '300',
    phone: '11987654321',
    agent,
    status: 'answered',
  };
  return CALL_COLUMNS.map((name) => values[name] ?? '');
}

function fileOf(rows: Version['rows']): string {
  return [CALL_COLUMNS, ...rows.map(([id, agent]) => rowOf(id, agent))].map((cells) => `${cells.join(';')}\n`).join('');
}

async function load(version: Version, layout = KEYED, scope?: string): Promise<number> {
  const path = home().file('chamadas.csv', fileOf(version.rows));
  utimesSync(path, new Date(START), new Date(START + version.writtenAt * 3_600_000));
  const { batch } = await loadFile(home(), path, {
    layout,
    by: 'teste',
    progress: silent,
    ...(scope === undefined ? {} : { scope }),
  });
  expect(batch.rows_read).toBe(batch.loaded + batch.quarantined + batch.duplicate);
  return batch.batch_id;
}

/** What silver says of each call. */
async function told(): Promise<[string, string][]> {
  const rows = await home().rows<{ contact_id: string; agent_id: string }>(
    'SELECT contact_id, agent_id FROM silver.contact ORDER BY contact_id, agent_id',
  );
  return rows.map(({ contact_id, agent_id }) => [contact_id, agent_id]);
}

/** The version written last of each call; of two in one file, the later line. */
function expected(versions: readonly Version[]): [string, string][] {
  const known = new Map<number, string>();
  const staying = versions.filter(({ stays }) => stays).toSorted((a, b) => a.writtenAt - b.writtenAt);
  for (const { rows } of staying) for (const [id, agent] of rows) known.set(id, agent);
  return [...known].map(([id, agent]): [string, string] => [`c${id}`, agent]).toSorted();
}

const version = fc.record({
  rows: fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('ag1', 'ag2', 'ag3')), {
    minLength: 1,
    maxLength: 8,
  }),
  stays: fc.boolean(),
});

/** Versions of one list of calls, each written at a time of its own, and two orders of arrival. */
const arrivals = fc.array(version, { minLength: 2, maxLength: 4 }).chain((made) => {
  const versions = made.map((one, index): Version => ({ ...one, writtenAt: index + 1 }));
  const order = fc.shuffledSubarray(versions, { minLength: versions.length });
  return fc.record({ versions: fc.constant(versions), order, buildsBetween: fc.boolean() });
});

test(
  'versions of the same rows give one final state in any order of arrival, and rolled back are as if never sent',
  async () => {
    await home().know(KEYED);
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ versions, order, buildsBetween }) => {
        await home().reset();
        const gone: number[] = [];
        for (const one of order) {
          const batch = await load(one);
          if (!one.stays) gone.push(batch);
          if (buildsBetween) await home().build();
        }
        await home().build();
        for (const batch of gone) await home().batches.tombstone(batch);
        await home().build();
        expect(await told()).toEqual(expected(versions));
        const batches = (await home().batches.inState('loaded')).filter(({ loaded }) => loaded > 0);
        const held = await home().rows<{ batch_id: number; rows: number }>(
          'SELECT batch_id, count(*) AS rows FROM silver.contact GROUP BY ALL ORDER BY batch_id',
        );
        expect(batches.map(({ batch_id, loaded: rows }) => ({ batch_id, rows }))).toEqual(held);
        const incremental = await home().snapshot();
        await home().build({ full: true });
        expect(await home().snapshot()).toEqual(incremental);
      }),
      { numRuns: full ? 60 : 2 },
    );
  },
  full ? 600_000 : 60_000,
);

test.each([
  ['in order', [0, 1, 2]],
  ['the newest first', [2, 0, 1]],
  ['the newest in the middle', [1, 2, 0]],
])('of the batches of one day only the one written last counts: %s', async (_, order) => {
  await home().reset();
  await home().know(KEYLESS);
  const days: Version[] = [
    {
      rows: [
        [1, 'ag1'],
        [2, 'ag1'],
      ],
      writtenAt: 1,
      stays: true,
    },
    {
      rows: [
        [1, 'ag1'],
        [2, 'ag2'],
        [3, 'ag1'],
      ],
      writtenAt: 2,
      stays: true,
    },
    {
      rows: [
        [1, 'ag1'],
        [3, 'ag3'],
      ],
      writtenAt: 3,
      stays: true,
    },
  ];
  const batches = new Map<number, number>();
  for (const index of order) {
    batches.set(index, await load(days[index]!, KEYLESS, 'day:2026-03-01'));
    await home().build();
  }
  const agents = async () => (await told()).map(([, agent]) => agent).toSorted();
  const states = async () =>
    Promise.all([0, 1, 2].map(async (index) => (await home().batches.get(batches.get(index)!)).state));
  expect(await agents()).toEqual(['ag1', 'ag3']);
  expect(await states()).toEqual(['superseded', 'superseded', 'loaded']);
  await home().batches.tombstone(batches.get(2)!);
  await home().build();
  expect(await agents()).toEqual(['ag1', 'ag1', 'ag2']);
  expect(await states()).toEqual(['superseded', 'loaded', 'rolled-back']);
  const kept = await home().snapshot();
  await home().build({ full: true });
  expect(await home().snapshot()).toEqual(kept);
});
