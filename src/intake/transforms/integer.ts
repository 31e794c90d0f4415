import type { Transform } from './transform.ts';

/** A whole number. */
export const integer: Transform = {
  name: 'integer',
  invalid: 'quarantine',
  reason: 'invalid-number',
  sql: ([input]) =>
    `CASE WHEN regexp_full_match(${input}, '[+-]?\\d+(\\.0+)?') THEN try_cast(split_part(${input}, '.', 1) AS BIGINT) END`,
};
