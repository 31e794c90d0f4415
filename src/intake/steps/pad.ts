import { literal, quoted } from '../../storage/lake.ts';
import { changed } from './columns-sql.ts';
import type { StepKind } from './step.ts';

/** Fills columns up to a width; what is wider or empty stays. */
export const pad: StepKind<'pad'> = {
  kind: 'pad',
  title: ({ columns, width }) => `completar ${columns.join(', ')} até ${width}`,
  reads: ({ columns }) => columns,
  makes: ({ columns }) => columns.map((name) => ({ name, from: [name], how: 'same' })),
  ends: [],
  apply({ columns, side, sign, width }, number, input) {
    const filled = (name: string) => {
      const cell = quoted(name);
      const wide = `greatest(${width}, length(${cell}))`;
      return [name, `${side === 'left' ? 'lpad' : 'rpad'}(${cell}, CAST(${wide} AS INTEGER), ${literal(sign)})`];
    };
    return changed(input, number, Object.fromEntries(columns.map(filled)));
  },
};
