import type { LakeSession } from '../../storage/lake.ts';
import { QUARANTINE_REASONS } from '../quarantine-words.ts';
import { type Seen, seenAfter } from '../steps/preview.ts';
import { RecordLines } from './record-lines.ts';
import type { SendLayout } from './send-layout.ts';
import { sendRows } from './send-rows.ts';

/** Records that a preview shows. */
const SHOWN = 10;

/** The first records of a file as it would be, what is personal covered by asterisks, and how many rows go in. */
export interface SendPreview {
  readonly rows: number;
  readonly leftOut: number;
  readonly duplicate: number;
  readonly refused: readonly { readonly why: string; readonly rows: number }[];
  readonly lines: readonly string[];
}

/** @param seen how the columns before any step may be seen. */
export async function previewSend(
  session: LakeSession,
  layout: SendLayout,
  day: string,
  seen: Seen,
  listSeen: (source: string) => Seen,
): Promise<SendPreview> {
  const { relation, sql } = await sendRows(session, layout);
  const ends = await session.rows<{ why: string | null; rows: number }>(
    `SELECT split_part(_end, ' ', 2) AS why, count(*) AS rows FROM (${relation.sql}) GROUP BY 1`,
  );
  const rowsOf = (why: string | null) => ends.find((one) => one.why === why)?.rows ?? 0;
  const classes = (layout.steps ?? []).reduce((before, step) => seenAfter(before, step, listSeen), seen);
  const covered = new Set(
    layout.fields.flatMap(({ column }) => {
      const known = column === undefined ? undefined : classes[column];
      const open = known !== undefined && known !== 'hidden' && known.personal === 'none';
      return column === undefined || open ? [] : [column];
    }),
  );
  const lines = new RecordLines(layout, day);
  const rows = await session.rows<Record<string, string | null>>(
    `SELECT * FROM (${sql}) WHERE _end IS NULL LIMIT ${SHOWN}`,
  );
  const shown = rows.map((row) => {
    const line = lines.row(
      (column) => row[column] ?? null,
      (column) => covered.has(column),
    );
    return typeof line === 'string' ? line.replace(/\r?\n$/, '') : `${line.field}: ${line.why}`;
  });
  return {
    rows: rowsOf(null),
    leftOut: rowsOf('left-out'),
    duplicate: rowsOf('duplicate'),
    refused: ends
      .filter(({ why }) => why !== null && why !== 'left-out' && why !== 'duplicate')
      .map(({ why, rows: count }) => ({ why: QUARANTINE_REASONS[why!] ?? why!, rows: count })),
    lines: shown,
  };
}
