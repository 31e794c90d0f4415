import { type Column, contact, UNKNOWN } from '../contracts/index.ts';
import { builtContacts } from '../lake/reference/resolved.ts';
import type { Lake, LakeRow } from '../storage/lake.ts';
import { type CallerTally, callersOf, callerTallies } from './caller-counts.ts';
import { ruleNamed } from './repeats.ts';
import { askedColumns, type Scope } from './scope.ts';

const whole = (meaning: string): Column => ({ type: 'INTEGER', meaning, personal: 'none' });
const moment = (meaning: string): Column => ({ type: 'TIMESTAMP', meaning, personal: 'none' });
const ratio = (meaning: string): Column => ({ type: 'DOUBLE', meaning, personal: 'none' });

/** Columns of the ranking with what is personal of them: whose latest contact of the scope it is, and what it adds up to. */
export const RANKED_COLUMNS: Readonly<Record<string, Column>> = {
  row_id: contact.columns.row_id,
  contact_name: contact.columns.contact_name,
  phone: contact.columns.phone,
  customer_ref: contact.columns.customer_ref,
  contacts: whole('Atendimentos no recorte'),
  share: ratio('Parte dos atendimentos identificados'),
  running: ratio('Parte dele e de todos os que têm mais'),
  agents: whole('Atendentes que o atenderam'),
  reasons: whole('Motivos diferentes'),
  first: moment('Primeiro atendimento do recorte'),
  last: moment('Último atendimento do recorte'),
};

export interface RankingPage {
  readonly page: number;
  readonly size: number;
}

/**
 * Callers, as a rule tells them apart, by how often they contacted, the most first; `running` is the share that they and
 * all before them make of the contacts that are identified. Values as stored.
 */
export async function callerRanking(
  lake: Lake,
  scope: Scope,
  name: string,
  { page, size }: RankingPage,
): Promise<{ rows: LakeRow[]; total: number }> {
  const { sql, parameters } = await callersOf(lake, scope, ruleNamed(name));
  const before = (page - 1) * size;
  const [tallies, rows] = await Promise.all([
    callerTallies(lake, scope, name),
    lake.rows<LakeRow & { contacts: number }>(
      `WITH called AS MATERIALIZED (${sql}), top AS MATERIALIZED (
         SELECT caller, count(*) AS contacts FROM called WHERE caller IS NOT NULL
         GROUP BY caller ORDER BY contacts DESC, caller LIMIT ${size} OFFSET ${before}
       )
       SELECT arg_max(row_id, (started_at, row_id)) AS row_id, arg_max_null(contact_name, (started_at, row_id)) AS contact_name,
         arg_max_null(phone, (started_at, row_id)) AS phone,
         arg_max_null(customer_ref, (started_at, row_id)) AS customer_ref, any_value(contacts) AS contacts,
         count(DISTINCT agent_id) FILTER (agent_id <> '${UNKNOWN}') AS agents,
         count(DISTINCT reason) FILTER (reason <> '${UNKNOWN}') AS reasons,
         strftime(min(started_at), '%Y-%m-%dT%H:%M:%S') AS first, strftime(max(started_at), '%Y-%m-%dT%H:%M:%S') AS last
       FROM called JOIN top USING (caller) JOIN ${builtContacts([...askedColumns(scope), 'reason'])} AS contact USING (row_id)
       GROUP BY caller ORDER BY any_value(contacts) DESC, caller`,
      parameters,
    ),
  ]);
  const known = tallies.filter(({ each }) => each !== null);
  const identified = known.reduce((sum, { contacts }) => sum + contacts, 0);
  let sum = madeByFirst(known, before);
  return {
    total: known.reduce((all, { callers }) => all + callers, 0),
    rows: rows.map((row) => {
      sum += row.contacts;
      return { ...row, share: row.contacts / identified, running: sum / identified };
    }),
  };
}

/** The contacts of the `first` callers with the most. */
function madeByFirst(tallies: readonly CallerTally[], first: number): number {
  let [left, made] = [first, 0];
  for (const { each, callers } of tallies.toSorted((a, b) => b.each! - a.each!)) {
    const taken = Math.min(left, callers);
    made += taken * each!;
    left -= taken;
  }
  return made;
}
