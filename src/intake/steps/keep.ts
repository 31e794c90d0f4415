import { quoted } from '../../storage/lake.ts';
import { OWN } from './columns-sql.ts';
import type { StepKind } from './step.ts';

/** Leaves some columns, in that order. */
export const keep: StepKind<'keep'> = {
  kind: 'keep',
  title: ({ columns }) => `ficar com ${columns.join(', ')}`,
  reads: ({ columns }) => columns,
  makes: () => [],
  ends: [],
  leaves: ({ columns }) => columns,
  apply: ({ columns }, _number, input) => ({
    sql: `SELECT ${[...OWN, ...columns.map(quoted)].join(', ')} FROM (${input.sql})`,
    columns,
  }),
};
