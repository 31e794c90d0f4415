import { literal } from '../../storage/lake.ts';
import type { Transform } from './transform.ts';

/** The inputs as they are, several of them joined by the separator. */
export const text: Transform = {
  name: 'text',
  invalid: 'quarantine',
  reason: 'invalid-text',
  sql: (inputs, { separator = ' ' }) =>
    inputs.length === 1 ? inputs[0]! : `concat_ws(${literal(separator)}, ${inputs.join(', ')})`,
};
