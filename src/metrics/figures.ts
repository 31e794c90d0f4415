import { addDays, type Day, daysBetween } from '../kernel/brazil/dates.ts';
import { weekStart } from '../kernel/brazil/weeks.ts';
import type { Lake } from '../storage/lake.ts';
import { type MetricAnswer, NULL_REASONS, type NullReason } from './answers.ts';
import { lakeFacts } from './facts.ts';
import type { Indicator, Unit } from './indicator.ts';
import { metricAnswers } from './metric.ts';
import { indicatorNamed } from './registry.ts';
import { chosenSources, type Scope } from './scope.ts';
import { type CoursePoint, USUAL_WEEKS, type Usual, usualOf } from './usual.ts';

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
  /** Of a day or a week: the mean of its likes in the four weeks before. */
  readonly usual?: Usual;
  readonly gross: number | null;
  readonly reason?: string;
  readonly reasonCode?: NullReason;
  readonly provisional: boolean;
  /** Of a repeat rate: the share of its anchors that have had their whole window. */
  readonly matured?: number;
  readonly trend: readonly (CoursePoint & { readonly usual?: Usual })[];
}

export interface FigureLine {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly previousFrom: Day | null;
  readonly previousTo: Day | null;
  /** The first day of the four weeks that the mean beside a day or a week is of; null of any other period. */
  readonly usualFrom: Day | null;
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
  const firsts = chosenSources((await lakeFacts(lake)).sources, scope).map(({ first_day }) => first_day);
  const first = firsts.sort()[0] ?? from ?? '';
  const isWeek = from !== null && length === 7 && weekStart(from, lake.week) === from;
  const likes: Scope | null =
    from && length === 1 ? { ...scope, from: addDays(from, -7 * USUAL_WEEKS), to: from } : null;
  const [then, weeks, days] = await Promise.all([
    before ? metricAnswers(lake, indicators, { scope: before, rule }) : null,
    trend ? metricAnswers(lake, indicators, { scope: trend, by: ['week'], rule }) : null,
    likes ? metricAnswers(lake, indicators, { scope: likes, by: ['day'], rule }) : null,
  ]);
  const figures = indicators.map((indicator, index) => {
    const course = weekCourse(weeks?.[index], now[index]!, indicator, first);
    const like = isWeek ? course.filter((week) => week.from >= first) : dayCourse(days?.[index], first);
    const usual = from === null ? undefined : usualOf(like, from, indicator.unit);
    return figureOf(indicator, now[index]!, then?.[index], course, usual);
  });
  return {
    from,
    to,
    previousFrom: before?.from ?? null,
    previousTo: before?.to ?? null,
    usualFrom: from && figures.some(({ usual }) => usual) ? addDays(from, -7 * USUAL_WEEKS) : null,
    watermark,
    missingSources,
    figures,
    contacts: total ?? 0,
    excluded,
    lakeVersion,
  };
}

function figureOf(
  { name, unit, label, better }: Indicator,
  now: MetricAnswer,
  then: MetricAnswer | undefined,
  trend: Figure['trend'],
  usual: Usual | undefined,
): Figure {
  return {
    ...{ name, unit, label, better },
    value: now.total,
    n: now.n,
    ...(now.low !== undefined && now.high !== undefined ? { low: now.low, high: now.high } : {}),
    previous: then?.total ?? null,
    ...(usual ? { usual } : {}),
    gross: now.gross,
    ...(now.reasonCode ? { reason: NULL_REASONS[now.reasonCode], reasonCode: now.reasonCode } : {}),
    provisional: now.provisional ?? false,
    ...(now.matured === undefined ? {} : { matured: now.matured }),
    trend,
  };
}

/** The weeks of an indicator, each with what it is held against; one of which days are still to come is provisional. */
function weekCourse(
  answer: MetricAnswer | undefined,
  { watermark }: MetricAnswer,
  { unit }: Indicator,
  first: Day,
): Figure['trend'] {
  const late = (week: Day) => watermark !== null && addDays(week, 6) > watermark;
  const weeks = (answer?.rows ?? []).map(({ week, value, n, low, high, provisional }): CoursePoint => {
    const from = String(week);
    const interval = low !== undefined && high !== undefined ? { low, high } : {};
    return { from, value, n, ...interval, provisional: provisional ?? late(from) };
  });
  const whole = weeks.filter(({ from }) => from >= first);
  return weeks.map((week) => {
    const usual = usualOf(whole, week.from, unit);
    return usual ? { ...week, usual } : week;
  });
}

const dayCourse = (answer: MetricAnswer | undefined, first: Day): CoursePoint[] =>
  (answer?.rows ?? [])
    .map(({ day, value, n, provisional }) => ({ from: String(day), value, n, provisional: provisional ?? false }))
    .filter(({ from }) => from >= first);
