import type { Transform } from './transform.ts';

/** An e-mail address in lower case. */
export const email: Transform = {
  name: 'email',
  invalid: 'empty',
  reason: 'invalid-email',
  sql: ([input]) => `canonical_email(${input})`,
};
