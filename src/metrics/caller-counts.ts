import { CALLER_SPAN } from '../contracts/index.ts';
import { daysBetween } from '../kernel/brazil/dates.ts';
import { builtContacts } from '../lake/reference/resolved.ts';
import type { Caller, RepeatRule } from '../lake/rules/rules.ts';
import type { Lake } from '../storage/lake.ts';
import { lakeFacts, type SourceFacts } from './facts.ts';
import { MOST as MOST_CONTACTS, type Pareto, paretoOf } from './pareto.ts';
import { identifiedSources, ruleNamed } from './repeats.ts';
import { askedColumns, chosenSources, conditions, type Scope, spanOf } from './scope.ts';

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
  /** How few callers make most of the contacts that are identified. */
  readonly pareto: Pareto | null;
  readonly lakeVersion: number;
}

/** How many callers, as a rule tells them apart, contacted once, twice, … in a scope; its net contacts, each once. */
export async function callerCounts(lake: Lake, scope: Scope, name: string): Promise<CallerCounts> {
  const { version } = await lakeFacts(lake);
  const tallies = (await summedTallies(lake, scope, ruleNamed(name))) ?? (await callerTallies(lake, scope, name));
  const sum = (of: readonly CallerTally[], value: (tally: CallerTally) => number) =>
    of.reduce((total, tally) => total + value(tally), 0);
  const rows = CALLER_COUNTS.map((count): CallersOf => {
    const own = tallies.filter(({ each }) => (each === null ? 'anonymous' : String(Math.min(each, MOST))) === count);
    return {
      count,
      callers: count === 'anonymous' ? null : sum(own, ({ callers }) => callers),
      contacts: sum(own, ({ contacts }) => contacts),
    };
  });
  return {
    rule: name,
    callers: rows.reduce((total, { callers }) => total + (callers ?? 0), 0),
    contacts: sum(tallies, ({ contacts }) => contacts),
    rows,
    pareto: paretoOf(tallies.flatMap(({ each, callers }) => (each === null ? [] : [{ value: each, slices: callers }]))),
    lakeVersion: version,
  };
}

/** Callers who made the same number of contacts. */
export interface CallerTally {
  /** Contacts of each of them; null of those who cannot be told apart. */
  readonly each: number | null;
  readonly callers: number;
  readonly contacts: number;
}

/** How many callers, as a rule tells them apart, made each number of contacts in a scope. */
export async function callerTallies(lake: Lake, scope: Scope, name: string): Promise<CallerTally[]> {
  const { sql, parameters } = await callersOf(lake, scope, ruleNamed(name));
  return lake.rows<CallerTally>(
    `SELECT CASE WHEN caller IS NOT NULL THEN made END AS "each", count(*) AS callers, CAST(sum(made) AS BIGINT) AS contacts
     FROM (SELECT caller, count(*) AS made FROM (${sql}) GROUP BY caller) GROUP BY "each"`,
    parameters,
  );
}

/** Those of {@link CALLER_SPAN} that sums tell exactly: the next two are known too. */
const SUMMED = CALLER_SPAN.earlier - 1;

/**
 * The same from the sums of `gold.caller_mart`, where they tell: those of {@link SUMMED} contacts and more are one tally,
 * each of their mean. Null where the rows must be counted: a scope with filters, of some sources of many, of a longer
 * period, with contacts that the sums leave out, or whose few largest callers make most of the contacts.
 */
export async function summedTallies(lake: Lake, scope: Scope, rule: RepeatRule): Promise<CallerTally[] | null> {
  const chosen = await callerSources(lake, scope);
  const { from, to } = spanOf(scope, chosen);
  if (from === null || to === null || daysBetween(from, to) > CALLER_SPAN.days) return null;
  if ((scope.where ?? []).length > 0 || (scope.sources && chosen.length > 1)) return null;
  const { sql, parameters } = conditions({ from, to }, chosen);
  const found = await lake.rows<{ earlier: number | null; anonymous: number; contacts: number }>(
    `SELECT earlier, CAST(0 AS BIGINT) AS anonymous, CAST(sum(contacts) AS BIGINT) AS contacts FROM gold.caller_mart
     WHERE caller = '${rule.caller}' AND source = $together AND day >= $from_day AND day < $to_day AND since >= $from_day
     GROUP BY earlier
     UNION ALL SELECT NULL, (SELECT coalesce(sum(contacts), 0) FROM gold.caller_mart WHERE caller = 'anonymous' AND ${sql}),
       (SELECT coalesce(sum(contacts), 0) FROM gold.contact_mart WHERE grain = 'source' AND NOT excluded AND ${sql})`,
    { ...parameters, together: chosen.length === 1 ? chosen[0]!.source : '' },
  );
  const { anonymous, contacts } = found.find(({ earlier }) => earlier === null)!;
  const beyond = (earlier: number) => found.find((one) => one.earlier === earlier)?.contacts ?? 0;
  if (anonymous + beyond(0) !== contacts) return null;
  const tallies = Array.from({ length: SUMMED - 1 }, (_, index) => {
    const each = index + 1;
    const callers = beyond(index) - 2 * beyond(each) + beyond(each + 1);
    return { each, callers, contacts: each * callers };
  });
  const most = beyond(SUMMED - 1) - beyond(SUMMED);
  const theirs = most * (SUMMED - 1) + beyond(SUMMED - 1);
  if (most > 0 && theirs >= MOST_CONTACTS * beyond(0)) return null;
  return [
    { each: null, callers: 0, contacts: anonymous },
    ...tallies,
    { each: theirs / Math.max(1, most), callers: most, contacts: theirs },
  ].filter((tally) => tally.contacts > 0);
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
export async function callersOf(lake: Lake, scope: Scope, rule: RepeatRule) {
  const { sql, parameters } = await callerLegs(lake, scope, rule);
  return { sql: `SELECT row_id, caller FROM (${sql}) WHERE leg_no = 1`, parameters };
}

/** The scope's legs, as its figures count them, with the columns of `gold.contact` and the `caller` whom a rule sees in each. */
export async function callerLegs(lake: Lake, scope: Scope, { caller }: RepeatRule) {
  const { sql: condition, parameters } = conditions(scope, await callerSources(lake, scope), 'contact');
  const sql = `SELECT contact.*, ${CALLER[caller]} AS caller
    FROM ${builtContacts(askedColumns(scope))} AS contact ${caller === 'linked' ? LINKED : ''}
    WHERE NOT contact.excluded AND ${condition}`;
  return { sql, parameters };
}

/** The sources that callers are counted in: those of the scope that identify or, where none does, all of it. */
export async function callerSources(lake: Lake, scope: Scope): Promise<SourceFacts[]> {
  const { sources } = await lakeFacts(lake);
  const { chosen } = identifiedSources(sources, scope);
  return chosen.length > 0 ? chosen : chosenSources(sources, scope);
}
