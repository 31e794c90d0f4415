import { type LakeSession, literal } from '../../storage/lake.ts';
import { type KeyedTable, keySql } from './keys.ts';
import { plainName } from './names.ts';
import type { BaseColumn } from './tables.ts';

/** Where it is told whether customers are content: what they answered, what they wait for, how much they use. */
export interface Care {
  /** Tables with answers from 0 to 10, and their column. */
  readonly nps: readonly string[];
  readonly tickets: string | null;
  readonly usage: string | null;
}

/** Days of recent tickets, of recent use, and of the use before it. */
export const CARE_DAYS = { tickets: 90, recent: 30, before: 60 } as const;

const NPS = /(^|_)nps(_|$)/;
const TICKETS = /ticket|chamado|ocorrencia|incidente/;
const USAGE =
  /telemetria|telemetry|(^|_)(uso|usage|acesso|acessos|login|logins|sessao|sessoes|eventduration|eventos)(_|$)/;
const STATES = /status|situacao|state/;
const OPENED = /cria|abert|open|creat/;
const USED = /reference|inicio|start|acess|login|uso/;
/** What is not settled yet, as states say it. */
const OPEN = '^(abert|reabert|em |aguard|pend|nov|open|new|waiting|in progress|on hold)';

/**
 * Writes of customers of temporary table `base_customer` the last and the median NPS, open and recent tickets, and the
 * rows of use of the last 30 days and of the 60 before, as Parquet: customer, last_nps, median_nps, answers,
 * open_tickets, recent_tickets, recent_use, earlier_use; nothing where no table tells any. What came after the day does
 * not count; answers without a day have a median and no last.
 */
export async function writeCare(
  session: LakeSession,
  tables: readonly (KeyedTable & { readonly once: boolean })[],
  day: string,
  out: string,
): Promise<Care | null> {
  const surveys = tables.flatMap((table) => {
    const score = table.columns.find(({ name, kind }) => kind === 'number' && NPS.test(plainName(name)));
    return score ? [{ table, score, when: table.columns.find(({ kind }) => kind === 'day') }] : [];
  });
  const many = tables.filter(({ once }) => !once);
  const tickets = tableLike(many, TICKETS, OPENED, ({ columns }) => stateOf(columns) !== undefined);
  const usage = tableLike(
    many.filter((table) => table !== tickets?.table),
    USAGE,
    USED,
  );
  if (surveys.length === 0 && !tickets && !usage) return null;
  const parts = ['SELECT key AS customer FROM base_customer'];
  const add = (name: string, sql: string) => parts.push(`LEFT JOIN (${sql}) AS ${name} USING (customer)`);
  const today = `CAST(DATE '${day}' - DATE '1970-01-01' AS DOUBLE)`;
  const known = (when: string) => `coalesce(floor(${when}) <= ${today}, true)`;
  const within = (when: string, days: number, after = 0) =>
    `floor(${when}) > ${today} - ${after + days} AND floor(${when}) <= ${today} - ${after}`;
  const columns = ['customer'];
  const none = (type: string, ...names: string[]) =>
    columns.push(...names.map((one) => `CAST(NULL AS ${type}) AS ${one}`));
  if (surveys.length > 0) {
    const answers = surveys.map(
      ({ table, score, when }) =>
        `SELECT ${keySql(table.key)} AS customer, ${score.sql} AS score, ${when?.sql ?? 'CAST(NULL AS DOUBLE)'} AS day FROM ${table.sql} WHERE ${score.sql} BETWEEN 0 AND 10`,
    );
    add(
      'answered',
      `SELECT customer, -(max({'day': day, 'score': -score}) FILTER (day IS NOT NULL)).score AS last_nps,
         median(score) AS median_nps, count(*) AS answers
       FROM (${answers.join(' UNION ALL ')}) WHERE ${known('day')} GROUP BY customer`,
    );
    columns.push('last_nps', 'median_nps', 'coalesce(answers, 0) AS answers');
  } else {
    none('DOUBLE', 'last_nps', 'median_nps');
    columns.push('0 AS answers');
  }
  if (tickets) {
    const { table, when } = tickets;
    const state = stateOf(table.columns)!;
    add(
      'asked',
      `SELECT ${keySql(table.key)} AS customer,
         count(*) FILTER (regexp_matches(lower(strip_accents(trim(${state.sql}))), '${OPEN}') AND ${known(when.sql)}) AS open_tickets,
         count(*) FILTER (${within(when.sql, CARE_DAYS.tickets)}) AS recent_tickets FROM ${table.sql} GROUP BY 1`,
    );
    columns.push('coalesce(open_tickets, 0) AS open_tickets', 'coalesce(recent_tickets, 0) AS recent_tickets');
  } else none('BIGINT', 'open_tickets', 'recent_tickets');
  if (usage) {
    const { table, when } = usage;
    add(
      'used',
      `SELECT ${keySql(table.key)} AS customer, count(*) FILTER (${within(when.sql, CARE_DAYS.recent)}) AS recent_use,
         count(*) FILTER (${within(when.sql, CARE_DAYS.before, CARE_DAYS.recent)}) AS earlier_use
       FROM ${table.sql} GROUP BY 1`,
    );
    columns.push('coalesce(recent_use, 0) AS recent_use', 'coalesce(earlier_use, 0) AS earlier_use');
  } else none('BIGINT', 'recent_use', 'earlier_use');
  const [first, ...joins] = parts;
  await session.run(
    `COPY (SELECT ${columns.join(', ')} FROM (${first}) ${joins.join(' ')} ORDER BY customer) TO ${literal(out)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  return {
    nps: surveys.map(({ table, score }) => `${table.name}.${score.name}`),
    tickets: tickets?.table.name ?? null,
    usage: usage?.table.name ?? null,
  };
}

const stateOf = (columns: readonly BaseColumn[]): BaseColumn | undefined =>
  columns.find(({ name, kind }) => kind === 'text' && STATES.test(plainName(name)));

/** The table whose name, or else a column's, is such a one, with a day. */
function tableLike<Table extends KeyedTable>(
  tables: readonly Table[],
  pattern: RegExp,
  days: RegExp,
  fits: (table: Table) => boolean = () => true,
): { readonly table: Table; readonly when: BaseColumn } | null {
  const dated = tables.filter((table) => table.columns.some(({ kind }) => kind === 'day') && fits(table));
  const table =
    dated.find(({ name }) => pattern.test(plainName(name))) ??
    dated.find(({ columns }) => columns.some(({ name }) => pattern.test(plainName(name))));
  if (!table) return null;
  const own = table.columns.filter(({ kind }) => kind === 'day');
  return { table, when: own.find(({ name }) => days.test(plainName(name))) ?? own[0]! };
}
