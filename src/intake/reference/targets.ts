import type { Day } from '../../kernel/brazil/dates.ts';
import { holds } from './dated.ts';
import type { Entry } from './plan.ts';
import { folded } from './value.ts';

/** What a target is asked for; an empty queue, account or supervisor is the whole. */
export interface Aim {
  /** Every name of the indicator. */
  readonly indicator: readonly string[];
  readonly queue?: string | undefined;
  readonly account?: string | undefined;
  /** Whose team it is. */
  readonly supervisor?: string | undefined;
}

/** What a target may be of, the closest first. */
const CLOSEST = ['supervisor', 'queue', 'account'] as const;

/**
 * The target of an indicator on a day, in the indicator's own unit, or null: of those that are said of nothing else, the
 * one said of most, of as many the closer: the team, else the queue, else the account, else all.
 */
export function targetOn(table: readonly Entry[], { indicator, ...asked }: Aim, day: Day): number | null {
  const names = indicator.map(folded);
  const found = table
    .filter((entry) => holds(entry, day) && names.includes(folded(entry.key.indicator ?? '')))
    .filter(({ key }) => CLOSEST.every((name) => !key[name] || folded(key[name]) === folded(asked[name] ?? '')))
    .map((entry) => ({ entry, of: CLOSEST.map((name) => (entry.key[name] ? 1 : 0)) }))
    .sort((a, b) => sum(b.of) - sum(a.of) || Number(b.of.join('')) - Number(a.of.join('')));
  return found[0] ? Number(found[0].entry.values.target) : null;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
