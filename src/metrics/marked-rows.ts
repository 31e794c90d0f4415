import { type Column, contact, ruleMark } from '../contracts/index.ts';
import { marksOf } from '../lake/marks.ts';
import { builtContacts } from '../lake/reference/resolved.ts';
import type { RepeatRule } from '../lake/rules/rules.ts';
import { dateParameter } from '../storage/lake.ts';
import { CAME_BACK_COLUMNS, cameBackSql } from './came-back.ts';
import type { SourceFacts } from './facts.ts';
import { charges } from './repeat-sums.ts';
import { chargedTo, identifiedSources } from './repeats.ts';
import { chosenSources, conditions, type Scope } from './scope.ts';

const supervisor = (of: string): Column => ({
  type: 'VARCHAR',
  meaning: `Supervisor de ${of} naquele dia`,
  personal: 'none',
});
const handleTime = (of: string): Column => ({
  type: 'BIGINT',
  meaning: `Conversa, espera na linha e pós-atendimento ${of}, em segundos`,
  personal: 'none',
});

/** The contract column of each column of the marked contacts, for a stream. Programs read them: new ones come last. */
export const MARKED_COLUMNS: Readonly<Record<string, Column>> = {
  source: contact.columns.source,
  protocol: contact.columns.protocol,
  day: contact.columns.day,
  started_at: contact.columns.started_at,
  ended_at: contact.columns.ended_at,
  agent: contact.columns.agent_id,
  agent_name: contact.columns.agent_name,
  account: contact.columns.account,
  queue: contact.columns.queue,
  reason: contact.columns.reason,
  status: contact.columns.status,
  phone: contact.columns.phone,
  customer_ref: contact.columns.customer_ref,
  role: ruleMark.role,
  bucket: ruleMark.bucket,
  same_reason: ruleMark.same_reason,
  repeats: ruleMark.repeats,
  anchor_protocol: contact.columns.protocol,
  anchor_agent: contact.columns.agent_id,
  anchor_started_at: contact.columns.started_at,
  supervisor: supervisor('quem atendeu'),
  reason_category: contact.columns.reason_category,
  week: { type: 'DATE', meaning: 'Primeiro dia da semana', personal: 'none' },
  handle_s: handleTime('da perna'),
  ddd: contact.columns.ddd,
  uf: contact.columns.uf,
  anchor_agent_name: contact.columns.agent_name,
  anchor_supervisor: supervisor('quem recebe o débito'),
  anchor_handle_s: handleTime('de quem recebe o débito'),
  ...CAME_BACK_COLUMNS,
};

interface Marked {
  readonly sql: string;
  readonly parameters: ReturnType<typeof conditions>['parameters'];
}

/** The statement of the marked contacts of a scope, in time order; values as stored. Facts are those of every source. */
export function markedRows(rule: RepeatRule, scope: Scope, facts: readonly SourceFacts[]): Marked {
  const { sql, parameters } = conditions(scope, chosenSources(facts, scope), 'contact');
  const { watermark } = identifiedSources(facts, scope);
  const returns = Object.keys(CAME_BACK_COLUMNS);
  return {
    sql: marked(cameBackSql(rule), sql, returns),
    parameters: { ...parameters, watermark: watermark && dateParameter(watermark) },
  };
}

/** Likewise of its repeats alone, as the figures count them: where they are charged when a filter chooses by that. */
export function repeatRowsOf(rule: RepeatRule, scope: Scope, sources: readonly SourceFacts[]): Marked {
  const { sql, parameters } = conditions(scope, sources, 'contact');
  const condition = charges(scope) ? chargedTo(scope, sql) : `role = 'repeat' AND ${sql}`;
  return { sql: marked(marksOf(rule.name), condition), parameters };
}

function marked(marks: string, condition: string, more: readonly string[] = []): string {
  const moment = (name: string) => `strftime(${name}, '%Y-%m-%dT%H:%M:%S')`;
  const handled = (of: string) =>
    `CASE WHEN ${of}.talk_s IS NOT NULL AND human_handled(${of}.status, ${of}.agent_id, ${of}.answered_at, ${of}.first_reply_at)
      THEN CAST(${of}.talk_s AS BIGINT) + coalesce(${of}.hold_s, 0) + coalesce(${of}.wrapup_s, 0) END`;
  return `
    SELECT * REPLACE (CAST(day AS VARCHAR) AS day, CAST(week AS VARCHAR) AS week) FROM (
      SELECT contact.source, contact.protocol, contact.day, ${moment('contact.started_at')} AS started_at,
        ${moment('contact.ended_at')} AS ended_at, contact.agent_id AS agent, contact.agent_name, contact.account, contact.queue,
        contact.reason, contact.status, contact.phone, contact.customer_ref, CAST(mark.role AS VARCHAR) AS role,
        CAST(mark.bucket AS VARCHAR) AS bucket, mark.same_reason, mark.repeats, anchor.protocol AS anchor_protocol,
        anchor.agent_id AS anchor_agent, ${moment('anchor.started_at')} AS anchor_started_at,
        contact.supervisor, contact.reason_category, week_start(contact.day) AS week, ${handled('contact')} AS handle_s,
        contact.ddd, contact.uf, anchor.agent_name AS anchor_agent_name, anchor.supervisor AS anchor_supervisor,
        ${handled('anchor')} AS anchor_handle_s${more.map((name) => `, mark.${name}`).join('')}
      FROM ${marks} AS mark
      JOIN ${builtContacts(['supervisor', 'account', 'reason'])} AS contact USING (row_id)
      JOIN ${builtContacts(['supervisor'])} AS anchor ON anchor.row_id = mark.anchor_row_id
      WHERE ${condition}
    ) ORDER BY started_at, protocol`;
}
