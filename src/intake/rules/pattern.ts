import { Type } from 'typebox';
import { literal } from '../../storage/lake.ts';
import type { Rule, RuleKind } from './rule.ts';

interface Pattern extends Rule {
  readonly column: string;
  readonly mask?: string;
  readonly regex?: string;
}

/** A text is written in a form: a mask (A a letter, 9 a digit, * anything), or a regular expression of the whole. */
export const pattern: RuleKind<Pattern> = {
  kind: 'pattern',
  parameters: {
    column: Type.String(),
    mask: Type.Optional(Type.String({ minLength: 1 })),
    regex: Type.Optional(Type.String({ minLength: 1 })),
  },
  columns: ({ column }) => [column],
  label: ({ column, mask, regex }) => ({
    pt: `${column}: na forma ${mask ?? regex}`,
    en: `${column}: in the form ${mask ?? regex}`,
  }),
  problem({ mask, regex }) {
    if ((mask === undefined) === (regex === undefined)) return 'dê mask ou regex, um dos dois';
    // The engine's expressions (RE2) are a part of JavaScript's, without looking around and back.
    if (regex !== undefined && (!isRegex(regex) || /\(\?<?[=!]|\\[1-9]/.test(regex)))
      return `expressão regular não entendida: ${regex}`;
    return null;
  },
  condition: ({ column, mask, regex }, { text }) =>
    `NOT regexp_full_match(${text(column)}, ${literal(regex ?? maskRegex(mask!))})`,
};

/** `AAA-9999` as an expression: accented letters are letters too. */
export function maskRegex(mask: string): string {
  return [...mask]
    .map((sign) => {
      if (sign === 'A') return '\\p{L}';
      if (sign === '9') return '[0-9]';
      if (sign === '*') return '(?s:.*)';
      return sign.replace(/[\\^$.|?+()[\]{}]/, '\\$&');
    })
    .join('');
}

function isRegex(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
