import { literal, quoted } from '../../storage/lake.ts';
import { StepMistake } from './step.ts';

/** `raw` is the text of a column, taken for what the place asks. */
export type Kind = 'raw' | 'text' | 'number' | 'date' | 'boolean';

/** A part of a formula as an expression, and the conditions under which it has no value. */
export interface Value {
  readonly kind: Kind;
  readonly sql: string;
  readonly bad: readonly string[];
  readonly at: number;
}

const WORDS: Readonly<Record<Kind, string>> = {
  raw: 'uma coluna',
  text: 'um texto',
  number: 'um número',
  date: 'uma data',
  boolean: 'verdadeiro ou falso',
};
const REMEDIES: Readonly<Record<Kind, string>> = {
  raw: 'Escreva o nome de uma coluna',
  text: 'Escreva um texto entre aspas ou uma coluna',
  number: 'Para ler um texto como número, use VALOR( )',
  date: 'Para ler um texto como data, use DATA( )',
  boolean: 'Compare dois valores, como UF = "SP"',
};

export function columnValue(name: string, at: number): Value {
  return { kind: 'raw', sql: quoted(name), bad: [], at };
}

/** A value as a kind. @throws StepMistake where it cannot be one. */
export function as(value: Value, kind: Kind): Value {
  if (value.kind === kind) return value;
  if (value.kind === 'raw' && kind === 'text') return { ...value, kind };
  if (value.kind === 'raw' && kind === 'number')
    return read(value, kind, `try_cast(step_number(${value.sql}) AS DOUBLE)`);
  if (value.kind === 'raw' && kind === 'date') return read(value, kind, `CAST(step_moment(${value.sql}) AS DATE)`);
  if (kind === 'text' && value.kind === 'number') return read(value, kind, `step_text(${value.sql})`);
  if (kind === 'text' && value.kind === 'date') return { ...value, kind, sql: `strftime(${value.sql}, '%d/%m/%Y')` };
  if (kind === 'text' && value.kind === 'boolean')
    return { ...value, kind, sql: `CASE WHEN ${value.sql} THEN 'VERDADEIRO' ELSE 'FALSO' END` };
  throw new StepMistake(`no lugar ${value.at}: esperava ${WORDS[kind]}, e é ${WORDS[value.kind]}`, REMEDIES[kind]);
}

/** A text read as a number or a date, whether it came from a column or was made. */
export function readAs(value: Value, kind: 'number' | 'date'): Value {
  return as(value.kind === 'text' ? { ...value, kind: 'raw' } : value, kind);
}

function read(value: Value, kind: Kind, sql: string): Value {
  const given = value.kind === 'number' ? value.sql : `nullif(${value.sql}, '')`;
  return { ...value, kind, sql, bad: [...value.bad, `${given} IS NOT NULL AND ${sql} IS NULL`] };
}

/** The kind that values of two can be together; columns are what the other is. */
export function common(left: Kind, right: Kind): Kind {
  if (left === right) return left;
  if (left === 'raw') return right === 'boolean' ? 'text' : right;
  if (right === 'raw') return left === 'boolean' ? 'text' : left;
  return 'text';
}

/** The sum of what may be wrong in parts. */
export function badOf(...values: readonly Value[]): string[] {
  return values.flatMap(({ bad }) => bad);
}

export function textValue(text: string, at: number): Value {
  return { kind: 'text', sql: literal(text), bad: [], at };
}
