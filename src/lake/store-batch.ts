import { contact, identity } from '../contracts/index.ts';
import type { BatchRows } from '../intake/check-batch.ts';
import type { Layout } from '../intake/layout.ts';
import { identityValue, primaryKinds, type TypedSelect, typedSelect } from '../intake/typed-select.ts';
import { type LakeSession, literal, quoted } from '../storage/lake.ts';

/** Lines typed at a time: bounds memory whatever the file's size. */
const SLICE = 1_000_000;

const CONTACT_COLUMNS = Object.keys(contact.columns).map(quoted).join(', ');
const IDENTITY_COLUMNS = Object.keys(identity.columns).map(quoted).join(', ');

/**
 * Types into silver the rows of a batch whose keys are held and that silver lacks, slice by slice, each whole or not at
 * all: what was begun and stopped is completed. Resolves to how many came.
 */
export async function storeBatch(session: LakeSession, rows: BatchRows): Promise<number> {
  const { batch, layout, bronze, timeZone, suffix } = rows;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE lacking AS SELECT row_id & 4294967295 AS _line FROM silver.natural_key${suffix}
     WHERE batch_id = $batch AND row_id NOT IN (SELECT row_id FROM silver.contact${suffix} WHERE batch_id = $batch)`,
    { batch },
  );
  const { first, last } = await session.row<{ first: number | null; last: number | null }>(
    'SELECT min(_line) AS first, max(_line) AS last FROM lacking',
  );
  if (first === null || last === null) return 0;
  const typed = typedSelect(layout, bronze, timeZone);
  if (typed.copies) await session.run(`CREATE OR REPLACE TEMP TABLE copies AS ${typed.copies}`);
  let stored = 0;
  for (let from = first; from <= last; from += SLICE) {
    await session.run(`CREATE OR REPLACE TEMP TABLE typed AS ${typed.typed}`, { from, to: from + SLICE });
    await session.transaction(async () => {
      stored += await insertContacts(session, rows, typed);
      await insertIdentities(session, rows);
      await insertEvents(session, rows);
    });
  }
  for (const table of ['lacking', 'typed', 'copies']) await session.run(`DROP TABLE IF EXISTS ${table}`);
  return stored;
}

function insertContacts(session: LakeSession, { batch, suffix }: BatchRows, typed: TypedSelect): Promise<number> {
  return session.run(
    `INSERT INTO silver.contact${suffix} (${CONTACT_COLUMNS}) SELECT ${typed.contactColumns.join(', ')} FROM typed`,
    { batch },
  );
}

async function insertIdentities(session: LakeSession, { batch, layout, suffix }: BatchRows): Promise<void> {
  for (const { kind, column } of primaryKinds(new Set(Object.keys(layout.columns)))) {
    const value = `CAST(${identityValue(kind, column, layout)} AS VARCHAR)`;
    await session.run(
      `INSERT INTO silver.identity${suffix} (${IDENTITY_COLUMNS})
       SELECT (CAST($batch AS BIGINT) << 32) + _line, $batch, ${literal(kind)}, ${value}, nullif(original_${kind}, CAST(${column} AS VARCHAR))
       FROM typed WHERE ${column} IS NOT NULL`,
      { batch },
    );
  }
}

/** Events that a contact's own times tell, of sources that follow it over time: the first reply and the closing. */
async function insertEvents(session: LakeSession, { batch, layout, suffix }: BatchRows): Promise<void> {
  if (!followsContacts(layout)) return;
  const stored = `(SELECT * FROM silver.contact${suffix} WHERE batch_id = $batch AND row_id & 4294967295 IN (SELECT _line FROM typed))`;
  await session.run(
    `INSERT INTO silver.contact_event${suffix} (row_id, batch_id, contact_id, "at", kind, actor, value)
     SELECT row_id, batch_id, contact_id, first_reply_at, 'reply', agent_id, NULL FROM ${stored} WHERE first_reply_at IS NOT NULL
     UNION ALL
     SELECT row_id, batch_id, contact_id, ended_at, 'closing', agent_id, NULL FROM ${stored}
     WHERE ended_at IS NOT NULL AND status = 'closed'`,
    { batch },
  );
}

function followsContacts({ columns }: Layout): boolean {
  return columns.opened_at !== undefined;
}
