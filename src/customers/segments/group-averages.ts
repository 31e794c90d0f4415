import { type Lake, literal, quoted } from '../../storage/lake.ts';
import { type Feature, MISSING, OTHERS } from '../features/treatment.ts';
import { noneIsZeroOf } from '../personas/roles.ts';

/** Of a group's customers, the mean of a field, or the share of those that have a text; null where no value is known. */
export interface GroupAverage {
  readonly value: number | null;
  /** Of how many customers. */
  readonly n: number;
}

interface AveragesQuestion {
  /** The base, and the column of it that names customers. */
  readonly base: string;
  readonly key: string;
  /** The customers' groups, as `Divisions.pathOf`. */
  readonly groups: string;
  /** The fields that groups are made of. */
  readonly columns: readonly string[];
  readonly features: readonly Pick<Feature, 'column' | 'is'>[];
}

/**
 * By the number of a group, in the order of the features: plain means of the values that the base knows, never of those
 * that stand in for a missing one. Of usage, tickets and purchases none is known to be 0.
 */
export async function groupAverages(
  lake: Lake,
  { base, key, groups, columns, features }: AveragesQuestion,
): Promise<ReadonlyMap<number, readonly GroupAverage[]>> {
  const none = noneIsZeroOf(columns);
  const each = features.map((feature, at) => {
    const value =
      feature.is === undefined ? numberOf(feature.column, none) : `CAST(${hasText(feature, features)} AS INT)`;
    return `, avg(${value}) AS value${at}, count(${value}) AS n${at}`;
  });
  const rows = await lake.rows<Record<string, number | null>>(
    `SELECT own."group" AS number${each.join('')}
     FROM read_parquet(${literal(groups)}) AS own
     JOIN read_parquet(${literal(base)}) AS base ON CAST(base.${quoted(key)} AS VARCHAR) = own.id GROUP BY ALL`,
  );
  return new Map(
    rows.map((row) => [
      row.number!,
      features.map((_, at) => ({ value: row[`value${at}`] ?? null, n: row[`n${at}`] ?? 0 })),
    ]),
  );
}

function numberOf(column: string, none: ReadonlySet<string>): string {
  const value = `CAST(base.${quoted(column)} AS DOUBLE)`;
  return none.has(column) ? `coalesce(${value}, 0)` : value;
}

/** Whether a customer has the text of a feature (SQL): those that no feature of the column names are together. */
function hasText({ column, is }: AveragesQuestion['features'][number], features: AveragesQuestion['features']): string {
  const text = `coalesce(CAST(base.${quoted(column)} AS VARCHAR), ${literal(MISSING)})`;
  if (is !== OTHERS) return `${text} = ${literal(is!)}`;
  const named = features.filter((one) => one.column === column && one.is !== OTHERS).map((one) => literal(one.is!));
  return `${text} NOT IN (${named.join(', ')})`;
}
