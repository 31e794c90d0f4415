import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { Batches, type BatchRecord } from '../src/intake/batches.ts';
import { bronzePath, readBronze } from '../src/intake/bronze.ts';
import { listTables } from '../src/intake/check-batch.ts';
import type { Layout } from '../src/intake/layout.ts';
import { Layouts } from '../src/intake/layouts.ts';
import { type LoadedFile, loadFile } from '../src/intake/load.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silent } from '../src/kernel/progress.ts';
import { type BuildOptions, type BuildResult, build } from '../src/lake/build.ts';
import { openLake } from '../src/lake/lake-open.ts';
import { storeBatches } from '../src/lake/store-batches.ts';
import type { Lake, LakeRow } from '../src/storage/lake.ts';
import { type Ledger, openLedger } from '../src/storage/ledger/ledger.ts';

/** The tables that an incremental build must leave as a full one does. */
export const BUILT_TABLES = [
  'silver.natural_key',
  'silver.other_version',
  'silver.outdated',
  'silver.renewed',
  'silver.unique_value',
  'silver.mended',
  'silver.contact',
  'silver.contact_event',
  'silver.identity',
  'silver.agent_time',
  'silver.quarantine',
  'gold.link',
  'gold.person',
  'gold.mark',
  'gold.followed',
  'gold.contact_mart',
  'gold.time_mart',
  'gold.mix_mart',
  'gold.repeat_mart',
  'gold.caller_mart',
  'gold.agent_time_mart',
  'gold.excluded',
  'gold.source',
  'gold.agent',
  'gold.supervised',
  'gold.named',
  'gold.listed',
] as const;

export type Snapshot = Record<(typeof BUILT_TABLES)[number], { rows: number; hash: string }>;

export interface Home {
  readonly folder: string;
  readonly config: { readonly home: string; readonly timeZone: string };
  readonly lake: Lake;
  readonly ledger: Ledger;
  readonly batches: Batches;
  readonly layouts: Layouts;
  /** Makes a layout known to builds. */
  know(layout: Layout): Promise<void>;
  /** Writes a file that was finished a minute ago, and gives its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Loads a file, by its path or its content, with a layout or the shipped one of that name. */
  load(file: string | { name?: string; content: string | Uint8Array }, layout: Layout | string): Promise<BatchRecord>;
  loadFile(path: string, layout: Layout | string): Promise<LoadedFile>;
  /** Types a batch into silver, as a build does before it makes gold. */
  store(batch: BatchRecord, layout: Layout | string): Promise<number>;
  build(options?: BuildOptions): Promise<BuildResult>;
  rows<T extends object = LakeRow>(sql: string, parameters?: Record<string, string | number>): Promise<T[]>;
  /** How many rows each table has and a hash of them, whatever their order. */
  snapshot(): Promise<Snapshot>;
  /** Forgets everything that was loaded. */
  reset(): Promise<void>;
  close(options?: { keep?: boolean }): Promise<void>;
}

interface HomeOptions {
  folder?: string;
  databaseUrl?: string;
  /** A ledger that is open already, and stays so. */
  shared?: Ledger;
}

/** A RAMAL_HOME of its own, with the embedded ledger unless told otherwise. */
export async function openHome({ folder: given, databaseUrl = '', shared }: HomeOptions = {}): Promise<Home> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'ramal-home-'));
  const config = { home: folder, memoryMb: 1000, threads: 2, timeZone: 'America/Sao_Paulo' };
  const lake = await openLake(config);
  const ledger = shared ?? (await openLedger({ home: folder, databaseUrl }));
  const batches = new Batches(ledger, systemClock);
  let layouts = await Layouts.open(ledger, systemClock);
  let files = 0;
  const named = (layout: Layout | string) => (typeof layout === 'string' ? layouts.get(layout) : layout);
  const home: Home = {
    folder,
    config,
    lake,
    ledger,
    batches,
    get layouts() {
      return layouts;
    },
    async know(layout) {
      const { sql } = ledger;
      await sql`
        INSERT INTO layout (source, version, definition, created_at, created_by)
        VALUES (${layout.source}, ${layout.version}, ${sql.json(layout as never)}, now(), 'test') ON CONFLICT DO NOTHING`;
      layouts = await Layouts.open(ledger, systemClock);
    },
    file(name, content) {
      files += 1;
      const into = join(folder, 'received', String(files));
      mkdirSync(into, { recursive: true });
      const path = join(into, name);
      writeFileSync(path, content);
      age(path);
      return path;
    },
    async load(file, layout) {
      const path = typeof file === 'string' ? file : home.file(file.name ?? 'arquivo.csv', file.content);
      if (!isAbsolute(path)) throw new Error(`load() takes an absolute path, or { content }: ${path}`);
      return (await home.loadFile(path, layout)).batch;
    },
    loadFile: (path, layout) => loadFile(home, path, { layout: named(layout), by: 'teste', progress: silent }),
    store: (batch, layout) =>
      lake.use(async (session) => {
        const path = bronzePath(folder, batch.source, batch.batch_id);
        const files = await readBronze(session, [{ batch: batch.batch_id, path, writtenAt: batch.written_at }]);
        const { timeZone } = config;
        return storeBatches(
          session,
          files.map((bronze) => ({ layout: named(layout), bronze, timeZone, suffix: '' })),
        );
      }),
    build: (options = {}) => build(home, options),
    rows: (sql, parameters) => lake.rows(sql, parameters),
    async snapshot() {
      const parts = BUILT_TABLES.map(
        (table) =>
          `SELECT '${table}' AS name, count(*) AS rows, CAST(sum(hash(t)) AS VARCHAR) AS hash FROM ${table} AS t`,
      );
      const found = await lake.rows<{ name: string; rows: number; hash: string }>(parts.join(' UNION ALL '));
      return Object.fromEntries(found.map(({ name, rows, hash }) => [name, { rows, hash }])) as Snapshot;
    },
    async reset() {
      await ledger.sql`DELETE FROM batch`;
      await ledger.sql`DELETE FROM exclusion`;
      await ledger.sql`DELETE FROM reference_row`;
      await ledger.sql`DELETE FROM reference_change`;
      await lake.use(async (session) => {
        for (const table of [...BUILT_TABLES, 'gold.built', 'gold.reference_version'])
          await session.run(`DELETE FROM ${table}`);
        for (const table of await listTables(session)) await session.run(`DROP TABLE silver.${table}`);
        await session.run(`UPDATE gold.version SET lake_version = 0, made_by = ''`);
      });
      rmSync(join(folder, 'bronze'), { recursive: true, force: true });
      // Batch numbers begin again, as a home's never do: the engine must forget the files it keeps by path and second.
      for (const kept of [false, true])
        await lake.use((session) => session.run(`SET GLOBAL enable_external_file_cache = ${kept}`));
    },
    async close({ keep = false } = {}) {
      lake.close();
      if (shared === undefined) await ledger.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
  return home;
}

let keptLedger: Promise<Ledger> | undefined;

/** The one ledger of all files of tests that this process runs, emptied: to make one takes longer than most tests. */
async function emptyLedger(): Promise<Ledger> {
  const folder = join(tmpdir(), `ramal-ledger-${process.pid}`);
  keptLedger ??= openLedger({ home: folder, databaseUrl: '' });
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const ledger = await keptLedger;
  const tables = await ledger.sql<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'ramal' AND tablename <> 'migration'`;
  await ledger.sql.unsafe(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY CASCADE`);
  return ledger;
}

/** A home for the tests of one file, kept when one of them failed; its ledger is another's next. */
export function useHome(): () => Home {
  let home: Home | undefined;
  let failed = false;
  beforeAll(async () => {
    home = await openHome({ shared: await emptyLedger() });
  });
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => {
      failed = true;
    });
  });
  afterAll(async () => {
    await home?.close({ keep: failed });
    if (failed) process.stderr.write(`RAMAL_HOME of the failed test: ${home?.folder}\n`);
  });
  return () => {
    if (home === undefined) throw new Error('The home opens in beforeAll: ask for it inside a test.');
    return home;
  };
}

/** Gives a file a past, so that intake need not wait to see whether it still grows. */
export function age(path: string, seconds = 60): void {
  const past = new Date(Date.now() - seconds * 1000);
  utimesSync(path, past, past);
}
