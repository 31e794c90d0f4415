import { join } from 'node:path';
import { contactMart, type repeatMart } from '../contracts/index.ts';
import { sqlFile } from '../storage/lake.ts';

const SQL = join(import.meta.dirname, 'sql');

/** The cuts a mart keeps sums for, finest last; a question that needs other columns is answered from the rows. */
export const GRAINS = [
  { name: 'source', columns: [] },
  { name: 'hour', columns: ['hour'] },
  { name: 'queue', columns: ['queue', 'account'] },
  { name: 'agent', columns: ['agent'] },
  { name: 'reason', columns: ['reason'] },
] as const;

const CUTS = ['hour', 'queue', 'account', 'agent', 'reason'] as const;

export type Mart = typeof contactMart | typeof repeatMart;

/** The additive columns of a mart. */
export function measuresOf(mart: Mart): string[] {
  return Object.entries(mart.columns)
    .filter(([, column]) => column.type === 'BIGINT')
    .map(([name]) => name);
}

/** Dimensions and measures per contact of a relation (an SQL expression). */
export function contactRows(relation: string): string {
  return sqlFile(SQL, 'contact-rows.sql').replace('FROM scope', `FROM ${relation}`);
}

/** Dimensions and measures per mark of a relation with the columns of `gold.mark`. */
export function repeatRows(relation: string): string {
  return sqlFile(SQL, 'repeat-rows.sql').replace('FROM marked', `FROM ${relation} AS marked`);
}

/** Rows of a mart out of rows with measures, each counted `sign` times. */
export function martRows(mart: Mart, rows: string, sign: 1 | -1 = 1): string {
  const fixed = mart === contactMart ? ['source', 'day', 'excluded'] : ['rule', 'source', 'day', 'ended_on'];
  const sums = measuresOf(mart).map((measure) => `CAST(${sign} * sum(${measure}) AS BIGINT) AS ${measure}`);
  const cases = GRAINS.flatMap(({ name, columns }) =>
    columns[0] ? [`WHEN grouping(${columns[0]}) = 0 THEN '${name}'`] : [],
  );
  const sets = GRAINS.map(({ columns }) => `(${[...fixed, ...columns].join(', ')})`);
  return `
    SELECT CASE ${cases.join(' ')} ELSE 'source' END AS grain, ${[...fixed, ...CUTS].join(', ')}, ${sums.join(', ')}
    FROM (${rows}) GROUP BY GROUPING SETS (${sets.join(', ')})`;
}
