import type { Transform } from './transform.ts';

/** A CPF with right check digits, as eleven digits. */
export const cpf: Transform = {
  name: 'cpf',
  invalid: 'empty',
  reason: 'invalid-cpf',
  sql: ([input]) => `canonical_cpf(${input})`,
};
