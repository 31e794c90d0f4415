import type { Transform } from './transform.ts';

/** A decimal number; `format` "1.234,5" reads a Brazilian one, otherwise the point is the decimal mark. */
export const decimal: Transform = {
  name: 'decimal',
  invalid: 'quarantine',
  reason: 'invalid-number',
  sql: ([input], { format }) =>
    format === '1.234,5'
      ? `CASE WHEN regexp_full_match(${input}, '-?(\\d{1,3}(\\.\\d{3})+|\\d+)(,\\d+)?') THEN try_cast(replace(replace(${input}, '.', ''), ',', '.') AS DECIMAL(9,2)) END`
      : `try_cast(${input} AS DECIMAL(9,2))`,
};
