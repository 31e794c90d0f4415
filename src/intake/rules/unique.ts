import { Type } from 'typebox';
import { Columns, named, type Rule, type RuleKind } from './rule.ts';

interface Unique extends Rule {
  readonly columns: readonly string[];
  readonly within?: 'file' | 'source';
}

/**
 * A value, or several together, is in one row only: of the file, or of all that the source has loaded. The first row
 * that has it passes; a new version of a row is the same row.
 */
export const unique: RuleKind<Unique> = {
  kind: 'unique',
  parameters: {
    columns: Columns,
    within: Type.Optional(Type.Union([Type.Literal('file'), Type.Literal('source')])),
  },
  columns: ({ columns }) => columns,
  label: ({ columns, within = 'file' }) => ({
    pt: `${named(columns, 'e')}: sem repetição ${within === 'file' ? 'no arquivo' : 'na fonte'}`,
    en: `${named(columns, 'and')}: not repeated in the ${within}`,
  }),
  probe: ({ columns, within = 'file' }, { text }) => ({
    over: within,
    value:
      columns.length === 1
        ? text(columns[0]!)
        : `CASE WHEN ${columns.map((column) => `${text(column)} IS NOT NULL`).join(' AND ')} THEN concat_ws(chr(31), ${columns.map(text).join(', ')}) END`,
  }),
};
