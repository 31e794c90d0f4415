import type { RamalError } from '../kernel/errors.ts';
import type { BatchRecord, BatchResult } from './batches.ts';
import { type BronzeFile, countUnread } from './bronze.ts';
import { checkBatches } from './check-batch.ts';
import type { HeldColumn } from './drift/refusable.ts';
import type { Layout } from './layout.ts';
import type { Intake } from './load.ts';
import { extraColumns } from './records.ts';

interface CheckedAgain {
  readonly result: BatchResult;
  readonly refusal: RamalError | null;
  /** Reading it, and checking it now. */
  readonly seconds: number;
}

/** What a version of a layout tells anew of a file. */
const TOLD_ANEW = ['extra-columns', 'not-understood'];

/** Checks a file that was read before, by a version of its layout; what reading it told still holds. */
export async function checkAgain(
  { config, lake }: Intake,
  batch: BatchRecord,
  {
    bronze,
    layout,
    held,
  }: { readonly bronze: BronzeFile; readonly layout: Layout; readonly held: readonly HeldColumn[] },
  signal?: AbortSignal,
): Promise<CheckedAgain> {
  const started = performance.now();
  const bad = await lake.use((session) => countUnread(session, bronze.path));
  const read = {
    good: batch.rows_read - bad,
    bad,
    encoding: batch.encoding,
    delimiter: batch.delimiter,
    extra: extraColumns(layout, bronze.columns),
    trailers: [],
    warnings: { brokenCharacters: 0, mixedEncoding: 0, controlCharacters: 0 },
  };
  const rows = { layout, bronze, held, timeZone: config.timeZone, suffix: '' };
  const [checked] = await lake.use(
    (session) => checkBatches(session, [rows], [{ name: batch.file_name, read }]),
    signal,
  );
  const { result, refusal } = checked!;
  const before = batch.warnings.filter(({ kind }) => !TOLD_ANEW.includes(kind));
  const seconds = batch.seconds + (performance.now() - started) / 1000;
  return { result: { ...result, warnings: [...before, ...result.warnings] }, refusal, seconds };
}
