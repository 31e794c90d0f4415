import { type Column, contact, ruleMark, UNKNOWN } from '../../contracts/index.ts';
import { type LakeSession, literal } from '../../storage/lake.ts';
import type { OurSide } from './our-side.ts';
import { SETTLED, type Tolerance } from './pairing.ts';
import { protocolKey } from './read-list.ts';

/** On which side a difference stands: only in the list, only here, or in both and not alike. */
export const SIDES = ['list', 'ours', 'both'] as const;
export type Side = (typeof SIDES)[number];

/** Why a line or a contact stands on one side only, or what is not alike, as `detail` says. */
export const REASONS = {
  list: [
    ...['repeated-line', 'unreadable', 'outside-period', 'filtered', 'other-source', 'later-leg', 'excluded', 'void'],
    ...['not-repeat', 'charged-elsewhere', 'quarantined', 'not-in-base'],
  ],
  ours: ['outside-list-days', 'no-protocol', 'no-phone', 'not-in-list'],
  both: ['differs'],
} as const satisfies Record<Side, readonly string[]>;

/** Columns of a difference, as they are masked: the list's begin with `list_`, those of the contact told beside ours with `of_`. */
export const DIFFERENCE_COLUMNS: Readonly<Record<string, Column>> = {
  side: plain('Onde está: list, ours ou both'),
  reason: plain('Por que não confere'),
  detail: plain('O que mais diz o motivo: a coluna, o filtro, o expurgo, o que a regra diz'),
  line: { type: 'BIGINT', meaning: 'Linha da lista', personal: 'none' },
  list_protocol: contact.columns.protocol,
  list_phone: contact.columns.phone,
  list_started_at: contact.columns.started_at,
  list_agent_name: contact.columns.agent_name,
  list_account: contact.columns.account,
  list_status: contact.columns.status,
  row_id: contact.columns.row_id,
  source: contact.columns.source,
  protocol: contact.columns.protocol,
  phone: contact.columns.phone,
  started_at: contact.columns.started_at,
  agent_name: contact.columns.agent_name,
  account: contact.columns.account,
  queue: contact.columns.queue,
  status: contact.columns.status,
  received: { type: 'VARCHAR', meaning: 'O que a linha trazia', personal: 'personal', mask: 'text' },
  other_line: { type: 'BIGINT', meaning: 'A outra linha: da lista, ou do lote em quarentena', personal: 'none' },
  batch: { type: 'INTEGER', meaning: 'Lote em cuja quarentena está', personal: 'none' },
  of_row_id: ruleMark.anchor_row_id,
  of_protocol: contact.columns.protocol,
  of_started_at: contact.columns.started_at,
  of_agent_name: contact.columns.agent_name,
};

function plain(meaning: string): Column {
  return { type: 'VARCHAR', meaning, personal: 'none' };
}

/** A shorter key may be any number of a line in quarantine. */
const SHORTEST_KEY = 6;

/** Adds to `again` the lines that say what an earlier or a paired one does: of one protocol or, without one, of one phone and start. */
export async function takeRepeatedLines(session: LakeSession, by: 'protocol' | 'phone'): Promise<void> {
  const [names, told] =
    by === 'protocol'
      ? ['key', 'key IS NOT NULL']
      : ['phone, started_at', 'key IS NULL AND phone IS NOT NULL AND started_at IS NOT NULL'];
  const paired = 'line IN (SELECT line FROM matched UNION ALL SELECT line FROM found)';
  await session.run(
    `INSERT INTO again SELECT line, first FROM (
       SELECT line, first_value(line) OVER (PARTITION BY ${names} ORDER BY NOT paired, line) AS first
       FROM (SELECT line, ${names}, ${paired} AS paired FROM listed WHERE ${told})
     ) WHERE line <> first AND line NOT IN ${SETTLED}`,
  );
}

/** Makes the temporary table `difference`: each line and each contact without a pair, and each column that differs in a pair. */
export async function takeDifferences(
  session: LakeSession,
  { facts }: OurSide,
  tolerance: Tolerance,
  taken: ReadonlySet<string>,
): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE held AS
     SELECT listed.line, min({batch: quarantine.batch_id, line: quarantine.line}) AS place FROM (
       SELECT batch_id, line, ${protocolKey('field')} AS key
       FROM (SELECT batch_id, line, trim(unnest(string_split(record, ';'))) AS field FROM silver.quarantine)
     ) AS quarantine
     JOIN (FROM listed WHERE line NOT IN ${SETTLED} AND length(key) >= ${SHORTEST_KEY}) AS listed USING (key)
     GROUP BY listed.line`,
  );
  const absent = taken.has('protocol') ? ['no-protocol', 'key'] : ['no-phone', 'phone'];
  const difference = (side: Side, reason: string, columns: Readonly<Record<string, string>>) => {
    const of = (name: string, type: string) => `CAST(${columns[name] ?? 'NULL'} AS ${type}) AS ${name}`;
    return `SELECT '${side}' AS side, CAST(${reason} AS VARCHAR) AS reason, ${[
      ...[of('detail', 'VARCHAR'), of('line', 'BIGINT'), of('row_id', 'BIGINT'), of('received', 'VARCHAR')],
      ...[of('other_line', 'BIGINT'), of('batch', 'INTEGER')],
    ].join(', ')}`;
  };
  const lost = `FROM listed WHERE line NOT IN ${SETTLED} AND line NOT IN (SELECT line FROM held)`;
  const unreadable = 'key IS NULL AND (phone IS NULL OR started_at IS NULL)';
  const parts = [
    `${difference('list', 'said.reason', { detail: 'said.detail', line: 'line', row_id: 'row_id' })}
     FROM found JOIN elsewhere USING (row_id)`,
    `${difference('list', `'repeated-line'`, { line: 'line', other_line: 'first' })} FROM again`,
    `${difference('list', `'quarantined'`, { line: 'line', batch: 'place.batch', other_line: 'place.line' })} FROM held`,
    `${difference('list', `'unreadable'`, {
      detail: `CASE WHEN started_at IS NULL THEN 'started_at' ELSE 'phone' END`,
      line: 'line',
      received: 'CASE WHEN started_at IS NULL THEN start_received ELSE phone_received END',
    })} ${lost} AND ${unreadable}`,
    `${difference('list', `'not-in-base'`, { line: 'line' })} ${lost} AND NOT (${unreadable})`,
    `${difference('list', `'unreadable'`, { detail: `'columns'`, line: 'line', received: 'value' })} FROM unread`,
    `${difference(
      'ours',
      `CASE WHEN CAST(started_at AS DATE) < covered.first OR CAST(started_at AS DATE) > covered.last THEN 'outside-list-days'
        WHEN ${absent[1]} IS NULL THEN '${absent[0]}' ELSE 'not-in-list' END`,
      { row_id: 'row_id' },
    )} FROM ours CROSS JOIN (${COVERED}) AS covered WHERE row_id NOT IN (SELECT row_id FROM matched)`,
    `${difference('both', `'differs'`, { detail: 'field', line: 'line', row_id: 'row_id' })}
     FROM (${differing(
       facts.sources.filter(({ has_time }) => !has_time).map(({ source }) => source),
       tolerance,
     )})`,
  ];
  await session.run(`CREATE OR REPLACE TEMP TABLE difference AS ${parts.join('\n UNION ALL ')}`);
}

/** The days that a list covers: its first start's and its last one's. */
export const COVERED =
  'SELECT CAST(min(started_at) AS DATE) AS first, CAST(max(started_at) AS DATE) AS last FROM listed';

/** Of each pair the columns that both sides give and do not agree in; texts are the same whatever their case and accents. */
function differing(dayless: readonly string[], { seconds, daily }: Tolerance): string {
  const fold = (text: string) => `lower(strip_accents(trim(${text})))`;
  const byDay = daily ? 'true' : `own.source IN (${dayless.map(literal).join(', ') || `''`})`;
  // A client's list has its own codes, which ours may stand beside whose they are.
  const code = `regexp_replace(own.agent_id, '^[a-z0-9-]+/', '')`;
  const agent = `(${fold('own.agent_name')}, ${fold('own.agent_id')}, ${fold(code)})`;
  const fields: Record<string, string> = {
    protocol: 'listed.key <> own.key',
    phone: 'listed.phone <> own.phone',
    started_at: `CASE WHEN ${byDay} THEN CAST(listed.started_at AS DATE) <> CAST(own.started_at AS DATE)
      ELSE abs(epoch(listed.started_at) - epoch(own.started_at)) > ${seconds} END`,
    agent_name: `own.agent_id <> '${UNKNOWN}' AND (${fold('listed.agent_name')} NOT IN ${agent} OR ${fold('agent_code(listed.agent_id)')} NOT IN ${agent})`,
    account: `own.account <> '${UNKNOWN}' AND ${fold('listed.account')} NOT IN (${fold('own.account')}, ${fold('received.account')})`,
    status: 'listed.said_status <> own.status',
  };
  const found = Object.entries(fields).map(([name, differs]) => `CASE WHEN ${differs} THEN '${name}' END`);
  return `SELECT line, row_id, field FROM (
    SELECT matched.line, matched.row_id, unnest([${found.join(', ')}]) AS field
    FROM matched JOIN listed USING (line) JOIN ours AS own USING (row_id) JOIN silver.contact AS received USING (row_id)
  ) WHERE field IS NOT NULL`;
}

/** The differences with what both sides say (an SQL statement): the columns of {@link DIFFERENCE_COLUMNS}, in no order. */
export function toldDifferences(): string {
  const moment = (name: string) => `strftime(${name}, '%Y-%m-%dT%H:%M:%S')`;
  const rows = ['ours', 'elsewhere'].map(
    (name) => `SELECT row_id, source, protocol, phone, started_at, agent_name, account, queue, status FROM ${name}`,
  );
  return `SELECT side, reason, detail, line, listed.protocol AS list_protocol,
      coalesce(listed.phone, listed.phone_received) AS list_phone, ${moment('listed.started_at')} AS list_started_at,
      coalesce(listed.agent_name, listed.agent_id) AS list_agent_name, listed.account AS list_account,
      coalesce(listed.said_status, listed.status) AS list_status, row_id, own.source, own.protocol, own.phone,
      ${moment('own.started_at')} AS started_at, own.agent_name, own.account, own.queue, own.status, received, other_line,
      batch, of_row_id, of_protocol, ${moment('of_started_at')} AS of_started_at, of_agent_name
    FROM difference LEFT JOIN listed USING (line) LEFT JOIN (${rows.join(' UNION ALL ')}) AS own USING (row_id)
    LEFT JOIN story USING (row_id)`;
}

/** How the rows of a difference stand. */
export const DIFFERENCE_ORDER = 'line NULLS LAST, started_at, row_id';
