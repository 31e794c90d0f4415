import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { usePostgres } from '../../../test/services/postgres.ts';
import { postgres } from '../../../test/services.ts';
import { type Ledger, openLedger } from '../../storage/ledger/ledger.ts';
import { Secrets } from '../secrets.ts';
import { type SeenFile, WatchedFiles } from './watched-files.ts';
import { Watches } from './watches.ts';

const home = mkdtempSync(join(tmpdir(), 'ramal-watched-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const clock = { at: new Date('2026-11-20T12:00:00Z'), now: () => clock.at };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));

function seen(path: string, state: SeenFile['state'], bytes = 1, minute = 0): SeenFile {
  return { path, bytes, changedAt: at(minute), state, source: 'beta', message: null, seenAt: clock.at };
}

/** What any ledger must remember of a watch. */
function remembers(databaseUrl: () => Promise<string>) {
  let ledger: Ledger;
  let files: WatchedFiles;
  let other: WatchedFiles;
  beforeAll(async () => {
    ledger = await openLedger({ home, databaseUrl: await databaseUrl() });
  });
  afterAll(() => ledger.close());
  beforeEach(async () => {
    clock.at = at(0);
    const watches = new Watches({ ledger, clock, secrets: new Secrets(home), home });
    await ledger.sql`DELETE FROM watch`;
    for (const name of ['beta', 'gama']) await watches.save(name, { place: '/entrada', patterns: [] }, null, 'teste');
    files = new WatchedFiles(ledger, clock, 'beta');
    other = new WatchedFiles(ledger, clock, 'gama');
  });
  const paths = async () =>
    (await files.list({ page: 1, size: 50 })).rows.map(({ path, bytes, state }) => [path, bytes, state]);

  it('one waiting version of a path, and all that were settled', async () => {
    await files.see([seen('a', 'growing', 1), seen('b', 'loaded', 1), seen("d'água «ç» 😀", 'unmatched')]);
    await other.see([seen('a', 'growing', 9)]);
    await files.see([seen('a', 'ready', 2), seen('b', 'growing', 2)]);
    expect((await paths()).sort()).toEqual([
      ['a', 2, 'ready'],
      ['b', 1, 'loaded'],
      ['b', 2, 'growing'],
      ["d'água «ç» 😀", 1, 'unmatched'],
    ]);
    expect(await files.counts()).toEqual({
      unmatched: 1,
      growing: 1,
      ready: 1,
      taken: 0,
      waiting: 0,
      loaded: 1,
      refused: 0,
    });
    const known = await files.known([seen('b', 'growing', 1), seen('b', 'growing', 3), seen('x', 'growing')]);
    expect(known).toMatchObject([{ path: 'b', bytes: 1, changedAt: at(0), state: 'loaded', seenAt: at(0) }]);
  });

  it('what waits, the oldest first, and what becomes of it', async () => {
    await files.see([
      seen('b', 'ready', 1, 5),
      seen('a', 'ready', 1, 5),
      seen('c', 'taken', 1, 1),
      seen('d', 'growing'),
    ]);
    const waiting = await files.waiting(10);
    expect(waiting.map(({ path }) => path)).toEqual(['c', 'a', 'b']);
    expect([(await files.waiting(2)).length, await files.countWaiting()]).toEqual([2, 3]);
    await files.mark(waiting[0]!, 'loaded', { batch: 7 });
    await files.mark(waiting[1]!, 'refused', { message: 'ruim' });
    await files.forget(waiting[2]!);
    expect(await files.countWaiting()).toBe(0);
    expect((await files.list({ state: 'refused', page: 1, size: 5 })).rows).toMatchObject([
      { path: 'a', message: 'ruim' },
    ]);
    await files.forgetRefused();
    expect((await paths()).sort()).toEqual([
      ['c', 1, 'loaded'],
      ['d', 1, 'growing'],
    ]);
  });

  it('nothing that waited and was not seen again', async () => {
    await files.see([seen('a', 'growing'), seen('b', 'unmatched'), seen('c', 'loaded'), seen('d', 'growing')]);
    clock.at = at(1);
    await files.see([seen('d', 'growing')]);
    await files.forgetUnseen(at(1));
    expect((await paths()).map(([path]) => path).sort()).toEqual(['c', 'd']);
  });

  it('nothing of a watch that is gone', async () => {
    await files.see([seen('a', 'loaded')]);
    await ledger.sql`DELETE FROM watch WHERE name = 'beta'`;
    expect(await paths()).toEqual([]);
  });
}

describe('the embedded ledger remembers', () => remembers(async () => ''));
describe.skipIf(!postgres())('a PostgreSQL server remembers', () => {
  const server = usePostgres();
  remembers(() => server().database());
});
