import { MARKED_RULES } from '../contracts/index.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { marksOf } from '../lake/marks.ts';
import { builtContacts } from '../lake/reference/resolved.ts';
import { maturityDays, type RepeatRule, repeatRule } from '../lake/rules/rules.ts';
import type { Lake } from '../storage/lake.ts';
import { agentSupervisors } from './agent-supervisors.ts';
import type { RepeatAnswer, RepeatRow } from './answers.ts';
import { lakeFacts, type SourceFacts } from './facts.ts';
import { shrink, wilson } from './interval.ts';
import { ranked } from './pareto.ts';
import { receipt } from './receipt.ts';
import { charges, type RepeatSlice, type RepeatSums, repeatsOf, repeatsUnder } from './repeat-sums.ts';
import { askedColumns, chosenSources, grainFor, missingSources, type Scope, spanOf, watermarkIn } from './scope.ts';
import { type SlicedSums, slicedSums } from './sums.ts';

/** How long after, by a repeat's mark. */
export const BUCKETS = ['D0', 'D1_3', 'D4_W'] as const;

export interface RepeatQuestion {
  readonly scope: Scope;
  readonly rule: string;
  readonly by?: string | undefined;
  /** The last complete day, when it is not the data's own. */
  readonly watermark?: Day | undefined;
  readonly receipt?: boolean | undefined;
}

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
  return (await repeatAnswers(lake, question, [ruleNamed(question.rule)]))[0]!;
}

/** Likewise under several rules, in their order: what they share is read once. */
export async function repeatAnswers(
  lake: Lake,
  { scope, by, receipt: withReceipt, ...question }: Omit<RepeatQuestion, 'rule'>,
  rules: readonly RepeatRule[],
): Promise<RepeatAnswer[]> {
  const facts = await lakeFacts(lake);
  const { chosen, missing, watermark: ofData } = identifiedSources(facts.sources, scope);
  const watermark = question.watermark ?? ofData;
  const splits = by ? [by] : [];
  // Where columns narrow the scope beside which no mart knows a person, its rows are too many to read for it.
  const ofPeople = by === 'agent' || by === 'supervisor';
  const withHandleTime = ofPeople && grainFor(askedColumns(scope, splits)) !== null;
  const [found, counts, supervisors] = await Promise.all([
    repeatsUnder(lake, rules, { scope, sources: chosen, watermark, by: splits }),
    slicedSums(lake, {
      scope,
      sources: chosen.length > 0 ? chosen : chosenSources(facts.sources, scope),
      by: withHandleTime ? splits : [],
      expressions: ['contacts', 'handle_s', 'handled_legs'],
    }),
    by === 'agent' ? agentSupervisors(lake, scope, chosen) : null,
  ]);
  const span = spanOf(scope, chosen);
  return Promise.all(
    rules.map(async (rule, index): Promise<RepeatAnswer> => {
      const { whole: total, slices, statement, lastOpen } = found[index]!;
      const house = rule.kind === 'house';
      const { repeats, same, buckets } = repeatsOf(total, charges(scope));
      const trials = house ? total.matured : total.eligible;
      const successes = house ? total.repeated : repeats;
      const bounds = wilson(successes, trials);
      const rows = by
        ? repeatTable(slices, {
            rule,
            by,
            watermark,
            charged: charges(scope, splits),
            names: facts.agents,
            handle: withHandleTime ? handleTimes(counts) : null,
            supervisors,
          })
        : [];
      return {
        rule: {
          name: rule.name,
          version: rule.version,
          parameters: { ...rule.parameters },
          statement: rule.statement.pt,
        },
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
        closesOn: closesOn(rule, lastOpen),
        watermark,
        missingSources: missing.map(({ source }) => source),
        ...span,
        buckets,
        sameReason: same,
        excluded: (counts.whole.gross?.contacts ?? 0) - (counts.whole.net?.contacts ?? 0),
        by: by ?? null,
        rows,
        ...(by ? { pareto: ranked(rows.map(cameBack)).pareto } : {}),
        lakeVersion: facts.version,
        ...(withReceipt
          ? { receipt: await receipt(lake, rule.statement.pt, statement, chosen, scope, facts.version) }
          : {}),
      };
    }),
  );
}

/** The sources of a scope whose contacts are identified, those of them without data in the period, and the watermark of both. */
export function identifiedSources(facts: readonly SourceFacts[], scope: Scope) {
  const identified = (sources: readonly SourceFacts[]) => sources.filter(({ identity }) => identity !== 'none');
  const [chosen, missing] = [identified(chosenSources(facts, scope)), identified(missingSources(facts, scope))];
  return { chosen, missing, watermark: watermarkIn(scope, [...chosen, ...missing]) };
}

/** Repeats charged to the contacts of a scope, given as its condition over `contact`: one over {@link marksOf}. */
export function chargedTo(scope: Scope, condition: string): string {
  const contacts = builtContacts(askedColumns(scope));
  return `role = 'repeat' AND anchor_row_id IN (SELECT row_id FROM ${contacts} AS contact WHERE ${condition})`;
}

interface RepeatSplit {
  readonly rule: RepeatRule;
  readonly by: string;
  readonly watermark: Day | null;
  /** Whether repeats count where they are charged. */
  readonly charged: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly handle: ReadonlyMap<string, number> | null;
  readonly supervisors: ReadonlyMap<string, string> | null;
}

function repeatTable(
  rows: readonly RepeatSlice[],
  { rule, by, watermark, charged, names, handle, supervisors }: RepeatSplit,
): RepeatRow[] {
  const house = rule.kind === 'house';
  const trials = rows.map(({ sums: row }) => {
    if (house) return { successes: row.repeated, trials: row.matured, same: row.repeated_same };
    const { repeats, same } = repeatsOf(row, charged);
    return { successes: repeats, trials: row.eligible, same };
  });
  const shrunken = shrink(trials);
  const { running } = ranked(trials.map(({ successes }) => successes));
  return rows.map(({ key: [split], sums: row, lastOpen }, index): RepeatRow => {
    const { successes, trials: n, same } = trials[index]!;
    const bounds = wilson(successes, n);
    const other = successes - same;
    const [ofSame, ofOther] = [wilson(same, n), wilson(other, n)];
    const counted = repeatsOf(row, charged);
    const name = by === 'agent' ? names.get(String(split)) : undefined;
    return {
      [by]: split ?? null,
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
      sameReasonCases: same,
      sameReasonLow: ofSame?.low ?? null,
      sameReasonHigh: ofSame?.high ?? null,
      otherReasonRate: n > 0 ? other / n : null,
      otherReasonCases: other,
      otherReasonLow: ofOther?.low ?? null,
      otherReasonHigh: ofOther?.high ?? null,
      ...(supervisors ? { supervisor: supervisors.get(String(split)) ?? null } : {}),
      ...(handle ? { avgHandleTime: handle.get(String(split)) ?? null } : {}),
      running: running[index]!,
      provisional: isProvisional(rule, row, periodEnd(by, split), watermark),
      closesOn: closesOn(rule, lastOpen),
    };
  });
}

/** What a row's rate divides: anchors with a repeat or, under a rule without anchors, repeats. */
const cameBack = ({ repeatedAnchors, repeats }: RepeatRow) => repeatedAnchors ?? repeats;

/** Some anchors have not had their whole window, or the period itself runs beyond what is known. */
export function isProvisional(rule: RepeatRule, sums: RepeatSums, to: Day | null, watermark: Day | null): boolean {
  if (watermark === null) return false;
  if (rule.kind === 'house') return sums.matured < sums.anchors;
  return to !== null && to > addDays(watermark, 1);
}

/** The day whose data close the last open window, under a rule that has one. */
function closesOn({ kind, parameters }: RepeatRule, lastOpen: Day | null): Day | null {
  return kind === 'house' && lastOpen !== null ? addDays(lastOpen, maturityDays(parameters)) : null;
}

export function periodEnd(by: string, start: unknown): Day | null {
  if (typeof start !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(start)) return null;
  if (by === 'day') return addDays(start, 1);
  if (by === 'week') return addDays(start, 7);
  return by === 'month' ? `${addDays(start, 31).slice(0, 7)}-01` : null;
}

/** TMA per agent or supervisor, in seconds. */
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
