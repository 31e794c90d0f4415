import { listed, named, referenceVersion, supervised, type Table } from '../../contracts/index.ts';
import type { Effective, Span } from '../../intake/reference/dated.ts';
import type { ReferenceKind } from '../../intake/reference/kind.ts';
import { effectiveRows, type StoredEntry } from '../../intake/reference/plan.ts';
import { References } from '../../intake/reference/references.ts';
import { referenceKind } from '../../intake/reference/registry.ts';
import type { LakeSession } from '../../storage/lake.ts';
import type { Build } from '../steps.ts';
import { type AccountName, type Names, type NameTables, namedSpans, nameTables, type ReasonName } from './naming.ts';
import { EXCLUSION_LISTS, lookup, type Made, resolved, SAID } from './resolved.ts';

/** Days before and after all others, for what holds since ever or until further notice. */
const [FIRST_DAY, LAST_DAY] = ['0001-01-01', '9999-12-31'];
const LISTED_KEY: Record<keyof typeof EXCLUSION_LISTS, string> = {
  'excluded-numbers': 'number',
  'excluded-protocols': 'protocol',
  'excluded-queues': 'queue',
};
const LOOKUPS = [supervised, named, listed] as const;

/** What the reference tables say now, and whether gold was made with something else. */
export interface Reference {
  readonly revision: number;
  readonly changed: boolean;
  readonly names: NameTables;
  /** Where the lookups are that gold is to be made with: its own serve when nothing can change in them. */
  readonly made: Made;
}

/**
 * Reads the reference tables and makes the lookups that gold is to be made with. The names still lack what comes; see
 * {@link nameAll} and {@link nameMore}.
 */
export async function readLookups({ ledger }: Build, session: LakeSession): Promise<Reference> {
  const references = new References(ledger, { now: () => new Date(0) });
  const rowsOf = async (name: string) => spansOf(name, await references.entries(referenceKind(name)));
  const { revision, naming } = await references.revision();
  const [held] = await session.rows<{ revision: number }>('FROM gold.reference_version');
  const changed = (held?.revision ?? 0) !== revision;
  if (!changed && !naming) return { revision, changed, names: nameTables([], []), made: 'gold' };
  const flat = async <T>(name: string) =>
    (await rowsOf(name)).map(({ key, values, from, to }) => ({ ...key, ...values, from, to }) as unknown as T);
  const names = nameTables(await flat<AccountName>('accounts'), await flat<ReasonName>('reasons'));
  if (!changed) {
    for (const one of LOOKUPS)
      await session.run(`CREATE OR REPLACE TEMP TABLE ${one.name}_fresh AS FROM gold.${one.name}`);
    return { revision, changed, names, made: 'fresh' };
  }
  await fill(
    session,
    supervised,
    (await rowsOf('supervisors')).map(({ key, values, ...span }) => {
      return { agent_id: key.agent, supervisor: values.supervisor, ...days(span) };
    }),
  );
  const values: object[] = [];
  for (const [list, key] of Object.entries(LISTED_KEY)) {
    for (const row of await rowsOf(list)) values.push({ list, value: row.key[key], ...days(row) });
  }
  await fill(session, listed, values);
  await fill(session, named, []);
  return { revision, changed, names, made: 'fresh' };
}

interface EffectiveEntry extends Effective {
  readonly key: Readonly<Record<string, string>>;
}

/** What counts of a table, by key and day. */
export function spansOf(name: string, entries: readonly StoredEntry[]): EffectiveEntry[] {
  const kind: ReferenceKind = referenceKind(name);
  return effectiveRows(kind, entries).map(({ key, values, from, to, monthly, knownTo }) => {
    return { key, values, from, to, monthly, knownTo };
  });
}

function days({ from, to }: Span): { valid_from: string; valid_to: string } {
  return { valid_from: from ?? FIRST_DAY, valid_to: to ?? LAST_DAY };
}

const ROWS = 10_000;

/** Makes a lookup's temporary table of those rows. */
async function fill(session: LakeSession, contract: Table, rows: readonly object[], into = lookup(contract, 'fresh')) {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${into} AS FROM gold.${contract.name} LIMIT 0`);
  await append(session, contract, rows, into);
}

async function append(session: LakeSession, contract: Table, rows: readonly object[], into: string): Promise<void> {
  const structure = `[{${Object.entries(contract.columns).map(([name, { type }]) => `"${name}":"${type}"`)}}]`;
  for (let at = 0; at < rows.length; at += ROWS) {
    await session.run(
      `INSERT INTO ${into} BY NAME SELECT unnest(from_json_strict($rows, '${structure}'), recursive := true)`,
      { rows: JSON.stringify(rows.slice(at, at + ROWS)) },
    );
  }
}

const NAMES = ['source', 'account', 'reason', 'reason_category'] as const;

/** Names of everything in silver, made anew. */
export async function nameAll(session: LakeSession, { names, made }: Reference): Promise<void> {
  if (made === 'gold') return;
  await fill(session, named, []);
  if (isUnused(names)) return;
  await nameThose(session, names, `SELECT DISTINCT ${NAMES.join(', ')} FROM silver.contact`);
}

/** Names of rows that come, in temporary table `coming_rows`; those that nothing in silver has any more go, where some left. */
export async function nameMore(session: LakeSession, { names }: Reference, someLeft: boolean): Promise<void> {
  if (isUnused(names)) return;
  if (someLeft) {
    const used = `(SELECT DISTINCT ${NAMES.join(', ')} FROM silver.contact)`;
    await session.run(
      `CREATE OR REPLACE TEMP TABLE named_used AS FROM named_fresh SEMI JOIN ${used} AS used USING (${NAMES.join(', ')})`,
    );
    await session.run('DELETE FROM named_fresh');
    await session.run('INSERT INTO named_fresh FROM named_used');
  }
  await nameThose(
    session,
    names,
    `SELECT DISTINCT ${NAMES.join(', ')} FROM silver.contact WHERE row_id IN (FROM coming_rows)
     EXCEPT SELECT ${NAMES.join(', ')} FROM named_fresh`,
  );
}

function isUnused({ accounts, reasons }: NameTables): boolean {
  return accounts.length === 0 && reasons.size === 0;
}

async function nameThose(session: LakeSession, names: NameTables, select: string): Promise<void> {
  const rows = (await session.rows<Names & Record<string, unknown>>(select)).flatMap((one) =>
    namedSpans(one, names).map((span) => ({
      ...one,
      ...days(span),
      to_account: span.account,
      to_reason: span.reason,
      to_category: span.reason_category,
    })),
  );
  await append(session, named, rows, 'named_fresh');
}

/**
 * Finds the contacts that gold holds and that the fresh lookups say something else of, into temporary table `retold`;
 * resolves to how many. `staying` says which contacts neither come nor go.
 */
export async function findRetold(session: LakeSession, staying: string, exclusion: string): Promise<number> {
  const differing = async (table: Table, columns: readonly string[]) => {
    const [was, is] = [lookup(table, 'gold'), lookup(table, 'fresh')];
    await session.run(
      `CREATE OR REPLACE TEMP TABLE ${table.name}_differing AS SELECT DISTINCT ${columns.join(', ')}
       FROM ((FROM ${was} EXCEPT FROM ${is}) UNION ALL (FROM ${is} EXCEPT FROM ${was}))`,
    );
  };
  await differing(supervised, ['agent_id']);
  await differing(named, NAMES);
  await differing(listed, ['list', 'value']);
  const inList = Object.entries(EXCLUSION_LISTS).map(
    ([list, column]) => `${column} IN (SELECT value FROM listed_differing WHERE list = '${list}')`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE candidates AS SELECT * FROM silver.contact
     WHERE ${staying} AND (agent_id IN (FROM supervised_differing)
       OR (${NAMES.join(', ')}) IN (SELECT (${NAMES.join(', ')}) FROM named_differing) OR ${inList.join(' OR ')})`,
  );
  // The first list that leaves a contact out is part of the exclusion.
  const said = SAID.filter((name) => name !== 'listed');
  const of = (made: Made) =>
    `(SELECT row_id, ${said.join(', ')}, ${exclusion} AS exclusion FROM ${resolved('candidates', made)})`;
  const differs = [...said, 'exclusion'].map((name) => `was.${name} IS DISTINCT FROM becomes.${name}`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE retold AS SELECT row_id FROM ${of('gold')} AS was JOIN ${of('fresh')} AS becomes USING (row_id)
     WHERE ${differs.join(' OR ')}`,
  );
  await session.run('DROP TABLE candidates');
  return (await session.row<{ rows: number }>('SELECT count(*) AS rows FROM retold')).rows;
}

/** Puts the fresh lookups in the place of gold's, in the caller's transaction. */
export async function keepLookups(session: LakeSession, { revision, made }: Reference): Promise<void> {
  if (made === 'gold') return;
  for (const { name } of LOOKUPS) {
    await session.run(`DELETE FROM gold.${name}`);
    await session.run(`INSERT INTO gold.${name} FROM ${name}_fresh`);
  }
  await session.run(`DELETE FROM gold.${referenceVersion.name}`);
  await session.run(`INSERT INTO gold.${referenceVersion.name} VALUES ($revision)`, { revision });
}
