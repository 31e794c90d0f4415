import { closeSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LakeSession, literal, quoted } from '../storage/lake.ts';
import { BREAK, SEPARATOR } from './readers/record-file.ts';
import type { ReadRecords } from './records.ts';

/** Bytes of a record that the engine takes without larger buffers. */
const USUAL_LINE = 2_000_000;

/** A batch's rows as received. */
export interface BronzeRows {
  /** The expression they are selected from; `_line` is a record's first line. */
  readonly rows: string;
  /** The file's columns. */
  readonly columns: readonly string[];
  /** The columns where a field may start or end with a space. */
  readonly uneven: readonly string[];
}

/** Where a batch's rows are kept as received: one immutable Parquet file. */
export function bronzePath(home: string, source: string, batchId: number): string {
  return join(home, 'bronze', source, `${String(batchId).padStart(8, '0')}.parquet`);
}

/** Where the lines of a batch that could not be read as records are kept, beside its rows. */
export function unreadPath(bronze: string): string {
  return bronze.replace(/\.parquet$/, '.unread.parquet');
}

/** Writes records to bronze, whole or not at all, and the lines that are none beside them. */
export async function writeBronze(session: LakeSession, read: ReadRecords, path: string): Promise<BronzeRows> {
  mkdirSync(dirname(path), { recursive: true });
  const types = ['_line', ...read.columns].map(
    (name, index) => `${literal(name)}: '${index === 0 ? 'BIGINT' : 'VARCHAR'}'`,
  );
  const restored = read.replaced.map((name) => {
    const separated = `replace(${quoted(name)}, chr(${SEPARATOR}), ${literal(read.separator)})`;
    return `replace(${separated}, chr(${BREAK}), chr(10)) AS ${quoted(name)}`;
  });
  await session.run(
    `COPY (SELECT * ${restored.length > 0 ? `REPLACE (${restored.join(', ')})` : ''}
       FROM read_csv(${literal(read.path)}, auto_detect = false, header = false, delim = ${literal(read.separator)}, quote = '',
         escape = '', new_line = '\\n', max_line_size = ${Math.max(read.longest, USUAL_LINE)}, columns = {${types.join(', ')}}))
     TO ${literal(`${path}.tmp`)} (FORMAT parquet, ROW_GROUP_SIZE 100000, KV_METADATA {uneven: ${literal(JSON.stringify(read.uneven))}})`,
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
  return { rows: bronzeRows(path), columns: read.columns, uneven: read.uneven };
}

/** A batch's rows as its bronze file tells them. */
export async function readBronze(session: LakeSession, path: string): Promise<BronzeRows> {
  const rows = bronzeRows(path);
  const described = await session.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${rows}`);
  const columns = described.map((row) => row.column_name).filter((name) => name !== '_line');
  const [told] = await session.rows<{ value: string }>(
    `SELECT decode(value) AS value FROM parquet_kv_metadata(${literal(path)}) WHERE decode(key) = 'uneven'`,
  );
  return { rows, columns, uneven: told ? (JSON.parse(told.value) as string[]) : columns };
}

function bronzeRows(path: string): string {
  return `read_parquet(${literal(path)})`;
}
