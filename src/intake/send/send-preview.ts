import type { LakeSession } from '../../storage/lake.ts';
import { QUARANTINE_REASONS } from '../quarantine-words.ts';
import type { Relation } from '../steps/index.ts';
import { type Seen, seenAfter } from '../steps/preview.ts';
import { RecordLines, type Refused } from './record-lines.ts';
import type { SendLayout } from './send-layout.ts';
import { sendRows } from './send-rows.ts';

/** Records that a preview writes. */
const WRITTEN = 100_000;
/** Records that it shows. */
const SHOWN = 10;
/** Lines that it names of each reason why a field cannot be written. */
const NAMED = 5;

/** What a field cannot write: in how many rows, and the first of them by their lines in the file they came in. */
interface Unwritten extends Refused {
  rows: number;
  readonly lines: number[];
}

/** A file as it would be, its first records with what is personal covered by asterisks, and what became of the rows. */
export interface SendPreview {
  /** Rows that came through the steps. */
  readonly rows: number;
  readonly leftOut: number;
  readonly duplicate: number;
  /** Rows that the steps refused. */
  readonly refused: readonly { readonly why: string; readonly rows: number }[];
  readonly unwritten: readonly Unwritten[];
  readonly truncated: readonly { readonly field: string; readonly rows: number }[];
  /** Only the first rows were written. */
  readonly sampled: boolean;
  readonly head: readonly string[];
  readonly lines: readonly string[];
  readonly tail: readonly string[];
}

/**
 * @param seen how the columns before any step may be seen.
 * @param offers those that may be made now, for a layout that takes them.
 */
export async function previewSend(
  session: LakeSession,
  layout: SendLayout,
  day: string,
  seen: Seen,
  listSeen: (source: string) => Seen,
  offers: Relation | null = null,
): Promise<SendPreview> {
  const { relation, sql } = await sendRows(session, layout, offers);
  const ends = await session.rows<{ why: string | null; rows: number }>(
    `SELECT split_part(_end, ' ', 2) AS why, count(*) AS rows FROM (${relation.sql}) GROUP BY 1`,
  );
  const rowsOf = (why: string | null) => ends.find((one) => one.why === why)?.rows ?? 0;
  const covers = coveredBy(layout, seen, listSeen);
  const whole = new RecordLines(layout, day);
  whole.head(whole);
  const first: Record<string, string | null>[] = [];
  const unwritten = new Map<string, Unwritten>();
  const sent = `SELECT * FROM (${sql}) WHERE _end IS NULL LIMIT ${WRITTEN}`;
  for await (const block of session.stream<Record<string, string | null>>(sent))
    for (const row of block) {
      const line = whole.row((column) => row[column] ?? null);
      if (typeof line === 'string') {
        if (first.length < SHOWN) first.push(row);
        continue;
      }
      const same = unwritten.get(`${line.field} ${line.why}`) ?? { ...line, rows: 0, lines: [] };
      same.rows++;
      if (same.lines.length < NAMED) same.lines.push(Number(row._id) % 2 ** 32);
      unwritten.set(`${line.field} ${line.why}`, same);
    }
  const lines = new RecordLines(layout, day);
  const head = textOf(lines.head(whole, covers));
  const shown = first.flatMap((row) => textOf(lines.row((column) => row[column] ?? null, covers)));
  return {
    rows: rowsOf(null),
    leftOut: rowsOf('left-out'),
    duplicate: rowsOf('duplicate'),
    refused: ends
      .filter(({ why }) => why !== null && why !== 'left-out' && why !== 'duplicate')
      .map(({ why, rows: count }) => ({ why: QUARANTINE_REASONS[why!] ?? why!, rows: count })),
    unwritten: [...unwritten.values()],
    truncated: whole.truncated,
    sampled: rowsOf(null) > WRITTEN,
    ...{ head, lines: shown, tail: textOf(whole.tail(covers)) },
  };
}

/** Which columns hide what they hold: all but those that are nobody's. */
function coveredBy(layout: SendLayout, seen: Seen, listSeen: (source: string) => Seen): (column: string) => boolean {
  const classes = (layout.steps ?? []).reduce((before, step) => seenAfter(before, step, listSeen), seen);
  return (column) => {
    const known = classes[column];
    return known === undefined || known === 'hidden' || known.personal !== 'none';
  };
}

/** What was written, as lines without their end; what cannot be written, in words. */
function textOf(written: string | Refused): string[] {
  if (typeof written !== 'string') return [`${written.field}: ${written.why}`];
  return written === '' ? [] : written.replace(/\r?\n$/, '').split(/\r?\n/);
}
