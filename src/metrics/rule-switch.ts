import { type Column, contact, ruleMark } from '../contracts/index.ts';
import type { Day } from '../kernel/brazil/dates.ts';
import { REPEAT_RULES } from '../lake/rules/rules.ts';
import { type Lake, type LakeRow, quoted } from '../storage/lake.ts';
import type { RepeatAnswer } from './answers.ts';
import { lakeFacts } from './facts.ts';
import { repeatAnswers, ruleNamed } from './repeats.ts';
import { chosenSources, conditions, type Scope } from './scope.ts';

/** The same contacts under every rule, in the rules' order. */
export function underEveryRule(lake: Lake, scope: Scope, watermark?: Day): Promise<RepeatAnswer[]> {
  return repeatAnswers(lake, { scope, watermark }, REPEAT_RULES);
}

export interface RulePair {
  readonly scope: Scope;
  readonly rule: string;
  /** The rule that it is held against. */
  readonly than: string;
}

/** Contacts of which two rules say something else, by what each says; see the codes of `role` and `why` in gold.mark. */
export interface RuleDifference {
  readonly role: string;
  readonly why: string;
  readonly thanRole: string;
  readonly thanWhy: string;
  readonly contacts: number;
}

/** How many contacts one rule counts or takes for repeats and the other does not, and why; the most first. */
export async function ruleDifferences(lake: Lake, pair: RulePair): Promise<RuleDifference[]> {
  const { from, parameters } = await differing(lake, pair);
  return lake.rows<RuleDifference>(
    `SELECT CAST(role AS VARCHAR) AS role, CAST(why AS VARCHAR) AS why, CAST("thanRole" AS VARCHAR) AS "thanRole",
       CAST("thanWhy" AS VARCHAR) AS "thanWhy", count(*) AS contacts
     FROM ${from} GROUP BY ALL ORDER BY contacts DESC, why, "thanWhy"`,
    parameters,
  );
}

/** Columns of a row on which two rules differ, as they are masked. */
export const DIFFERENCE_COLUMNS: Readonly<Record<string, Column>> = {
  row_id: contact.columns.row_id,
  source: contact.columns.source,
  protocol: contact.columns.protocol,
  started_at: contact.columns.started_at,
  agent_name: contact.columns.agent_name,
  queue: contact.columns.queue,
  reason: contact.columns.reason,
  status: contact.columns.status,
  role: ruleMark.role,
  why: ruleMark.why,
  of_protocol: contact.columns.protocol,
  of_started_at: contact.columns.started_at,
  of_agent_name: contact.columns.agent_name,
  thanRole: ruleMark.role,
  thanWhy: ruleMark.why,
  than_of_protocol: contact.columns.protocol,
  than_of_started_at: contact.columns.started_at,
  than_of_agent_name: contact.columns.agent_name,
};

export interface DifferencePage {
  readonly page: number;
  readonly size: number;
  /** Only those of one kind of difference. */
  readonly why?: string | undefined;
  readonly thanWhy?: string | undefined;
}

/** The contacts on which two rules differ, a page of them in time order; values as stored. */
export async function differingRows(lake: Lake, pair: RulePair, page: DifferencePage): Promise<LakeRow[]> {
  const { from, parameters } = await differing(lake, pair, page);
  const moment = (name: string) => `strftime(${name}, '%Y-%m-%dT%H:%M:%S')`;
  const of = (table: string, prefix: string) =>
    `${table}.protocol AS ${prefix}of_protocol, ${moment(`${table}.started_at`)} AS ${prefix}of_started_at,
     ${table}.agent_name AS ${prefix}of_agent_name`;
  return lake.rows(
    `SELECT own.row_id, own.source, own.protocol, ${moment('own.started_at')} AS started_at, own.agent_name, own.queue,
       own.reason, own.status, CAST(found.role AS VARCHAR) AS role, CAST(found.why AS VARCHAR) AS why,
       ${of('charged', '')}, CAST(found."thanRole" AS VARCHAR) AS "thanRole",
       CAST(found."thanWhy" AS VARCHAR) AS "thanWhy", ${of('than_charged', 'than_')}
     FROM (FROM ${from} ORDER BY started_at, row_id LIMIT ${page.size} OFFSET ${(page.page - 1) * page.size}) AS found
     JOIN gold.contact AS own USING (row_id)
     JOIN silver.contact AS charged ON charged.row_id = found.charged_row_id
     JOIN silver.contact AS than_charged ON than_charged.row_id = found.than_charged_row_id
     ORDER BY own.started_at, own.row_id`,
    parameters,
  );
}

async function differing(lake: Lake, { scope, rule, than }: RulePair, kind: Partial<DifferencePage> = {}) {
  const [one, other] = [ruleNamed(rule).name, ruleNamed(than).name];
  const sources = chosenSources((await lakeFacts(lake)).sources, scope).filter(({ identity }) => identity !== 'none');
  const { sql: condition, parameters } = conditions(scope, sources, 'contact');
  const of = (name: string, column: keyof typeof ruleMark) => quoted(`${name}.${column}`);
  const said = (name: string) => `CASE ${of(name, 'role')} WHEN 'repeat' THEN 2 WHEN 'anchor' THEN 1 ELSE 0 END`;
  const filters = [
    ...(kind.why ? [`${of(one, 'why')} = $why`] : []),
    ...(kind.thanWhy ? [`${of(other, 'why')} = $than_why`] : []),
  ];
  return {
    parameters: { ...parameters, why: kind.why ?? null, than_why: kind.thanWhy ?? null },
    from: `(
      SELECT row_id, started_at, ${of(one, 'role')} AS role, ${of(one, 'why')} AS why,
        ${of(one, 'anchor_row_id')} AS charged_row_id, ${of(other, 'role')} AS "thanRole", ${of(other, 'why')} AS "thanWhy",
        ${of(other, 'anchor_row_id')} AS than_charged_row_id
      FROM gold.mark JOIN gold.contact USING (row_id)
      WHERE ${[condition, `${said(one)} <> ${said(other)}`, ...filters].join(' AND ')}
    )`,
  };
}
