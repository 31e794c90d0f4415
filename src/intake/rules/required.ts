import { Columns, named, type Rule, type RuleKind } from './rule.ts';

interface Required extends Rule {
  readonly columns: readonly string[];
}

/** Every one of the columns holds something. */
export const required: RuleKind<Required> = {
  kind: 'required',
  parameters: { columns: Columns },
  columns: ({ columns }) => columns,
  label: ({ columns }) => ({
    pt: `${named(columns, 'e')}: obrigatório`,
    en: `${named(columns, 'and')}: required`,
  }),
  condition: ({ columns }, { text }) => columns.map((column) => `${text(column)} IS NULL`).join(' OR '),
};
