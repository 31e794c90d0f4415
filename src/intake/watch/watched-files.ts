import type { Clock } from '../../kernel/clock.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import type { BatchState } from '../batches.ts';
import type { PlaceFile } from './place.ts';

/**
 * What became of a version of a file: no source fits its name; it may still grow; complete; being loaded, or left so by
 * a kill; in a batch that waits for a person; in a batch; refused for good.
 */
export type FileState = 'unmatched' | 'growing' | 'ready' | 'taken' | 'waiting' | 'loaded' | 'refused';

export const FILE_STATES: readonly FileState[] = [
  'unmatched',
  'growing',
  'ready',
  'taken',
  'waiting',
  'loaded',
  'refused',
];

/** A version of a file, as the ledger remembers it. */
export interface WatchedFile {
  readonly path: string;
  readonly bytes: number;
  readonly changedAt: Date;
  readonly state: FileState;
  readonly source: string | null;
  readonly batch: number | null;
  readonly message: string | null;
  /** When this version was first seen, by our clock. */
  readonly seenAt: Date;
  readonly at: Date;
}

export type SeenFile = Pick<WatchedFile, 'path' | 'bytes' | 'changedAt' | 'state' | 'source' | 'message' | 'seenAt'>;
type Version = Pick<PlaceFile, 'path' | 'bytes' | 'changedAt'>;

/** States in which a newer version of the file takes the place of the one that was seen. */
export const PENDING: readonly FileState[] = ['unmatched', 'growing', 'ready'];

/** The ledger's memory of one watch: each version of a file once. */
export class WatchedFiles {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #watch: string;

  constructor(ledger: Ledger, clock: Clock, watch: string) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#watch = watch;
  }

  /** Those of the versions given that are known. */
  known(files: readonly Version[]): Promise<WatchedFile[]> {
    const { sql } = this.#ledger;
    return sql<WatchedFile[]>`
      SELECT ${this.#columns()} FROM watched_file AS f
      JOIN jsonb_to_recordset(${sql.json(files.map(packed))}) AS e (path text, size bigint, changed_at timestamptz)
        ON f.path = e.path AND f.size = e.size AND f.changed_at = e.changed_at
      WHERE f.watch = ${this.#watch}`;
  }

  /** Writes what was seen; of a path that waited in an older version, that one is forgotten. */
  async see(files: readonly SeenFile[]): Promise<void> {
    if (files.length === 0) return;
    const now = this.#clock.now();
    const rows = files.map((file) => ({
      ...packed(file),
      state: file.state,
      source: file.source,
      message: file.message,
      seen_at: file.seenAt.toISOString(),
    }));
    await this.#ledger.sql.begin(async (sql) => {
      await sql`
        DELETE FROM watched_file AS f
        USING jsonb_to_recordset(${sql.json(rows)}) AS e (path text, size bigint, changed_at timestamptz)
        WHERE f.watch = ${this.#watch} AND f.path = e.path AND f.state = ANY(${[...PENDING]})
          AND (f.size <> e.size OR f.changed_at <> e.changed_at)`;
      await sql`
        INSERT INTO watched_file (watch, path, size, changed_at, state, source, message, seen_at, at)
        SELECT ${this.#watch}, path, size, changed_at, state, source, message, seen_at, ${now}
        FROM jsonb_to_recordset(${sql.json(rows)}) AS e (path text, size bigint, changed_at timestamptz, state text,
          source text, message text, seen_at timestamptz)
        ON CONFLICT (watch, path, size, changed_at) DO UPDATE SET state = excluded.state, source = excluded.source,
          message = excluded.message, seen_at = excluded.seen_at, at = excluded.at`;
    });
  }

  /** Forgets versions that waited and were not seen since. */
  async forgetUnseen(since: Date): Promise<void> {
    await this.#ledger.sql`
      DELETE FROM watched_file WHERE watch = ${this.#watch} AND state = ANY(${[...PENDING]}) AND at < ${since}`;
  }

  /** What is to be loaded, the oldest first: complete, or taken by a look that was killed. */
  waiting(limit: number): Promise<WatchedFile[]> {
    return this.#ledger.sql<WatchedFile[]>`
      SELECT ${this.#columns()} FROM watched_file AS f
      WHERE watch = ${this.#watch} AND state IN ('ready', 'taken') ORDER BY changed_at, path LIMIT ${limit}`;
  }

  /** Files in batches that waited for a person who has decided since, with what became of the batch. */
  decided(): Promise<(WatchedFile & { readonly decided: BatchState })[]> {
    return this.#ledger.sql<(WatchedFile & { decided: BatchState })[]>`
      SELECT ${this.#columns()}, b.state AS decided FROM watched_file AS f JOIN batch AS b USING (batch_id)
      WHERE f.watch = ${this.#watch} AND f.state = 'waiting' AND b.state <> 'waiting' ORDER BY f.changed_at, f.path`;
  }

  /** How many files a look has something to do with. */
  async countWaiting(): Promise<number> {
    const [row] = await this.#ledger.sql<{ files: number }[]>`
      SELECT count(*)::integer AS files FROM watched_file AS f LEFT JOIN batch AS b USING (batch_id)
      WHERE f.watch = ${this.#watch}
        AND (f.state IN ('ready', 'taken') OR (f.state = 'waiting' AND b.state <> 'waiting'))`;
    return row!.files;
  }

  async mark(
    file: Version,
    state: FileState,
    { batch = null, message = null }: { batch?: number | null; message?: string | null } = {},
  ): Promise<void> {
    await this.#ledger.sql`
      UPDATE watched_file SET state = ${state}, batch_id = ${batch}, message = ${message}, at = ${this.#clock.now()}
      WHERE watch = ${this.#watch} AND path = ${file.path} AND size = ${file.bytes} AND changed_at = ${file.changedAt}`;
  }

  async forget(file: Version): Promise<void> {
    await this.#ledger.sql`
      DELETE FROM watched_file
      WHERE watch = ${this.#watch} AND path = ${file.path} AND size = ${file.bytes} AND changed_at = ${file.changedAt}`;
  }

  /** Lets what was refused be tried once more. */
  async forgetRefused(): Promise<void> {
    await this.#ledger.sql`DELETE FROM watched_file WHERE watch = ${this.#watch} AND state = 'refused'`;
  }

  async list({
    state,
    page,
    size,
  }: {
    state?: string | undefined;
    page: number;
    size: number;
  }): Promise<{ rows: WatchedFile[]; total: number }> {
    const { sql } = this.#ledger;
    const where = sql`WHERE watch = ${this.#watch} ${state ? sql`AND state = ${state}` : sql``}`;
    const rows = await sql<WatchedFile[]>`
      SELECT ${this.#columns()} FROM watched_file AS f ${where} ORDER BY at DESC, path LIMIT ${size} OFFSET ${(page - 1) * size}`;
    const [count] = await sql<{ total: number }[]>`SELECT count(*)::integer AS total FROM watched_file ${where}`;
    return { rows, total: count!.total };
  }

  async counts(): Promise<Record<FileState, number>> {
    const rows = await this.#ledger.sql<{ state: FileState; files: number }[]>`
      SELECT state, count(*)::integer AS files FROM watched_file WHERE watch = ${this.#watch} GROUP BY state`;
    const found = new Map(rows.map(({ state, files }) => [state, files]));
    return Object.fromEntries(FILE_STATES.map((state) => [state, found.get(state) ?? 0])) as Record<FileState, number>;
  }

  #columns() {
    return this.#ledger.sql`f.path, f.size::float8 AS bytes, f.changed_at AS "changedAt", f.state, f.source,
      f.batch_id AS batch, f.message, f.seen_at AS "seenAt", f.at`;
  }
}

function packed({ path, bytes, changedAt }: Version) {
  return { path, size: bytes, changed_at: changedAt.toISOString() };
}
