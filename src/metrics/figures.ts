import { addDays, type Day, daysBetween } from '../kernel/brazil/dates.ts';
import { weekStart } from '../kernel/brazil/weeks.ts';
import type { Lake } from '../storage/lake.ts';
import { type MetricAnswer, NULL_REASONS, type NullReason } from './answers.ts';
import type { Indicator, Unit } from './indicator.ts';
import { metricAnswers } from './metric.ts';
import { indicatorNamed } from './registry.ts';
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
  readonly missingSources: readonly string[];
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
  const indicators = names.map(indicatorNamed);
  const [base, ...now] = await metricAnswers(lake, [indicatorNamed('contacts'), ...indicators], { scope, rule });
  const { from, to, watermark, missingSources, total, excluded, lakeVersion } = base!;
  const length = from && to ? daysBetween(from, to) : 0;
  const before: Scope | null = from && length > 0 ? { ...scope, from: addDays(from, -length), to: from } : null;
  const trend: Scope | null = to
    ? { ...scope, from: addDays(weekStart(addDays(to, -1), lake.week), -7 * (TREND_WEEKS - 1)), to }
    : null;
  const [then, weeks] = await Promise.all([
    before ? metricAnswers(lake, indicators, { scope: before, rule }) : null,
    trend ? metricAnswers(lake, indicators, { scope: trend, by: ['week'], rule }) : null,
  ]);
  return {
    from,
    to,
    previousFrom: before?.from ?? null,
    previousTo: before?.to ?? null,
    watermark,
    missingSources,
    figures: indicators.map((indicator, index) => figureOf(indicator, now[index]!, then?.[index], weeks?.[index])),
    contacts: total ?? 0,
    excluded,
    lakeVersion,
  };
}

function figureOf(
  { name, unit, label, better }: Indicator,
  now: MetricAnswer,
  then: MetricAnswer | undefined,
  weeks: MetricAnswer | undefined,
): Figure {
  const late = (week: Day) => now.watermark !== null && addDays(week, 6) > now.watermark;
  return {
    ...{ name, unit, label, better },
    value: now.total,
    n: now.n,
    ...(now.low !== undefined && now.high !== undefined ? { low: now.low, high: now.high } : {}),
    previous: then?.total ?? null,
    gross: now.gross,
    ...(now.reasonCode ? { reason: NULL_REASONS[now.reasonCode], reasonCode: now.reasonCode } : {}),
    provisional: now.provisional ?? false,
    ...(now.matured === undefined ? {} : { matured: now.matured }),
    trend: (weeks?.rows ?? []).map((row) => ({
      from: String(row.week),
      value: row.value,
      provisional: row.provisional ?? late(String(row.week)),
    })),
  };
}
