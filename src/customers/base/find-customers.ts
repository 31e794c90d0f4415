import { type Lake, literal, quoted } from '../../storage/lake.ts';
import type { BaseField } from './build-base.ts';
import type { Value } from './one-customer.ts';

export interface FoundCustomers {
  readonly total: number;
  /** Each with its place in the base, from 1 on. */
  readonly rows: readonly (Readonly<Record<string, Value>> & {
    readonly row: number;
    readonly group: number | null;
  })[];
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
  /** A field that puts them in order; who has no value is last. */
  readonly order: { readonly field: string; readonly descending: boolean } | null;
  /** Only those of whom a field is this text. */
  readonly only?: { readonly field: string; readonly is: string } | undefined;
  /** The groups that customers are in, by what names them. */
  readonly groups?: { readonly path: string; readonly key: string; readonly only?: number | undefined } | undefined;
  readonly from?: number;
  readonly size: number;
}

/** Customers of a base in which a text stands. */
export async function findCustomers(lake: Lake, search: CustomerSearch): Promise<FoundCustomers> {
  const { path, text, within, whole, given, order, only, groups, from = 0, size } = search;
  const own = (name: string) => `own.${quoted(name)}`;
  const signless = (value: string) => `regexp_replace(upper(strip_accents(${value})), '[^A-Z0-9]', '', 'g')`;
  const holds = [
    ...within.map((name) => `contains(lower(strip_accents(${own(name)})), lower(strip_accents($text)))`),
    ...(/[\p{L}\d]/u.test(text) ? whole.map((name) => `${signless(own(name))} = ${signless('$text')}`) : []),
  ];
  const conditions = [
    ...(text === '' ? [] : [`(${holds.join(' OR ') || 'false'})`]),
    ...(only ? [`${own(only.field)} = $only`] : []),
    ...(groups?.only === undefined ? [] : ['grouped.number = $number']),
  ];
  const parameters = {
    ...(text === '' ? {} : { text }),
    ...(only ? { only: only.is } : {}),
    ...(groups?.only === undefined ? {} : { number: groups.only }),
  };
  const joined = groups
    ? `LEFT JOIN (SELECT id, "group" AS number FROM read_parquet(${literal(groups.path)})) AS grouped
       ON grouped.id = CAST(${own(groups.key)} AS VARCHAR)`
    : '';
  const source = `FROM read_parquet(${literal(path)}, file_row_number = true) AS own ${joined}
     ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`;
  const ordered = [
    ...(order === null ? [] : [`${own(order.field)} ${order.descending ? 'DESC' : 'ASC'} NULLS LAST`]),
    'own.file_row_number',
  ];
  const values = given.map((name, at) => `${own(name)} AS v${at}`);
  const [counted] = await lake.rows<{ total: number }>(`SELECT count(*) AS total ${source}`, parameters);
  const rows = await lake.rows<Record<string, Value>>(
    `SELECT ${['own.file_row_number + 1 AS place', `${groups ? 'grouped.number' : 'NULL'} AS told_group`, ...values].join(', ')}
     ${source} ORDER BY ${ordered.join(', ')} LIMIT ${size} OFFSET ${from}`,
    parameters,
  );
  return {
    total: counted!.total,
    rows: rows.map(({ place, told_group: group, ...cells }) => ({
      ...Object.fromEntries(given.map((name, at) => [name, cells[`v${at}`] ?? null])),
      ...{ row: place as number, group: group as number | null },
    })),
  };
}

/** The values of a field that many customers share, in order. */
export async function valuesOf(lake: Lake, path: string, field: string, most: number): Promise<string[]> {
  const rows = await lake.rows<{ is: string }>(
    `SELECT DISTINCT CAST(${quoted(field)} AS VARCHAR) AS "is" FROM read_parquet(${literal(path)})
     WHERE ${quoted(field)} IS NOT NULL ORDER BY 1 LIMIT ${most}`,
  );
  return rows.map(({ is }) => is);
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
