import type { User } from '../../access/roles.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Ledger } from '../../storage/ledger/ledger.ts';
import type { Play } from './playbook.ts';

/** A playbook that somebody kept; null plays are the customary ones again. */
export interface KeptPlaybook {
  readonly id: number;
  readonly plays: readonly Play[] | null;
  readonly createdAt: Date;
  readonly createdBy: string;
}

interface Home {
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** All that was kept, the newest first: it holds from the next division on. */
export async function keptPlaybooks({ ledger }: Pick<Home, 'ledger'>): Promise<KeptPlaybook[]> {
  return ledger.sql<KeptPlaybook[]>`
    SELECT playbook_id AS id, plays, created_at AS "createdAt", created_by AS "createdBy" FROM playbook ORDER BY playbook_id DESC`;
}

/** The plays that somebody wrote; undefined where the customary ones hold. */
export async function playsInUse(home: Pick<Home, 'ledger'>): Promise<readonly Play[] | undefined> {
  const [last] = await keptPlaybooks(home);
  return last?.plays ?? undefined;
}

/** Keeps a playbook, or goes back to the customary one. */
export async function keepPlaybook({ ledger, clock }: Home, plays: readonly Play[] | null, by: User): Promise<void> {
  const { sql } = ledger;
  await sql`
    INSERT INTO playbook (plays, created_at, created_by)
    VALUES (${plays === null ? null : sql.json(plays as never)}, ${clock.now()}, ${by.name})`;
}
