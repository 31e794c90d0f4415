import { dimension } from '../../contracts/index.ts';
import { marksOf } from '../../lake/marks.ts';
import { builtContacts, resolved } from '../../lake/reference/resolved.ts';
import type { RepeatRule } from '../../lake/rules/rules.ts';
import { type LakeSession, literal, type Parameters, quoted } from '../../storage/lake.ts';
import { CALLER } from '../caller-counts.ts';
import type { LakeFacts } from '../facts.ts';
import { charges } from '../repeat-sums.ts';
import { chargedTo, identifiedSources } from '../repeats.ts';
import { askedColumns, chosenSources, conditions, type Scope } from '../scope.ts';
import { SETTLED, stretchOf, type Tolerance } from './pairing.ts';
import { protocolKey } from './read-list.ts';

/** What a list says that it holds. */
export const LIST_KINDS = ['contacts', 'repeats'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** What a list is held against: the contacts of a scope as its figures count them, or its repeats under a rule. */
export interface OurSide {
  readonly facts: LakeFacts;
  readonly scope: Scope;
  readonly rule: RepeatRule;
  readonly kind: ListKind;
}

const COLUMNS = [
  ...['row_id', 'source', 'protocol', 'phone', 'started_at', 'agent_id', 'agent_name', 'account', 'queue', 'status'],
]
  .map((name) => `contact.${name}`)
  .join(', ');

/** What is asked of contacts that reference tables say. */
const toldColumns = (scope: Scope): string[] => ['account', ...askedColumns(scope)];

/** Makes the temporary table `ours`: the contacts of the scope, each once, as Rechamadas counts them. */
export async function takeOurs(session: LakeSession, side: OurSide): Promise<void> {
  const { facts, scope, rule, kind } = side;
  const { chosen } = identifiedSources(facts.sources, scope);
  const sources = kind === 'repeats' || chosen.length > 0 ? chosen : chosenSources(facts.sources, scope);
  const { sql, parameters } = conditions(scope, sources, 'contact');
  const among = (mark: string) => `contact.row_id IN (SELECT row_id FROM ${marksOf(rule.name)} WHERE ${mark})`;
  const repeats = charges(scope) ? among(chargedTo(scope, sql)) : `${among(`role = 'repeat'`)} AND ${sql}`;
  const where = kind === 'contacts' ? `contact.leg_no = 1 AND NOT contact.excluded AND ${sql}` : repeats;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ours AS
     SELECT ${COLUMNS}, ${protocolKey('contact.protocol')} AS key
     FROM ${builtContacts(toldColumns(scope))} AS contact WHERE ${where}`,
    parameters,
  );
}

/**
 * Adds to the temporary table `elsewhere` contacts of the lake that are not ours and have the protocol of a line without
 * a pair or, when a tolerance is given, its phone and start; each with the reason why it does not count.
 */
export async function takeElsewhere(session: LakeSession, side: OurSide, near: Tolerance | null): Promise<void> {
  const left = `(FROM listed WHERE line NOT IN ${SETTLED})`;
  const built = `batch_id IN (SELECT batch_id FROM gold.built) AND row_id NOT IN (SELECT row_id FROM ours)`;
  const stretch = (of: string) => stretchOf(of, near ?? { seconds: 0, daily: false });
  await session.run(
    near === null
      ? `CREATE OR REPLACE TEMP TABLE candidate AS
         SELECT row_id FROM silver.contact WHERE ${built}
           AND ${protocolKey('protocol')} IN (SELECT key FROM ${left} WHERE key IS NOT NULL)`
      : `CREATE OR REPLACE TEMP TABLE candidate AS
         SELECT DISTINCT row_id FROM (
           SELECT row_id, phone, ${stretch('started_at')} AS stretch FROM silver.contact
           WHERE ${built} AND phone IS NOT NULL AND row_id NOT IN (SELECT row_id FROM elsewhere)
         ) SEMI JOIN (
           SELECT phone, unnest([${stretch('started_at')} - 1, ${stretch('started_at')}, ${stretch('started_at')} + 1]) AS stretch
           FROM ${left} WHERE phone IS NOT NULL AND started_at IS NOT NULL
         ) USING (phone, stretch)`,
  );
  const { reason, parameters, marks } = reasonOf(side);
  const held = `(SELECT * FROM silver.contact WHERE row_id IN (FROM candidate))`;
  await session.run(
    `${near === null ? 'CREATE OR REPLACE TEMP TABLE elsewhere AS' : 'INSERT INTO elsewhere'}
     SELECT ${COLUMNS}, ${protocolKey('contact.protocol')} AS key, ${reason} AS said
     FROM ${resolved(held, 'gold', toldColumns(side.scope))} AS contact
     LEFT JOIN gold.excluded AS excluded ON excluded.row_id = contact.row_id ${marks}`,
    parameters,
  );
}

/** Why a contact is none of the scope's, as `{reason, detail}`: the first that holds. */
function reasonOf({ facts, scope, rule, kind }: OurSide): { reason: string; parameters: Parameters; marks: string } {
  const named = facts.sources.filter(({ source }) => !scope.sources || scope.sources.includes(source));
  const identified = named.filter(({ identity }) => identity !== 'none');
  const sources = kind === 'repeats' || identified.length > 0 ? identified : named;
  const { parameters } = conditions(scope, sources, 'contact');
  const why = (reason: string, detail = 'NULL') => `{reason: '${reason}', detail: CAST(${detail} AS VARCHAR)}`;
  const whens: [string, string][] = [
    [
      `contact.source NOT IN (${sources.map(({ source }) => literal(source)).join(', ') || `''`})`,
      why('other-source', 'contact.source'),
    ],
  ];
  const days = [...(scope.from ? ['contact.day < $from_day'] : []), ...(scope.to ? ['contact.day >= $to_day'] : [])];
  if (days.length > 0) whens.push([days.join(' OR '), why('outside-period')]);
  const excluded: [string, string] = ['excluded.row_id IS NOT NULL', why('excluded', 'excluded.exclusion')];
  if (kind === 'repeats') {
    whens.push(excluded, ['mark.role IS NULL', why('void')], [`mark.role <> 'repeat'`, why('not-repeat', 'mark.why')]);
    if (charges(scope)) whens.push(['true', why('charged-elsewhere')]);
  }
  const columns = [...new Set((scope.where ?? []).map(({ column }) => column))];
  for (const column of columns) {
    const values = (scope.where ?? []).flatMap((one, index) => (one.column === column ? [`$where_${index}`] : []));
    const of = dimension(column)?.column?.of ?? `contact.${column}`;
    whens.push([`coalesce(${of} NOT IN (${values.join(', ')}), true)`, why('filtered', `'${column}'`)]);
  }
  if (kind === 'contacts') whens.push(['contact.leg_no > 1', why('later-leg')], excluded);
  const cases = whens.map(([when, then]) => `WHEN ${when} THEN ${then}`);
  return {
    reason: `CASE ${cases.join('\n       ')} ELSE ${why('other-source', 'contact.source')} END`,
    parameters,
    marks:
      kind === 'repeats'
        ? `LEFT JOIN (SELECT row_id, CAST("${rule.name}.role" AS VARCHAR) AS role, CAST("${rule.name}.why" AS VARCHAR) AS why FROM gold.mark) AS mark
           ON mark.row_id = contact.row_id`
        : '',
  };
}

/**
 * Makes the temporary table `story`: of contacts found elsewhere that are no repeats, the one that each belongs to or that
 * the rule counts before it; of repeats that are charged elsewhere, the one that is charged.
 */
export async function takeStories(session: LakeSession, { rule, kind }: OurSide): Promise<void> {
  if (kind === 'contacts') {
    await session.run(
      'CREATE OR REPLACE TEMP TABLE story (row_id BIGINT, of_row_id BIGINT, of_protocol VARCHAR, of_started_at TIMESTAMP, of_agent_name VARCHAR)',
    );
    return;
  }
  const of = (name: string) => quoted(`${rule.name}.${name}`);
  const people = 'silver.contact AS contact LEFT JOIN gold.person AS person ON person.identity = contact.identity';
  const told = (condition: string) =>
    `(SELECT row_id FROM elsewhere WHERE row_id IN (SELECT row_id FROM found) AND ${condition})`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE late AS
     SELECT contact.row_id, ${CALLER[rule.caller]} AS caller, contact.started_at FROM ${people}
     WHERE contact.row_id IN ${told(`said.reason = 'not-repeat' AND said.detail IN ('late', 'other', 'forwarded')`)}`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE life AS
     SELECT contact.row_id, ${CALLER[rule.caller]} AS caller, contact.started_at FROM ${people}
     WHERE caller IN (SELECT caller FROM late)`,
  );
  const earlier = `SELECT caller, started_at, min(row_id) AS row_id FROM life SEMI JOIN ${marksOf(rule.name)} USING (row_id) GROUP BY ALL`;
  const charged = told(`(said.reason = 'charged-elsewhere' OR said.detail = 'joined')`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE story AS
     SELECT told.row_id, contact.row_id AS of_row_id, contact.protocol AS of_protocol, contact.started_at AS of_started_at,
       contact.agent_name AS of_agent_name
     FROM (
       SELECT row_id, ${of('anchor_row_id')} AS of_row_id FROM gold.mark WHERE row_id IN ${charged}
       UNION ALL
       SELECT late.row_id, before.row_id FROM late ASOF JOIN (${earlier}) AS before
           ON late.caller = before.caller AND late.started_at > before.started_at
     ) AS told JOIN silver.contact AS contact ON contact.row_id = told.of_row_id`,
  );
}
