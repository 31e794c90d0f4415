import { BUILT_CONTACTS, contactRows } from '../lake/measures.ts';
import { quoted } from '../storage/lake.ts';
import { type Asked, type Figure, type Found, reasonOf, tellingSources } from './found.ts';
import type { Percentile } from './indicator.ts';
import { conditions, splitSql } from './scope.ts';
import { inOrder, refuseMany } from './sums.ts';

type PercentileRow = Readonly<Record<string, number | string | null>>;

/** Percentiles of what rows measure: exact, so of the rows themselves, in one statement. */
export async function percentiles(asked: Asked, indicators: readonly Percentile[]): Promise<Found[]> {
  const { lake, chosen, question } = asked;
  const { scope, by = [], view = 'net' } = question;
  const { sql: condition, parameters } = conditions(scope, chosen);
  const splits = by.map((column, index) => ({ name: quoted(`split_${index}`), sql: splitSql(column) }));
  const names = splits.map(({ name }) => name).join(', ');
  const among = (one: Percentile, of: 'net' | 'gross') =>
    `FILTER (${one.where}${of === 'net' ? ' AND NOT excluded' : ''})`;
  const columns = indicators.flatMap((one) =>
    (['net', 'gross'] as const).flatMap((of) => [
      `CAST(quantile_disc(${one.value}, ${one.quantile}) ${among(one, of)} AS DOUBLE) AS ${quoted(`${one.name}.${of}`)}`,
      `count(*) ${among(one, of)} AS ${quoted(`${one.name}.${of}_n`)}`,
    ]),
  );
  const selected = [
    ...splits.map(({ name }) => name),
    ...(by.length > 0 ? [`grouping(${names}) AS whole`] : []),
    'count(*) FILTER (contacts = 1) AS gross_contacts',
    'count(*) FILTER (contacts = 1 AND NOT excluded) AS net_contacts',
    ...columns,
  ];
  const statement = `
    SELECT ${selected.join(', ')}
    FROM (
      SELECT ${splits.map(({ name, sql }) => `${sql} AS ${name},`).join(' ')} * FROM (${contactRows(BUILT_CONTACTS)}) WHERE ${condition}
    )
    ${by.length > 0 ? `GROUP BY GROUPING SETS ((${names}), ())` : ''}`;
  const found = await lake.rows<PercentileRow>(statement, parameters);
  const whole = found.find((row) => by.length === 0 || Number(row.whole) > 0);
  const rows = found
    .filter((row) => row !== whole)
    .map((row) => ({ row, key: by.map((_, index) => row[`split_${index}`]!) }))
    .sort((a, b) => inOrder(a.key, b.key));
  refuseMany(rows.length);
  const figure = (one: Percentile, row: PercentileRow | undefined, of: 'net' | 'gross'): Figure => ({
    value: (row?.[`${one.name}.${of}`] as number | null | undefined) ?? null,
    n: Number(row?.[`${one.name}.${of}_n`] ?? 0),
  });
  const contacts = (of: 'net' | 'gross') => Number(whole?.[`${of}_contacts`] ?? 0);
  return indicators.map((one) => ({
    statement,
    sources: tellingSources(one, chosen),
    whole: figure(one, whole, view),
    gross: figure(one, whole, 'gross').value,
    excluded: contacts('gross') - contacts('net'),
    rows: rows.map(({ row, key }) => ({ key, ...figure(one, row, view) })),
    reason: reasonOf(one, chosen, contacts(view) > 0),
  }));
}
