import type { Day } from '../../kernel/brazil/dates.ts';
import { holds } from './dated.ts';
import type { Entry } from './plan.ts';
import { folded } from './value.ts';

/** What a target is asked for; an empty queue or account is the whole. */
export interface Aim {
  readonly indicator: string;
  readonly queue?: string | undefined;
  readonly account?: string | undefined;
}

/**
 * The target of an indicator on a day, in the indicator's own unit, or null: the one of this queue and account, else of
 * the queue, else of the account, else of all.
 */
export function targetOn(
  table: readonly Entry[],
  { indicator, queue = '', account = '' }: Aim,
  day: Day,
): number | null {
  const tried = [
    [queue, account],
    [queue, ''],
    ['', account],
    ['', ''],
  ] as const;
  const now = table.filter((entry) => holds(entry, day) && folded(entry.key.indicator ?? '') === folded(indicator));
  for (const [ofQueue, ofAccount] of tried) {
    const found = now.find(
      ({ key }) => folded(key.queue ?? '') === folded(ofQueue) && folded(key.account ?? '') === folded(ofAccount),
    );
    if (found) return Number(found.values.target);
  }
  return null;
}
