import { literal, quoted } from '../../storage/lake.ts';
import { readDate, readNumber } from './forms.ts';
import type { Comparison, Condition, Order } from './schema.ts';
import { StepMistake } from './step.ts';

/** An expression, and when its inputs were not understood. */
export interface Judged {
  readonly sql: string;
  readonly bad: readonly string[];
}

export function conditionColumns(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(conditionColumns);
  if ('any' in condition) return condition.any.flatMap(conditionColumns);
  return [condition.column];
}

/** A condition over columns of text; capitals and empty values are told apart as people do, not as the engine does. */
export function conditionSql(condition: Condition): Judged {
  if ('all' in condition) return joined(condition.all, 'AND');
  if ('any' in condition) return joined(condition.any, 'OR');
  return comparison(condition);
}

function joined(conditions: readonly Condition[], by: 'AND' | 'OR'): Judged {
  const parts = conditions.map(conditionSql);
  return { sql: `(${parts.map(({ sql }) => sql).join(` ${by} `)})`, bad: parts.flatMap(({ bad }) => bad) };
}

const ORDERED = ['<', '<=', '>', '>='];
const TEXTS: Readonly<Record<string, string>> = { contains: 'contains', starts: 'starts_with', ends: 'ends_with' };

function comparison({ column, is, value, values, as }: Comparison): Judged {
  const cell = quoted(column);
  if (is === 'empty') return { sql: `(${cell} IS NULL)`, bad: [] };
  if (is === 'filled') return { sql: `(${cell} IS NOT NULL)`, bad: [] };
  const folded = `lower(coalesce(${cell}, ''))`;
  if (is === 'in') {
    if (!values) throw new StepMistake(`${column}: faltam os valores de "in"`, 'Liste-os em values');
    return { sql: `(${folded} IN (${values.map((one) => literal(one.toLowerCase())).join(', ')}))`, bad: [] };
  }
  if (value === undefined) throw new StepMistake(`${column}: falta o valor de "${is}"`, 'Escreva-o em value');
  if (is in TEXTS) return { sql: `${TEXTS[is]}(${folded}, ${literal(String(value).toLowerCase())})`, bad: [] };
  const kind = as ?? kindOf(value, is, column);
  if (kind === 'text') return { sql: `(${folded} ${is} ${literal(String(value).toLowerCase())})`, bad: [] };
  const [made, limit] =
    kind === 'number'
      ? [numberSql(cell), `CAST(${literal(numberValue(value, column))} AS DECIMAL(38,8))`]
      : [momentSql(cell), `TIMESTAMP ${literal(dateValue(value, column))}`];
  // A day is compared with a day, whatever the hour beside it.
  const left = kind === 'date' ? `date_trunc('day', ${made})` : made;
  return { sql: `coalesce(${left} ${is} ${limit}, false)`, bad: [`${cell} IS NOT NULL AND ${made} IS NULL`] };
}

/** What a value is compared as when nothing says: equality of texts, order of numbers or days. */
function kindOf(value: string | number, is: string, column: string): 'text' | 'number' | 'date' {
  if (typeof value === 'number') return 'number';
  if (!ORDERED.includes(is)) return 'text';
  if (readDate(value)) return 'date';
  if (readNumber(value) !== null) return 'number';
  throw new StepMistake(
    `${column} ${is} ${value}: não é um número nem uma data`,
    'Corrija value, ou diga "as": "text"',
  );
}

function numberValue(value: string | number, column: string): string {
  const read = readNumber(typeof value === 'number' ? String(value).replace('.', ',') : value);
  if (read === null) throw new StepMistake(`${column}: ${value} não é um número`, 'Escreva-o como 1234,56');
  return read;
}

function dateValue(value: string | number, column: string): string {
  const read = readDate(String(value));
  if (!read) throw new StepMistake(`${column}: ${value} não é uma data`, 'Escreva-a como 31/12/2026');
  return `${read} 00:00:00`;
}

function numberSql(cell: string): string {
  return `try_cast(step_number(${cell}) AS DECIMAL(38,8))`;
}

function momentSql(cell: string): string {
  return `step_moment(${cell})`;
}

/** The terms of an ORDER BY over columns of text, empty values last. */
export function orderSql(order: readonly Order[]): Judged {
  const terms = order.map(({ column, first }): Judged => {
    const cell = quoted(column);
    const down = first === 'highest' || first === 'latest' || first === 'z-a' ? 'DESC' : 'ASC';
    if (first === 'a-z' || first === 'z-a') return { sql: `lower(${cell}) ${down} NULLS LAST`, bad: [] };
    const made = first === 'highest' || first === 'lowest' ? numberSql(cell) : momentSql(cell);
    return { sql: `${made} ${down} NULLS LAST`, bad: [`${cell} IS NOT NULL AND ${made} IS NULL`] };
  });
  return { sql: terms.map(({ sql }) => sql).join(', '), bad: terms.flatMap(({ bad }) => bad) };
}
