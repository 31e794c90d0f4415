import { existsSync } from 'node:fs';
import { type Lake, literal } from '../../storage/lake.ts';
import type { NotKept } from './outcomes.ts';

/** Rows of a list that were not kept, in its order, the place `from` on. @param path of their file; there may be none. */
export async function notKeptRows(
  lake: Lake,
  path: string,
  { from = 0, size }: { readonly from?: number; readonly size: number },
): Promise<NotKept[]> {
  if (!existsSync(path)) return [];
  return lake.rows<NotKept>(
    `SELECT * EXCLUDE (file_row_number) FROM read_parquet(${literal(path)}, file_row_number = true)
     ORDER BY file_row_number LIMIT ${size} OFFSET ${from}`,
  );
}

/** All of them, in blocks. */
export async function* notKeptStream(lake: Lake, path: string): AsyncGenerator<NotKept[]> {
  if (existsSync(path)) yield* lake.stream<NotKept>(`SELECT * FROM read_parquet(${literal(path)})`);
}
