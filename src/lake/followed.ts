import { join } from 'node:path';
import { followed } from '../contracts/index.ts';
import { type LakeSession, sqlFile } from '../storage/lake.ts';

const SQL = join(import.meta.dirname, 'sql');

/** What events, a relation with the columns of `silver.contact_event`, say of each contact that has any (an SQL statement). */
export function followedBy(events: string): string {
  return sqlFile(SQL, 'followed.sql', { events });
}

/** What a change of events makes other: contacts, and what their events say afterwards. */
export interface FollowedChange {
  /** A relation with the rows of `gold.followed` as it will be. */
  readonly fresh: string;
  /** Built contacts of silver that neither come nor go, and whose events do. */
  readonly restated: string;
  /** Puts the fresh rows in place, in the caller's transaction. */
  commit(): Promise<void>;
}

const contactsOf = (events: string) => `SELECT source, contact_id FROM silver.contact_event WHERE ${events}`;

/** Notes whose events leave silver: those of batches that go and of rows that lost their key. Before they do. */
export async function noteLeaving(session: LakeSession, gone: string): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE told_of AS ${contactsOf(`batch_id IN (${gone})`)} UNION ${contactsOf('row_id IN (FROM silver.outdated)')}`,
  );
}

/** What the events that left and those that came, of batches that arrived or in table `coming_rows`, make of the contacts. */
export async function changeFollowed(session: LakeSession, arrived: string): Promise<FollowedChange> {
  await session.run(
    `INSERT INTO told_of (${contactsOf(`batch_id IN (${arrived})`)} UNION ${contactsOf('row_id IN (FROM coming_rows)')}) EXCEPT FROM told_of`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE followed_fresh AS ${followedBy('(FROM silver.contact_event SEMI JOIN told_of USING (source, contact_id))')}`,
  );
  const { name } = followed;
  return {
    fresh: `(FROM gold.${name} ANTI JOIN told_of USING (source, contact_id) UNION ALL FROM followed_fresh)`,
    restated: `(SELECT contact.* FROM silver.contact AS contact SEMI JOIN told_of USING (source, contact_id)
      ANTI JOIN coming_rows USING (row_id) WHERE batch_id IN (FROM gold.built))`,
    commit: async () => {
      await session.run(`DELETE FROM gold.${name} WHERE (source, contact_id) IN (FROM told_of)`);
      await session.run(`INSERT INTO gold.${name} BY NAME FROM followed_fresh`);
    },
  };
}
