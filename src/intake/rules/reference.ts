import { Type } from 'typebox';
import type { Rule, RuleKind } from './rule.ts';

interface Reference extends Rule {
  readonly column: string;
  readonly list: string;
  readonly in: string;
}

/** A value is in a column of a list at the moment of loading; what was decided then stays until a replay. */
export const reference: RuleKind<Reference> = {
  kind: 'reference',
  parameters: { column: Type.String(), list: Type.String(), in: Type.String() },
  columns: ({ column }) => [column],
  label: ({ column, list, in: name }) => ({
    pt: `${column}: existe em ${name} de ${list}`,
    en: `${column}: is in ${name} of ${list}`,
  }),
  probe: ({ column, list, in: name }, { value }) => ({
    over: 'list',
    value: `CAST(${value(column, 'text')} AS VARCHAR)`,
    list,
    column: name,
  }),
};
