import type { Transform } from './transform.ts';

/** A CPF or a CNPJ (Receita Federal; a CNPJ may hold letters since 2026) with right check digits, without marks. */
export const taxpayer: Transform = {
  name: 'taxpayer',
  invalid: 'quarantine',
  reason: 'invalid-taxpayer',
  sql: ([input]) => `coalesce(canonical_cpf(${input}), canonical_cnpj(${input}))`,
};
