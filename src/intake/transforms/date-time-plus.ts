import { momentSql } from './date-time.ts';
import type { Transform } from './transform.ts';

/** A date, a time, and then columns of seconds to add: an end that the source gives only as durations. */
export const dateTimePlus: Transform = {
  name: 'date-time-plus',
  invalid: 'quarantine',
  reason: 'invalid-date',
  sql: ([date, time, ...durations], mapping) => {
    const seconds = durations.map((one) => {
      const given = mapping.unit === 'h:mm:ss' ? `seconds_of_clock(${one})` : `try_cast(${one} AS INTEGER)`;
      return `CAST(coalesce(${given}, 0) AS BIGINT)`;
    });
    return `${momentSql(`${date} || ' ' || ${time}`, mapping)} + to_seconds(${seconds.join(' + ') || '0'})`;
  },
};
