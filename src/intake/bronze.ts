import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LakeSession, literal, quoted } from '../storage/lake.ts';
import { BREAK, SEPARATOR } from './readers/record-file.ts';
import type { ReadRecords } from './records.ts';

/** Bytes of a record that the engine takes without larger buffers. */
const USUAL_LINE = 2_000_000;
/** Small enough that both the reading and the typing of a day's file are shared by the threads. */
const BUFFER = 4_000_000;
const ROW_GROUP = 40_960;

/** A batch's rows as received. */
export interface BronzeFile {
  readonly batch: number;
  readonly path: string;
  /** The file's columns; beside them `_line` is a record's first line. */
  readonly columns: readonly string[];
  /** The columns where a field may start or end with a space. */
  readonly uneven: readonly string[];
  /** When the file was written: of two versions of a row the later one counts. */
  readonly writtenAt: Date;
  /** A table of the rows that were corrected, which take the place of those received. */
  readonly mended?: string;
  /** The replay that the corrections are of, or {@link UNDECIDED}; none before the first. */
  readonly revision?: number;
}

/** The revision of corrections that are only tried. */
export const UNDECIDED = -1;

/** A batch and where its rows are kept. */
export interface BronzePlace {
  readonly batch: number;
  readonly path: string;
  readonly writtenAt: Date;
}

/** Where a batch's rows are kept as received: one immutable Parquet file. */
export function bronzePath(home: string, source: string, batchId: number): string {
  return join(home, 'bronze', source, `${String(batchId).padStart(8, '0')}.parquet`);
}

/** A batch's rows as a relation: as received, but for those that were corrected. */
export function rowsOf({ path, mended }: Pick<BronzeFile, 'path' | 'mended'>): string {
  const received = `read_parquet(${literal(path)})`;
  if (mended === undefined) return received;
  return `(SELECT * FROM ${received} WHERE _line NOT IN (SELECT _line FROM ${mended}) UNION ALL BY NAME FROM ${mended})`;
}

/** Where the lines of a batch that could not be read as records are kept, beside its rows. */
export function unreadPath(bronze: string): string {
  return bronze.replace(/\.parquet$/, '.unread.parquet');
}

/** Writes records to bronze, whole or not at all, and the lines that are none beside them. */
export async function writeBronze(
  session: LakeSession,
  read: ReadRecords,
  { batch, path, writtenAt }: BronzePlace,
): Promise<BronzeFile> {
  mkdirSync(dirname(path), { recursive: true });
  const types = ['_line', ...read.columns].map(
    (name, index) => `${literal(name)}: '${index === 0 ? 'BIGINT' : 'VARCHAR'}'`,
  );
  const restored = read.replaced.map((name) => {
    const separated = `replace(${quoted(name)}, chr(${SEPARATOR}), ${literal(read.separator)})`;
    return `replace(${separated}, chr(${BREAK}), chr(10)) AS ${quoted(name)}`;
  });
  const line = Math.max(read.longest, USUAL_LINE);
  await session.run(
    `COPY (SELECT * ${restored.length > 0 ? `REPLACE (${restored.join(', ')})` : ''}
       FROM read_csv(${literal(read.path)}, auto_detect = false, header = false, delim = ${literal(read.separator)}, quote = '',
         escape = '', new_line = '\\n', max_line_size = ${line}, buffer_size = ${Math.max(line, BUFFER)}, columns = {${types.join(', ')}}))
     TO ${literal(`${path}.tmp`)} (FORMAT parquet, ROW_GROUP_SIZE ${ROW_GROUP}, KV_METADATA {uneven: ${literal(JSON.stringify(read.uneven))}})`,
  );
  if (read.bad > 0) {
    await session.run(
      `COPY (FROM read_csv(${literal(read.badPath)}, auto_detect = false, header = false, delim = '\x1f', quote = '', escape = '',
         columns = {'line': 'BIGINT', 'problem': 'VARCHAR', 'value': 'VARCHAR', 'record': 'VARCHAR'}))
       TO ${literal(unreadPath(path))} (FORMAT parquet)`,
    );
  }
  const file = openSync(`${path}.tmp`, 'r');
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
  return { batch, path, writtenAt, columns: read.columns, uneven: read.uneven };
}

/** What the bronze files of batches tell of themselves. */
export async function readBronze(session: LakeSession, batches: readonly BronzePlace[]): Promise<BronzeFile[]> {
  const paths = `[${batches.map(({ path }) => literal(path)).join(', ')}]`;
  const fields = await session.rows<{ file_name: string; name: string }>(
    `SELECT file_name, name FROM parquet_schema(${paths}) WHERE num_children IS NULL AND name <> '_line'`,
  );
  const told = await session.rows<{ file_name: string; value: string }>(
    `SELECT file_name, decode(value) AS value FROM parquet_kv_metadata(${paths}) WHERE decode(key) = 'uneven'`,
  );
  const columns = Map.groupBy(fields, ({ file_name }) => file_name);
  const uneven = new Map(told.map(({ file_name, value }) => [file_name, JSON.parse(value) as string[]]));
  return batches.map((place) => {
    const names = (columns.get(place.path) ?? []).map(({ name }) => name);
    return { ...place, columns: names, uneven: uneven.get(place.path) ?? names };
  });
}

/** Lines of a batch that could not be read as records. */
export async function countUnread(session: LakeSession, bronze: string): Promise<number> {
  const path = unreadPath(bronze);
  if (!existsSync(path)) return 0;
  return (await session.row<{ rows: number }>(`SELECT count(*) AS rows FROM read_parquet(${literal(path)})`)).rows;
}
