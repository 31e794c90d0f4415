import { join } from 'node:path';

/** Where the lines of a batch that could not be read as records are kept, beside its rows. */
export function unreadPath(bronze: string): string {
  return bronze.replace(/\.parquet$/, '.unread.parquet');
}

/** Where a batch's rows are kept as received: one immutable Parquet file. */
export function bronzePath(home: string, source: string, batchId: number): string {
  return join(home, 'bronze', source, `${String(batchId).padStart(8, '0')}.parquet`);
}
