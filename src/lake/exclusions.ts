import { literal, quoted } from '../storage/lake.ts';
import type { Ledger } from '../storage/ledger/ledger.ts';

/** A dated, approved, reversible rule that leaves contacts out of net figures. */
export interface Exclusion {
  readonly name: string;
  readonly version: number;
  readonly source: string | null;
  readonly column_name: ExclusionColumn;
  readonly value: string;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly reason: string;
  readonly approved_by: string;
}

export const EXCLUSION_COLUMNS = [
  'queue',
  'account',
  'agent_id',
  'reason',
  'status',
  'channel',
  'phone',
  'customer_ref',
] as const;
export type ExclusionColumn = (typeof EXCLUSION_COLUMNS)[number];

/** The rules in force, newest version of each. */
export async function activeExclusions({ sql }: Ledger): Promise<Exclusion[]> {
  return sql<Exclusion[]>`
    SELECT DISTINCT ON (name) name, version, source, column_name, value, valid_from::text, valid_to::text, reason, approved_by
    FROM exclusion WHERE active ORDER BY name, version DESC`;
}

/** The first rule or list that leaves a contact out, by name, or null: an expression over the columns of `gold.contact`. */
export function exclusionOf(exclusions: readonly Exclusion[]): string {
  const cases = exclusions.map(({ name, source, column_name, value, valid_from, valid_to }) => {
    const conditions = [
      `${quoted(column_name)} = ${literal(value)}`,
      ...(source ? [`source = ${literal(source)}`] : []),
      ...(valid_from ? [`day >= DATE ${literal(valid_from)}`] : []),
      ...(valid_to ? [`day < DATE ${literal(valid_to)}`] : []),
    ];
    return `WHEN ${conditions.join(' AND ')} THEN ${literal(name)}`;
  });
  return cases.length === 0 ? 'listed' : `coalesce(CASE ${cases.join(' ')} END, listed)`;
}
