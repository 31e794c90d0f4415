import type { Day } from '../../kernel/brazil/dates.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';

export type DayState = 'extracted' | 'empty' | 'failed' | 'partial';

/** What became of one day of a connection. */
export interface DayEntry {
  readonly day: Day;
  readonly state: DayState;
  /** Records that the source has of the day, repeated ones left out. */
  readonly rows: number;
  /** It was read before it was over. */
  readonly provisional: boolean;
  /** The source has changed it since; it is fetched again. */
  readonly corrected: boolean;
  /** The batch that holds its rows, or null. */
  readonly batch: number | null;
  /** When the extraction that gave its rows began. */
  readonly askedAt: Date | null;
  readonly changedAt: Date;
  readonly message: string | null;
}

/** The ledger of days: nothing that was ever wanted of a source is out of sight. */
export class DayLedger {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Entries of a connection in `[from, to)`, in order. */
  entries(
    name: string,
    { from = '0001-01-01', to = '9999-12-31' }: { from?: Day; to?: Day } = {},
  ): Promise<DayEntry[]> {
    return this.#ledger.sql<DayEntry[]>`
      SELECT day::text, state, rows::float8, provisional, corrected, batch_id AS batch, asked_at AS "askedAt",
        changed_at AS "changedAt", message
      FROM connection_day WHERE name = ${name} AND day >= ${from}::date AND day < ${to}::date ORDER BY day`;
  }

  /** A day is had: whole, or known to be empty. */
  async had(
    name: string,
    day: Day,
    { rows, batch, provisional, askedAt }: { rows: number; batch: number | null; provisional: boolean; askedAt: Date },
  ): Promise<void> {
    const state: DayState = rows > 0 ? 'extracted' : 'empty';
    const now = this.#clock.now();
    await this.#ledger.sql`
      INSERT INTO connection_day (name, day, state, rows, provisional, batch_id, asked_at, changed_at)
      VALUES (${name}, ${day}, ${state}, ${rows}, ${provisional}, ${batch}, ${askedAt}, ${now})
      ON CONFLICT (name, day) DO UPDATE SET state = excluded.state, rows = excluded.rows, provisional = excluded.provisional,
        corrected = false, batch_id = excluded.batch_id, asked_at = excluded.asked_at, changed_at = excluded.changed_at,
        message = NULL`;
  }

  /** A day could not be had; what was had of it before stays. */
  async lacked(
    name: string,
    day: Day,
    state: 'failed' | 'partial',
    provisional: boolean,
    message: string,
  ): Promise<void> {
    await this.#ledger.sql`
      INSERT INTO connection_day (name, day, state, rows, provisional, changed_at, message)
      VALUES (${name}, ${day}, ${state}, 0, ${provisional}, ${this.#clock.now()}, ${message})
      ON CONFLICT (name, day) DO UPDATE SET state = excluded.state, provisional = excluded.provisional,
        changed_at = excluded.changed_at, message = excluded.message`;
  }

  /** A day that is had is about to change: until it is had again it counts as missing, whatever stops the change. */
  async reopen(name: string, day: Day): Promise<void> {
    await this.#ledger.sql`
      UPDATE connection_day SET corrected = true WHERE name = ${name} AND day = ${day} AND state IN ('extracted', 'empty')`;
  }

  /** Marks days that changed at the source since they were asked for, and remembers until when that is known. */
  async corrected(name: string, changes: ReadonlyMap<Day, Date>, seenUntil: Date): Promise<void> {
    await this.#ledger.sql.begin(async (sql) => {
      for (const [day, changedAt] of changes)
        await sql`
          UPDATE connection_day SET corrected = true
          WHERE name = ${name} AND day = ${day} AND state IN ('extracted', 'empty') AND asked_at < ${changedAt}`;
      await sql`UPDATE connection SET seen_until = ${seenUntil} WHERE name = ${name}`;
    });
  }
}
