import { dimension } from '../contracts/index.ts';
import type { Lake } from '../storage/lake.ts';
import { agentTimes, scopesOf } from './agent-times.ts';
import { type FigureRule, type MetricAnswer, type MetricRow, NULL_REASONS } from './answers.ts';
import { lakeFacts } from './facts.ts';
import type { Asked, Found, MetricQuestion } from './found.ts';
import type { Indicator } from './indicator.ts';
import { ranked } from './pareto.ts';
import { percentiles } from './percentiles.ts';
import { quotients } from './quotients.ts';
import { receipt } from './receipt.ts';
import { repeatFigures } from './repeat-figures.ts';
import { ruleNamed } from './repeats.ts';
import { chosenSources, missingSources, spanOf, splitSql, watermarkIn } from './scope.ts';
import { stocks } from './stocks.ts';

/** An indicator over a scope, in total and split by columns; the total is recomputed, never summed. */
export async function metricAnswer(lake: Lake, indicator: Indicator, question: MetricQuestion): Promise<MetricAnswer> {
  return (await metricAnswers(lake, [indicator], question))[0]!;
}

/** Indicators over one scope, each as {@link metricAnswer} gives it: those that can be are asked together. */
export async function metricAnswers(
  lake: Lake,
  indicators: readonly Indicator[],
  question: MetricQuestion,
): Promise<MetricAnswer[]> {
  for (const column of question.by ?? []) splitSql(column);
  const facts = await lakeFacts(lake);
  const { contacts: scope, agents: agentScope } = scopesOf(facts, question.scope);
  const [chosen, missing] = [chosenSources(facts.sources, scope), missingSources(facts.sources, scope)];
  const asked: Asked = { lake, facts, chosen, missing, question: { ...question, scope }, agentScope };
  const found = findAll(asked, indicators);
  return Promise.all(indicators.map(async (one) => answerOf(one, asked, await found.get(one)!)));
}

function findAll(asked: Asked, indicators: readonly Indicator[]): Map<Indicator, Promise<Found>> {
  const found = new Map<Indicator, Promise<Found>>();
  const ofKind = <Kind extends Indicator['kind']>(kind: Kind) =>
    indicators.filter((one): one is Extract<Indicator, { kind: Kind }> => one.kind === kind);
  const together = <Some extends Indicator>(
    some: readonly Some[],
    find: (asked: Asked, some: readonly Some[]) => Promise<Found[]>,
  ) => {
    if (some.length === 0) return;
    const all = find(asked, some);
    for (const [index, one] of some.entries())
      found.set(
        one,
        all.then((each) => each[index]!),
      );
  };
  const plain = ofKind('quotient');
  for (const [index, one] of quotients(asked, plain).entries()) found.set(plain[index]!, one);
  together(ofKind('repeat'), repeatFigures);
  together(ofKind('percentile'), percentiles);
  together(ofKind('stock'), stocks);
  together(ofKind('agentTime'), agentTimes);
  return found;
}

async function answerOf(
  indicator: Indicator,
  { lake, facts, question, ...contacts }: Asked,
  { statement, sources, whole, gross, excluded, rows, reason, basis, groups, own }: Found,
): Promise<MetricAnswer> {
  const { by = [], receipt: wanted } = question;
  const { scope, chosen, missing } = own ?? { ...contacts, scope: question.scope };
  const { value, ...rest } = whole;
  const few = addsUp(indicator, by) ? ranked(rows.map((row) => row.value)) : null;
  const agent = by.indexOf('agent');
  return {
    metric: indicator.name,
    unit: indicator.unit,
    rule: ruleOf(indicator, question.rule),
    watermark: watermarkIn(scope, [...chosen, ...missing]),
    missingSources: missing.map(({ source }) => source),
    by,
    rows: rows.map(({ key, ...figure }, index): MetricRow => {
      const name = agent < 0 ? undefined : facts.agents.get(String(key[agent]));
      const split = Object.fromEntries(by.map((column, index) => [column, key[index]]));
      return {
        ...split,
        ...(name ? { label: name } : {}),
        ...figure,
        ...(few ? { running: few.running[index]! } : {}),
      };
    }),
    total: value,
    ...rest,
    gross,
    excluded,
    ...(basis ? { basis } : {}),
    ...(groups ? { groups } : {}),
    ...(few ? { pareto: few.pareto } : {}),
    ...(value === null ? { reason: NULL_REASONS[reason], reasonCode: reason } : {}),
    ...spanOf(scope, chosen),
    lakeVersion: facts.version,
    ...(wanted
      ? {
          receipt: own
            ? await own.receipt()
            : await receipt(lake, indicator.formula.pt, statement, sources, scope, facts.version),
        }
      : {}),
  };
}

/** Whether the values of a split make one whole: what is open on one day is open on the next too. */
function addsUp({ unit, kind }: Indicator, by: readonly string[]): boolean {
  return unit === 'count' && by.length === 1 && (kind !== 'stock' || dimension(by[0]!)?.kind === 'text');
}

/** What a figure is made by: the indicator itself, and the rule of repeats that it counts by. */
function ruleOf({ kind, name, version, parameters = {} }: Indicator, asked = 'house'): FigureRule {
  if (kind !== 'repeat') return { name, version, parameters };
  const rule = ruleNamed(asked);
  return { name: rule.name, version: rule.version, parameters: { ...rule.parameters }, statement: rule.statement.pt };
}
