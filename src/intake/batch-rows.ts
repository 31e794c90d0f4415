import type { BronzeFile } from './bronze.ts';
import type { HeldColumn } from './drift/refusable.ts';
import type { Layout } from './layout.ts';
import type { Verdict } from './rules/lines.ts';

/** A batch's rows as received, and how they are read. */
export interface BatchRows {
  readonly layout: Layout;
  readonly bronze: BronzeFile;
  readonly timeZone: string;
  /** Ends the names of the silver tables: empty, or those that silver is made anew in. */
  readonly suffix: string;
  /** What was decided when the rows were checked, of what depends on the moment; without it, it is decided now. */
  readonly verdict?: Verdict;
  /** Columns of which the policies refuse some rows; without a verdict, those are found now. */
  readonly held?: readonly HeldColumn[];
  /** The replay that the corrections in {@link BronzeFile.mended} are of. */
  readonly revision?: number;
}

/** Batches of one layout that are checked together: a statement's planning costs as much as a small file's rows. */
export type BatchGroup = readonly [BatchRows, ...BatchRows[]];

/** Rows that are checked in a moment. */
const FEW_ROWS = 100_000;

/** Whether batches of so many rows each are enough for a group. */
export function isFull(rows: readonly number[]): boolean {
  return rows.length >= 32 || takesLong(rows);
}

/** Whether checking batches of so many rows is long work, which heeds a stop. */
export function takesLong(rows: readonly number[]): boolean {
  return rows.reduce((sum, some) => sum + some, 0) >= FEW_ROWS;
}
