import type { Clock } from '../../kernel/clock.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';

export type TableState = 'extracted' | 'empty' | 'failed';

/** What became of one table of a connection. */
export interface TableEntry {
  readonly table: string;
  readonly state: TableState;
  /** Rows of the last time that it was had. */
  readonly rows: number;
  /** The batch that holds them, or null. */
  readonly batch: number | null;
  /** The moment of the database that they are of. */
  readonly hadAt: Date | null;
  readonly changedAt: Date;
  readonly message: string | null;
}

/** What is known of the tables of connections. */
export class TableLedger {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  async entries(name: string): Promise<ReadonlyMap<string, TableEntry>> {
    const rows = await this.#ledger.sql<TableEntry[]>`
      SELECT table_name AS table, state, rows::float8, batch_id AS batch, had_at AS "hadAt", changed_at AS "changedAt", message
      FROM connection_table WHERE name = ${name} ORDER BY table_name`;
    return new Map(rows.map((row) => [row.table, row]));
  }

  /** A table is had whole, or is known to be empty. */
  async had(
    name: string,
    table: string,
    { rows, batch, at }: { rows: number; batch: number | null; at: Date },
  ): Promise<void> {
    const state: TableState = rows > 0 ? 'extracted' : 'empty';
    await this.#ledger.sql`
      INSERT INTO connection_table (name, table_name, state, rows, batch_id, had_at, changed_at)
      VALUES (${name}, ${table}, ${state}, ${rows}, ${batch}, ${at}, ${this.#clock.now()})
      ON CONFLICT (name, table_name) DO UPDATE SET state = excluded.state, rows = excluded.rows,
        batch_id = excluded.batch_id, had_at = excluded.had_at, changed_at = excluded.changed_at, message = NULL`;
  }

  /** A table could not be had; what was had of it before stays. */
  async lacked(name: string, table: string, message: string): Promise<void> {
    await this.#ledger.sql`
      INSERT INTO connection_table (name, table_name, state, rows, changed_at, message)
      VALUES (${name}, ${table}, 'failed', 0, ${this.#clock.now()}, ${message})
      ON CONFLICT (name, table_name) DO UPDATE SET state = 'failed', changed_at = excluded.changed_at,
        message = excluded.message`;
  }
}
