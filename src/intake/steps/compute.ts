import { anyOf, changed } from './columns-sql.ts';
import { compileFormula } from './formula.ts';
import type { StepKind } from './step.ts';

/** Makes a column by a formula of the kind that sheets have. */
export const compute: StepKind<'compute'> = {
  kind: 'compute',
  title: ({ into }) => `calcular ${into}`,
  reads: ({ formula }) => compileFormula(formula).columns,
  makes: ({ into, formula }) => [{ name: into, from: compileFormula(formula).columns, how: 'new' }],
  ends: ['step-value'],
  apply({ into, formula, invalid = 'refuse' }, number, input) {
    const { sql, bad } = compileFormula(formula);
    const wrong = anyOf(bad);
    if (invalid === 'empty') return changed(input, number, { [into]: `CASE WHEN NOT ${wrong} THEN ${sql} END` });
    return changed(input, number, { [into]: sql }, [{ when: wrong, why: 'step-value' }]);
  },
};
