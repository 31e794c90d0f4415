import { anyOf, changed } from './columns-sql.ts';
import { conditionColumns, conditionSql } from './conditions.ts';
import type { StepKind } from './step.ts';

/** Keeps the rows of a condition; the others are left out. */
export const filter: StepKind<'filter'> = {
  kind: 'filter',
  title: () => 'filtrar',
  reads: ({ keep }) => conditionColumns(keep),
  makes: () => [],
  ends: ['step-value', 'left-out'],
  check: ({ keep }) => void conditionSql(keep),
  apply({ keep }, number, input) {
    const { sql, bad } = conditionSql(keep);
    return changed(input, number, {}, [
      { when: anyOf(bad), why: 'step-value' },
      { when: `NOT ${sql}`, why: 'left-out' },
    ]);
  },
};
