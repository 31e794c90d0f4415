import { type Column, contact, WAIT_LIMITS } from '../../contracts/index.ts';
import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import { builtContacts } from '../../lake/reference/resolved.ts';
import { dateParameter, type Lake, type Parameters, sqlFile } from '../../storage/lake.ts';
import type { SourceFacts } from '../facts.ts';
import { askedColumns, conditions, type Scope } from '../scope.ts';
import type { Callback, CallbackCounts } from './shift-answers.ts';

/** Whom the list is of. */
export interface CallbackScope {
  readonly where: Scope['where'];
  /** Whose abandoned contacts count; an answer of any source ends the wait. */
  readonly sources: readonly SourceFacts[];
  readonly day: Day;
  readonly previous: Day | null;
  readonly until: number;
  readonly view: 'net' | 'gross';
}

export interface CallbackPageQuestion extends CallbackScope {
  readonly page: number;
  readonly size: number;
  /** A sortable column, `-` before it for descending. */
  readonly sort?: string | undefined;
}

const plain = (type: Column['type'], meaning: string): Column => ({ type, meaning, personal: 'none' });

/** Columns of the list with what is personal of them; `row_id` leads to the unmasked contact. */
export const CALLBACK_COLUMNS: Readonly<Record<keyof Callback, Column>> = {
  row_id: plain('BIGINT', 'O último atendimento abandonado'),
  since: plain('TIMESTAMP', 'Primeira tentativa sem resposta'),
  before: plain('BOOLEAN', 'Do dia anterior'),
  phone: contact.columns.phone,
  contact_name: contact.columns.contact_name,
  customer_ref: contact.columns.customer_ref,
  queue: contact.columns.queue,
  tries: plain('INTEGER', 'Tentativas'),
  waited_s: plain('INTEGER', 'Maior espera, em segundos'),
  last: plain('TIMESTAMP', 'Último abandono'),
  account: contact.columns.account,
  channel: contact.columns.channel,
  source: contact.columns.source,
};

/** Sorting by what is masked would tell it. */
const SORTED = Object.entries(CALLBACK_COLUMNS).flatMap(([name, { personal }]) => (personal === 'none' ? [name] : []));
/** The longest forgotten first, those of today before those of the day before. */
const USUAL_ORDER = 'list.before, list.since, list.row_id';

const SHOWN = Object.entries(CALLBACK_COLUMNS)
  .map(([name, { type }]) => (type === 'TIMESTAMP' ? `strftime(${name}, '%Y-%m-%dT%H:%M:%S') AS ${name}` : name))
  .join(', ');

/** The statement of the list with its parameters: one row for each person, `known` false for the anonymous. */
function callbackStatement({ where, sources, day, previous, until, view }: CallbackScope) {
  const from = previous ?? day;
  const { sql, parameters } = conditions({ where, from, to: addDays(day, 1) }, sources, 'contact');
  const days = 'day >= $from_day AND day < $to_day';
  const net = view === 'gross' ? '' : ' AND NOT excluded';
  const statement = sqlFile(import.meta.dirname, 'callbacks.sql', {
    asked: `(SELECT * FROM ${builtContacts([...askedColumns({ where }), 'account'])} AS contact WHERE ${sql}${net})`,
    contacts: `(SELECT * FROM ${builtContacts([])} WHERE ${days})`,
    persons: 'gold.person',
  });
  const { shortAbandonSeconds: short_s } = WAIT_LIMITS;
  const bound: Parameters = { ...parameters, on_day: dateParameter(day), short_s, until };
  return { sql: statement, parameters: bound };
}

/** How many there are to call back, and how many contacts of nobody known were abandoned. */
export async function callbackCounts(lake: Lake, scope: CallbackScope): Promise<CallbackCounts> {
  const { sql, parameters } = callbackStatement(scope);
  const [counts] = await lake.rows<CallbackCounts>(
    `SELECT CAST(count(*) FILTER (known AND NOT before) AS INTEGER) AS today,
       CAST(count(*) FILTER (known AND before) AS INTEGER) AS before,
       coalesce(CAST(sum(missed_today) FILTER (NOT known) AS INTEGER), 0) AS anonymous,
       coalesce(CAST(sum(missed_before) FILTER (NOT known) AS INTEGER), 0) AS "anonymousBefore"
     FROM (${sql})`,
    parameters,
  );
  return counts!;
}

/** A page of those to call back; values as stored. @throws RamalError `usage` for an order that is none. */
export async function callbackPage(
  lake: Lake,
  question: CallbackPageQuestion,
): Promise<{ rows: Callback[]; total: number }> {
  const { page, size, sort } = question;
  const { sql, parameters } = callbackStatement(question);
  const found = await lake.rows<Callback & { all: number }>(
    `SELECT ${SHOWN}, CAST(count(*) OVER () AS INTEGER) AS "all" FROM (${sql}) AS list WHERE known
     ORDER BY ${orderOf(sort)} LIMIT ${size} OFFSET ${(page - 1) * size}`,
    parameters,
  );
  const [first] = found;
  if (!first && page > 1) {
    const { today, before } = await callbackCounts(lake, question);
    return { rows: [], total: today + before };
  }
  return { rows: found.map(({ all: _, ...row }) => row), total: first?.all ?? 0 };
}

/** Whether a contact stands on the list: its caller waits to be called back. */
export async function isCallback(lake: Lake, scope: CallbackScope, rowId: number): Promise<boolean> {
  const { sql, parameters } = callbackStatement(scope);
  const found = await lake.rows(`SELECT row_id FROM (${sql}) AS list WHERE known AND row_id = $called`, {
    ...parameters,
    called: BigInt(rowId),
  });
  return found.length > 0;
}

/** The statement of all of them, in an order. @throws RamalError `usage` for an order that is none. */
export function callbackList(scope: CallbackScope, sort?: string): { sql: string; parameters: Parameters } {
  const { sql, parameters } = callbackStatement(scope);
  return { sql: `SELECT ${SHOWN} FROM (${sql}) AS list WHERE known ORDER BY ${orderOf(sort)}`, parameters };
}

function orderOf(sort: string | undefined): string {
  if (sort === undefined) return USUAL_ORDER;
  const column = sort.replace(/^-/, '');
  if (!SORTED.includes(column))
    throw new RamalError('usage', { what: `Não se ordena por ${column}`, todo: `Use ${SORTED.join(', ')}` });
  return `list.${column} ${sort.startsWith('-') ? 'DESC' : 'ASC'} NULLS LAST, list.since, list.row_id`;
}
