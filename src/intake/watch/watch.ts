import { mkdir, mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import { asRamalError } from '../../kernel/thrown.ts';
import type { BatchState } from '../batches.ts';
import { diskName, nameTrick, shownName } from './names.ts';
import { DONE_FOLDER, depthOf, isLeft, matchPath, type PathMatch } from './patterns.ts';
import type { Door, Place, PlaceFile } from './place.ts';
import { PENDING, type SeenFile, type WatchedFile, type WatchedFiles } from './watched-files.ts';
import type { Watch } from './watches.ts';

/** Entries that are compared with the ledger at once: all that a look holds of a folder, however large. */
const PAGE = 1000;
const NEVER = new Date(0);

export interface LookContext {
  readonly watch: Watch;
  readonly files: WatchedFiles;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What a look found; `waiting` counts the files that are to be loaded. */
export interface LookFound {
  readonly listed: number;
  readonly waiting: number;
}

/**
 * Looks at a place once and writes to the ledger what is new: what may still grow, what is complete, what is refused by
 * its name and what no source fits. Loads nothing.
 * @throws RamalError when the place does not answer; what was seen before stays.
 */
export function scan(door: Door, context: LookContext): Promise<LookFound> {
  return door.use((place) => scanPlace(place, context));
}

async function scanPlace(place: Place, context: LookContext): Promise<LookFound> {
  const { watch, files, clock, progress, signal } = context;
  const started = clock.now();
  // Markers may be listed long before or after their files: names alone are held, and only where a watch asks for them.
  const markers = watch.marker === null ? null : await markersOf(place, watch, signal);
  let listed = 0;
  for await (const page of pagesOf(place, watch, signal)) {
    listed += page.length;
    progress({ step: `olhando ${watch.name}`, done: listed, total: 0 });
    // Two names that differ in nothing visible are shown, and so kept, as one.
    const judged = page.map((file) => judge(file, watch)).filter(({ match }) => match !== 'left');
    const named = [...new Map(judged.map((file) => [file.path, file])).values()];
    const known = new Map((await files.known(named)).map((file) => [file.path, file]));
    const judging = { watch, markers, now: started, whole: place.whole };
    const seen = named.map((file) => next(file, known.get(file.path), judging));
    await files.see(seen.filter((one) => one !== null));
  }
  await files.forgetUnseen(started);
  return { listed, waiting: await files.countWaiting() };
}

/** The batch of a file: in the lake, waiting for a person, or refused. */
export interface LoadedBatch {
  readonly batch: number;
  readonly state: 'loaded' | 'waiting' | 'refused';
  readonly message: string | null;
  readonly already: boolean;
}

/** Loads one file that was fetched. */
export type LoadFetched = (
  path: string,
  of: { source: string; writtenAt: Date },
  progress: Progress,
  signal: AbortSignal,
) => Promise<LoadedBatch>;

export interface TakeContext extends LookContext {
  readonly home: string;
  readonly load: LoadFetched;
}

/** What became of the files that waited. */
export interface TakeResult {
  loaded: number;
  already: number;
  refused: number;
  /** In batches that wait for a person. */
  waiting: number;
  growing: number;
}

/**
 * Fetches and loads the files that wait, one at a time, the oldest first. One that is at fault is refused and the next is
 * taken; a failure of the place or of this machine ends the look and leaves the rest for the next.
 */
export async function take(door: Door, context: TakeContext): Promise<TakeResult> {
  const { files, progress, signal } = context;
  const result: TakeResult = { loaded: 0, already: 0, refused: 0, waiting: 0, growing: 0 };
  for (const file of await files.decided()) await follow(door, file, context);
  let [done, total] = [0, await files.countWaiting()];
  for (let waiting = await files.waiting(100); waiting.length > 0; waiting = await files.waiting(100)) {
    for (const file of waiting) {
      signal.throwIfAborted();
      const begun = done;
      total = Math.max(total, begun + 1);
      const step: Progress = (moment) =>
        progress({ step: moment.step, done: begun + (moment.total > 0 ? moment.done / moment.total : 0), total });
      await takeOne(door, file, { ...context, progress: step }, result);
      done += 1;
    }
  }
  return result;
}

async function takeOne(door: Door, file: WatchedFile, context: TakeContext, result: TakeResult): Promise<void> {
  const { watch, files, clock, home, load, progress, signal } = context;
  const match = matchPath(file.path, watch.patterns);
  if (typeof match === 'string') return files.forget(file);
  await files.mark(file, 'taken');
  await mkdir(join(home, 'tmp'), { recursive: true });
  const folder = await mkdtemp(join(home, 'tmp', 'watch-'));
  try {
    const path = join(folder, diskName(file.path));
    let fetched = 0;
    const onBytes = (bytes: number) => {
      fetched += bytes;
      progress({ step: `buscando ${file.path}`, done: 0.4 * Math.min(fetched, file.bytes), total: file.bytes });
    };
    const now = await door.use((place) => place.fetch(file, path, { signal, onBytes }));
    if (now === null) {
      // The next look forgets it, or finds it again: some servers say so of a file that they do not let us read.
      result.growing += 1;
      return await files.mark(file, 'growing', { message: 'Na última busca já não estava lá, ou não pôde ser lido.' });
    }
    if (
      now.bytes !== file.bytes ||
      now.changedAt.getTime() !== file.changedAt.getTime() ||
      (await stat(path)).size !== file.bytes
    ) {
      result.growing += 1;
      const seen = { ...now, state: 'growing', source: match.source, message: null, seenAt: clock.now() } as const;
      await files.forget(file);
      return await files.see([seen]);
    }
    // The fetched copy is as old as its original: it need not be watched for growth again.
    const writtenAt = new Date(Math.min(file.changedAt.getTime(), clock.now().getTime()));
    await utimes(path, writtenAt, writtenAt);
    const loading: Progress = ({ step, done, total }) => progress({ step, done: 0.4 * total + 0.6 * done, total });
    const loaded = await load(path, { source: match.source, writtenAt }, loading, signal);
    const { batch, state, already } = loaded;
    result[state === 'loaded' && already ? 'already' : state] += 1;
    const known = already ? `O mesmo conteúdo já estava no lote ${batch}.` : null;
    await files.mark(file, state, { batch, message: loaded.message ?? known });
    if (state === 'loaded' && watch.after === 'move') await moveAway(door, file, batch, context);
  } catch (thrown) {
    const error = signal.aborted ? new RamalError('cancelled', { what: file.path }, thrown) : asRamalError(thrown);
    if (!isFaultOfFile(error)) {
      await files.mark(file, 'ready', { message: error.message });
      throw error;
    }
    result.refused += 1;
    await files.mark(file, 'refused', { message: error.message });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes down what a person decided of a file's batch. */
async function follow(
  door: Door,
  file: WatchedFile & { readonly decided: BatchState },
  context: TakeContext,
): Promise<void> {
  const { batch, decided } = file;
  if (decided === 'loading') return;
  if (decided === 'failed') return context.files.mark(file, 'ready', { batch });
  if (decided === 'refused')
    return context.files.mark(file, 'refused', { batch, message: `O lote ${batch} foi devolvido ao cliente.` });
  await context.files.mark(file, 'loaded', { batch });
  if (context.watch.after === 'move') await moveAway(door, file, batch!, context);
}

/** Loaded is loaded: where a file cannot be moved, this is said of it and no more. */
async function moveAway(door: Door, file: WatchedFile, batch: number, { watch, files }: TakeContext): Promise<void> {
  const name = file.path.split('/').at(-1)!;
  try {
    await door.use((place) => place.move(file.path, DONE_FOLDER, `lote-${batch}-${name}`));
    if (watch.marker !== null)
      await door.use((place) =>
        place.move(file.path + watch.marker, DONE_FOLDER, `lote-${batch}-${name}${watch.marker}`),
      );
  } catch (thrown) {
    await files.mark(file, 'loaded', { batch, message: `Carregado, mas não movido: ${asRamalError(thrown).message}` });
  }
}

/** Whether trying again cannot help: the file itself is wrong, not the place, the disk or this process. */
function isFaultOfFile({ code, status }: RamalError): boolean {
  return status === 422 || code === 'unexpected' || code === 'query';
}

type Judged = PlaceFile & { readonly match: PathMatch; readonly refused: string | null };

/** A name that is a trick is written down as it can be shown, and each of its versions as one. */
function judge(file: PlaceFile, { patterns }: Watch): Judged {
  const trick = file.trick ?? nameTrick(file.path);
  if (trick === null) return { ...file, match: matchPath(file.path, patterns), refused: null };
  const path = shownName(file.path);
  const refused = new RamalError('fileName', { file: path, what: trick }).message;
  return { path, bytes: 0, changedAt: NEVER, match: 'unmatched', refused };
}

interface Judging {
  readonly watch: Watch;
  readonly markers: ReadonlyMap<string, number> | null;
  readonly now: Date;
  readonly whole: boolean;
}

/** What the ledger is to hold of a version of a file, given what it holds of it; null leaves it as it is. */
function next(file: Judged, known: WatchedFile | undefined, { watch, markers, now, whole }: Judging): SeenFile | null {
  const { path, bytes, changedAt, match, refused } = file;
  if (known && !PENDING.includes(known.state)) return null;
  const seen = { path, bytes, changedAt, source: null, message: null, seenAt: known?.seenAt ?? now };
  if (refused !== null) return { ...seen, state: 'refused', message: refused };
  if (typeof match === 'string') return { ...seen, state: 'unmatched' };
  const { source } = match;
  const complete =
    whole ||
    (markers
      ? (markers.get(path) ?? -1) >= changedAt.getTime()
      : known !== undefined && now.getTime() - known.seenAt.getTime() >= watch.settle * 1000);
  return { ...seen, source, state: complete ? 'ready' : 'growing' };
}

async function* pagesOf(place: Place, { patterns, marker }: Watch, signal: AbortSignal): AsyncGenerator<PlaceFile[]> {
  let page: PlaceFile[] = [];
  for await (const file of place.list(depthOf(patterns), isLeft)) {
    signal.throwIfAborted();
    if (marker !== null && file.path.endsWith(marker)) continue;
    page.push(file);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** When each file's marker was written, by the file's path. */
async function markersOf(place: Place, { patterns, marker }: Watch, signal: AbortSignal): Promise<Map<string, number>> {
  const markers = new Map<string, number>();
  for await (const { path, changedAt } of place.list(depthOf(patterns), isLeft)) {
    signal.throwIfAborted();
    if (path.endsWith(marker!)) markers.set(path.slice(0, -marker!.length), changedAt.getTime());
  }
  return markers;
}
