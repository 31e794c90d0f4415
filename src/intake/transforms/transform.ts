import type { Mapping } from '../mapping.ts';

/**
 * A named way to make a canonical value. `sql` takes the inputs as SQL expressions of trimmed text (NULL when
 * empty) and gives an expression that is NULL where the inputs are not understood.
 */
export interface Transform {
  readonly name: string;
  /** What happens to a value that is not understood, unless the layout says otherwise. */
  readonly invalid: 'quarantine' | 'empty';
  /** The code of the quarantine reason. */
  readonly reason: string;
  readonly sql: (inputs: readonly string[], mapping: Mapping) => string;
  /** The value is wall time as the source's clock showed it, so it may fall into a clock change. */
  readonly wallTime?: true;
}
