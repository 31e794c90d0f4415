import { literal } from '../../storage/lake.ts';
import type { Transform } from './transform.ts';

/** The same value in every row. */
export const constant: Transform = {
  name: 'constant',
  invalid: 'quarantine',
  reason: 'invalid-text',
  sql: (_inputs, { value = '' }) => literal(value),
};
