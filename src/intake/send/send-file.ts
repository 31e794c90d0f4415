import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { RamalError } from '../../kernel/errors.ts';
import { type Progress, silent } from '../../kernel/progress.ts';
import type { Lake, LakeSession } from '../../storage/lake.ts';
import { QUARANTINE_REASONS } from '../quarantine-words.ts';
import { type Relation, stepTitle } from '../steps/index.ts';
import { defaultEncoding, RecordLines, type Refused } from './record-lines.ts';
import { bytesOf } from './send-bytes.ts';
import type { SendLayout } from './send-layout.ts';
import { type SendRows, sendRows } from './send-rows.ts';

/** Refused rows that are named. */
const NAMED = 20;

/** A row that the layout cannot write: where it came from, which field or step, and why; never its value. */
export interface Refusal {
  readonly batch: number;
  readonly line: number;
  readonly field: string;
  readonly why: string;
}

/** What became of a list's rows on their way to a file. */
export interface Sent {
  /** Records written. */
  readonly rows: number;
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly leftOut: number;
  readonly duplicate: number;
  /** Rows that cannot be written; where there are any, no file is. */
  readonly refused: number;
  readonly refusals: readonly Refusal[];
  readonly truncated: readonly { readonly field: string; readonly rows: number }[];
}

interface Options {
  /** The day of writing, `yyyy-mm-dd`. */
  readonly day: string;
  /** Offers that may be made now, for a layout that takes them. */
  readonly offers?: Relation | null;
  readonly progress?: Progress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a list by a layout, block by block; whoever calls removes the file when it was refused.
 * @param path of a file that does not exist.
 * @throws RamalError `layoutInvalid`, `cancelled`, `diskFull`.
 */
export async function sendFile(lake: Lake, layout: SendLayout, path: string, options: Options): Promise<Sent> {
  // One transaction: a header's totals and the records are of the same rows.
  return lake.use(
    (session) =>
      session.transaction(async () => {
        const rows = await sendRows(session, layout, options.offers);
        const file = await open(path, 'wx', 0o600);
        try {
          const sent = await writeRows(session, layout, rows, file, options);
          await file.sync();
          return sent;
        } finally {
          await file.close();
        }
      }),
    options.signal,
  );
}

async function writeRows(
  session: LakeSession,
  layout: SendLayout,
  rows: SendRows,
  file: FileHandle,
  { day, progress = silent, signal }: Options,
): Promise<Sent> {
  const encoding = layout.format.encoding ?? defaultEncoding(layout);
  const hash = createHash('sha256');
  const lines = new RecordLines(layout, day);
  const refusals: Refusal[] = [];
  const counts = { leftOut: 0, duplicate: 0, refused: 0, bytes: 0 };
  const all = (await session.row<{ rows: number }>(`SELECT count(*) AS rows FROM (${rows.input.sql})`)).rows;
  const write = async (text: string) => {
    const bytes = bytesOf(text, encoding);
    hash.update(bytes);
    counts.bytes += bytes.length;
    await file.appendFile(bytes);
  };
  const refuse = (id: number | null, { field, why }: Refused) => {
    counts.refused++;
    if (refusals.length < NAMED)
      refusals.push({ batch: Math.floor((id ?? 0) / 2 ** 32), line: (id ?? 0) % 2 ** 32, field, why });
  };
  if (encoding === 'utf-8-bom') await write('\ufeff');
  const head = lines.head(countsFirst(layout) ? await totalsOf(session, layout, rows, day) : lines);
  if (typeof head === 'string') await write(head);
  else refuse(null, head);
  let seen = 0;
  for await (const block of session.stream<Record<string, string | null>>(rows.sql)) {
    if (signal?.aborted) throw new RamalError('cancelled', { what: layout.name });
    const written: string[] = [];
    for (const row of block) {
      const ended = row._end;
      if (ended !== null && ended !== undefined) {
        const [step, why] = ended.split(' ') as [string, string];
        if (why === 'left-out') counts.leftOut++;
        else if (why === 'duplicate') counts.duplicate++;
        else refuse(Number(row._id), { field: titleOf(layout, step), why: QUARANTINE_REASONS[why] ?? why });
        continue;
      }
      const line = lines.row((column) => row[column] ?? null);
      if (typeof line === 'string') written.push(line);
      else refuse(Number(row._id), line);
    }
    if (counts.refused === 0) await write(written.join(''));
    seen += block.length;
    progress({ step: `gravando ${layout.name}`, done: seen, total: all });
  }
  const tail = lines.tail();
  if (typeof tail === 'string') await write(tail);
  else refuse(null, tail);
  const { bytes, ...ends } = counts;
  return {
    ...{ rows: lines.rows, lines: lines.lines, bytes, sha256: hash.digest('hex'), ...ends },
    ...{ refusals, truncated: lines.truncated },
  };
}

/** The rows counted and summed as they will be written, for a header that tells of them. */
async function totalsOf(
  session: LakeSession,
  layout: SendLayout,
  { sql }: SendRows,
  day: string,
): Promise<RecordLines> {
  const totals = new RecordLines(layout, day);
  for await (const block of session.stream<Record<string, string | null>>(sql))
    for (const row of block) if (row._end === null) totals.row((column) => row[column] ?? null);
  return totals;
}

function countsFirst({ header = [] }: SendLayout): boolean {
  return header.some(({ is }) => is === 'count' || is === 'sum');
}

function titleOf({ steps = [] }: SendLayout, step: string): string {
  const found = steps[Number(step) - 1];
  return found ? stepTitle(found, Number(step)) : 'order';
}
