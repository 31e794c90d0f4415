import type { Lake } from '../storage/lake.ts';
import { type MetricAnswer, type MetricRow, NULL_REASONS, type NullReason, type Receipt } from './answers.ts';
import { type LakeFacts, lakeFacts, type SourceFacts } from './facts.ts';
import type { Indicator } from './indicator.ts';
import { wilson } from './interval.ts';
import { chosenSources, conditions, type Scope, spanOf, splitSql, watermarkOf } from './scope.ts';
import { type Slice, type SlicedSums, type Sums, slicedSums } from './sums.ts';

export interface MetricQuestion {
  readonly scope: Scope;
  readonly by?: readonly string[];
  /** Excluded contacts stay in the gross view. */
  readonly view?: 'net' | 'gross';
  readonly receipt?: boolean;
}

/** An indicator over a scope, in total and split by columns; the total is recomputed, never summed. */
export async function metricAnswer(lake: Lake, indicator: Indicator, question: MetricQuestion): Promise<MetricAnswer> {
  return (await metricAnswers(lake, [indicator], question))[0]!;
}

/** Indicators over one scope, each as {@link metricAnswer} gives it: those of the same sources in one statement. */
export async function metricAnswers(
  lake: Lake,
  indicators: readonly Indicator[],
  question: MetricQuestion,
): Promise<MetricAnswer[]> {
  const { scope, by = [] } = question;
  for (const column of by) splitSql(column);
  const facts = await lakeFacts(lake);
  const chosen = chosenSources(facts.sources, scope);
  const whole = chosen.filter(({ holds }) => holds === 'all');
  const ask = (sources: readonly SourceFacts[], asked: readonly Indicator[]) =>
    slicedSums(lake, { scope, sources, by, expressions: ['contacts', ...asked.flatMap(expressionsOf)] });
  const needy = whole.length < chosen.length ? indicators.filter(({ needsUnanswered }) => needsUnanswered) : [];
  const rest = indicators.filter((indicator) => !needy.includes(indicator));
  const [ofWhole, ofChosen] = await Promise.all([
    needy.length > 0 ? ask(whole, needy) : null,
    rest.length > 0 ? ask(chosen, rest) : null,
  ]);
  return Promise.all(
    indicators.map((indicator) =>
      needy.includes(indicator)
        ? answerOf(lake, indicator, question, { facts, chosen, sources: whole, sums: ofWhole! })
        : answerOf(lake, indicator, question, { facts, chosen, sources: chosen, sums: ofChosen! }),
    ),
  );
}

interface Answered {
  readonly facts: LakeFacts;
  readonly chosen: readonly SourceFacts[];
  /** Those of the chosen that can tell. */
  readonly sources: readonly SourceFacts[];
  readonly sums: SlicedSums;
}

async function answerOf(
  lake: Lake,
  indicator: Indicator,
  { scope, by = [], view = 'net', receipt: wanted }: MetricQuestion,
  { facts, chosen, sources, sums }: Answered,
): Promise<MetricAnswer> {
  const filters = (scope.where ?? []).map(({ column }) => column);
  const whole = partsOf(indicator, filters);
  const net = figureOf(whole, sums.whole[view]);
  const reasonCode: NullReason | undefined =
    net.value !== null
      ? undefined
      : chosen.length > 0 && sources.length === 0
        ? 'only-answered'
        : sums.whole[view]
          ? 'not-given'
          : 'no-data';
  const parts = partsOf(indicator, [...filters, ...by]);
  return {
    metric: indicator.name,
    unit: indicator.unit,
    rule: { name: indicator.name, version: indicator.version, parameters: indicator.parameters ?? {} },
    watermark: watermarkOf(chosen),
    by,
    rows: sums.slices.map((slice) => metricRow(indicator, figureOf(parts, slice[view]), slice, by, facts.agents)),
    total: net.value,
    n: net.n,
    ...interval(indicator, net),
    gross: figureOf(whole, sums.whole.gross).value,
    excluded: (sums.whole.gross?.contacts ?? 0) - (sums.whole.net?.contacts ?? 0),
    ...(reasonCode ? { reason: NULL_REASONS[reasonCode], reasonCode } : {}),
    ...spanOf(scope, chosen),
    lakeVersion: facts.version,
    ...(wanted
      ? { receipt: await receipt(lake, indicator.formula, sums.statement, sources, scope, facts.version) }
      : {}),
  };
}

/** The sums that a figure is made of: a quotient, or a count when there is no denominator. */
interface Parts {
  readonly numerator: string;
  readonly denominator?: string | undefined;
}

/** Split by agent a figure may count legs; the total of the same scope counts contacts, however it is split. */
function partsOf({ numerator, denominator, perLeg }: Indicator, columns: readonly string[]): Parts {
  return perLeg && columns.some((column) => perLeg.columns.includes(column)) ? perLeg : { numerator, denominator };
}

function expressionsOf({ perLeg, ...indicator }: Indicator): string[] {
  return [indicator, ...(perLeg ? [perLeg] : [])].flatMap(({ numerator, denominator }) =>
    denominator ? [numerator, denominator] : [numerator],
  );
}

interface Figure {
  readonly value: number | null;
  readonly n: number;
  readonly numerator: number | null;
}

function figureOf({ numerator, denominator }: Parts, sums: Sums | null): Figure {
  if (!sums) return { value: null, n: 0, numerator: null };
  const over = sums[numerator]!;
  if (!denominator) return { value: over, n: over, numerator: over };
  const n = sums[denominator]!;
  return { value: n > 0 ? over / n : null, n, numerator: over };
}

function interval(indicator: Indicator, { value, n, numerator }: Figure) {
  if (indicator.unit !== 'ratio' || value === null || numerator === null) return {};
  return wilson(numerator, n) ?? {};
}

function metricRow(
  indicator: Indicator,
  figure: Figure,
  { key }: Slice,
  by: readonly string[],
  names: ReadonlyMap<string, string>,
): MetricRow {
  const name = names.get(String(key[by.indexOf('agent')]));
  return {
    ...Object.fromEntries(by.map((column, index) => [column, key[index]])),
    ...(name ? { label: name } : {}),
    value: figure.value,
    n: figure.n,
    ...interval(indicator, figure),
  };
}

/** What a figure rests on: formula, statement, exclusions, sources and batches. */
export async function receipt(
  lake: Lake,
  formula: string,
  statement: string,
  sources: readonly SourceFacts[],
  scope: Scope,
  lakeVersion: number,
): Promise<Receipt> {
  const names = sources.map(({ source }) => source);
  const { sql: condition, parameters } = conditions(scope, sources, { agent: 'agent_id' });
  const [counted] = await lake.rows<{ batches: number }>(
    `SELECT count(DISTINCT batch_id) AS batches FROM gold.contact WHERE ${condition}`,
    parameters,
  );
  return {
    formula,
    statement: statement.replace(/\s+/g, ' ').trim(),
    exclusions: await exclusionsOf(lake, sources, scope),
    lakeVersion,
    sources: names,
    batches: counted?.batches ?? 0,
  };
}

/** The exclusions that gold was made with, and how many contacts of the scope each leaves out. */
export function exclusionsOf(
  lake: Lake,
  sources: readonly SourceFacts[],
  scope: Scope,
): Promise<Receipt['exclusions'][number][]> {
  const { sql: condition, parameters } = conditions(scope, sources, { agent: 'agent_id' });
  return lake.rows(
    `SELECT name, version, reason, count(row_id) AS contacts FROM gold.exclusion
     LEFT JOIN (
       SELECT exclusion, row_id FROM gold.excluded JOIN gold.contact USING (row_id) WHERE leg_no = 1 AND ${condition}
     ) ON exclusion = name
     GROUP BY ALL ORDER BY name`,
    parameters,
  );
}
