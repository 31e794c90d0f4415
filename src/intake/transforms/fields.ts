import { literal } from '../../storage/lake.ts';
import type { Transform } from './transform.ts';

/** Several source columns as one JSON object, by their names. */
export const fields: Transform = {
  name: 'fields',
  invalid: 'quarantine',
  reason: 'invalid-text',
  sql: (inputs, { from = [] }) =>
    `CAST(json_object(${inputs.map((input, index) => `${literal(from[index] ?? '')}, ${input}`).join(', ')}) AS VARCHAR)`,
};
