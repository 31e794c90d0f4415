import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import type { Verdict } from '../rules/lines.ts';
import { countLines, type LineRanges } from '../rules/lines.ts';

/** What a person changed in lines of a file: the ledger keeps it, and it is applied whenever they are typed. */
export interface Correction {
  readonly correction_id: number;
  readonly batch_id: number;
  readonly lines: LineRanges;
  readonly line_count: number;
  /** Null for whole lines. */
  readonly column_name: string | null;
  readonly change: string;
  readonly reason: string | null;
  readonly made_by: string;
  readonly made_at: Date;
  readonly undone_by: string | null;
  readonly undone_at: Date | null;
  readonly from_revision: number | null;
  readonly to_revision: number | null;
}

/** A correction as it is asked for. */
export type NewCorrection = Pick<Correction, 'batch_id' | 'lines' | 'column_name' | 'change' | 'reason'>;

/** What of a correction changes rows. */
export type LineChange = Pick<Correction, 'lines' | 'column_name' | 'change'>;

/** A batch's state of corrections, as the ledger has decided it. */
export interface Mending {
  readonly revision: number;
  readonly verdict: Verdict;
  /** Those in force, in the order they were made. */
  readonly corrections: readonly LineChange[];
}

/** `waiting` for the next replay, `in-force`, `leaving` with the next replay, or `undone`. */
export type CorrectionState = 'waiting' | 'in-force' | 'leaving' | 'undone';

export function stateOf({ undone_at, from_revision, to_revision }: Correction): CorrectionState {
  if (undone_at === null) return from_revision === null ? 'waiting' : 'in-force';
  return from_revision !== null && to_revision === null ? 'leaving' : 'undone';
}

/** The ledger's corrections. */
export class Corrections {
  readonly #ledger: Pick<Ledger, 'sql'>;
  readonly #clock: Clock;

  constructor(ledger: Pick<Ledger, 'sql'>, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  async add({ batch_id, lines, column_name, change, reason }: NewCorrection, by: string): Promise<Correction> {
    const { sql } = this.#ledger;
    const [row] = await sql<Correction[]>`
      INSERT INTO correction (correction_id, batch_id, lines, line_count, column_name, change, reason, made_by, made_at)
      SELECT coalesce(max(correction_id), 0) + 1, ${batch_id}, ${sql.json(lines as never)}, ${countLines(lines)}, ${column_name},
        ${change}, ${reason}, ${by}, ${this.#clock.now()} FROM correction
      RETURNING *, line_count::float8`;
    return row!;
  }

  /** Every correction of a batch, in the order they were made. */
  async of(batchId: number): Promise<Correction[]> {
    return this.#ledger.sql<Correction[]>`
      SELECT *, line_count::float8 FROM correction WHERE batch_id = ${batchId} ORDER BY correction_id`;
  }

  /** @throws RamalError `notFound`. */
  async get(id: number): Promise<Correction> {
    const [row] = await this.#ledger.sql<Correction[]>`
      SELECT *, line_count::float8 FROM correction WHERE correction_id = ${id}`;
    if (row) return row;
    throw new RamalError('notFound', { what: 'correção', received: id, todo: 'Veja as do lote.' });
  }

  /** Undoes a correction: one that waits is gone, one in force leaves with the next replay. Twice is as once. */
  async undo(id: number, by: string): Promise<Correction> {
    await this.get(id);
    await this.#ledger.sql`
      UPDATE correction SET undone_by = ${by}, undone_at = ${this.#clock.now()}
      WHERE correction_id = ${id} AND undone_at IS NULL`;
    return this.get(id);
  }

  /**
   * Puts corrections into force and takes those undone out: from here on the batch is as corrected, whatever happens,
   * and silver follows.
   */
  async replay(batchId: number, verdict: Verdict, corrections: readonly number[]): Promise<void> {
    await this.#ledger.sql.begin(async (sql) => {
      const [row] = await sql<{ revision: number }[]>`
        UPDATE batch SET revision = revision + 1, verdict = ${sql.json(verdict as never)}, changed_at = ${this.#clock.now()}
        WHERE batch_id = ${batchId} RETURNING revision`;
      const { revision } = row!;
      await sql`
        UPDATE correction SET from_revision = ${revision}
        WHERE correction_id = ANY(${[...corrections]}::integer[]) AND from_revision IS NULL AND undone_at IS NULL`;
      await sql`
        UPDATE correction SET to_revision = ${revision}
        WHERE batch_id = ${batchId} AND undone_at IS NOT NULL AND from_revision IS NOT NULL AND to_revision IS NULL`;
    });
  }
}

/** Batches whose lines were corrected or replayed at least once, and what is in force of them. */
export async function mendings(
  { sql }: Pick<Ledger, 'sql'>,
  batches: readonly number[],
): Promise<Map<number, Mending>> {
  const states = await sql<{ batch_id: number; revision: number; verdict: Verdict }[]>`
    SELECT batch_id, revision, verdict FROM batch WHERE batch_id = ANY(${[...batches]}::integer[])`;
  const inForce = await sql<Correction[]>`
    SELECT *, line_count::float8 FROM correction
    WHERE batch_id = ANY(${[...batches]}::integer[]) AND from_revision IS NOT NULL AND to_revision IS NULL ORDER BY correction_id`;
  const corrections = Map.groupBy(inForce, ({ batch_id }) => batch_id);
  return new Map(
    states.map(({ batch_id, revision, verdict }) => [
      batch_id,
      { revision, verdict, corrections: corrections.get(batch_id) ?? [] },
    ]),
  );
}

/** Loaded batches that were replayed, and how often. */
export async function revisions({ sql }: Pick<Ledger, 'sql'>): Promise<Map<number, number>> {
  const rows = await sql<{ batch_id: number; revision: number }[]>`
    SELECT batch_id, revision FROM batch WHERE state = 'loaded' AND revision > 0 ORDER BY batch_id`;
  return new Map(rows.map(({ batch_id, revision }) => [batch_id, revision]));
}
