import { type Column, contact, UNKNOWN } from '../../contracts/index.ts';
import { literal } from '../../storage/lake.ts';
import type { Layout } from '../layout.ts';
import type { Check, Target } from './target.ts';

/** Mapped names that are not columns of a contact: they become identities. */
const IDENTITY_COLUMNS = ['cpf', 'email'] as const;

const COLUMNS: Readonly<Record<string, Column>> = contact.columns;

/** Calls, chats, tickets: one row per leg, with the identities that tell who it was. */
export const contactTarget: Target = {
  contract: () => contact,
  mappable: (name) => name in COLUMNS || (IDENTITY_COLUMNS as readonly string[]).includes(name),
  mandatory: () => ['started_at'],
  typeOf: (name) => COLUMNS[name]?.type ?? 'VARCHAR',
  isFilled: (name) => COLUMNS[name]?.filled === true,
  rowChecks,
  outputs: (layout, mapped) =>
    Object.keys(contact.columns).map((name) => `${contactColumn(name, layout, mapped)} AS ${name}`),
  keyParts: (layout, mapped) => [literal(layout.source), 'row_key', contactColumn('leg_no', layout, mapped)],
  rowKey: contactKey,
  day: (layout, mapped) => contactColumn('day', layout, mapped),
  originals: (mapped) => primaryKinds(mapped),
};

function rowChecks(layout: Layout, mapped: ReadonlySet<string>, raw: (name: string) => string): Check[] {
  if (!mapped.has('ended_at')) return [];
  const from = layout.columns.ended_at?.from ?? [];
  const column = from.join(' + ') || 'ended_at';
  const value = from.length === 0 ? 'NULL' : `concat_ws(' ', ${from.map(raw).join(', ')})`;
  const start = mapped.has('opened_at') ? 'least(started_at, coalesce(opened_at, started_at))' : 'started_at';
  return [{ when: `ended_at < ${start}`, reason: 'ends-before-start', column, value }];
}

/** What names a contact at its source: the key without the column of the leg, which the legs of a contact differ in. */
function contactKey(layout: Layout, raw: (name: string) => string): string {
  if (layout.key.length === 0) return `_content || '-' || _copy`;
  const legs = layout.columns.leg_no?.from ?? [];
  const names = layout.key.length > 1 ? layout.key.filter((name) => !legs.includes(name)) : layout.key;
  return names.length === 1 ? raw(names[0]!) : `concat_ws('|', ${names.map(raw).join(', ')})`;
}

const has = (mapped: ReadonlySet<string>, name: string): string => (mapped.has(name) ? name : 'NULL');

/** An agent's code (an SQL expression) as all sources know it: beside whose codes it is one of, where the layout says so. */
export function ownedAgent({ agents }: Layout, code: string): string {
  return agents === undefined
    ? code
    : `CASE WHEN ${code} = ${literal(UNKNOWN)} THEN ${code} ELSE ${literal(`${agents}/`)} || ${code} END`;
}

function contactColumn(name: string, layout: Layout, mapped: ReadonlySet<string>): string {
  const { type, filled } = contact.columns[name as keyof typeof contact.columns] as { type: string; filled?: true };
  const unknown = literal(UNKNOWN);
  const agent = ownedAgent(layout, mapped.has('agent_id') ? 'agent_code(agent_id)' : 'NULL');
  switch (name) {
    case 'row_id':
      return 'row_id';
    case 'batch_id':
      return 'CAST(row_id >> 32 AS INTEGER)';
    case 'source':
      return literal(layout.source);
    case 'contact_id':
      return 'row_key';
    case 'leg_no':
      return mapped.has('leg_no') ? 'CAST(coalesce(leg_no, 1) AS SMALLINT)' : 'CAST(1 AS SMALLINT)';
    case 'day':
      return `CAST(coalesce(${has(mapped, layout.day ?? 'started_at')}, started_at) AS DATE)`;
    case 'identity': {
      const kinds = primaryKinds(mapped).map(
        ({ kind, column }) =>
          `WHEN ${column} IS NOT NULL THEN hash(${literal(`${kind}:`)} || ${identityValue(kind, column, layout)})`,
      );
      return kinds.length === 0 ? 'CAST(NULL AS UBIGINT)' : `CASE ${kinds.join(' ')} END`;
    }
    case 'identity_received':
      return mapped.has('phone') ? receivedPhone() : 'CAST(NULL AS UBIGINT)';
    case 'identity_kind': {
      const kinds = primaryKinds(mapped).map(({ kind, column }) => `WHEN ${column} IS NOT NULL THEN ${literal(kind)}`);
      return kinds.length === 0 ? 'CAST(NULL AS VARCHAR)' : `CASE ${kinds.join(' ')} END`;
    }
    case 'ddd':
      return mapped.has('ddd') ? 'CAST(ddd AS VARCHAR)' : mapped.has('phone') ? 'phone[1:2]' : 'CAST(NULL AS VARCHAR)';
    case 'uf':
      return `coalesce(${mapped.has('uf') ? 'uf' : mapped.has('phone') ? 'uf_of_ddd(phone[1:2])' : 'NULL'}, ${unknown})`;
    case 'agent_name':
      return `coalesce(${has(mapped, 'agent_name')}, ${agent}, ${unknown})`;
    case 'agent_id':
      return `coalesce(${agent}, ${ownedAgent(layout, has(mapped, 'agent_name'))}, ${unknown})`;
    case 'reason_category':
      return `coalesce(${has(mapped, 'reason_category')}, ${has(mapped, 'reason')}, ${unknown})`;
    default:
      return filled ? `coalesce(${has(mapped, name)}, ${unknown})` : `CAST(${has(mapped, name)} AS ${type})`;
  }
}

/** A phone as its digits were written, where they are not those of the canonical one. */
function receivedPhone(): string {
  const digits = `coalesce(nullif(translate(original_phone, ' ()-.+/', ''), phone), phone)`;
  return `CASE WHEN ${digits} <> phone THEN hash('received:' || digits_of(original_phone)) END`;
}

export interface IdentityColumn {
  readonly kind: string;
  readonly column: string;
}

const IDENTITIES: readonly IdentityColumn[] = [
  { kind: 'phone', column: 'phone' },
  { kind: 'customer', column: 'customer_ref' },
  ...IDENTITY_COLUMNS.map((column) => ({ kind: column, column })),
];

/** Kinds of identity in the order they are tried. */
export const PRIMARY_KINDS = IDENTITIES.map(({ kind }) => kind);

/** The identities a contact can carry, the first present one being its primary. */
export function primaryKinds(mapped: ReadonlySet<string>): IdentityColumn[] {
  return IDENTITIES.filter(({ column }) => mapped.has(column));
}

/** The value by which two contacts are the same person; a source's customer code means nothing outside it. */
export function identityValue(kind: string, column: string, layout: Layout): string {
  return kind === 'customer' ? `${literal(`${layout.source}/`)} || ${column}` : column;
}
