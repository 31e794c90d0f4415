import type { Transform } from './transform.ts';

const NUMBERS: Readonly<Record<string, (input: string) => string>> = {
  '1.234,5': (input) => `brazilian_number(${input})`,
  '1234.5': (input) => input,
};

/**
 * A duration in whole seconds, from `unit` s, min, ms or h:mm:ss. Without a `format`, "1.234,5" or "1234.5", a number
 * whose point may part thousands is not understood.
 */
export const duration: Transform = {
  name: 'duration',
  invalid: 'quarantine',
  reason: 'invalid-duration',
  sql: ([input], { unit = 's', format }) => {
    if (unit === 'h:mm:ss') return `seconds_of_clock(${input})`;
    const factor = unit === 'min' ? '* 60' : unit === 'ms' ? '/ 1000' : '';
    const number = NUMBERS[String(format)]?.(input!) ?? `plain_number(${input})`;
    return `try_cast(round(try_cast(${number} AS DOUBLE) ${factor}) AS INTEGER)`;
  },
};
