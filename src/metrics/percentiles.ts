import { TIME_GRAINS } from '../contracts/index.ts';
import { builtRows, timesOf } from '../lake/measures.ts';
import { quoted } from '../storage/lake.ts';
import { type Asked, type Figure, type Found, reasonOf, tellingSources } from './found.ts';
import type { Percentile } from './indicator.ts';
import { askedColumns, conditions, grainFor, splitSql } from './scope.ts';
import { slicedSums } from './sums.ts';

type PercentileRow = Readonly<Record<string, number | string | null>>;

/**
 * Percentiles of what the rows measure, exact: of how often each duration occurs, which the time mart knows by day and
 * queue, and the rows tell otherwise. The smallest duration that the share of the cases does not exceed.
 */
export async function percentiles(asked: Asked, indicators: readonly Percentile[]): Promise<Found[]> {
  const { lake, chosen, question } = asked;
  const { scope, by = [], view = 'net' } = question;
  const { sql: condition, parameters } = conditions(scope, chosen);
  const columns = askedColumns(scope, by);
  const times = [...new Set(indicators.map(({ time }) => time))];
  const quantiles = [...new Set(indicators.map(({ quantile }) => quantile))];
  const splits = by.map((column, index) => ({ name: quoted(`split_${index}`), sql: splitSql(column) }));
  const names = splits.map(({ name }) => name);
  const split = splits.map(({ name, sql }) => `${sql} AS ${name},`).join(' ');
  const grain = grainFor(columns, TIME_GRAINS);
  const relation = grain
    ? `SELECT ${split} excluded, time, seconds, times FROM gold.time_mart
       WHERE time IN (${times.map((time) => `'${time}'`).join(', ')}) AND grain = '${grain}' AND ${condition}`
    : `SELECT * EXCLUDE (known), 1 AS times FROM (
         ${timesOf(times, `${split} excluded`, `(${builtRows(columns)})`, condition)}
       ) WHERE known = 1`;
  const keys = [...names, 'time'];
  const sets = names.length > 0 ? [keys, ['time']] : [keys];
  const group = ['whole', ...keys].join(', ');
  const statement = `
    WITH counted AS (
      SELECT ${keys.map((key) => `${key},`).join(' ')} seconds, ${names.length > 0 ? `grouping(${names.join(', ')})` : '1'} AS whole,
        coalesce(sum(times) FILTER (NOT excluded), 0) AS net, sum(times) AS gross
      FROM (${relation}) GROUP BY GROUPING SETS (${sets.map((set) => `(${[...set, 'seconds'].join(', ')})`).join(', ')})
    ), ranked AS (
      SELECT ${group}, seconds, ${(['net', 'gross'] as const)
        .map(
          (of) => `CAST(sum(${of}) OVER (PARTITION BY ${group} ORDER BY seconds) AS BIGINT) AS ${of}_upto,
            CAST(sum(${of}) OVER (PARTITION BY ${group}) AS BIGINT) AS ${of}_n`,
        )
        .join(', ')}
      FROM counted
    )
    SELECT ${group}, any_value(net_n) AS net_n, any_value(gross_n) AS gross_n, ${quantiles
      .flatMap((quantile) =>
        (['net', 'gross'] as const).map(
          (of) =>
            `CAST(min(seconds) FILTER (${of}_n > 0 AND ${of}_upto >= ${quantile} * ${of}_n) AS DOUBLE) AS ${quoted(`${quantile}.${of}`)}`,
        ),
      )
      .join(', ')}
    FROM ranked GROUP BY ${group}`;
  // It refuses what would be too many slices for the next.
  const { whole: all, slices } = await slicedSums(lake, { scope, sources: chosen, by, expressions: ['contacts'] });
  const found = await lake.rows<PercentileRow>(statement, parameters);
  const ofTime = (time: string) => {
    const own = found.filter((row) => row.time === time);
    const parts = own.filter(({ whole }) => Number(whole) === 0);
    return {
      whole: own.find(({ whole }) => Number(whole) > 0),
      parts: new Map(parts.map((row) => [JSON.stringify(by.map((_, index) => row[`split_${index}`])), row])),
    };
  };
  const figure = (one: Percentile, row: PercentileRow | undefined, of: 'net' | 'gross'): Figure => ({
    value: (row?.[`${one.quantile}.${of}`] as number | null | undefined) ?? null,
    n: Number(row?.[`${of}_n`] ?? 0),
  });
  const counted = (of: 'net' | 'gross') => all[of]?.contacts ?? 0;
  return indicators.map((one) => {
    const { whole, parts } = ofTime(one.time);
    return {
      statement,
      sources: tellingSources(one, chosen),
      whole: figure(one, whole, view),
      gross: figure(one, whole, 'gross').value,
      excluded: counted('gross') - counted('net'),
      rows: slices.map(({ key }) => ({ key, ...figure(one, parts.get(JSON.stringify(key)), view) })),
      reason: reasonOf(one, chosen, counted(view) > 0),
    };
  });
}
