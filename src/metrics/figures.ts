import { addDays, type Day, daysBetween } from '../kernel/brazil/dates.ts';
import type { Lake } from '../storage/lake.ts';
import { type MetricAnswer, NULL_REASONS, type NullReason } from './answers.ts';
import type { Indicator, Unit } from './indicator.ts';
import { metricAnswers } from './metric.ts';
import { indicatorNamed } from './registry.ts';
import { repeatAnswer, ruleNamed } from './repeats.ts';
import type { Scope } from './scope.ts';

export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly label: { readonly pt: string; readonly en: string };
  readonly better: 'higher' | 'lower' | 'neither';
  readonly value: number | null;
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
  readonly previous: number | null;
  readonly gross: number | null;
  readonly reason?: string;
  readonly reasonCode?: NullReason;
  readonly provisional: boolean;
  /** Of a repeat rate: the share of its anchors that have had their whole window. */
  readonly matured?: number;
  readonly trend: readonly { from: Day; value: number | null; provisional: boolean }[];
}

export interface FigureLine {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly previousFrom: Day | null;
  readonly previousTo: Day | null;
  readonly watermark: Day | null;
  readonly figures: readonly Figure[];
  readonly contacts: number;
  readonly excluded: number;
  readonly lakeVersion: number;
}

const TREND_WEEKS = 12;

/** Indicators of a period beside the period of the same length before it, each with its last twelve weeks. */
export async function figureLine(
  lake: Lake,
  scope: Scope,
  names: readonly string[],
  rule = 'house',
): Promise<FigureLine> {
  const indicators = names.filter((name) => name !== 'repeatRate').map(indicatorNamed);
  const [base, ...now] = await metricAnswers(lake, [indicatorNamed('contacts'), ...indicators], { scope });
  const { from, to, watermark, total, excluded, lakeVersion } = base!;
  const length = from && to ? daysBetween(from, to) : 0;
  const before: Scope | null = from && length > 0 ? { ...scope, from: addDays(from, -length), to: from } : null;
  const trend: Scope | null = to
    ? { ...scope, from: addDays(monday(addDays(to, -1)), -7 * (TREND_WEEKS - 1)), to }
    : null;
  const [then, weeks, repeats] = await Promise.all([
    before ? metricAnswers(lake, indicators, { scope: before }) : null,
    trend ? metricAnswers(lake, indicators, { scope: trend, by: ['week'] }) : null,
    names.includes('repeatRate') ? repeatFigure(lake, rule, scope, before, trend) : null,
  ]);
  const figures = indicators.map((indicator, index) =>
    plainFigure(indicator, now[index]!, then?.[index], weeks?.[index]),
  );
  return {
    from,
    to,
    previousFrom: before?.from ?? null,
    previousTo: before?.to ?? null,
    watermark,
    figures: names.map((name) => (name === 'repeatRate' ? repeats! : figures.find((figure) => figure.name === name)!)),
    contacts: total ?? 0,
    excluded,
    lakeVersion,
  };
}

function plainFigure(
  indicator: Indicator,
  now: MetricAnswer,
  then: MetricAnswer | undefined,
  weeks: MetricAnswer | undefined,
): Figure {
  return {
    name: indicator.name,
    unit: indicator.unit,
    label: indicator.label,
    better: indicator.better,
    value: now.total,
    n: now.n,
    ...(now.low !== undefined && now.high !== undefined ? { low: now.low, high: now.high } : {}),
    previous: then?.total ?? null,
    gross: now.gross,
    ...(now.reasonCode ? { reason: NULL_REASONS[now.reasonCode], reasonCode: now.reasonCode } : {}),
    provisional: false,
    trend: (weeks?.rows ?? []).map((row) => ({
      from: String(row.week),
      value: row.value,
      provisional: now.watermark !== null && addDays(String(row.week), 6) > now.watermark,
    })),
  };
}

async function repeatFigure(
  lake: Lake,
  ruleName: string,
  scope: Scope,
  before: Scope | null,
  trend: Scope | null,
): Promise<Figure> {
  const rule = ruleNamed(ruleName);
  const [now, then, weeks] = await Promise.all([
    repeatAnswer(lake, { scope, rule: rule.name }),
    before ? repeatAnswer(lake, { scope: before, rule: rule.name }) : null,
    trend ? repeatAnswer(lake, { scope: trend, rule: rule.name, by: 'week' }) : null,
  ]);
  const n = now.maturedAnchors ?? now.eligible;
  const missing: NullReason | null = now.rate !== null ? null : now.eligible > 0 ? 'not-matured' : 'not-identified';
  return {
    name: 'repeatRate',
    unit: 'ratio',
    label: { pt: 'Rechamada', en: 'Repeat contacts' },
    better: 'lower',
    value: now.rate,
    n,
    ...(now.low !== null && now.high !== null ? { low: now.low, high: now.high } : {}),
    previous: then?.rate ?? null,
    gross: null,
    ...(missing ? { reason: NULL_REASONS[missing], reasonCode: missing } : {}),
    provisional: now.provisional,
    ...(now.anchors ? { matured: (now.maturedAnchors ?? 0) / now.anchors } : {}),
    trend: (weeks?.rows ?? []).map((row) => ({
      from: String(row.week),
      value: row.rate,
      provisional: row.provisional,
    })),
  };
}

/** The Monday of the week that holds the day. */
export function monday(day: Day): Day {
  const weekday = ((daysBetween('2024-01-01', day) % 7) + 7) % 7;
  return addDays(day, -weekday);
}
