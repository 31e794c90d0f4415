import { momentSql } from './date-time.ts';
import type { Transform } from './transform.ts';

/** A day, in any of the formats named; a time after it is left out. */
export const date: Transform = {
  name: 'date',
  invalid: 'quarantine',
  reason: 'invalid-date',
  sql: ([input], mapping) => `CAST(${momentSql(input!, mapping)} AS DATE)`,
};
