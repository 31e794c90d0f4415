import { columnWord } from '../column-words.ts';
import type { ParquetColumn } from '../readers/parquet.ts';
import { reason, type Told, told } from '../reasons.ts';
import { assign, type Proposal } from './canonical.ts';
import { valuesOf } from './cells.ts';
import { type TypedColumn, typeOfColumn } from './column-type.ts';
import { detectDialect, type TextRecord } from './dialect.ts';
import type { FixedTable } from './fixed.ts';
import { findPairs } from './pairs.ts';
import { findTable } from './table.ts';

/** Something that a person must say, because the file does not. */
export interface Question {
  readonly about: 'delimiter' | 'fields' | 'header' | 'start' | 'date' | 'decimal' | 'canonical';
  readonly column: string | null;
  readonly text: string;
  /** Of a date, the forms that it may be in. */
  readonly forms?: readonly string[];
}

export interface SuggestedColumn extends Told {
  readonly name: string;
  /** Positions in the record, from 1. */
  readonly from: number;
  readonly to: number;
  readonly type: TypedColumn['type'];
  readonly canonical: string | null;
  /** The column that makes it together with this one: a DDD and its number, a day and its time. */
  readonly with: string | null;
  readonly confidence: number;
  /** Of days and moments, every form that reads them; of decimals, how they are written. */
  readonly formats: readonly string[];
  readonly decimal: TypedColumn['decimal'];
  /** A few different values. */
  readonly examples: readonly string[];
  /** Every row has a value, and none repeats. */
  readonly unique: boolean;
  /** Of the rows, the share that has a value which no row before it has. */
  readonly different: number;
  /** All the values with their rows, the most frequent first, where they are few and repeat. */
  readonly values: readonly { readonly value: string; readonly rows: number }[];
  /** A few values that repeat: they name kinds, not people. */
  readonly coded: boolean;
}

/** How a file is written and what its columns may be, for a person to confirm. */
export interface Suggestion {
  readonly format: 'delimited' | 'fixed' | 'records' | 'xlsx' | 'xls' | 'parquet';
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly quote: string | null;
  /** The layout of its records, where they are of several types. */
  readonly recordLayout: string | null;
  readonly header: boolean;
  /** Lines before the table, and records after it. */
  readonly before: number;
  readonly after: number;
  readonly decimal: string | null;
  readonly dateFormats: readonly string[];
  readonly columns: readonly SuggestedColumn[];
  readonly asks: readonly Question[];
}

/** Below it a detection is asked, never assumed. */
const SURE = { dialect: 0.3, header: 0.5, start: 0.5, canonical: 0.7 } as const;

/** Share of rows with another number of fields above which the separator is doubted. */
const MOST_RAGGED = 0.2;

/** What the beginning of a delimited text tells; `cut`: the file goes on. */
export function recogniseText(text: string, encoding: string, cut: boolean): Suggestion {
  const { delimiter, quote, records, complete, confidence } = detectDialect(text, cut);
  const found = recogniseRows({ format: 'delimited', encoding, delimiter, quote }, records, complete);
  if (confidence >= SURE.dialect || found.asks.some(({ about }) => about === 'delimiter')) return found;
  const question = `Os campos são separados por “${signOf(delimiter)}”?`;
  return { ...found, asks: [{ about: 'delimiter', column: null, text: question }, ...found.asks] };
}

/** What the fields at fixed places tell; where they are cut is always asked. */
export function recogniseFixed({ fields, records, complete }: FixedTable, encoding: string): Suggestion {
  const found = recogniseRows({ format: 'fixed', encoding, delimiter: null, quote: null }, records, complete);
  const places = fields.map(({ from, to }) => `${from}–${to}`).join(', ');
  const question = `Os campos estão nas posições ${places}?`;
  return {
    ...found,
    columns: found.columns.map((column, index) => ({ ...column, ...fields[index]! })),
    asks: [{ about: 'fields', column: null, text: question }, ...found.asks],
  };
}

export type Form = Pick<Suggestion, 'format' | 'encoding' | 'delimiter' | 'quote'>;

/** What the first rows of a table tell; `complete`: there are no others. */
export function recogniseRows(form: Form, records: readonly TextRecord[], complete: boolean): Suggestion {
  const table = findTable(records, complete);
  const asks: Question[] = [];
  const ask = (about: Question['about'], column: string | null, question: string) =>
    asks.push({ about, column, text: question });
  if (form.delimiter !== null && table.ragged > table.rows.length * MOST_RAGGED)
    ask(
      'delimiter',
      null,
      `${table.ragged} de ${table.rows.length} linhas não têm ${table.columns} campos separados por “${signOf(form.delimiter)}”. É esse o separador?`,
    );
  if (table.headerConfidence < SURE.header)
    ask(
      'header',
      null,
      table.header ? 'A primeira linha da tabela traz os nomes das colunas?' : 'O arquivo não tem cabeçalho?',
    );
  if (table.startConfidence < SURE.start) ask('start', null, `A tabela começa na linha ${table.before + 1}?`);
  const whole = table.rows.map(({ cells }) => cells).filter((cells) => cells.length === table.columns);
  const named = Array.from({ length: table.columns }, (_, index) => ({
    name: table.header?.[index]?.trim() || `coluna ${index + 1}`,
    typed: typeOfColumn(valuesOf(whole.map((cells) => cells[index]!))),
  }));
  return {
    ...form,
    recordLayout: null,
    header: table.header !== null,
    before: table.before,
    after: table.after,
    ...meaningOf(named, whole, asks),
  };
}

/** What a Parquet file's columns may be to us; it names them and says what they are. */
export function recogniseParquet(columns: readonly ParquetColumn[], rows: readonly TextRecord[]): Suggestion {
  const whole = rows.map(({ cells }) => cells);
  const named = columns.map(({ name, type }, index) => {
    const found = typeOfColumn(valuesOf(whole.map((cells) => cells[index]!)));
    return { name, typed: { ...found, ...ofEngine(type) } };
  });
  const asks = columns.flatMap(({ name, sql }): Question[] =>
    sql === null
      ? [{ about: 'fields', column: name, text: `“${name}” traz vários valores por linha e não é lida. Faz falta?` }]
      : [],
  );
  const form: Form = { format: 'parquet', encoding: null, delimiter: null, quote: null };
  return { ...form, recordLayout: null, header: true, before: 0, after: 0, ...meaningOf(named, whole, asks) };
}

/** What the engine knows of a column without looking at its values. */
function ofEngine(type: string): Partial<TypedColumn> {
  if (type === 'DATE') return { type: 'date', share: 1, formats: ['yyyy-mm-dd'] };
  if (type.startsWith('TIMESTAMP')) return { type: 'moment', share: 1, formats: ['yyyy-mm-dd'] };
  if (type === 'TIME') return { type: 'time', share: 1 };
  if (/^(DECIMAL|DOUBLE|FLOAT)/.test(type)) return { type: 'decimal', share: 1, decimal: '1234.5' };
  return {};
}

/** What columns hold and what they may be to us; what is unsure is added to what is asked. */
function meaningOf(
  named: readonly { readonly name: string; readonly typed: TypedColumn }[],
  rows: readonly (readonly string[])[],
  asks: Question[],
): Pick<Suggestion, 'decimal' | 'dateFormats' | 'columns' | 'asks'> {
  const ask = (about: Question['about'], column: string | null, question: string) =>
    asks.push({ about, column, text: question });
  const pairs = findPairs(named, rows);
  const proposed = assign(named, pairs);
  for (const [index, { name, typed }] of named.entries()) {
    const [first, second] = typed.formats;
    if (first && second)
      asks.push({
        about: 'date',
        column: name,
        text: `“${name}” está em ${first} ou em ${second}?`,
        forms: [first, second],
      });
    if (typed.type === 'decimal' && typed.decimal === null)
      ask('decimal', name, `Em “${name}” o decimal é ponto ou vírgula?`);
    const proposal = proposed[index];
    if (proposal && proposal.confidence < SURE.canonical)
      ask('canonical', name, `“${name}” é ${columnWord(proposal.canonical)}? ${sentence(proposal.why)}`);
  }
  const forms = named.flatMap(({ typed }) => (typed.decimal ? [typed.decimal] : []));
  return {
    decimal: mostFrequent(forms),
    dateFormats: [...new Set(named.flatMap(({ typed }) => typed.formats.slice(0, 1)))],
    columns: named.map(({ name, typed }, index) => ({
      ...suggested(name, index, typed, proposed[index] ?? null),
      ...examplesOf(rows.map((cells) => cells[index]!)),
    })),
    asks,
  };
}

/** Rows that are enough to say that a column's values do not repeat. */
const SOME = 5;
/** Values that a column of codes may have, and how often each repeats. */
const CODES = { most: 40, each: 3 } as const;

/** The most values that a person is asked about one by one. */
const FEW_VALUES = 12;

/** What a column's values are like; a few of them. */
export function examplesOf(
  cells: readonly string[],
): Pick<SuggestedColumn, 'examples' | 'unique' | 'different' | 'values' | 'coded'> {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const counts = new Map<string, number>();
  for (const cell of filled) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const unique = cells.length >= SOME && counts.size === cells.length;
  const values = [...counts].map(([value, rows]) => ({ value, rows })).toSorted((a, b) => b.rows - a.rows);
  return {
    examples: [...counts.keys()].slice(0, 3),
    unique,
    different: cells.length < SOME ? 0 : counts.size / cells.length,
    values: counts.size <= FEW_VALUES && counts.size < filled.length ? values : [],
    coded: counts.size <= CODES.most && filled.length >= CODES.each * Math.max(1, counts.size),
  };
}

function suggested(
  name: string,
  index: number,
  { type, formats, decimal }: TypedColumn,
  proposal: Proposal | null,
): Omit<SuggestedColumn, keyof ReturnType<typeof examplesOf>> {
  return {
    formats,
    decimal,
    name,
    from: index + 1,
    to: index + 1,
    type,
    canonical: proposal?.canonical ?? null,
    with: proposal?.with ?? null,
    confidence: proposal?.confidence ?? 0,
    ...told(...(proposal?.reasons ?? [reason('nothing')])),
  };
}

function mostFrequent(values: readonly string[]): string | null {
  const counts = Map.groupBy(values, (value) => value);
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function signOf(delimiter: string): string {
  return delimiter === '\t' ? 'tabulação' : delimiter;
}
