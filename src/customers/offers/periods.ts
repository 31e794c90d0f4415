import { RamalError } from '../../kernel/errors.ts';
import type { Purchases } from './owned.ts';

/** A period holds at least this share of the first purchases. */
const LEAST_SHARE = 0.1;

/** One origin: what was known before `validation`, or before `test`, is asked what came until the next. */
export interface Fold {
  readonly validation: number;
  readonly test: number;
  /** Infinite in the last. */
  readonly end: number;
}

/**
 * Cuts time, from its end, into the shortest periods that hold a tenth of the purchases each: the last `folds` are
 * tested, each with the one before it for choosing. The earliest origin first.
 * @throws RamalError `offersOneTime`, `offersNothingNew` when all was taken at one time and taken again, `offersNoTest`.
 */
export function foldsOf({ time, lastTime, customers }: Purchases, folds: number): Fold[] {
  const counts = new Map<number, number>();
  for (const one of time) counts.set(one, (counts.get(one) ?? 0) + 1);
  const times = [...counts.keys()].sort((a, b) => b - a);
  if (times.length === 1)
    throw lastTime > times[0]!
      ? new RamalError('offersNothingNew', { known: customers })
      : new RamalError('offersOneTime');
  const starts: number[] = [];
  let held = 0;
  for (const one of times) {
    held += counts.get(one)!;
    if (held < LEAST_SHARE * time.length) continue;
    starts.push(one);
    held = 0;
  }
  const before = (start: number | undefined) => start !== undefined && start > times.at(-1)!;
  if (!before(starts[folds]))
    throw new RamalError('offersNoTest', {
      needed: folds + 2,
      received: starts.filter(before).length + 1,
      times: times.length,
    });
  return Array.from({ length: folds }, (_, at) => ({
    validation: starts[folds - at]!,
    test: starts[folds - at - 1]!,
    end: starts[folds - at - 2] ?? Number.POSITIVE_INFINITY,
  }));
}
