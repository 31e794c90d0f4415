import type { Clock } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Ledger, LedgerSql } from '../storage/ledger/ledger.ts';
import type { Drift, Effect } from './drift/drift.ts';
import type { FileProfile } from './drift/profile.ts';
import { withAccepted } from './drift/seen.ts';
import type { RuleResult } from './rules/judge.ts';
import type { Verdict } from './rules/lines.ts';

/**
 * `waiting` for a person, or `refused` and waiting for the client: nothing of it is in the lake. `superseded` by a
 * batch of the same scope that was written later.
 */
export type BatchState = 'loading' | 'waiting' | 'refused' | 'loaded' | 'superseded' | 'rolled-back' | 'failed';

/** One file's journey, as the ledger keeps it. */
export interface BatchRecord {
  readonly batch_id: number;
  readonly source: string;
  readonly layout: number;
  readonly file_name: string;
  readonly file_bytes: number;
  readonly file_hash: string;
  readonly state: BatchState;
  /** What it holds whole, such as `day:2026-11-20`; null when its rows stand each for itself. */
  readonly scope: string | null;
  /** When the file was written: of two versions of a row, or of two batches of one scope, the later one counts. */
  readonly written_at: Date;
  readonly rows_read: number;
  readonly loaded: number;
  readonly quarantined: number;
  readonly duplicate: number;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly fills: Record<string, number>;
  readonly warnings: readonly BatchWarning[];
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly message: string | null;
  /** What the layout's rules said when it was loaded. */
  readonly rules: readonly RuleResult[];
  readonly seconds: number;
  readonly received_at: Date;
  readonly received_by: string;
  /** When its state or its counts changed last. */
  readonly changed_at: Date;
  /** How the file differed from its layout. */
  readonly drift: readonly Drift[];
  /** What loading it does, where a person was asked. */
  readonly effect: Effect | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  /** The batch that came in the place of one that was sent back. */
  readonly answered_by: number | null;
  /** Who looked at it last, and when. */
  readonly opened_by: string | null;
  readonly opened_at: Date | null;
}

export interface BatchWarning {
  readonly kind:
    | 'broken-characters'
    | 'mixed-encoding'
    | 'control-characters'
    | 'trailer-mismatch'
    | 'extra-columns'
    | 'not-understood'
    | 'events-without-contact';
  readonly rows: number;
  readonly detail: string;
}

export type BatchResult = Pick<
  BatchRecord,
  | 'rows_read'
  | 'loaded'
  | 'quarantined'
  | 'duplicate'
  | 'encoding'
  | 'delimiter'
  | 'fills'
  | 'warnings'
  | 'first_day'
  | 'last_day'
  | 'rules'
> & { readonly verdict: Verdict };

/** Files of a layout whose profiles are kept. */
const PROFILES = 15;

/** The ledger's batches. */
export class Batches {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  get clock(): Clock {
    return this.#clock;
  }

  async open(
    batch: Pick<BatchRecord, 'source' | 'layout' | 'file_name' | 'file_bytes' | 'received_by' | 'scope' | 'written_at'>,
  ): Promise<number> {
    const now = this.#clock.now();
    const [row] = await this.#ledger.sql<{ batch_id: number }[]>`
      INSERT INTO batch (batch_id, source, layout, file_name, file_bytes, file_hash, state, scope, written_at,
        received_at, received_by, changed_at)
      SELECT coalesce(max(batch_id), 0) + 1, ${batch.source}, ${batch.layout}, ${batch.file_name}, ${batch.file_bytes}, '',
        'loading', ${batch.scope}, ${batch.written_at}, ${now}, ${batch.received_by}, ${now}
      FROM batch
      RETURNING batch_id`;
    return row!.batch_id;
  }

  /** A batch is in. @throws RamalError `batchDecided` for one that neither loads nor waits any more. */
  async finish(
    batchId: number,
    hash: string,
    result: BatchResult,
    seconds: number,
    told: Pick<BatchRecord, 'layout' | 'drift'> & { readonly profile: FileProfile | null },
  ): Promise<void> {
    await this.#ledger.sql.begin(async (sql) => {
      const { count } = await sql`
      UPDATE batch SET state = 'loaded', file_hash = ${hash}, rows_read = ${result.rows_read}, loaded = ${result.loaded},
        quarantined = ${result.quarantined}, duplicate = ${result.duplicate}, encoding = ${result.encoding},
        delimiter = ${result.delimiter}, fills = ${sql.json(result.fills)}, warnings = ${sql.json(result.warnings as never)},
        first_day = ${result.first_day}, last_day = ${result.last_day}, rules = ${sql.json(result.rules as never)},
        verdict = ${sql.json(result.verdict as never)}, seconds = ${seconds}, changed_at = ${this.#clock.now()},
        layout = ${told.layout}, drift = ${sql.json(told.drift as never)}, profile = ${told.profile && sql.json(told.profile as never)}
      WHERE batch_id = ${batchId} AND state IN ('loading', 'waiting')`;
      if (count === 0) throw new RamalError('batchDecided', { received: batchId });
      await this.#settleScope(sql, batchId);
      await this.#forgetProfiles(sql, batchId);
      await this.#answer(sql, batchId);
    });
  }

  /** Of the loaded batches of a scope only the one written last counts; of two written together, by its content. */
  async #settleScope(sql: LedgerSql, batchId: number): Promise<void> {
    await sql`
      WITH of_scope AS (
        SELECT batch_id, state, row_number() OVER (ORDER BY written_at DESC, file_hash DESC, batch_id) = 1 AS counts
        FROM batch WHERE state IN ('loaded', 'superseded')
          AND (source, scope) = (SELECT source, scope FROM batch WHERE batch_id = ${batchId})
      )
      UPDATE batch SET state = CASE WHEN counts THEN 'loaded' ELSE 'superseded' END, changed_at = ${this.#clock.now()}
      FROM of_scope WHERE batch.batch_id = of_scope.batch_id AND (of_scope.state = 'loaded') <> counts`;
  }

  /** Lets the profiles go of all but the latest files of a batch's layout. */
  async #forgetProfiles(sql: LedgerSql, batchId: number): Promise<void> {
    await sql`
      UPDATE batch SET profile = NULL WHERE profile IS NOT NULL AND state IN ('loaded', 'superseded') AND batch_id IN (
        SELECT batch_id FROM batch WHERE profile IS NOT NULL AND state IN ('loaded', 'superseded')
          AND (source, layout) = (SELECT source, layout FROM batch WHERE batch_id = ${batchId})
        ORDER BY written_at DESC, batch_id DESC OFFSET ${PROFILES})`;
  }

  /** A loaded file answers those of its source that were sent back before it. */
  async #answer(sql: LedgerSql, batchId: number): Promise<void> {
    await sql`
      UPDATE batch SET answered_by = ${batchId}, changed_at = ${this.#clock.now()}
      WHERE source = (SELECT source FROM batch WHERE batch_id = ${batchId})
        AND state = 'refused' AND answered_by IS NULL AND batch_id < ${batchId}`;
  }

  /** What the files were like that a layout read, the one written last at the end. */
  async profiles(source: string, layout: number): Promise<FileProfile[]> {
    const rows = await this.#ledger.sql<{ profile: FileProfile }[]>`
      SELECT profile FROM batch WHERE source = ${source} AND layout = ${layout} AND profile IS NOT NULL
        AND state IN ('loaded', 'superseded') ORDER BY written_at DESC, batch_id DESC LIMIT ${PROFILES}`;
    return rows.map(({ profile }) => profile).reverse();
  }

  /**
   * What the files were like that a layout read, as {@link profiles}, with the values that corrections in force accept.
   * @param but a batch whose own corrections are left out.
   */
  async knownFiles(source: string, layout: number, but = 0): Promise<FileProfile[]> {
    const accepted = await this.#ledger.sql<{ column_name: string; change: string }[]>`
      SELECT column_name, change FROM correction JOIN batch USING (batch_id)
      WHERE source = ${source} AND state IN ('loaded', 'superseded') AND batch_id <> ${but} AND column_name IS NOT NULL
        AND change ILIKE 'aceite o valor %' AND from_revision IS NOT NULL AND to_revision IS NULL
      ORDER BY correction_id`;
    return withAccepted(await this.profiles(source, layout), accepted);
  }

  async profile(batchId: number): Promise<FileProfile | null> {
    const [row] = await this.#ledger.sql<{ profile: FileProfile | null }[]>`
      SELECT profile FROM batch WHERE batch_id = ${batchId}`;
    return row?.profile ?? null;
  }

  /** Sets a batch aside until a person decides, or refuses it: nothing of it is in the lake. */
  async hold(
    batchId: number,
    held: Pick<
      BatchRecord,
      'file_hash' | 'rows_read' | 'encoding' | 'delimiter' | 'warnings' | 'drift' | 'effect' | 'message'
    > & {
      readonly state: 'waiting' | 'refused';
      readonly profile: FileProfile;
    },
  ): Promise<void> {
    const { sql } = this.#ledger;
    await sql`
      UPDATE batch SET state = ${held.state}, file_hash = ${held.file_hash}, rows_read = ${held.rows_read},
        encoding = ${held.encoding}, delimiter = ${held.delimiter}, warnings = ${sql.json(held.warnings as never)},
        drift = ${sql.json(held.drift as never)},
        effect = ${sql.json((held.effect ?? {}) as never)}, profile = ${sql.json(held.profile as never)}, message = ${held.message},
        changed_at = ${this.#clock.now()}
      WHERE batch_id = ${batchId} AND state = 'loading'`;
  }

  /** Says who decided about a batch. */
  async decide(batchId: number, by: string): Promise<void> {
    await this.#ledger.sql`
      UPDATE batch SET decided_by = ${by}, decided_at = ${this.#clock.now()} WHERE batch_id = ${batchId}`;
  }

  /**
   * Gives a file back to the client: it waits for the one that answers it. @throws RamalError `batchDecided` for one that
   * waits for nobody.
   */
  async sendBack(batchId: number, message: string, by: string): Promise<void> {
    const now = this.#clock.now();
    const { count } = await this.#ledger.sql`
      UPDATE batch SET state = 'refused', message = ${message}, decided_by = ${by}, decided_at = ${now}, changed_at = ${now}
      WHERE batch_id = ${batchId} AND state = 'waiting'`;
    if (count === 0) throw new RamalError('batchDecided', { received: batchId });
  }

  /** Says who is looking at a batch. */
  async look(batchId: number, by: string): Promise<void> {
    await this.#ledger.sql`
      UPDATE batch SET opened_by = ${by}, opened_at = ${this.#clock.now()} WHERE batch_id = ${batchId}`;
  }

  /** How many files that are loaded each version of a source's layout read. */
  async readBy(source: string): Promise<Map<number, number>> {
    const rows = await this.#ledger.sql<{ layout: number; files: number }[]>`
      SELECT layout, count(*)::integer AS files FROM batch
      WHERE source = ${source} AND state IN ('loaded', 'superseded') GROUP BY layout`;
    return new Map(rows.map(({ layout, files }) => [layout, files]));
  }

  /** Whether a batch that counts, or may yet, was read by a version of a layout. */
  async usesLayout(source: string, layout: number): Promise<boolean> {
    const [row] = await this.#ledger.sql<{ used: boolean }[]>`
      SELECT EXISTS (SELECT FROM batch WHERE source = ${source} AND layout = ${layout}
        AND state IN ('loading', 'waiting', 'loaded', 'superseded')) AS used`;
    return row!.used;
  }

  /** The last batch that a version of a layout read, whatever became of it. */
  async lastReadBy(source: string, layout: number): Promise<BatchRecord | null> {
    const [row] = await this.#ledger.sql<BatchRecord[]>`
      SELECT ${this.#columns()} FROM batch WHERE source = ${source} AND layout = ${layout} ORDER BY batch_id DESC LIMIT 1`;
    return row ?? null;
  }

  /** The batch of a list that holds now. */
  async current(source: string): Promise<number | null> {
    const [row] = await this.#ledger.sql<{ batch_id: number }[]>`
      SELECT batch_id FROM batch WHERE source = ${source} AND state = 'loaded'
      ORDER BY written_at DESC, batch_id DESC LIMIT 1`;
    return row?.batch_id ?? null;
  }

  /** Ends a batch that is loading; false when it is not, and so must be left as it is. */
  async fail(batchId: number, message: string): Promise<boolean> {
    const { count } = await this.#ledger.sql`
      UPDATE batch SET state = 'failed', message = ${message}, changed_at = ${this.#clock.now()}
      WHERE batch_id = ${batchId} AND state = 'loading'`;
    return count > 0;
  }

  /** Ends a batch that is loading, or waits, because a rule that stops does not hold: nothing of it is loaded. */
  async refuse(batchId: number, message: string, { rows_read, rules }: BatchResult): Promise<boolean> {
    const { sql } = this.#ledger;
    const { count } = await sql`
      UPDATE batch SET state = 'refused', message = ${message}, rows_read = ${rows_read}, rules = ${sql.json(rules as never)},
        changed_at = ${this.#clock.now()} WHERE batch_id = ${batchId} AND state IN ('loading', 'waiting')`;
    return count > 0;
  }

  async tombstone(batchId: number): Promise<void> {
    await this.#ledger.sql.begin(async (sql) => {
      await sql`
        UPDATE batch SET state = 'rolled-back', changed_at = ${this.#clock.now()}
        WHERE batch_id = ${batchId} AND state IN ('loaded', 'superseded')`;
      await this.#settleScope(sql, batchId);
    });
  }

  /** After versions of other batches came or went, or lines were corrected: what it holds now; all others are repeated. */
  async recount(batchId: number, loaded: number, quarantined: number): Promise<void> {
    await this.#ledger.sql`
      UPDATE batch SET loaded = ${loaded}, quarantined = ${quarantined}, duplicate = rows_read - ${loaded}::bigint - ${quarantined}::bigint,
        changed_at = ${this.#clock.now()}
      WHERE batch_id = ${batchId}`;
  }

  /** @throws RamalError `notFound`. */
  async get(batchId: number): Promise<BatchRecord> {
    const [row] = await this.#ledger.sql<
      BatchRecord[]
    >`SELECT ${this.#columns()} FROM batch WHERE batch_id = ${batchId}`;
    if (!row)
      throw new RamalError('notFound', {
        what: 'lote',
        received: batchId,
        todo: 'Veja a lista em Recepção ou com ramal batch list.',
      });
    return row;
  }

  async list({
    source,
    needs = false,
    page,
    size,
  }: {
    source?: string | undefined;
    /** Only what asks for a look: waiting, sent back and not answered, failed, or loaded with rows in quarantine. */
    needs?: boolean | undefined;
    page: number;
    size: number;
  }): Promise<{ rows: BatchRecord[]; total: number }> {
    const { sql } = this.#ledger;
    const ofSource = source ? sql`AND source = ${source}` : sql``;
    const needing = needs
      ? sql`AND (state IN ('failed', 'waiting') OR (state = 'refused' AND answered_by IS NULL) OR (state = 'loaded' AND quarantined > 0))`
      : sql``;
    const where = sql`WHERE true ${ofSource} ${needing}`;
    const rows = await sql<BatchRecord[]>`
      SELECT ${this.#columns()} FROM batch ${where} ORDER BY batch_id DESC LIMIT ${size} OFFSET ${(page - 1) * size}`;
    const [count] = await sql<{ total: number }[]>`SELECT count(*)::integer AS total FROM batch ${where}`;
    return { rows, total: count!.total };
  }

  inState(state: BatchState): Promise<BatchRecord[]> {
    return this.#ledger.sql<
      BatchRecord[]
    >`SELECT ${this.#columns()} FROM batch WHERE state = ${state} ORDER BY batch_id`;
  }

  /** A loaded batch of the same source, layout and size: perhaps the same file. */
  async sameSize(source: string, layout: number, bytes: number): Promise<BatchRecord[]> {
    return this.#ledger.sql<BatchRecord[]>`
      SELECT ${this.#columns()} FROM batch
      WHERE source = ${source} AND layout = ${layout} AND file_bytes = ${bytes} AND state IN ('loaded', 'superseded') ORDER BY batch_id`;
  }

  /** The batches of a scope, the oldest first: those that count, or would if a newer one were rolled back. */
  ofScope(
    source: string,
    scope: string,
    states: readonly BatchState[] = ['loaded', 'superseded'],
  ): Promise<BatchRecord[]> {
    return this.#ledger.sql<BatchRecord[]>`
      SELECT ${this.#columns()} FROM batch
      WHERE source = ${source} AND scope = ${scope} AND state = ANY(${states as string[]}) ORDER BY written_at, batch_id`;
  }

  /** When the files of each source came, the last of them first. */
  receivedAt(): Promise<Pick<BatchRecord, 'source' | 'received_at'>[]> {
    return this.#ledger.sql<Pick<BatchRecord, 'source' | 'received_at'>[]>`
      SELECT source, received_at FROM batch WHERE state <> 'failed' ORDER BY received_at DESC LIMIT 20000`;
  }

  /** The batches received from an instant on, the last of them first. */
  receivedSince(instant: Date): Promise<BatchRecord[]> {
    return this.#ledger.sql<
      BatchRecord[]
    >`SELECT ${this.#columns()} FROM batch WHERE received_at >= ${instant} ORDER BY received_at DESC, batch_id DESC`;
  }

  /** When the files of each source came that count, from an instant on, and the last of those before it. */
  arrivedSince(instant: Date): Promise<Pick<BatchRecord, 'source' | 'received_at'>[]> {
    return this.#ledger.sql<Pick<BatchRecord, 'source' | 'received_at'>[]>`
      SELECT source, received_at FROM batch WHERE state IN ('loaded', 'superseded') AND received_at >= ${instant}
      UNION ALL SELECT source, max(received_at) FROM batch
      WHERE state IN ('loaded', 'superseded') AND received_at < ${instant} GROUP BY source`;
  }

  #columns() {
    return this.#ledger
      .sql`batch_id, source, layout, file_name, file_bytes::float8, file_hash, state, scope, written_at, rows_read::float8,
      loaded::float8, quarantined::float8, duplicate::float8, encoding, delimiter, fills, warnings,
      first_day::text, last_day::text, message, rules, seconds, received_at, received_by, changed_at, drift,
      nullif(effect, '{}'::jsonb) AS effect, decided_by, decided_at, answered_by, opened_by, opened_at`;
  }
}
