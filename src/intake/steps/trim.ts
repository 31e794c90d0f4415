import { literal, quoted } from '../../storage/lake.ts';
import { changed } from './columns-sql.ts';
import type { StepKind } from './step.ts';

const TRIMS = { left: 'ltrim', right: 'rtrim', both: 'trim' } as const;

/** Takes a sign, blanks when none is said, off the ends of columns. */
export const trim: StepKind<'trim'> = {
  kind: 'trim',
  title: ({ columns }) => `aparar ${columns.join(', ')}`,
  reads: ({ columns }) => columns,
  makes: ({ columns }) => columns.map((name) => ({ name, from: [name], how: 'same' })),
  ends: [],
  apply({ columns, side = 'both', sign = ' ' }, number, input) {
    const cut = (name: string) => [name, `${TRIMS[side]}(${quoted(name)}, ${literal(sign)})`];
    return changed(input, number, Object.fromEntries(columns.map(cut)));
  },
};
