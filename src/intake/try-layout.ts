import { existsSync } from 'node:fs';
import { type LakeSession, literal } from '../storage/lake.ts';
import type { BatchRows } from './batch-rows.ts';
import { unreadPath } from './bronze.ts';
import { checkRows } from './check-batch.ts';
import { STATUSES } from './recognise/status-words.ts';

/** Rows that do not enter for one reason, and the first of them. */
export interface Refused {
  /** The columns of the file, joined by ` + `; null for the whole line. */
  readonly column: string | null;
  readonly reason: string;
  readonly rows: number;
  readonly line: number;
  /** As received: it may be anybody's. */
  readonly value: string | null;
}

/** What a layout would do with a file's rows. */
export interface TriedLayout {
  readonly rows: number;
  readonly loads: number;
  readonly repeated: number;
  /** Of the repeated, those that say something else than the row whose key they have: only one of them counts. */
  readonly differing: number;
  readonly quarantined: number;
  readonly refused: readonly Refused[];
  /** Rows of a situation that no figure understands. */
  readonly unknownStatus: number;
}

/** Checks rows by a layout that nobody saved yet, as loading them would; nothing is kept. */
export async function tryLayout(session: LakeSession, rows: BatchRows): Promise<TriedLayout> {
  const { layout, bronze } = rows;
  const { typed } = await checkRows(session, [rows]);
  const counted = await session.row<{ good: number; keys: number; contents: number }>(
    `SELECT count(*) AS good, count(DISTINCT key) AS keys, count(DISTINCT (key, content)) AS contents
     FROM checked WHERE problem IS NULL`,
  );
  const unread = unreadPath(bronze.path);
  const refused = await session.rows<Refused>(
    `SELECT column_name AS "column", reason, count(*) AS rows, min(line) AS line, arg_min(value, line) AS value FROM (
       SELECT row_id & 4294967295 AS line, column_name, reason, value FROM (${typed.refused(null)})
       ${existsSync(unread) ? `UNION ALL SELECT line, NULL, problem, value FROM read_parquet(${literal(unread)})` : ''}
     ) GROUP BY ALL ORDER BY rows DESC, line`,
  );
  const quarantined = refused.reduce((sum, one) => sum + one.rows, 0);
  return {
    rows: counted.good + quarantined,
    loads: counted.keys,
    repeated: counted.good - counted.keys,
    differing: counted.contents - counted.keys,
    quarantined,
    refused,
    unknownStatus: layout.columns.status ? await unknownStatus(session, typed.typed()) : 0,
  };
}

async function unknownStatus(session: LakeSession, rows: string): Promise<number> {
  await session.run('CREATE OR REPLACE TEMP TABLE lacking AS SELECT row_id FROM checked WHERE problem IS NULL');
  const found = await session.row<{ rows: number }>(
    `SELECT count(*) AS rows FROM (${rows}) WHERE status NOT IN (${STATUSES.map(literal).join(', ')})`,
  );
  return found.rows;
}
