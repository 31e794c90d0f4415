import type { Day } from '../../kernel/brazil/dates.ts';
import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Connection } from './connections.ts';
import type { Zones } from './day-window.ts';
import { flatRecord } from './flatten.ts';
import { pagesOf, Shifted } from './paging.ts';
import type { Source } from './source.ts';

/** Two clocks may differ by as much without anyone having said so. */
const MARGIN_MS = 10 * 60_000;
const READINGS = 4;

/** The days of records that changed at the source, each with its last change, and until when that is known. */
export interface SeenChanges {
  readonly changes: ReadonlyMap<Day, Date>;
  readonly until: Date;
}

/**
 * Asks a source what changed since it was asked last; null when it could not be told.
 * @throws RamalError `connectionDenied`, `sourceRefused` or `cancelled`.
 */
export async function changedDays(
  source: Source,
  { seenUntil }: Pick<Connection, 'seenUntil'>,
  zones: Zones,
  clock: Clock,
  signal?: AbortSignal,
): Promise<SeenChanges | null> {
  const { corrections } = source.declaration;
  const until = clock.now();
  if (corrections?.kind !== 'changed') return { changes: new Map(), until };
  const since = new Date(seenUntil.getTime() + zones.skewMs - MARGIN_MS).toISOString();
  for (let reading = 1; reading <= READINGS; reading++) {
    const changes = new Map<Day, Date>();
    try {
      for await (const { records } of pagesOf(source, corrections.request, { since }, signal)) {
        for (const record of records) {
          const { day, updatedMs } = flatRecord(record, source.declaration, [], zones);
          if (day === null || updatedMs === null) continue;
          const changedAt = Math.max(updatedMs + MARGIN_MS, changes.get(day)?.getTime() ?? 0);
          changes.set(day, new Date(changedAt));
        }
      }
      return { changes, until };
    } catch (thrown) {
      // A source that answers badly now is asked the same the next time; whether its days can be had they tell.
      if (thrown instanceof RamalError && thrown.code === 'sourceFailed') return null;
      if (!(thrown instanceof Shifted)) throw thrown;
    }
  }
  return null;
}
