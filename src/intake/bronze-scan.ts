import { literal, quoted } from '../storage/lake.ts';
import { type BronzeFile, rowsOf } from './bronze.ts';

/** Files that one scan reads. */
export type Scan = readonly [BronzeFile, ...BronzeFile[]];

/** Files of the same columns, as received, together: a scan of its own costs as much as a small file's rows. */
export function scansOf(files: readonly BronzeFile[]): Scan[] {
  const kinds = Map.groupBy(files, ({ batch, columns, mended }) =>
    mended === undefined ? columns.map(quoted).join() : batch,
  );
  return [...kinds.values()] as unknown as Scan[];
}

/** The rows of a scan's files as a relation. */
export function scanned(scan: Scan): string {
  const [file, ...others] = scan;
  return others.length === 0 ? rowsOf(file) : `read_parquet([${scan.map(({ path }) => literal(path)).join(', ')}])`;
}

/** What each file of a scan tells, as an expression over its rows. */
export function told(scan: Scan, value: (file: BronzeFile) => string | number): string {
  const [file, ...others] = scan;
  // The engine's virtual column: the place of a row's file in the scan.
  return others.length === 0 ? `${value(file)}` : `[${scan.map(value).join(', ')}][CAST(file_index AS BIGINT) + 1]`;
}
