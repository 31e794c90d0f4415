import { builtContacts } from '../lake/reference/resolved.ts';
import type { Caller, RepeatRule } from '../lake/rules/rules.ts';
import type { Lake } from '../storage/lake.ts';
import { lakeFacts } from './facts.ts';
import { identifiedSources, ruleNamed } from './repeats.ts';
import { askedColumns, chosenSources, conditions, type Scope } from './scope.ts';

/** Contacts of a caller in a period: so many, or that many and more; callers that are not identified are apart. */
export const CALLER_COUNTS = ['1', '2', '3', '4', '5', 'anonymous'] as const;
export type CallerCount = (typeof CALLER_COUNTS)[number];
const MOST = 5;

/** Who a `contact`'s caller is to a rule: what {@link Caller} says, with {@link LINKED}. */
export const CALLER: Readonly<Record<Caller, string>> = {
  received: 'coalesce(contact.identity_received, contact.identity)',
  identity: 'contact.identity',
  linked: 'coalesce(person.person, contact.identity)',
};

/** Persons that links make of the callers of contacts. */
export const LINKED = 'LEFT JOIN gold.person AS person ON person.identity = contact.identity';

export interface CallersOf {
  readonly count: CallerCount;
  /** Null of those that are not identified. */
  readonly callers: number | null;
  readonly contacts: number;
}

export interface CallerCounts {
  readonly rule: string;
  /** Callers that are identified. */
  readonly callers: number;
  readonly contacts: number;
  /** One for each of {@link CALLER_COUNTS}. */
  readonly rows: readonly CallersOf[];
  readonly lakeVersion: number;
}

/** How many callers, as a rule tells them apart, contacted once, twice, … in a scope; its net contacts, each once. */
export async function callerCounts(lake: Lake, scope: Scope, name: string): Promise<CallerCounts> {
  const rule = ruleNamed(name);
  const { version } = await lakeFacts(lake);
  const { sql, parameters } = await callersOf(lake, scope, rule);
  const found = await lake.rows<CallersOf>(
    `SELECT CASE WHEN caller IS NULL THEN 'anonymous' ELSE CAST(least(contacts, ${MOST}) AS VARCHAR) END AS count,
       count(*) AS callers, CAST(sum(contacts) AS BIGINT) AS contacts
     FROM (SELECT caller, count(*) AS contacts FROM (${sql}) GROUP BY caller) GROUP BY ALL`,
    parameters,
  );
  const rows = CALLER_COUNTS.map((count): CallersOf => {
    const { callers, contacts } = found.find((one) => one.count === count) ?? { callers: 0, contacts: 0 };
    return { count, callers: count === 'anonymous' ? null : callers, contacts };
  });
  return {
    rule: rule.name,
    callers: rows.reduce((sum, { callers }) => sum + (callers ?? 0), 0),
    contacts: rows.reduce((sum, { contacts }) => sum + contacts, 0),
    rows,
    lakeVersion: version,
  };
}

/** The condition of the contacts whose callers contacted so often in the scope, with its parameters. */
export async function contactsOfCallers(lake: Lake, scope: Scope, name: string, count: CallerCount) {
  const { sql, parameters } = await callersOf(lake, scope, ruleNamed(name));
  const often = `SELECT caller FROM (${sql}) WHERE caller IS NOT NULL GROUP BY caller
    HAVING least(count(*), ${MOST}) = ${count}`;
  const chosen = count === 'anonymous' ? 'caller IS NULL' : `caller IN (${often})`;
  return { sql: `row_id IN (SELECT row_id FROM (${sql}) WHERE ${chosen})`, parameters };
}

/** The scope's contacts, as its figures count them, each with its caller. */
async function callersOf(lake: Lake, scope: Scope, { caller }: RepeatRule) {
  const { sources } = await lakeFacts(lake);
  const { chosen } = identifiedSources(sources, scope);
  const { sql: condition, parameters } = conditions(
    scope,
    chosen.length > 0 ? chosen : chosenSources(sources, scope),
    'contact',
  );
  const sql = `SELECT contact.row_id, ${CALLER[caller]} AS caller
    FROM ${builtContacts(askedColumns(scope))} AS contact ${caller === 'linked' ? LINKED : ''}
    WHERE contact.leg_no = 1 AND NOT contact.excluded AND ${condition}`;
  return { sql, parameters };
}
