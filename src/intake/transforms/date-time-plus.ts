import { momentSql } from './date-time.ts';
import type { Transform } from './transform.ts';

/** A date, a time, and then columns of seconds to add: an end that the source gives only as durations. */
export const dateTimePlus: Transform = {
  name: 'date-time-plus',
  invalid: 'quarantine',
  reason: 'invalid-date',
  sql: ([date, time, ...durations], mapping) => {
    const seconds = durations.map((one) =>
      mapping.unit === 'h:mm:ss' ? `coalesce(seconds_of_clock(${one}), 0)` : `coalesce(try_cast(${one} AS INTEGER), 0)`,
    );
    return `${momentSql(`${date} || ' ' || ${time}`, mapping)} + to_seconds(${seconds.join(' + ') || '0'})`;
  },
};
