import type { Clock } from '../kernel/clock.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';
import type { User } from './roles.ts';

export type AuditAction =
  | 'reveal'
  | 'intake'
  | 'rollback'
  | 'build'
  | 'exclusion'
  | 'login'
  | 'export'
  | 'approve'
  | 'send-back'
  | 'layout'
  | 'watch'
  | 'pull'
  | 'connect'
  | 'send'
  | 'reference'
  | 'correction'
  | 'replay'
  | 'reread'
  | 'user'
  | 'token'
  | 'view'
  | 'mail'
  | 'note'
  | 'alert';

/** The record of who did what to which object; never the personal values themselves. */
export class Audit {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  async record(
    user: User,
    action: AuditAction,
    object: string,
    details: Record<string, string | number> = {},
  ): Promise<void> {
    const { sql } = this.#ledger;
    await sql`
      INSERT INTO audit (at, user_name, action, object, details)
      VALUES (${this.#clock.now()}, ${user.name}, ${action}, ${object}, ${sql.json(details)})`;
  }
}
