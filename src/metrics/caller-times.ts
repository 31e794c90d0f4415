import { contactRows, timesOf } from '../lake/measures.ts';
import type { RepeatRule } from '../lake/rules/rules.ts';
import { type Lake, quoted } from '../storage/lake.ts';
import { callerLegs, callerSources } from './caller-counts.ts';
import type { Percentile, Quotient } from './indicator.ts';
import { metricAnswers } from './metric.ts';
import { partsOf } from './quotients.ts';
import { INDICATORS } from './registry.ts';
import type { Scope } from './scope.ts';

/** A mean time that customers are told and ranked by, with its percentiles. */
export interface CallerTime {
  readonly mean: Quotient;
  readonly percentiles: readonly Percentile[];
}

const percentilesOf = ({ numerator }: Quotient) =>
  INDICATORS.filter((one): one is Percentile => one.kind === 'percentile' && one.time === numerator);

/** The mean times of the registry. */
export const CALLER_TIMES: readonly CallerTime[] = INDICATORS.filter(
  (one): one is Quotient => one.kind === 'quotient' && one.group === 'time',
).map((mean) => ({ mean, percentiles: percentilesOf(mean) }));

/**
 * Customers with fewer cases are not ranked by a time: a few dozen, which any other ranking asks for, hardly a customer
 * makes. Nor have they percentiles.
 */
export const LEAST_CASES = 5;

/** Those of the times that some contact of a scope has. */
export async function toldTimes(lake: Lake, scope: Scope): Promise<CallerTime[]> {
  const sources = (await callerSources(lake, scope)).map(({ source }) => source);
  const means = CALLER_TIMES.map(({ mean }) => mean);
  const answers = await metricAnswers(lake, means, { scope: { ...scope, sources } });
  return CALLER_TIMES.filter((_, index) => answers[index]!.n > 0);
}

/** Measures of every leg of the scope with its `caller` (SQL), of the callers of a relation where one is named. */
export async function callerRows(lake: Lake, scope: Scope, rule: RepeatRule, only?: string): Promise<string> {
  const { sql } = await callerLegs(lake, scope, rule);
  const legs = only ? `(SELECT legs.* FROM (${sql}) AS legs JOIN ${only} USING (caller))` : `(${sql})`;
  return contactRows(legs, [], undefined, ['caller']);
}

/** The sum and the base of a mean over rows of a scope, as its indicator has them (SQL). */
export function meanParts({ mean }: CallerTime, { where = [] }: Scope): { sum: string; base: string } {
  const { numerator, denominator } = partsOf(
    mean,
    where.map(({ column }) => column),
  );
  return { sum: `CAST(sum(${numerator}) AS DOUBLE)`, base: `CAST(sum(${denominator}) AS BIGINT)` };
}

/**
 * The times of each caller (SQL), a column for each indicator, of rows as {@link callerRows} gives them. A percentile is
 * the smallest duration that its share of the cases does not exceed; one above which no case lies is not told.
 */
export function timesOfCallers(times: readonly CallerTime[], rows: string, scope: Scope): string {
  const means = times.map((one) => {
    const { sum, base } = meanParts(one, scope);
    return `${sum} / nullif(${base}, 0) AS ${quoted(one.mean.name)}`;
  });
  const all = times.flatMap(({ percentiles }) => percentiles);
  const spread = all.map(({ name, quantile, time }) => {
    const own = `FILTER (time = '${time}' AND known = 1)`;
    return `CASE WHEN count(*) ${own} >= ${LEAST_CASES} AND count(*) ${own} * (1 - ${quantile}) >= 1
      THEN CAST(quantile_disc(seconds, ${quantile}) ${own} AS DOUBLE) END AS ${quoted(name)}`;
  });
  const each = timesOf([...new Set(all.map(({ time }) => time))], 'caller', `(${rows})`, 'true');
  const summed = `SELECT ${['caller', ...means].join(', ')} FROM (${rows}) GROUP BY caller`;
  if (all.length === 0) return summed;
  return `FROM (${summed}) LEFT JOIN (SELECT ${['caller', ...spread].join(', ')} FROM (${each}) GROUP BY caller) USING (caller)`;
}
