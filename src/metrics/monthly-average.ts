import { dimension } from '../contracts/index.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { builtRows } from '../lake/measures.ts';
import { dateParameter, type Lake } from '../storage/lake.ts';
import { lakeFacts, type SourceFacts } from './facts.ts';
import type { Indicator, Quotient } from './indicator.ts';
import { partsOf } from './quotients.ts';
import {
  askedColumns,
  chosenSources,
  conditions,
  grainFor,
  missingSources,
  type Scope,
  spanOf,
  splitSql,
  watermarkIn,
} from './scope.ts';
import { monthsOf } from './whole-months.ts';

export interface MonthlyQuestion {
  readonly scope: Scope;
  /** A dimension of texts. */
  readonly by: string;
  readonly view?: 'net' | 'gross';
}

/** What whole months and days of operation bring of a slice, in the indicator's unit. */
export interface Monthly {
  /** The sum over all the whole months by their number, those in which it had nothing too. */
  readonly perMonth: number;
  /** The sum by the days on which it had any. */
  readonly perDay: number;
  readonly days: number;
  /** The whole months in which it had any. */
  readonly months: number;
  readonly label?: string;
  readonly [dimension: string]: unknown;
}

export interface MonthlyAnswer {
  readonly metric: string;
  readonly by: string;
  /** The whole months that are averaged, by their first days. */
  readonly months: readonly Day[];
  /** The months of the same days that are not whole, and so left out. */
  readonly partial: readonly Day[];
  /** The period has no whole month: these are those of the year of its last day, up to it. */
  readonly ofYear: boolean;
  /** Null while there is no whole month. */
  readonly total: Monthly | null;
  /** The largest first. */
  readonly rows: readonly Monthly[];
  readonly watermark: Day | null;
  readonly lakeVersion: number;
}

interface MonthlyRow {
  readonly split: string | null;
  readonly value: number;
  readonly days: number;
  readonly months: number;
}

/**
 * What an indicator that adds up comes to in a month, on average over the whole calendar months of a period, or of the
 * year so far where the period has none. @throws RamalError `usage` for an indicator that does not add up, and by a
 * dimension that is a part of time.
 */
export async function monthlyAverage(
  lake: Lake,
  indicator: Indicator,
  { scope, by, view = 'net' }: MonthlyQuestion,
): Promise<MonthlyAnswer> {
  refuse(indicator, by);
  const { sources: all, agents, version } = await lakeFacts(lake);
  const { months, partial, ofYear, asked, chosen, watermark } = wholeMonths(all, scope);
  const about = { metric: indicator.name, by, months, partial, ofYear, watermark, lakeVersion: version };
  if (months.length === 0) return { ...about, total: null, rows: [] };
  const read = (split: readonly string[]) =>
    monthRows(lake, asked, chosen, {
      months,
      split,
      view,
      measure: partsOf(indicator, askedColumns(scope, split)).numerator,
    });
  const [whole, slices] = await Promise.all([read([]), read([by])]);
  const monthly = ({ value, days, months: held }: MonthlyRow): Monthly => ({
    perMonth: value / months.length,
    perDay: value / days,
    days,
    months: held,
  });
  return {
    ...about,
    total: whole[0] && whole[0].days > 0 ? monthly(whole[0]) : null,
    rows: slices.map((row) => {
      const name = by === 'agent' ? agents.get(String(row.split)) : undefined;
      return { [by]: row.split, ...(name ? { label: name } : {}), ...monthly(row) };
    }),
  };
}

/** Whether what an indicator counts in two days is what it counts in the one and in the other. */
export function addsUpInTime(indicator: Indicator): indicator is Quotient {
  return indicator.kind === 'quotient' && indicator.denominator === undefined;
}

function refuse(indicator: Indicator, by: string): asserts indicator is Quotient {
  if (!addsUpInTime(indicator))
    throw new RamalError('usage', {
      what: `${indicator.name} não se soma ao longo de um mês`,
      todo: 'A média por mês é de contagens, como contacts',
    });
  splitSql(by);
  if (dimension(by)?.kind !== 'text')
    throw new RamalError('usage', {
      what: `A média por mês não se divide por ${by}`,
      todo: 'Use queue, account ou outro texto',
    });
}

/** The whole months of the period or, where it has none, of the year of its last day. */
function wholeMonths(all: readonly SourceFacts[], scope: Scope) {
  const of = (asked: Scope) => {
    const chosen = chosenSources(all, asked);
    const watermark = watermarkIn(asked, [...chosen, ...missingSources(all, asked)]);
    const { from, to } = spanOf(asked, chosen);
    const held = from && to && watermark ? monthsOf({ from, to }, chosen, watermark) : { whole: [], partial: [] };
    return { months: held.whole, partial: held.partial, asked, chosen, watermark, to };
  };
  const period = of(scope);
  if (period.months.length > 0 || period.to === null) return { ...period, ofYear: false };
  return { ...of({ ...scope, from: `${addDays(period.to, -1).slice(0, 4)}-01-01`, to: period.to }), ofYear: true };
}

interface MonthRows {
  readonly months: readonly Day[];
  readonly split: readonly string[];
  readonly view: 'net' | 'gross';
  readonly measure: string;
}

/** Sums of a measure over months, with the days and months that have any, the largest first. */
function monthRows(
  lake: Lake,
  scope: Scope,
  sources: readonly SourceFacts[],
  { months, split, view, measure }: MonthRows,
): Promise<MonthlyRow[]> {
  const columns = askedColumns(scope, split);
  const grain = grainFor(columns);
  const { sql: condition, parameters } = conditions(scope, sources);
  const relation = grain ? 'gold.contact_mart' : `(${builtRows(columns)})`;
  const inMonths = months.map((_, index) => `$month_${index}`).join(', ');
  const dates = Object.fromEntries(months.map((month, index) => [`month_${index}`, dateParameter(month)]));
  return lake.rows<MonthlyRow>(
    `SELECT ${split.map(splitSql)[0] ?? 'NULL'} AS split, CAST(sum(${measure}) AS DOUBLE) AS value,
       count(DISTINCT day) AS days, count(DISTINCT date_trunc('month', day)) AS months
     FROM ${relation}
     WHERE ${grain ? `grain = '${grain}' AND ` : ''}${condition} AND ${measure} > 0
       AND CAST(date_trunc('month', day) AS DATE) IN (${inMonths})${view === 'net' ? ' AND NOT excluded' : ''}
     GROUP BY ALL ORDER BY value DESC, split`,
    { ...parameters, ...dates },
  );
}
