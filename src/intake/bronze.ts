import { join } from 'node:path';

/** Where a batch's rows are kept as received: one immutable Parquet file. */
export function bronzePath(home: string, source: string, batchId: number): string {
  return join(home, 'bronze', source, `${String(batchId).padStart(8, '0')}.parquet`);
}
