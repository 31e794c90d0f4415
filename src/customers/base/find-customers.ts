import { type Lake, literal, quoted } from '../../storage/lake.ts';
import type { BaseField } from './build-base.ts';
import type { Value } from './one-customer.ts';

export interface FoundCustomers {
  readonly total: number;
  /** Each with its place in the base, from 1 on. */
  readonly rows: readonly (Readonly<Record<string, Value>> & { readonly row: number })[];
}

export interface CustomerSearch {
  readonly path: string;
  /** Empty: all customers. */
  readonly text: string;
  /** Fields that hold the text anywhere in them, whatever their case or accents. */
  readonly within: readonly string[];
  /** Fields that are the text, whatever its case, spaces or signs. */
  readonly whole: readonly string[];
  /** Fields that are given of each. */
  readonly given: readonly string[];
  /** A number by which the first ones have most. */
  readonly order: string | null;
  readonly size: number;
}

/** Customers of a base in which a text stands. */
export async function findCustomers(lake: Lake, search: CustomerSearch): Promise<FoundCustomers> {
  const { path, text, within, whole, given, order, size } = search;
  const signless = (value: string) => `regexp_replace(upper(strip_accents(${value})), '[^A-Z0-9]', '', 'g')`;
  const holds = [
    ...within.map((name) => `contains(lower(strip_accents(${quoted(name)})), lower(strip_accents($text)))`),
    ...(/[\p{L}\d]/u.test(text) ? whole.map((name) => `${signless(quoted(name))} = ${signless('$text')}`) : []),
  ];
  const where = text === '' ? '' : `WHERE ${holds.join(' OR ') || 'false'}`;
  const ordered = [...(order === null ? [] : [`${quoted(order)} DESC NULLS LAST`]), 'file_row_number'];
  const values = given.map((name, at) => `${quoted(name)} AS v${at}`);
  const rows = await lake.rows<Record<string, Value>>(
    `SELECT ${['file_row_number + 1 AS place', 'count(*) OVER () AS total', ...values].join(', ')}
     FROM read_parquet(${literal(path)}, file_row_number = true) ${where} ORDER BY ${ordered.join(', ')} LIMIT ${size}`,
    text === '' ? {} : { text },
  );
  return {
    total: (rows[0]?.total as number | undefined) ?? 0,
    rows: rows.map(({ place, total: _, ...cells }) => ({
      ...Object.fromEntries(given.map((name, at) => [name, cells[`v${at}`] ?? null])),
      row: place as number,
    })),
  };
}

/** So many customers have each value of a field whose texts tell nobody, on the mean. */
const LEAST_ALIKE = 5;

/** Of text fields, those whose values are shared: kinds, places and states, and not names, documents or codes. */
export async function sharedTexts(lake: Lake, path: string, fields: readonly BaseField[]): Promise<Set<string>> {
  if (fields.length === 0) return new Set();
  const [counts] = await lake.rows<Record<string, number>>(
    `SELECT ${fields
      .map(({ name }, at) => `count(${quoted(name)}) AS n${at}, count(DISTINCT ${quoted(name)}) AS d${at}`)
      .join(', ')} FROM read_parquet(${literal(path)})`,
  );
  return new Set(
    fields.flatMap(({ name }, at) => (counts![`n${at}`]! >= LEAST_ALIKE * counts![`d${at}`]! ? [name] : [])),
  );
}

/** Whether what names some customer of a base is such a text, of those with many signs. */
export async function someKey(lake: Lake, path: string, key: string, is: (key: string) => boolean): Promise<boolean> {
  const text = `CAST(${quoted(key)} AS VARCHAR)`;
  const many = `contains(${text}, '@') OR length(${text}) >= 14 OR length(regexp_replace(${text}, '\\D', '', 'g')) >= 8`;
  return lake.use(async (session) => {
    for await (const chunk of session.chunks(`SELECT ${text} FROM read_parquet(${literal(path)}) WHERE ${many}`))
      if (chunk.getColumnValues(0).some((one) => is(one as string))) return true;
    return false;
  });
}
