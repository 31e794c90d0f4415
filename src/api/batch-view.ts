import type { BatchRecord } from '../intake/batches.ts';

/** A batch as the API shows it. */
export function batchView(batch: BatchRecord) {
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
  };
}
