import { Type } from 'typebox';
import { TRANSFORMS } from '../transforms/index.ts';
import type { Phrases, Rule, RuleKind } from './rule.ts';

interface TypeRule extends Rule {
  readonly column: string;
  readonly as: string;
  readonly format?: string | readonly string[];
}

const TYPES: Readonly<Record<string, Phrases>> = {
  integer: { pt: 'número inteiro', en: 'a whole number' },
  decimal: { pt: 'número', en: 'a number' },
  date: { pt: 'data', en: 'a date' },
  'date-time': { pt: 'data e hora', en: 'a date and time' },
  duration: { pt: 'duração', en: 'a duration' },
  phone: { pt: 'telefone', en: 'a phone number' },
  email: { pt: 'e-mail', en: 'an e-mail' },
};

/** What a column holds is understood as a type. */
export const type: RuleKind<TypeRule> = {
  kind: 'type',
  parameters: {
    column: Type.String(),
    as: Type.String(),
    format: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
  },
  columns: ({ column }) => [column],
  label: ({ column, as }) => ({
    pt: `${column}: ${TYPES[as]?.pt ?? as}`,
    en: `${column}: ${TYPES[as]?.en ?? as}`,
  }),
  problem: ({ as }) =>
    as in TYPES && TRANSFORMS.has(as) ? null : `tipo desconhecido: ${as}; use ${Object.keys(TYPES).join(', ')}`,
  condition: ({ column, as, format }, { text, value }) =>
    `${text(column)} IS NOT NULL AND ${value(column, as, format)} IS NULL`,
};
