import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { wallTimeAt } from '../kernel/brazil/dates.ts';
import type { Config } from '../kernel/config.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Progress } from '../kernel/progress.ts';
import { asRamalError } from '../kernel/thrown.ts';
import type { Lake, LakeSession } from '../storage/lake.ts';
import { isFull, takesLong } from './batch-rows.ts';
import type { Batches, BatchRecord } from './batches.ts';
import { type BronzeFile, bronzePath, unreadPath, writeBronze } from './bronze.ts';
import { checkBatches, forgetBatch, warningsOf } from './check-batch.ts';
import type { Effect } from './drift/drift.ts';
import { effectOf } from './drift/effect.ts';
import { fileDay } from './drift/file-day.ts';
import { profileFiles } from './drift/file-profile.ts';
import { fits, judge, type Verdict, type Version } from './drift/judge.ts';
import type { HeldColumn } from './drift/refusable.ts';
import { heldColumns, keptProfile, withEveryValue } from './drift/refused.ts';
import type { LinedProfile } from './drift/shift.ts';
import type { Layout } from './layout.ts';
import type { Layouts } from './layouts.ts';
import { type ReadRecords, readRecords } from './records.ts';
import { standsAlone } from './rules/index.ts';
import { hashFile, lookAtFile, type SourceFile } from './source-file.ts';
import { frozenPaths } from './steps/frozen.ts';

export interface Intake {
  readonly config: Pick<Config, 'home' | 'timeZone'>;
  readonly lake: Lake;
  readonly batches: Batches;
  readonly layouts: Layouts;
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
  /** Read each file by the version of its own day, or by another that it fits, rather than by this one. */
  readonly byDay?: boolean;
  /** Take what is suggested of differences that are not of mandatory columns. */
  readonly yes?: boolean;
}

/** What became of a file: its batch, and whether the same file had been loaded before. */
export interface LoadedFile {
  readonly batch: BatchRecord;
  readonly already: boolean;
}

/**
 * Loads files of a source, in their order, small ones together: of each, rows read = loaded + quarantined + duplicate. A
 * file that differs from its layout waits for a person, or is refused, as the source's policies say: nothing of it is
 * loaded.
 * Each is all or nothing: a failure or a kill at any point leaves no row of it, and a stop leaves none of the one at
 * hand. Gives what became of them as it goes.
 * @throws RamalError that says what was wrong with a file, when those before it have been given.
 */
export async function* loadFiles(
  intake: Intake,
  paths: readonly string[],
  options: LoadOptions,
): AsyncGenerator<LoadedFile> {
  intake.layouts.checkOf(options.layout);
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
      const day = fileDay(file.name, options.writtenAt ?? new Date(file.changedMs), intake.config.timeZone);
      const layout = options.byDay ? intake.layouts.at(options.layout.source, day) : options.layout;
      // It may be the same file: only one that the ledger holds as loaded is known again.
      if (waiting.some(({ file: { bytes } }) => bytes === file.bytes)) yield* settle();
      const before = await sameFile(intake, file, layout);
      if (before) {
        yield* settle();
        yield { batch: before, already: true };
        continue;
      }
      if (waiting.some((other) => other.layout !== layout)) yield* settle();
      waiting.push(await receive(intake, file, { ...options, layout, progress }));
      if (standsAlone(layout.rules) || isFull(waiting.map(({ read }) => read.good))) yield* settle();
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
  readonly layout: Layout;
  readonly file: SourceFile;
  readonly batchId: number;
  readonly read: ReadRecords;
  readonly bronze: BronzeFile;
  readonly hash: string;
  readonly seconds: number;
}

/** Opens a batch for a file and brings its records to bronze. */
async function receive(
  intake: Intake,
  file: SourceFile,
  { layout, by, progress, signal, scope, writtenAt = new Date(file.changedMs) }: LoadOptions,
): Promise<Received> {
  const { batches, config, lake } = intake;
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
    const read = await readRecords(
      file,
      layout,
      records,
      (bytes) => {
        signal?.throwIfAborted();
        done += bytes;
        progress({ step: `lendo ${file.name}`, done: done * 0.5, total: file.bytes });
      },
      lake,
    );
    if (read.good + read.bad === 0) throw new RamalError('fileNoRows', { file: file.name });
    const hash = hashFile(file);
    hash.catch(() => {});
    const bronze = await lake.use((session) => writeBronze(session, read, { batch: batchId, path, writtenAt }), signal);
    progress({ step: `conferindo ${file.name}`, done: 0.7 * file.bytes, total: file.bytes });
    return { layout, file, batchId, read, bronze, hash: await hash, seconds: (performance.now() - started) / 1000 };
  } catch (thrown) {
    const error = signal?.aborted ? new RamalError('cancelled', { what: file.name }, thrown) : asRamalError(thrown);
    await forgetReceived(intake, [{ batchId, bronze: { path } }], error);
    throw error;
  } finally {
    removeRecords(records);
  }
}

/**
 * Judges what was received, checks what is loaded and tells the ledger, in the order of the batches' numbers: one that
 * is loaded repeats no row of one that is not.
 */
async function* loadReceived(
  intake: Intake,
  received: readonly Received[],
  options: LoadOptions,
): AsyncGenerator<LoadedFile> {
  const loaded: LoadedFile[] = [];
  let failure: RamalError | undefined;
  try {
    const judged = received.length === 0 ? [] : await judgeReceived(intake, received, options);
    for (const group of sameVerdicts(judged)) {
      const batches =
        group[0]!.verdict.is === 'load' ? checkReceived(intake, group, options) : holdReceived(intake, group);
      for await (const batch of batches) loaded.push({ batch, already: false });
    }
  } catch (thrown) {
    const left = received.slice(loaded.length);
    const what = left.map(({ file }) => file.name).join(', ');
    failure = options.signal?.aborted ? new RamalError('cancelled', { what }, thrown) : asRamalError(thrown);
    await forgetReceived(intake, left, failure);
  }
  yield* loaded;
  if (failure) throw failure;
}

interface Judged extends Received {
  readonly profile: LinedProfile;
  readonly verdict: Verdict;
  readonly held: readonly HeldColumn[];
}

/** Compares each file with its layout and with the files before it. */
async function judgeReceived(
  { batches, config, lake, layouts }: Intake,
  received: readonly Received[],
  { byDay = false, yes = false }: LoadOptions,
): Promise<Judged[]> {
  const { layout } = received[0]!;
  const profiles = await lake.use(async (session) => {
    const found = await profileFiles(session, layout, received);
    for (const [index, { bronze }] of received.entries())
      found[index] = await withEveryValue(session, layout, bronze, found[index]!);
    return found;
  });
  const versionOf = async (one: Layout): Promise<Version> => ({
    layout: one,
    known: await batches.knownFiles(one.source, one.version),
  });
  const version = await versionOf(layout);
  const known = [...version.known];
  let others: Version[] | undefined;
  const judged: Judged[] = [];
  for (const [index, one] of received.entries()) {
    let profile = profiles[index]!;
    const columns = one.bronze.columns;
    const file = {
      profile,
      columns,
      writtenOn: wallTimeAt(one.bronze.writtenAt.getTime(), config.timeZone).slice(0, 10),
    };
    const latest = { layout, known };
    let verdict = judge(latest, [], file, { yes });
    if (verdict.is !== 'load' && byDay) {
      const rest = layouts.versions(layout.source).filter((other) => other.version !== layout.version);
      others ??= await Promise.all(rest.map(versionOf));
      verdict = judge(latest, others, file, { yes });
    }
    const next = verdict.is === 'load' ? verdict.layout : verdict.proposal;
    const before = others?.find((other) => other.layout === next)?.known ?? known;
    const held = heldColumns(next, before, verdict.drift);
    if (verdict.is === 'load') profile = keptProfile(profile, before, held);
    if (next === layout && verdict.is === 'load') known.push(profile);
    judged.push({ ...one, profile, verdict, held });
  }
  return judged;
}

/** Files that follow each other and are treated alike, together. */
function sameVerdicts(judged: readonly Judged[]): Judged[][] {
  const groups: Judged[][] = [];
  for (const one of judged) {
    const last = groups.at(-1)?.at(-1)?.verdict;
    const { verdict } = one;
    const same =
      last?.is === verdict.is && (last.is !== 'load' || (verdict.is === 'load' && last.layout === verdict.layout));
    if (same) groups.at(-1)!.push(one);
    else groups.push([one]);
  }
  return groups;
}

async function* checkReceived(
  intake: Intake,
  received: readonly Judged[],
  { by, signal }: LoadOptions,
): AsyncGenerator<BatchRecord> {
  const { batches, config, lake, layouts } = intake;
  const { verdict } = received[0]!;
  if (verdict.is !== 'load') return;
  const from = fileDay(received[0]!.file.name, received[0]!.bronze.writtenAt, config.timeZone);
  const layout = verdict.proposed ? await layouts.save(verdict.layout, { by, from }) : verdict.layout;
  const [first, ...others] = received.map(({ bronze, held }) => ({
    ...{ layout, bronze, held },
    ...{ timeZone: config.timeZone, suffix: '' },
  }));
  const started = performance.now();
  const reads = received.map(({ read }) => read);
  const heeded = takesLong(reads.map(({ good }) => good)) ? signal : undefined;
  const files = received.map(({ file: { name }, read }) => ({ name, read }));
  const checked = await lake.use((session) => checkBatches(session, [first!, ...others], files), heeded);
  const each = (performance.now() - started) / 1000 / received.length;
  for (const [index, one] of received.entries()) {
    const { lines: _, ...profile } = one.profile;
    const { result, refusal } = checked[index]!;
    if (refusal) {
      await batches.refuse(one.batchId, refusal.message, result);
      throw refusal;
    }
    await batches.finish(one.batchId, one.hash, result, one.seconds + each, {
      layout: layout.version,
      profile,
      drift: one.verdict.drift,
    });
    yield await batches.get(one.batchId);
  }
}

/** Sets files aside that a person decides about, with what loading them would do. */
async function* holdReceived(intake: Intake, received: readonly Judged[]): AsyncGenerator<BatchRecord> {
  const { batches, lake } = intake;
  for (const { batchId, bronze, file, hash, held, layout: former, profile: lined, read, verdict } of received) {
    if (verdict.is === 'load') continue;
    const { lines: _, ...profile } = lined;
    const layouts = { layout: verdict.proposal, former };
    const effect = await lake.use((session) => previewEffect(intake, session, layouts, bronze, held));
    await batches.hold(batchId, {
      state: verdict.is === 'refuse' ? 'refused' : 'waiting',
      file_hash: hash,
      rows_read: read.good + read.bad,
      encoding: read.encoding,
      delimiter: read.delimiter,
      warnings: warningsOf(read, []),
      drift: verdict.drift,
      effect,
      profile,
      message: verdict.is === 'refuse' ? `O arquivo ${file.name} mudou e a fonte manda recusar.` : null,
    });
    yield await batches.get(batchId);
  }
}

/** What loading a batch by a layout would do; null when its rows lack a column that the layout reads. */
export async function previewEffect(
  { batches, config }: Intake,
  session: LakeSession,
  { layout, former }: { readonly layout: Layout; readonly former: Layout },
  bronze: BronzeFile,
  held: readonly HeldColumn[] = [],
): Promise<Effect | null> {
  if (!fits(layout, bronze)) return null;
  const current = layout.covers === 'all' ? await batches.current(layout.source) : null;
  return effectOf(session, { layout, bronze, held, timeZone: config.timeZone, suffix: '' }, former, current);
}

/** Undoes batches that did not get through; where even this fails they stay "loading", and recover() undoes them. */
async function forgetReceived(
  intake: Intake,
  received: readonly { readonly batchId: number; readonly bronze: Pick<BronzeFile, 'path'> }[],
  { message }: RamalError,
): Promise<void> {
  for (const { batchId, bronze } of received.toReversed()) {
    await undoBatch(intake, { batchId, bronze: bronze.path, message }).catch(() => {});
  }
}

/** The ledger decides first: a batch that it holds as loaded, though its answer was lost, keeps its rows. */
export async function undoBatch(
  { lake, batches }: Intake,
  { batchId, bronze, message }: { batchId: number; bronze: string; message: string },
): Promise<void> {
  if (!(await batches.fail(batchId, message))) return;
  await lake.use((session) => session.transaction(() => forgetBatch(session, batchId)));
  removeBronze(bronze);
}

function removeBronze(path: string): void {
  for (const one of [path, `${path}.tmp`, unreadPath(path), ...frozenPaths(path)]) rmSync(one, { force: true });
}

/** Undoes what a killed process left of batches that were loading, or of others that have rows in silver and should not. */
export async function recover(intake: Intake): Promise<number> {
  const { home } = intake.config;
  const torn = await intake.batches.inState('loading');
  for (const { batch_id: batchId, source } of torn) {
    const message = 'O processo parou no meio da carga; nada ficou pela metade. Carregue o arquivo de novo.';
    await undoBatch(intake, { batchId, bronze: bronzePath(home, source, batchId), message });
    removeRecords(recordsPath(home, batchId));
  }
  const left = await Promise.all(
    (['failed', 'waiting', 'refused'] as const).map((state) => intake.batches.inState(state)),
  );
  const failed = left.flat().map((batch) => batch.batch_id);
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
