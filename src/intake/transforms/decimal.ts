import type { Transform } from './transform.ts';

/** A decimal number; `format` "1.234,5" reads a Brazilian one, otherwise the point is the decimal mark. */
export const decimal: Transform = {
  name: 'decimal',
  invalid: 'quarantine',
  reason: 'invalid-number',
  sql: ([input], { format }) =>
    format === '1.234,5'
      ? `try_cast(brazilian_number(${input}) AS DECIMAL(18,4))`
      : `try_cast(${input} AS DECIMAL(18,4))`,
};
