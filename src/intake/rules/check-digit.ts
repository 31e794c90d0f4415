import { Type } from 'typebox';
import type { Phrases, RowView, Rule, RuleKind } from './rule.ts';

interface CheckDigit extends Rule {
  readonly column: string;
  readonly of: keyof typeof KINDS;
}

interface Digits extends Phrases {
  /** The condition that a text is right. */
  readonly right: (column: string, row: RowView) => string;
}

const digits = (text: string) => `digits_of(${text})`;
const byTransform = (name: string) => (column: string, row: RowView) => `${row.value(column, name)} IS NOT NULL`;

const KINDS = {
  cpf: { pt: 'CPF com dígitos certos', en: 'a CPF with right check digits', right: byTransform('cpf') },
  cnpj: {
    pt: 'CNPJ com dígitos certos',
    en: 'a CNPJ with right check digits',
    right: (column, row) => `canonical_cnpj(${row.text(column)}) IS NOT NULL`,
  },
  taxpayer: {
    pt: 'CPF ou CNPJ com dígitos certos',
    en: 'a CPF or CNPJ with right check digits',
    right: byTransform('taxpayer'),
  },
  mod10: {
    pt: 'dígito verificador certo (módulo 10)',
    en: 'a right check digit (modulo 10)',
    right: (column, row) => `mod10_valid(${digits(row.text(column))})`,
  },
  mod11: {
    pt: 'dígito verificador certo (módulo 11)',
    en: 'a right check digit (modulo 11)',
    right: (column, row) => `mod11_valid(${digits(row.text(column))})`,
  },
} as const satisfies Record<string, Digits>;

/**
 * The last digits agree with those before them. `mod10`: weights 2 and 1 from the right, digits of each product added
 * (Luhn). `mod11`: weights 2 to 9 from the right, 11 less the remainder, and 0 where that has two digits.
 */
export const checkDigit: RuleKind<CheckDigit> = {
  kind: 'check-digit',
  parameters: { column: Type.String(), of: Type.String() },
  columns: ({ column }) => [column],
  label: ({ column, of }) => ({ pt: `${column}: ${KINDS[of].pt}`, en: `${column}: ${KINDS[of].en}` }),
  problem: ({ of }) => (of in KINDS ? null : `dígito desconhecido: ${of}; use ${Object.keys(KINDS).join(', ')}`),
  condition: ({ column, of }, row) =>
    `${row.text(column)} IS NOT NULL AND NOT coalesce(${KINDS[of].right(column, row)}, false)`,
};
