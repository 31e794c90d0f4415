import type { ColumnType } from '../../contracts/index.ts';
import { literal, quoted } from '../../storage/lake.ts';
import type { Relation, StepEnd } from './step.ts';

/** Columns of a relation that are no column of the file. */
export const OWN = ['_id', '_end'] as const;

/** The relation with columns replaced or added, and rows taken out where a condition holds. */
export function changed(
  input: Relation,
  number: number,
  values: Readonly<Record<string, string>>,
  ends: readonly { readonly when: string; readonly why: StepEnd }[] = [],
): Relation {
  const cases = ends.map(({ when, why }) => `WHEN ${when} THEN ${literal(`${number} ${why}`)}`);
  const end = ends.length === 0 ? '_end' : `CASE WHEN _end IS NOT NULL THEN _end ${cases.join(' ')} END AS _end`;
  const kept = input.columns.map((name) =>
    name in values ? `nullif(${values[name]}, '') AS ${quoted(name)}` : quoted(name),
  );
  const added = Object.keys(values).filter((name) => !input.columns.includes(name));
  const more = added.map((name) => `nullif(${values[name]}, '') AS ${quoted(name)}`);
  return {
    sql: `SELECT _id, ${[end, ...kept, ...more].join(', ')} FROM (${input.sql})`,
    columns: [...input.columns, ...added],
  };
}

/** A typed column as the text that steps and people read: decimal comma, `dd/mm/yyyy`. */
export function textOf(type: ColumnType, column: string): string {
  if (type === 'VARCHAR') return column;
  if (type.startsWith('DECIMAL')) return `replace(regexp_replace(CAST(${column} AS VARCHAR), '\\.?0+$', ''), '.', ',')`;
  if (type === 'DOUBLE') return `step_text(${column})`;
  if (type === 'DATE') return `strftime(${column}, '%d/%m/%Y')`;
  if (type === 'TIMESTAMP')
    return `CASE WHEN microsecond(${column}) % 1000000 = 0 THEN strftime(${column}, '%d/%m/%Y %H:%M:%S') ELSE strftime(${column}, '%d/%m/%Y %H:%M:%S.%f') END`;
  if (type === 'BOOLEAN') return `CASE WHEN ${column} THEN 'VERDADEIRO' WHEN NOT ${column} THEN 'FALSO' END`;
  return `CAST(${column} AS VARCHAR)`;
}

/** Any of the conditions; never NULL. */
export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `coalesce(${conditions.map((one) => `(${one})`).join(' OR ')}, false)`;
}
