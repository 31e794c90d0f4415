import type { Transform } from './transform.ts';

/** The canonical phone, from one column or from DDD, prefix and number. */
export const phone: Transform = {
  name: 'phone',
  invalid: 'empty',
  reason: 'invalid-phone',
  sql: (inputs) => `canonical_phone(${inputs.length === 1 ? inputs[0] : `concat(${inputs.join(', ')})`})`,
};
