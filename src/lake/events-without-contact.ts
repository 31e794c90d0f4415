import type { Lake } from '../storage/lake.ts';

/** How many events a batch brought, and how many of them are of contacts that are not here. */
export interface EventCount {
  readonly batch_id: number;
  /** Whose contacts they are of. */
  readonly source: string;
  readonly events: number;
  readonly without: number;
}

const kept = new WeakMap<Lake, { version: number; counts: Promise<EventCount[]> }>();

/**
 * The built batches of events, with how many of them wait for their contacts: those count in no figure. Read once per
 * lake version.
 */
export function eventsWithoutContact(lake: Lake): Promise<EventCount[]> {
  const known = kept.get(lake);
  if (known?.version === lake.version) return known.counts;
  const counts = lake.rows<EventCount & Record<string, string | number>>(`
    WITH named AS (
      SELECT DISTINCT source, contact_id, true AS here FROM silver.contact SEMI JOIN silver.contact_event USING (source, contact_id)
    )
    SELECT batch_id, source, count(*) AS events, count(*) FILTER (here IS NULL) AS without
    FROM silver.contact_event LEFT JOIN named USING (source, contact_id)
    WHERE batch_id IN (FROM gold.built) GROUP BY ALL ORDER BY batch_id`);
  kept.set(lake, { version: lake.version, counts });
  counts.catch(() => kept.delete(lake));
  return counts;
}
