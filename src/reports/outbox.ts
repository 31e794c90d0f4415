import type { Clock } from '../kernel/clock.ts';
import { type ErrorCode, type ErrorDetails, RamalError } from '../kernel/errors.ts';
import type { Ledger, LedgerSql } from '../storage/ledger/ledger.ts';

export const OUTCOMES = ['pending', 'sending', 'sent', 'skipped', 'failed'] as const;
/** What became of a message; `sending` since a kill: it may have gone out, and does not again. */
export type Outcome = (typeof OUTCOMES)[number];

/** Why a message was not sent, or what it lacks; phrased when it is read. */
export interface Reason {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/** How a message ended. */
export interface Ended {
  readonly outcome: 'sent' | 'skipped' | 'failed';
  /** Names of the files that it brought. */
  readonly files: readonly string[];
  readonly reasons: readonly Reason[];
}

/** What a message is about: a period that an alert raised, or a mail of a view and when it was due. */
export type About =
  | { readonly raised: number }
  | { readonly mail: number /** Null where somebody asked for it. */; readonly due: Date | null };

/** A message to one user. */
export interface OutboxMessage {
  readonly id: number;
  readonly raised: number | null;
  readonly mail: number | null;
  readonly recipient: string;
  readonly at: Date;
  readonly outcome: Outcome;
  readonly files: readonly string[];
  readonly reasons: readonly Reason[];
}

export const reasonOf = ({ code, details }: RamalError): Reason => ({ code, details });

/** The reason in Portuguese. */
export const reasonText = ({ code, details }: Reason): string => new RamalError(code, details).message;

/** What goes out by mail: each message is written down, taken once, and ended. */
export class Outbox {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Writes a message to each recipient, once for what it is about; gives the numbers of the new ones. */
  put(about: About, recipients: readonly string[]): Promise<number[]> {
    return putMessages(this.#ledger.sql, about, recipients, this.#clock.now());
  }

  /** Takes the next message that nobody began to send, of some or of all; from here on it is never taken again. */
  async take(among?: readonly number[]): Promise<OutboxMessage | undefined> {
    const { sql } = this.#ledger;
    const [taken] = await sql<OutboxMessage[]>`
      UPDATE outbox SET outcome = 'sending', at = ${this.#clock.now()}
      WHERE message_id = (
        SELECT message_id FROM outbox
        WHERE outcome = 'pending' ${among === undefined ? sql`` : sql`AND message_id = ANY(${[...among]}::bigint[])`}
        ORDER BY message_id LIMIT 1 FOR UPDATE SKIP LOCKED
      ) RETURNING ${columns(sql)}`;
    return taken;
  }

  async end(id: number, { outcome, files, reasons }: Ended): Promise<void> {
    const { sql } = this.#ledger;
    await sql`
      UPDATE outbox SET outcome = ${outcome}, at = ${this.#clock.now()}, files = ${sql.json([...files])},
        reasons = ${sql.json(reasons.map(({ code, details }) => ({ code, details })))}
      WHERE message_id = ${id}`;
  }

  /** Ends what a mail of a view still had to send. */
  async drop(mail: number, reason: Reason): Promise<void> {
    const { sql } = this.#ledger;
    await sql`
      UPDATE outbox SET outcome = 'skipped', at = ${this.#clock.now()}, reasons = ${sql.json([{ ...reason }])}
      WHERE mail_id = ${mail} AND outcome = 'pending'`;
  }

  /** Some messages, the oldest first. */
  messages(ids: readonly number[]): Promise<OutboxMessage[]> {
    const { sql } = this.#ledger;
    return sql<OutboxMessage[]>`
      SELECT ${columns(sql)} FROM outbox WHERE message_id = ANY(${[...ids]}::bigint[]) ORDER BY message_id`;
  }

  /** Those of a mail of a view, the newest first. */
  ofMail(mail: number, most: number): Promise<OutboxMessage[]> {
    const { sql } = this.#ledger;
    return sql<OutboxMessage[]>`
      SELECT ${columns(sql)} FROM outbox WHERE mail_id = ${mail} ORDER BY message_id DESC LIMIT ${most}`;
  }

  /** Those of alerts, by period raised. */
  ofAlerts(): Promise<OutboxMessage[]> {
    const { sql } = this.#ledger;
    return sql<OutboxMessage[]>`
      SELECT ${columns(sql)} FROM outbox WHERE raised_id IS NOT NULL ORDER BY raised_id, recipient`;
  }
}

/** {@link Outbox.put} within a transaction. */
export async function putMessages(
  sql: LedgerSql,
  about: About,
  recipients: readonly string[],
  at: Date,
): Promise<number[]> {
  const { raised, mail, due } = { raised: null, mail: null, due: null, ...about };
  const ids: number[] = [];
  for (const recipient of recipients) {
    const rows = await sql<{ id: number }[]>`
      INSERT INTO outbox (raised_id, mail_id, due_at, recipient, outcome, at)
      VALUES (${raised}, ${mail}, ${due}, ${recipient}, 'pending', ${at})
      ON CONFLICT DO NOTHING RETURNING message_id::int AS id`;
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

const columns = (sql: LedgerSql) => sql`
  message_id::int AS id, raised_id AS raised, mail_id AS mail, recipient, at, outcome, files, reasons`;
