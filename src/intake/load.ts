import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../kernel/config.ts';
import { asRamalError, RamalError } from '../kernel/errors.ts';
import type { Progress } from '../kernel/progress.ts';
import type { Lake } from '../storage/lake.ts';
import type { Batches, BatchRecord } from './batches.ts';
import { type BronzeFile, bronzePath, unreadPath, writeBronze } from './bronze.ts';
import { checkBatches, forgetBatch, isFull, takesLong } from './check-batch.ts';
import type { Layout } from './layout.ts';
import { type ReadRecords, readRecords } from './records.ts';
import { hashFile, lookAtFile, type SourceFile } from './source-file.ts';

export interface Intake {
  readonly config: Pick<Config, 'home' | 'timeZone'>;
  readonly lake: Lake;
  readonly batches: Batches;
}

export interface LoadOptions {
  readonly layout: Layout;
  readonly by: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** What each file holds whole, such as `day:2026-11-20`: of the batches of one scope the one written last counts. */
  readonly scope?: string;
  /** When the files were written, where their own times do not tell. */
  readonly writtenAt?: Date;
}

/** What became of a file: its batch, and whether the same file had been loaded before. */
export interface LoadedFile {
  readonly batch: BatchRecord;
  readonly already: boolean;
}

/**
 * Loads files by a layout, in their order, small ones together: of each, rows read = loaded + quarantined + duplicate.
 * Each is all or nothing: a failure or a kill at any point leaves no row of it, and a stop leaves none of the one at
 * hand. Gives what became of them as it goes.
 * @throws RamalError that says what was wrong with a file, when those before it have been given.
 */
export async function* loadFiles(
  intake: Intake,
  paths: readonly string[],
  options: LoadOptions,
): AsyncGenerator<LoadedFile> {
  let waiting: Received[] = [];
  const settle = () => {
    const received = waiting;
    waiting = [];
    return loadReceived(intake, received, options);
  };
  for (const [index, path] of paths.entries()) {
    const progress: Progress = ({ step, done, total }) =>
      options.progress({ step, done: index + (total > 0 ? done / total : 0), total: paths.length });
    try {
      const file = await lookAtFile(path);
      // It may be the same file: only one that the ledger holds as loaded is known again.
      if (waiting.some(({ file: { bytes } }) => bytes === file.bytes)) yield* settle();
      const before = await sameFile(intake, file, options.layout);
      if (before) {
        yield* settle();
        yield { batch: before, already: true };
        continue;
      }
      waiting.push(await receive(intake, file, { ...options, progress }));
      if (isFull(waiting.map(({ read }) => read.good))) yield* settle();
    } catch (error) {
      yield* settle();
      throw error;
    }
  }
  yield* settle();
}

/** Loads one file, as {@link loadFiles} does. */
export async function loadFile(intake: Intake, path: string, options: LoadOptions): Promise<LoadedFile> {
  for await (const loaded of loadFiles(intake, [path], options)) return loaded;
  throw new RamalError('unexpected', { what: `nenhum lote de ${path}` });
}

/** A file whose rows are in bronze, and are yet to be checked. */
interface Received {
  readonly file: SourceFile;
  readonly batchId: number;
  readonly read: ReadRecords;
  readonly bronze: BronzeFile;
  readonly hash: string;
  readonly seconds: number;
}

/** Opens a batch for a file and brings its records to bronze. */
async function receive(
  { batches, config, lake }: Intake,
  file: SourceFile,
  { layout, by, progress, signal, scope, writtenAt = new Date(file.changedMs) }: LoadOptions,
): Promise<Received> {
  const started = performance.now();
  const batchId = await batches.open({
    source: layout.source,
    layout: layout.version,
    file_name: file.name,
    file_bytes: file.bytes,
    received_by: by,
    scope: scope ?? (layout.covers === 'all' ? 'all' : null),
    written_at: writtenAt,
  });
  const records = recordsPath(config.home, batchId);
  const path = bronzePath(config.home, layout.source, batchId);
  try {
    let done = 0;
    const read = await readRecords(file, layout, records, (bytes) => {
      signal?.throwIfAborted();
      done += bytes;
      progress({ step: `lendo ${file.name}`, done: done * 0.5, total: file.bytes });
    });
    if (read.good + read.bad === 0) throw new RamalError('fileNoRows', { file: file.name });
    const hash = hashFile(file);
    hash.catch(() => {});
    const bronze = await lake.use((session) => writeBronze(session, read, { batch: batchId, path, writtenAt }), signal);
    progress({ step: `conferindo ${file.name}`, done: 0.7 * file.bytes, total: file.bytes });
    return { file, batchId, read, bronze, hash: await hash, seconds: (performance.now() - started) / 1000 };
  } catch (thrown) {
    const error = signal?.aborted ? new RamalError('cancelled', { what: file.name }, thrown) : asRamalError(thrown);
    await forgetReceived({ batches, config, lake }, [{ batchId, bronze: { path } }], error);
    throw error;
  } finally {
    removeRecords(records);
  }
}

/**
 * Checks what was received and tells the ledger, in the order of the batches' numbers: one that is loaded repeats no
 * row of one that is not.
 */
async function* loadReceived(
  intake: Intake,
  received: readonly Received[],
  { layout, signal }: LoadOptions,
): AsyncGenerator<LoadedFile> {
  const { batches, config, lake } = intake;
  const rows = received.map(({ bronze }) => ({ layout, bronze, timeZone: config.timeZone, suffix: '' }));
  const [first, ...others] = rows;
  if (!first) return;
  const loaded: LoadedFile[] = [];
  let failure: RamalError | undefined;
  try {
    const started = performance.now();
    const reads = received.map(({ read }) => read);
    const heeded = takesLong(reads.map(({ good }) => good)) ? signal : undefined;
    const results = await lake.use((session) => checkBatches(session, [first, ...others], reads), heeded);
    const each = (performance.now() - started) / 1000 / received.length;
    for (const [index, { batchId, hash, seconds }] of received.entries()) {
      await batches.finish(batchId, hash, results[index]!, seconds + each);
      loaded.push({ batch: await batches.get(batchId), already: false });
    }
  } catch (thrown) {
    const left = received.slice(loaded.length);
    const what = left.map(({ file }) => file.name).join(', ');
    failure = signal?.aborted ? new RamalError('cancelled', { what }, thrown) : asRamalError(thrown);
    await forgetReceived(intake, left, failure);
  }
  yield* loaded;
  if (failure) throw failure;
}

/** Undoes batches that did not get through; where even this fails they stay "loading", and recover() undoes them. */
async function forgetReceived(
  intake: Intake,
  received: readonly { readonly batchId: number; readonly bronze: Pick<BronzeFile, 'path'> }[],
  { message }: RamalError,
): Promise<void> {
  for (const { batchId, bronze } of received.toReversed()) {
    await undo(intake, { batchId, bronze: bronze.path, message }).catch(() => {});
  }
}

/** The ledger decides first: a batch that it holds as loaded, though its answer was lost, keeps its rows. */
async function undo(
  { lake, batches }: Intake,
  { batchId, bronze, message }: { batchId: number; bronze: string; message: string },
): Promise<void> {
  if (!(await batches.fail(batchId, message))) return;
  await lake.use((session) => session.transaction(() => forgetBatch(session, batchId)));
  for (const path of [bronze, `${bronze}.tmp`, unreadPath(bronze)]) rmSync(path, { force: true });
}

/** Undoes what a killed process left of batches that were loading, or that had failed with rows still in silver. */
export async function recover(intake: Intake): Promise<number> {
  const { home } = intake.config;
  const torn = await intake.batches.inState('loading');
  for (const { batch_id: batchId, source } of torn) {
    const message = 'O processo parou no meio da carga; nada ficou pela metade. Carregue o arquivo de novo.';
    await undo(intake, { batchId, bronze: bronzePath(home, source, batchId), message });
    removeRecords(recordsPath(home, batchId));
  }
  const failed = (await intake.batches.inState('failed')).map((batch) => batch.batch_id);
  if (failed.length > 0) {
    const held = await intake.lake.rows<{ batch_id: number }>(
      `SELECT DISTINCT batch_id FROM silver.natural_key WHERE batch_id IN (${failed.join(', ')})`,
    );
    for (const { batch_id: batchId } of held) {
      await intake.lake.use((session) => session.transaction(() => forgetBatch(session, batchId)));
    }
  }
  return torn.length;
}

/** Where a file's records wait while it loads. */
function recordsPath(home: string, batchId: number): string {
  return join(home, 'tmp', `batch-${batchId}.records`);
}

function removeRecords(path: string): void {
  for (const one of [path, `${path}.bad`]) rmSync(one, { force: true });
}

async function sameFile({ batches }: Intake, file: SourceFile, layout: Layout): Promise<BatchRecord | null> {
  const candidates = await batches.sameSize(layout.source, layout.version, file.bytes);
  if (candidates.length === 0) return null;
  const hash = await hashFile(file);
  return candidates.find((batch) => batch.file_hash === hash) ?? null;
}
