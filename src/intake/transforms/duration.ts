import type { Transform } from './transform.ts';

/** A duration in whole seconds, from `unit` s, min, ms or h:mm:ss. */
export const duration: Transform = {
  name: 'duration',
  invalid: 'quarantine',
  reason: 'invalid-duration',
  sql: ([input], { unit = 's' }) => {
    if (unit === 'h:mm:ss') return `seconds_of_clock(${input})`;
    const factor = unit === 'min' ? '* 60' : unit === 'ms' ? '/ 1000' : '';
    return `try_cast(round(try_cast(replace(${input}, ',', '.') AS DOUBLE) ${factor}) AS INTEGER)`;
  },
};
