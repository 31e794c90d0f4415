import type { BatchRecord } from '../intake/batches.ts';
import { eventsWithoutContact } from '../lake/events-without-contact.ts';
import type { Lake } from '../storage/lake.ts';

/** A batch as the API shows it, with how many of its events are of contacts that are not here, where some are. */
export function batchView(batch: BatchRecord, without = 0) {
  return {
    batch: batch.batch_id,
    source: batch.source,
    layout: batch.layout,
    file: batch.file_name,
    bytes: batch.file_bytes,
    state: batch.state,
    read: batch.rows_read,
    loaded: batch.loaded,
    quarantined: batch.quarantined,
    duplicate: batch.duplicate,
    receivedAt: batch.received_at.toISOString(),
    changedAt: batch.changed_at.toISOString(),
    by: batch.received_by,
    from: batch.first_day,
    to: batch.last_day,
    message: batch.message,
    drift: batch.drift,
    effect: batch.effect,
    answeredBy: batch.answered_by,
    ...(without > 0 ? { eventsWithoutContact: without } : {}),
  };
}

export type BatchView = ReturnType<typeof batchView>;

/** {@link batchView} of built batches, whose events are told against the contacts that are here. */
export async function builtView(lake: Lake): Promise<(batch: BatchRecord) => BatchView> {
  const counts = new Map((await eventsWithoutContact(lake)).map(({ batch_id, without }) => [batch_id, without]));
  return (batch) => batchView(batch, counts.get(batch.batch_id));
}
