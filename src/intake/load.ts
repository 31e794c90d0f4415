import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../kernel/config.ts';
import { asRamalError, RamalError } from '../kernel/errors.ts';
import type { Progress } from '../kernel/progress.ts';
import type { Lake } from '../storage/lake.ts';
import type { Batches, BatchRecord } from './batches.ts';
import { bronzePath, unreadPath, writeBronze } from './bronze.ts';
import { checkBatch, forgetBatch } from './check-batch.ts';
import type { Layout } from './layout.ts';
import { readRecords } from './records.ts';
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
}

/** What became of a file: its batch, and whether the same file had been loaded before. */
export interface LoadedFile {
  readonly batch: BatchRecord;
  readonly already: boolean;
}

/**
 * Loads one file by a layout: rows read = loaded + quarantined + duplicate. All or nothing: a failure or a kill at
 * any point leaves no row of it.
 * @throws RamalError that says what was wrong with the file.
 */
export async function loadFile(intake: Intake, path: string, options: LoadOptions): Promise<LoadedFile> {
  const { batches, lake } = intake;
  const { layout, signal } = options;
  const started = performance.now();
  const file = await lookAtFile(path);
  const before = await sameFile(intake, file, layout);
  if (before) return { batch: before, already: true };
  const batchId = await batches.open({
    source: layout.source,
    layout: layout.version,
    file_name: file.name,
    file_bytes: file.bytes,
    received_by: options.by,
  });
  const records = recordsPath(intake.config.home, batchId);
  const bronze = bronzePath(intake.config.home, layout.source, batchId);
  try {
    let done = 0;
    const read = await readRecords(file, layout, records, (bytes) => {
      signal?.throwIfAborted();
      done += bytes;
      options.progress({ step: `lendo ${file.name}`, done: done * 0.5, total: file.bytes });
    });
    if (read.good + read.bad === 0) throw new RamalError('fileNoRows', { file: file.name });
    const hash = hashFile(file);
    hash.catch(() => {});
    const result = await lake.use(async (session) => {
      const rows = await writeBronze(session, read, batchId, bronze);
      options.progress({ step: `conferindo ${file.name}`, done: 0.7 * file.bytes, total: file.bytes });
      const { timeZone } = intake.config;
      return checkBatch(session, { layout, bronze: rows, timeZone, suffix: '' }, read);
    }, signal);
    await batches.finish(batchId, await hash, result, (performance.now() - started) / 1000);
  } catch (thrown) {
    const error = signal?.aborted ? new RamalError('cancelled', { what: file.name }, thrown) : asRamalError(thrown);
    // Where even this fails the batch stays "loading", and recover() undoes it at the next start.
    await undo(intake, { batchId, bronze, message: error.message }).catch(() => {});
    throw error;
  } finally {
    removeRecords(records);
  }
  return { batch: await batches.get(batchId), already: false };
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
