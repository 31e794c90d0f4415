import type { Day } from '../../kernel/brazil/dates.ts';
import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Ledger, LedgerSql } from '../../storage/ledger/ledger.ts';
import type { ReferenceKind } from './kind.ts';
import { type Entry, keyText, type Plan, type StoredEntry } from './plan.ts';
import { REFERENCE_KINDS } from './registry.ts';

export type ReferenceAction = 'load' | 'set' | 'end' | 'undo' | 'learn';

/** One change of a table: who, when, from what, and how much of it. */
export interface ReferenceChange {
  readonly change: number;
  readonly kind: string;
  readonly action: ReferenceAction;
  readonly by: string;
  readonly at: Date;
  readonly note: string;
  readonly file: string | null;
  readonly added: number;
  readonly ended: number;
  /** The change that undid it. */
  readonly undoneBy: number | null;
}

/** A row that a change added or took out. */
export interface ChangedEntry extends Entry {
  readonly what: 'added' | 'ended';
}

export interface ChangeOrigin {
  readonly action: ReferenceAction;
  readonly by: string;
  readonly note?: string | undefined;
  readonly file?: string | undefined;
  readonly hash?: string | undefined;
}

/** How a table stands: rows that count, and its last change. */
export interface TableState {
  readonly rows: number;
  readonly last: ReferenceChange | null;
}

/** A row that counts, and who said it when. */
export interface KeptEntry extends StoredEntry {
  readonly by: string;
  readonly at: Date;
}

interface StoredRow {
  readonly row_id: number;
  readonly key: Record<string, string>;
  readonly said: Record<string, string>;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly monthly: boolean;
}

const CHUNK = 2000;
/** The tables that names are resolved by. */
const NAMING = ['accounts', 'reasons'];

/** The ledger's reference tables: every row that ever counted, from which change to which. */
export class References {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** What a table says now, by key and day. */
  async entries(kind: ReferenceKind): Promise<KeptEntry[]> {
    const rows = await this.#ledger.sql<(StoredRow & Pick<KeptEntry, 'by' | 'at'>)[]>`
      SELECT row_id::float8, key, said, valid_from::text, valid_to::text, monthly, change.by, change.at
      FROM reference_row AS kept JOIN reference_change AS change USING (change_id)
      WHERE kept.kind = ${kind.name} AND ended_by IS NULL ORDER BY key_text, valid_from NULLS FIRST`;
    return rows.map(({ row_id, by, at, ...row }) => ({ row: row_id, by, at, ...entryOf(row) }));
  }

  /** What a table whose rows are of days says now of the days `[from, to)`. */
  async entriesOn(kind: ReferenceKind, from: Day, to: Day): Promise<Entry[]> {
    const rows = await this.#ledger.sql<StoredRow[]>`
      SELECT row_id::float8, key, said, valid_from::text, valid_to::text, monthly FROM reference_row
      WHERE kind = ${kind.name} AND ended_by IS NULL AND key->>'day' >= ${from} AND key->>'day' < ${to}`;
    return rows.map(entryOf);
  }

  /** A row that counts now. @throws RamalError `notFound`. */
  async entry(kind: ReferenceKind, row: number): Promise<KeptEntry> {
    const found = (await this.entries(kind)).find((one) => one.row === row);
    if (found) return found;
    throw new RamalError('notFound', {
      what: 'linha da tabela',
      received: row,
      todo: 'Ela pode ter sido mudada por outra pessoa; abra a tabela de novo.',
    });
  }

  /** The newest change of the tables that gold is made with, and whether any of those of names says something. */
  async revision(): Promise<{ revision: number; naming: boolean }> {
    const { sql } = this.#ledger;
    const names = REFERENCE_KINDS.filter(({ figures }) => figures).map(({ name }) => name);
    const [row] = await sql<{ revision: number; naming: boolean }[]>`
      SELECT coalesce(max(change_id), 0)::float8 AS revision,
        EXISTS (SELECT FROM reference_row WHERE kind IN ${sql(NAMING)} AND ended_by IS NULL) AS naming
      FROM reference_change WHERE kind IN ${sql(names)}`;
    return row!;
  }

  /** How each table stands, by name. */
  async states(): Promise<ReadonlyMap<string, TableState>> {
    const counts = await this.#ledger.sql<{ kind: string; rows: number }[]>`
      SELECT kind, count(*)::integer AS rows FROM reference_row WHERE ended_by IS NULL GROUP BY kind`;
    const last = await this.#changes(this.#ledger.sql`
      WHERE change_id IN (SELECT max(change_id) FROM reference_change GROUP BY kind)`);
    const rows = new Map(counts.map((one) => [one.kind, one.rows]));
    return new Map(
      REFERENCE_KINDS.map(({ name }) => [
        name,
        { rows: rows.get(name) ?? 0, last: last.find(({ kind }) => kind === name) ?? null },
      ]),
    );
  }

  /** The change that loaded a file of the same content and still stands, or null. */
  async sameFile(kind: ReferenceKind, hash: string): Promise<ReferenceChange | null> {
    const [found] = await this.#changes(this.#ledger.sql`
      WHERE kind = ${kind.name} AND file_hash = ${hash} AND undone_by IS NULL ORDER BY change_id DESC LIMIT 1`);
    return found ?? null;
  }

  async history(
    kind: ReferenceKind,
    page: number,
    size: number,
  ): Promise<{ changes: ReferenceChange[]; total: number }> {
    const { sql } = this.#ledger;
    const changes = await this.#changes(sql`
      WHERE kind = ${kind.name} ORDER BY change_id DESC LIMIT ${size} OFFSET ${(page - 1) * size}`);
    const [count] = await sql<{ total: number }[]>`
      SELECT count(*)::integer AS total FROM reference_change WHERE kind = ${kind.name}`;
    return { changes, total: count!.total };
  }

  /** The rows that a change added and took out, at most so many of each. */
  async changed(kind: ReferenceKind, change: number, most: number): Promise<ChangedEntry[]> {
    const of = (column: 'change_id' | 'ended_by') => this.#ledger.sql<StoredRow[]>`
      SELECT row_id::float8, key, said, valid_from::text, valid_to::text, monthly FROM reference_row
      WHERE kind = ${kind.name} AND ${this.#ledger.sql(column)} = ${change} ORDER BY key_text, valid_from NULLS FIRST LIMIT ${most}`;
    const ended = (await of('ended_by')).map((row) => ({ what: 'ended' as const, ...entryOf(row) }));
    const added = (await of('change_id')).map((row) => ({ what: 'added' as const, ...entryOf(row) }));
    return [...ended, ...added];
  }

  /** Puts a plan in force as one change; resolves to its number, or null when there is nothing to change. */
  async apply(kind: ReferenceKind, { added, ended }: Plan, origin: ChangeOrigin): Promise<number | null> {
    if (added.length === 0 && ended.length === 0) return null;
    return this.#ledger.sql.begin(async (sql) => {
      const change = await this.#open(sql, kind.name, origin, added.length, ended.length);
      for (let at = 0; at < ended.length; at += CHUNK)
        await sql`UPDATE reference_row SET ended_by = ${change} WHERE row_id IN ${sql(ended.slice(at, at + CHUNK))}`;
      for (let at = 0; at < added.length; at += CHUNK) {
        const rows = added.slice(at, at + CHUNK).map((entry) => ({
          key_text: keyText(kind, entry.key),
          key: entry.key,
          said: entry.values,
          valid_from: entry.from,
          valid_to: entry.to,
          monthly: entry.monthly,
        }));
        await sql`
          INSERT INTO reference_row (kind, key_text, key, said, valid_from, valid_to, monthly, change_id)
          SELECT ${kind.name}, key_text, key, said, valid_from, valid_to, monthly, ${change}
          FROM jsonb_to_recordset(${sql.json(rows as never)}) AS row
            (key_text text, key jsonb, said jsonb, valid_from date, valid_to date, monthly boolean)`;
      }
      return change;
    });
  }

  /**
   * Undoes the last change of a table that was not undone: what it took out counts again. Resolves to the change that
   * was undone. @throws RamalError `usage` when there is none.
   */
  async undo(kind: ReferenceKind, by: string): Promise<ReferenceChange> {
    return this.#ledger.sql.begin(async (sql) => {
      const [last] = await sql<{ change_id: number }[]>`
        SELECT change_id::float8 FROM reference_change
        WHERE kind = ${kind.name} AND undone_by IS NULL AND action <> 'undo' ORDER BY change_id DESC LIMIT 1`;
      if (!last)
        throw new RamalError('usage', {
          what: `Nada a desfazer em ${kind.label.pt}`,
          todo: 'A tabela está como nasceu',
        });
      const [counts] = await sql<{ added: number; ended: number }[]>`
        SELECT count(*) FILTER (WHERE change_id = ${last.change_id})::integer AS ended,
          count(*) FILTER (WHERE ended_by = ${last.change_id})::integer AS added
        FROM reference_row WHERE kind = ${kind.name}`;
      const undo = await this.#open(sql, kind.name, { action: 'undo', by }, counts!.added, counts!.ended);
      await sql`UPDATE reference_row SET ended_by = ${undo} WHERE change_id = ${last.change_id} AND ended_by IS NULL`;
      await sql`
        INSERT INTO reference_row (kind, key_text, key, said, valid_from, valid_to, monthly, change_id)
        SELECT kind, key_text, key, said, valid_from, valid_to, monthly, ${undo}
        FROM reference_row WHERE ended_by = ${last.change_id}`;
      await sql`UPDATE reference_change SET undone_by = ${undo} WHERE change_id = ${last.change_id}`;
      const [undone] = await this.#changes(sql`WHERE change_id = ${last.change_id}`, sql);
      return undone!;
    });
  }

  async #open(
    sql: LedgerSql,
    kind: string,
    { action, by, note = '', file, hash }: ChangeOrigin,
    added: number,
    ended: number,
  ): Promise<number> {
    const [row] = await sql<{ change_id: number }[]>`
      INSERT INTO reference_change (kind, action, by, at, note, file_name, file_hash, added, ended)
      VALUES (${kind}, ${action}, ${by}, ${this.#clock.now()}, ${note}, ${file ?? null}, ${hash ?? null}, ${added}, ${ended})
      RETURNING change_id::float8`;
    return row!.change_id;
  }

  #changes(where: ReturnType<LedgerSql>, sql: LedgerSql = this.#ledger.sql): Promise<ReferenceChange[]> {
    return sql<ReferenceChange[]>`
      SELECT change_id::float8 AS change, kind, action, by, at, note, file_name AS file, added, ended,
        undone_by::float8 AS "undoneBy"
      FROM reference_change ${where}`;
  }
}

function entryOf({ key, said, valid_from, valid_to, monthly }: Omit<StoredRow, 'row_id'>): Entry {
  return { key, values: said, from: valid_from, to: valid_to, monthly };
}
