import { RamalError } from '../kernel/errors.ts';
import { builtRows } from '../lake/measures.ts';
import { type Lake, quoted } from '../storage/lake.ts';
import type { SourceFacts } from './facts.ts';
import { askedColumns, conditions, grainFor, type Scope, splitSql } from './scope.ts';

/** Rows of a split answer: beyond them a file or a filter serves better. */
export const MOST_ROWS = 50_000;

/** Sums by the expression that was summed. */
export type Sums = Readonly<Record<string, number>>;

/** What contacts sum up to, without the excluded ones and with them; null where there are none. */
export interface Slice {
  /** The value of each column of the split. */
  readonly key: readonly (string | number | null)[];
  readonly net: Sums | null;
  readonly gross: Sums | null;
}

export interface SlicedSums {
  readonly statement: string;
  /** In the order of their keys, what is unknown last. */
  readonly slices: readonly Slice[];
  readonly whole: Slice;
}

export interface SumsQuestion {
  readonly scope: Scope;
  readonly sources: readonly SourceFacts[];
  readonly by: readonly string[];
  /** SQL over the contact mart's measures. */
  readonly expressions: readonly string[];
}

type SumsRow = Readonly<Record<string, number | string | boolean | null>>;

/**
 * Sums over the contacts of a scope, split by columns: from the mart when a grain knows the columns, from the rows
 * otherwise. The whole is added up here: a grouping set of its own costs the engine as much as the split.
 * @throws RamalError `usage` when the split gives more rows than an answer holds.
 */
export async function slicedSums(lake: Lake, { scope, sources, by, expressions }: SumsQuestion): Promise<SlicedSums> {
  const columns = askedColumns(scope, by);
  const grain = grainFor(columns);
  const { sql: condition, parameters } = conditions(scope, sources);
  const sums = [...new Set(expressions)];
  const selected = [
    ...by.map((column) => `${splitSql(column)} AS ${quoted(column)}`),
    'excluded',
    ...sums.map((expression) => `CAST(sum(${expression}) AS DOUBLE) AS ${quoted(expression)}`),
  ];
  const relation = grain ? 'gold.contact_mart' : `(${builtRows(columns)})`;
  const statement = `
    SELECT ${selected.join(', ')} FROM ${relation}
    WHERE ${grain ? `grain = '${grain}' AND ` : ''}${condition}
    GROUP BY ALL LIMIT ${2 * (MOST_ROWS + 1)}`;
  const slices = new Map<string, Slice>();
  let whole: Slice = { key: [], net: null, gross: null };
  for (const row of await lake.rows<SumsRow>(statement, parameters)) {
    const part = Object.fromEntries(sums.map((expression) => [expression, row[expression] as number]));
    const key = by.map((column) => row[column] as Slice['key'][number]);
    const name = key.join('\u0000');
    slices.set(name, added(slices.get(name) ?? { key, net: null, gross: null }, part, row.excluded === true));
    whole = added(whole, part, row.excluded === true);
  }
  refuseMany(slices.size);
  return { statement, whole, slices: by.length > 0 ? [...slices.values()].sort((a, b) => inOrder(a.key, b.key)) : [] };
}

/** @throws RamalError `usage` when a split gives more rows than an answer holds. */
export function refuseMany(rows: number, most = MOST_ROWS): void {
  if (rows <= most) return;
  throw new RamalError('usage', {
    what: `A divisão dá mais de ${most} linhas`,
    todo: 'Filtre, ou divida por menos colunas',
  });
}

/** By each value in turn, what is unknown last. */
export function inOrder(a: readonly unknown[], b: readonly unknown[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  if (at < 0) return 0;
  if (a[at] === null || b[at] === null) return a[at] === null ? 1 : -1;
  return (a[at] as string) < (b[at] as string) ? -1 : 1;
}

function added({ key, net, gross }: Slice, part: Sums, excluded: boolean): Slice {
  return { key, net: excluded ? net : plus(net, part), gross: plus(gross, part) };
}

function plus(sums: Sums | null, part: Sums): Sums {
  if (!sums) return part;
  return Object.fromEntries(Object.entries(part).map(([expression, sum]) => [expression, sum + sums[expression]!]));
}
