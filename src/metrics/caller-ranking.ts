import { type Column, contact, UNKNOWN } from '../contracts/index.ts';
import { RamalError } from '../kernel/errors.ts';
import { builtContacts } from '../lake/reference/resolved.ts';
import type { RepeatRule } from '../lake/rules/rules.ts';
import { type Lake, type LakeRow, quoted } from '../storage/lake.ts';
import { type CallerTally, callersOf, callerTallies } from './caller-counts.ts';
import {
  CALLER_TIMES,
  type CallerTime,
  callerRows,
  LEAST_CASES,
  meanParts,
  timesOfCallers,
  toldTimes,
} from './caller-times.ts';
import { ruleNamed } from './repeats.ts';
import { askedColumns, type Scope } from './scope.ts';

const whole = (meaning: string): Column => ({ type: 'INTEGER', meaning, personal: 'none' });
const moment = (meaning: string): Column => ({ type: 'TIMESTAMP', meaning, personal: 'none' });
const ratio = (meaning: string): Column => ({ type: 'DOUBLE', meaning, personal: 'none' });

/** Columns of the ranking with what is personal of them: whose latest contact of the scope it is, what it adds up to, and the times. */
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
  cases: whole('Casos do tempo que ordena'),
  ...Object.fromEntries(
    CALLER_TIMES.flatMap(({ mean, percentiles }) => [mean, ...percentiles]).map(({ name, label, unit }) => [
      name,
      ratio(unit === 'd' ? `${label.pt}, em dias` : `${label.pt}, em segundos`),
    ]),
  ),
};

/** What the ranking may be by: contacts, the most first, or a mean time, the longest first. */
export const CALLER_ORDERS: readonly string[] = ['contacts', ...CALLER_TIMES.map(({ mean }) => mean.name)];

export interface RankingPage {
  readonly page: number;
  readonly size: number;
  /** One of {@link CALLER_ORDERS}; `contacts` where absent. */
  readonly order?: string | undefined;
}

export interface CallerRanking {
  /** Of {@link RANKED_COLUMNS}, those that say something of the scope. */
  readonly columns: readonly string[];
  readonly rows: readonly LakeRow[];
  /** Customers that are ranked. */
  readonly total: number;
  /** Of an order by a time: how many cases it takes to be ranked, and how many customers have fewer, though some. */
  readonly least?: number;
  readonly few?: number;
}

/**
 * Callers, as a rule tells them apart, by how often they contacted, the most first, or by a mean time of their contacts,
 * the longest first; `running` is the share that they and all before them make of the contacts that are identified.
 * Values as stored; times as the registry's indicators have them. @throws RamalError `usage` for an unknown order.
 */
export async function callerRanking(
  lake: Lake,
  scope: Scope,
  name: string,
  { page, size, order = 'contacts' }: RankingPage,
): Promise<CallerRanking> {
  const rule = ruleNamed(name);
  const by = timeNamed(order);
  const times = await toldTimes(lake, scope);
  const [tallies, found] = await Promise.all([
    callerTallies(lake, scope, name),
    rankedRows(lake, scope, rule, { page, size, by, times }),
  ]);
  const known = tallies.filter(({ each }) => each !== null);
  const identified = known.reduce((sum, { contacts }) => sum + contacts, 0);
  let sum = madeByFirst(known, (page - 1) * size);
  const hidden = [...namesOf(CALLER_TIMES.filter((one) => !times.includes(one))), by ? 'running' : 'cases'];
  return {
    columns: Object.keys(RANKED_COLUMNS).filter((column) => !hidden.includes(column)),
    ...(by
      ? { total: found.ranked, least: LEAST_CASES, few: found.few }
      : { total: known.reduce((all, { callers }) => all + callers, 0) }),
    rows: found.rows.map((row) => {
      sum += row.contacts;
      return { ...row, share: row.contacts / identified, ...(by ? {} : { running: sum / identified }) };
    }),
  };
}

const namesOf = (times: readonly CallerTime[]) =>
  times.flatMap(({ mean, percentiles }) => [mean, ...percentiles]).map(({ name }) => name);

/** @throws RamalError `usage` with what there is. */
function timeNamed(order: string): CallerTime | null {
  if (order === 'contacts') return null;
  const time = CALLER_TIMES.find(({ mean }) => mean.name === order);
  if (time) return time;
  throw new RamalError('usage', {
    what: `Os clientes não se ordenam por ${order}`,
    todo: `Use ${CALLER_ORDERS.join(', ')}`,
  });
}

interface Asked extends RankingPage {
  readonly by: CallerTime | null;
  readonly times: readonly CallerTime[];
}

type RankedRow = LakeRow & { readonly contacts: number };

/**
 * The callers of a page: who they are is looked up, and their times are told, of them alone. Of an order by a time also
 * how many callers have cases enough to be ranked, and how many some and too few.
 */
async function rankedRows(lake: Lake, scope: Scope, rule: RepeatRule, { by, times, page, size }: Asked) {
  const { sql, parameters } = await callersOf(lake, scope, rule);
  const timed = await callerRows(lake, scope, rule, 'top');
  const enough = `cases >= ${LEAST_CASES}`;
  const first = by
    ? `SELECT *, row_number() OVER (ORDER BY mean DESC, caller) AS place FROM cased WHERE ${enough}`
    : 'SELECT *, row_number() OVER (ORDER BY contacts DESC, caller) AS place FROM made';
  const latest = ['contact_name', 'phone', 'customer_ref'].map(
    (column) => `arg_max_null(${column}, (started_at, row_id)) AS ${column}`,
  );
  const statement = `
    WITH called AS MATERIALIZED (${sql}),
    made AS (SELECT caller, count(*) AS contacts FROM called WHERE caller IS NOT NULL GROUP BY caller),
    ${by ? `cased AS MATERIALIZED (FROM made JOIN (${await casesOf(lake, scope, rule, by)}) USING (caller)),` : ''}
    top AS MATERIALIZED (${first} ORDER BY place LIMIT ${size} OFFSET ${(page - 1) * size}),
    ${times.length > 0 ? `timed AS MATERIALIZED (${timed}),` : ''}
    who AS (
      SELECT caller, arg_max(row_id, (started_at, row_id)) AS row_id, ${latest.join(', ')},
        count(DISTINCT agent_id) FILTER (agent_id <> '${UNKNOWN}') AS agents,
        count(DISTINCT reason) FILTER (reason <> '${UNKNOWN}') AS reasons,
        strftime(min(started_at), '%Y-%m-%dT%H:%M:%S') AS first, strftime(max(started_at), '%Y-%m-%dT%H:%M:%S') AS last
      FROM called JOIN top USING (caller) JOIN ${builtContacts([...askedColumns(scope), 'reason'])} AS contact USING (row_id)
      GROUP BY caller
    ),
    page AS (
      SELECT ${['row_id', 'contact_name', 'phone', 'customer_ref', 'contacts', 'agents', 'reasons', 'first', 'last', ...(by ? ['cases'] : []), ...namesOf(times).map(quoted), 'place'].join(', ')}
      FROM who JOIN top USING (caller)
      ${times.length > 0 ? `LEFT JOIN (${timesOfCallers(times, 'FROM timed', scope)}) USING (caller)` : ''}
    )
    SELECT * FROM (${by ? `SELECT count(*) FILTER (${enough}) AS ranked, count(*) FILTER (NOT ${enough}) AS few FROM cased` : 'SELECT NULL AS ranked, NULL AS few'})
    LEFT JOIN page ON true ORDER BY place`;
  const rows = await lake.rows<RankedRow & { row_id: number | null; ranked: number; few: number }>(
    statement,
    parameters,
  );
  const { ranked, few } = rows[0]!;
  const shown = rows.filter(({ row_id }) => row_id !== null);
  return { ranked, few, rows: shown.map(({ ranked: _, few: __, place: ___, ...row }) => row as RankedRow) };
}

/** The cases of a time that each caller has, and their mean (SQL); none where there are none. */
async function casesOf(lake: Lake, scope: Scope, rule: RepeatRule, by: CallerTime): Promise<string> {
  const { sum, base } = meanParts(by, scope);
  return `SELECT caller, ${base} AS cases, ${sum} / nullif(cases, 0) AS mean
    FROM (${await callerRows(lake, scope, rule)}) GROUP BY caller HAVING cases > 0`;
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
