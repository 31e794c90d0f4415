import { strptime } from '../../intake/transforms/date-time.ts';
import { RamalError } from '../../kernel/errors.ts';
import { type LakeSession, literal, quoted } from '../../storage/lake.ts';
import type { FileRows } from './file-rows.ts';

/** A way of writing times. */
export interface TimeForm {
  readonly name: string;
  /** Days since 1970, or the number, of a text; null when it is not of the form. */
  readonly sql: string;
}

/** Times are of a form when so many are. */
export const MOST_READ = 0.99;

/**
 * The form that reads the most of a column; of days that fit two forms, the first of Brazil.
 * @throws RamalError `offersTimeUnread` when none reads nearly all.
 */
export async function timeForm(
  session: LakeSession,
  { sql, columns }: FileRows,
  column: string,
  warnings: string[],
): Promise<TimeForm> {
  const forms = timeForms(quoted(column), columns.get(column)?.formats ?? []);
  const counts = await session.row<Record<string, number>>(
    `SELECT count(${quoted(column)}) AS filled, ${forms.map((one, at) => `count(${one.sql}) AS f${at}`).join(', ')} FROM ${sql}`,
  );
  const read = forms.map((_, at) => counts[`f${at}`]!);
  const most = Math.max(...read);
  const form = forms[read.indexOf(most)]!;
  if (counts.filled === 0 || most < MOST_READ * counts.filled!) {
    const example = await session.rows<{ line: number; shape: string }>(
      `SELECT _id AS line, left(regexp_replace(regexp_replace(${quoted(column)}, '\\pL', 'a', 'g'), '[0-9]', '9', 'g'), 40) AS shape
       FROM ${sql} WHERE ${quoted(column)} IS NOT NULL AND ${form.sql} IS NULL ORDER BY _id LIMIT 1`,
    );
    throw new RamalError('offersTimeUnread', {
      ...{ column, unread: counts.filled! - most, filled: counts.filled! },
      ...{ line: example[0]?.line ?? 0, shape: example[0]?.shape ?? '' },
    });
  }
  const other = forms.find(({ name }, at) => read[at] === most && name !== form.name && /dd/.test(name));
  if (/dd\/mm/.test(form.name) && other)
    warnings.push(`as datas de ${column} cabem em ${told(form)} e em ${told(other)}; foram lidas como ${told(form)}`);
  return form;
}

/** As patterns of days are written in Portuguese. */
const told = ({ name }: TimeForm): string => name.replaceAll('y', 'a');

const AS_DAYS = (date: string) => `CAST(CAST(${date} AS DATE) - DATE '1970-01-01' AS DOUBLE)`;

/** The forms that times of a column may have (SQL `value`), those of its beginning first. */
export function timeForms(value: string, formats: readonly string[]): TimeForm[] {
  const when = (pattern: string, date: string) =>
    AS_DAYS(`CASE WHEN regexp_full_match(${value}, '${pattern}') THEN ${date} END`);
  const day = `regexp_extract(${value}, '^[^ T]+')`;
  const iso: TimeForm = {
    name: 'yyyy-mm-dd',
    sql: when('\\d{4}-\\d{2}-\\d{2}([T ].*)?', `try_cast(left(${value}, 10) AS DATE)`),
  };
  const written = [...formats, 'dd/mm/yyyy', 'mm/dd/yyyy'].map(
    (name): TimeForm => ({
      name,
      sql: AS_DAYS(`try_strptime(${day}, ${literal(strptime(name))})`),
    }),
  );
  return [
    iso,
    { name: 'yyyymm', sql: when('(19|20)\\d{2}(0[1-9]|1[0-2])', `try_strptime(${value}, '%Y%m')`) },
    { name: 'yyyy-mm', sql: when('\\d{4}-\\d{2}', `try_strptime(${value}, '%Y-%m')`) },
    { name: 'mm/yyyy', sql: when('\\d{2}/\\d{4}', `try_strptime(${value}, '%m/%Y')`) },
    ...written.filter(({ name }, at) => name !== iso.name && written.findIndex((one) => one.name === name) === at),
    {
      name: 'number',
      sql: `CASE WHEN isfinite(try_cast(${value} AS DOUBLE)) THEN try_cast(${value} AS DOUBLE) END`,
    },
  ];
}
