import { literal } from '../../storage/lake.ts';
import type { Mapping } from '../mapping.ts';
import type { Transform } from './transform.ts';

/** A moment from a text, or from a date and a time in separate columns, in any of the formats named. */
export const dateTime: Transform = {
  name: 'date-time',
  invalid: 'quarantine',
  reason: 'invalid-date',
  wallTime: true,
  sql: (inputs, mapping) => momentSql(inputs.length === 1 ? inputs[0]! : inputs.join(" || ' ' || "), mapping),
};

/** The expression of a moment written in the formats of a mapping; `iso` understands offsets. */
export function momentSql(input: string, { format = 'iso' }: Mapping): string {
  const formats = [format].flat();
  const attempts = formats.map((one) =>
    one === 'iso' ? `moment_of_iso(${input})` : `try_strptime(${input}, ${literal(strptime(one))})`,
  );
  return attempts.length === 1 ? attempts[0]! : `coalesce(${attempts.join(', ')})`;
}

const TOKENS: Record<string, string> = {
  dd: '%d',
  mm: '%m',
  yyyy: '%Y',
  yy: '%y',
  hh: '%H',
  h: '%H',
  mi: '%M',
  ss: '%S',
};

/** `dd/mm/yyyy hh:mi:ss` as the engine writes it. Minutes are `mi`; `mm` after an hour is read as minutes too. */
export function strptime(format: string): string {
  return format
    .replace(/(h{1,2}):mm/g, '$1:mi')
    .replace(/yyyy|yy|dd|mm|hh|mi|ss|h/g, (token) => TOKENS[token] as string);
}
