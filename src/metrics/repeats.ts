import { type Column, contact, contactMart, MARKED_RULES, ruleMark } from '../contracts/index.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { marksOf } from '../lake/marks.ts';
import { repeatRows } from '../lake/measures.ts';
import { maturityDays, type RepeatRule, repeatRule } from '../lake/rules/rules.ts';
import { dateParameter, type Lake } from '../storage/lake.ts';
import type { RepeatAnswer, RepeatRow } from './answers.ts';
import { lakeFacts, type SourceFacts } from './facts.ts';
import { shrink, wilson } from './interval.ts';
import { receipt } from './metric.ts';
import { chosenSources, conditions, grainFor, type Scope, spanOf, splitSql, watermarkOf } from './scope.ts';
import { inOrder, type SlicedSums, slicedSums } from './sums.ts';

export const REPEAT_SPLITS = [
  'agent',
  'supervisor',
  'reason',
  'reason_category',
  'queue',
  'account',
  'source',
  'hour',
  'weekday',
  'day',
  'week',
  'month',
] as const;
/** Below this many trials a rate is shown but not ranked. */
export const FEW = 30;

export interface RepeatQuestion {
  readonly scope: Scope;
  readonly rule: string;
  readonly by?: string | undefined;
  /** The last complete day, when it is not the data's own. */
  readonly watermark?: Day | undefined;
  readonly receipt?: boolean | undefined;
}

interface RepeatSums {
  readonly eligible: number;
  readonly anchors: number;
  readonly matured: number;
  readonly repeated: number;
  readonly repeated_same: number;
  readonly repeats: number;
  readonly repeats_same: number;
  readonly charged: number;
  readonly charged_same: number;
  readonly d0: number;
  readonly d1_3: number;
  readonly d4_w: number;
}

/** The sums of one slice of the split. */
type RepeatSlice = RepeatSums & { readonly split?: unknown };

const SUMS = [
  ...['eligible', 'anchors', 'matured', 'repeated', 'repeated_same', 'repeats', 'repeats_same'],
  ...['charged', 'charged_same', 'd0', 'd1_3', 'd4_w'],
] as (keyof RepeatSums)[];

/** @throws RamalError `notFound` with the rules that exist. */
export function ruleNamed(name: string): RepeatRule {
  const rule = repeatRule(name);
  if (rule) return rule;
  throw new RamalError('notFound', { what: 'regra', received: name, todo: `Existem: ${MARKED_RULES.join(', ')}.` });
}

/**
 * Repeat contacts of a scope under a rule. The house rule gives the share of matured anchors that came back, charged
 * to the anchor's first agent; the others give repeats over contacts, charged to the previous contact's agent.
 */
export async function repeatAnswer(lake: Lake, question: RepeatQuestion): Promise<RepeatAnswer> {
  const { scope, by } = question;
  const rule = ruleNamed(question.rule);
  const facts = await lakeFacts(lake);
  const chosen = chosenSources(facts.sources, scope).filter(({ identified }) => identified > 0);
  const watermark = question.watermark ?? watermarkOf(chosen);
  const statement = repeatStatement(rule, scope, chosen, watermark, by);
  // Where other columns narrow the scope no mart knows an agent's handle time, and its rows are too many to read.
  const withHandleTime = by === 'agent' && (scope.where ?? []).every(({ column }) => column === 'agent');
  const [sums, counts] = await Promise.all([
    lake.rows<RepeatSlice>(statement.sql, statement.parameters),
    slicedSums(lake, {
      scope,
      sources: chosen.length > 0 ? chosen : chosenSources(facts.sources, scope),
      by: withHandleTime ? ['agent'] : [],
      expressions: ['contacts', 'handle_s', 'handled_legs'],
    }),
  ]);
  // Sums add up, so the whole needs no grouping set of its own, which costs the engine as much as the split.
  const add = (name: keyof RepeatSums) => sums.reduce((total, row) => total + row[name], 0);
  sums.sort((a, b) => inOrder([a.split], [b.split]));
  const total = Object.fromEntries(SUMS.map((name) => [name, add(name)])) as Record<keyof RepeatSums, number>;
  const span = spanOf(scope, chosen);
  const house = rule.kind === 'house';
  const { repeats, same } = repeatsOf(total, charges(scope));
  const trials = house ? total.matured : total.eligible;
  const successes = house ? total.repeated : repeats;
  const bounds = wilson(successes, trials);
  return {
    rule: { name: rule.name, version: rule.version, parameters: { ...rule.parameters }, statement: rule.statement.pt },
    identity: identityKinds(chosen),
    contacts: counts.whole.net?.contacts ?? 0,
    eligible: total.eligible,
    repeats,
    anchors: house ? total.anchors : null,
    maturedAnchors: house ? total.matured : null,
    repeatedAnchors: house ? total.repeated : null,
    rate: trials > 0 ? successes / trials : null,
    low: bounds?.low ?? null,
    high: bounds?.high ?? null,
    rateName: house ? 'repeatRate' : 'repeatShare',
    provisional: isProvisional(rule, total, span.to, watermark),
    watermark,
    ...span,
    buckets: { D0: total.d0, D1_3: total.d1_3, D4_W: total.d4_w },
    sameReason: same,
    excluded: (counts.whole.gross?.contacts ?? 0) - (counts.whole.net?.contacts ?? 0),
    by: by ?? null,
    rows: by
      ? repeatTable(sums, {
          rule,
          by,
          watermark,
          charged: charges(scope, by),
          names: facts.agents,
          handle: withHandleTime ? handleTimes(counts) : null,
        })
      : [],
    lakeVersion: facts.version,
    ...(question.receipt
      ? { receipt: await receipt(lake, rule.statement.pt, statement.sql, chosen, scope, facts.version) }
      : {}),
  };
}

/** Columns of who or what a repeat is charged to: split or filtered by them, repeats count where they are charged. */
const CHARGED_BY: readonly string[] = ['agent', 'supervisor', 'reason', 'reason_category', 'queue', 'account'];

function charges({ where = [] }: Scope, by?: string): boolean {
  return [...where.map(({ column }) => column), by ?? ''].some((column) => CHARGED_BY.includes(column));
}

function repeatsOf(sums: RepeatSums, charged: boolean): { repeats: number; same: number } {
  return charged
    ? { repeats: sums.charged, same: sums.charged_same }
    : { repeats: sums.repeats, same: sums.repeats_same };
}

function repeatStatement(
  rule: RepeatRule,
  scope: Scope,
  sources: readonly SourceFacts[],
  watermark: Day | null,
  by: string | undefined,
) {
  const { sql: condition, parameters } = conditions(scope, sources);
  const columns = [...(by ? [by] : []), ...(scope.where ?? []).map(({ column }) => column)];
  const grain = grainFor(columns);
  const relation = grain ? `(SELECT * FROM gold.repeat_mart WHERE grain = '${grain}')` : `(${repeatRows(rule.name)})`;
  const { parameters: settings } = rule;
  const ripe = 'windowDays' in settings ? `FILTER (ended_on + ${maturityDays(settings)} <= $watermark)` : '';
  const split = by ? splitSql(by, REPEAT_SPLITS) : null;
  const sum = (name: string, filter = '') => `CAST(coalesce(sum(${name}) ${filter}, 0) AS BIGINT)`;
  const sql = `
    SELECT ${split ? 'split,' : ''}
      ${sum('eligible')} AS eligible, ${sum('anchors')} AS anchors, ${sum('anchors', ripe)} AS matured,
      ${sum('repeated', ripe)} AS repeated, ${sum('repeated_same', ripe)} AS repeated_same,
      ${sum('repeats')} AS repeats, ${sum('repeats_same')} AS repeats_same, ${sum('charged')} AS charged,
      ${sum('charged_same')} AS charged_same, ${sum('repeats_d0')} AS d0, ${sum('repeats_d1_3')} AS d1_3, ${sum('repeats_d4_w')} AS d4_w
    FROM (SELECT ${split ? `${split} AS split,` : ''} * FROM ${relation} WHERE rule = $rule AND ${condition})
    ${split ? 'GROUP BY split' : ''}`;
  return { sql, parameters: { ...parameters, rule: rule.name, watermark: watermark && dateParameter(watermark) } };
}

interface RepeatSplit {
  readonly rule: RepeatRule;
  readonly by: string;
  readonly watermark: Day | null;
  /** Whether repeats count where they are charged. */
  readonly charged: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly handle: ReadonlyMap<string, number> | null;
}

function repeatTable(
  rows: readonly RepeatSlice[],
  { rule, by, watermark, charged, names, handle }: RepeatSplit,
): RepeatRow[] {
  const house = rule.kind === 'house';
  const trials = rows.map((row) => {
    if (house) return { successes: row.repeated, trials: row.matured, same: row.repeated_same };
    const { repeats, same } = repeatsOf(row, charged);
    return { successes: repeats, trials: row.eligible, same };
  });
  const shrunken = shrink(trials);
  return rows.map((row, index): RepeatRow => {
    const { successes, trials: n, same } = trials[index]!;
    const bounds = wilson(successes, n);
    const counted = repeatsOf(row, charged);
    const name = by === 'agent' ? names.get(String(row.split)) : undefined;
    return {
      [by]: row.split ?? null,
      ...(name ? { label: name } : {}),
      contacts: row.eligible,
      anchors: house ? row.anchors : null,
      maturedAnchors: house ? row.matured : null,
      repeatedAnchors: house ? row.repeated : null,
      repeats: counted.repeats,
      sameReason: counted.same,
      rate: n > 0 ? successes / n : null,
      low: bounds?.low ?? null,
      high: bounds?.high ?? null,
      ...(['day', 'week', 'month'].includes(by) ? {} : { shrunken: n > 0 ? shrunken[index]! : null }),
      sameReasonRate: n > 0 ? same / n : null,
      ...(handle ? { avgHandleTime: handle.get(String(row.split)) ?? null } : {}),
      provisional: isProvisional(rule, row, periodEnd(by, row.split), watermark),
    };
  });
}

/** Some anchors have not had their whole window, or the period itself runs beyond what is known. */
function isProvisional(rule: RepeatRule, sums: RepeatSums, to: Day | null, watermark: Day | null): boolean {
  if (watermark === null) return false;
  if (rule.kind === 'house') return sums.matured < sums.anchors;
  return to !== null && to > addDays(watermark, 1);
}

function periodEnd(by: string, start: unknown): Day | null {
  if (typeof start !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(start)) return null;
  if (by === 'day') return addDays(start, 1);
  if (by === 'week') return addDays(start, 7);
  return by === 'month' ? `${addDays(start, 31).slice(0, 7)}-01` : null;
}

/** TMA per agent, in seconds. */
function handleTimes({ slices }: SlicedSums): ReadonlyMap<string, number> {
  return new Map(
    slices.flatMap(({ key, net }) =>
      net && net.handled_legs! > 0 ? [[String(key[0]), net.handle_s! / net.handled_legs!]] : [],
    ),
  );
}

/** Which identifications the sources' contacts are known by. */
function identityKinds(sources: readonly SourceFacts[]): string {
  const kinds = new Set(sources.flatMap(({ identity }) => identity.split('+')).filter((kind) => kind !== 'none'));
  return [...kinds].join('+') || 'none';
}

/** The contract column of each column of the marked contacts, for a stream. */
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
  supervisor: contactMart.columns.supervisor,
  reason_category: contact.columns.reason_category,
};

/** The statement of the marked contacts of a scope, in time order; values as stored. */
export function markedRows(rule: RepeatRule, scope: Scope, sources: readonly SourceFacts[]) {
  const { sql: condition, parameters } = conditions(scope, sources);
  const moment = (name: string) => `strftime(${name}, '%Y-%m-%dT%H:%M:%S')`;
  const sql = `
    SELECT * REPLACE (CAST(day AS VARCHAR) AS day) FROM (
      SELECT contact.source, contact.protocol, contact.day, ${moment('contact.started_at')} AS started_at,
        ${moment('contact.ended_at')} AS ended_at, contact.agent_id AS agent, contact.agent_name, contact.account, contact.queue,
        contact.reason, contact.status, contact.phone, contact.customer_ref, CAST(mark.role AS VARCHAR) AS role,
        CAST(mark.bucket AS VARCHAR) AS bucket, mark.same_reason, mark.repeats, anchor.protocol AS anchor_protocol,
        anchor.agent_id AS anchor_agent, ${moment('anchor.started_at')} AS anchor_started_at,
        contact.supervisor, contact.reason_category
      FROM ${marksOf(rule.name)} AS mark
      JOIN gold.contact AS contact USING (row_id)
      JOIN gold.contact AS anchor ON anchor.row_id = mark.anchor_row_id
    ) WHERE ${condition} ORDER BY started_at, protocol`;
  return { sql, parameters };
}
