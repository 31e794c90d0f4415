import { join } from 'node:path';
import { CONSOLE, type User } from '../access/roles.ts';
import { loadFile } from '../intake/load.ts';
import { Secrets } from '../intake/secrets.ts';
import { type FetchFilesOptions, fetchFiles } from '../intake/watch/fetch-files.ts';
import { openPlace } from '../intake/watch/open-place.ts';
import { Door } from '../intake/watch/place.ts';
import { type LoadFetched, type LookContext, type LookFound, scan, take } from '../intake/watch/watch.ts';
import { WatchedFiles } from '../intake/watch/watched-files.ts';
import { type Watch, Watches } from '../intake/watch/watches.ts';
import type { Task } from '../jobs/schedule.ts';
import { RamalError } from '../kernel/errors.ts';
import { type Progress, silent } from '../kernel/progress.ts';
import { build } from '../lake/build.ts';
import type { App } from './app.ts';
import type { LookAnswer } from './schema-watches.ts';

export interface LookRequest {
  readonly user: User;
  /** Tries again what was refused. */
  readonly retry?: boolean;
}

/** The watches of a home. */
export function watchesOf({ ledger, clock, config: { home } }: App): Watches {
  return new Watches({ ledger, clock, secrets: new Secrets(home), home });
}

export function watchedFilesOf({ ledger, clock }: App, name: string): WatchedFiles {
  return new WatchedFiles(ledger, clock, name);
}

/** The door of a watch's place; a first key that it was told to trust is kept. */
export function doorOf(app: App, name: string): Door {
  const watches = watchesOf(app);
  const open = async () =>
    openPlace(await watches.get(name), watches.secretOf(name), (fingerprint) => watches.remember(name, fingerprint));
  return new Door(open, app.clock);
}

/**
 * Looks at a watch's place once: loads the files that are new and complete and builds the numbers. It writes to the
 * lake: run it as a job.
 * @throws RamalError when the place or this machine failed; files loaded before stay, in the numbers too.
 */
export async function lookAt(
  app: App,
  name: string,
  { user, retry = false }: LookRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<LookAnswer> {
  return looking(app, name, { progress, signal }, async (door, context) => {
    const { files } = context;
    if (retry) await files.forgetRefused();
    const { listed } = await scan(door, context);
    let built = false;
    const before = (await files.counts()).loaded;
    const buildLoaded = async () => {
      if (built || signal.aborted || (await files.counts()).loaded === before) return;
      built = true;
      await build(app, { progress, signal });
    };
    try {
      const load = loading(app, user, name);
      const { loaded, already, refused, waiting } = await take(door, { ...context, home: app.config.home, load });
      await buildLoaded();
      return { watch: name, listed, loaded, already, refused, waiting, files: await files.counts() };
    } catch (error) {
      await buildLoaded();
      throw error;
    }
  });
}

/** Looks without loading, beside whatever job runs; gives how many files wait to be loaded. */
export function scanWatch(app: App, name: string, signal: AbortSignal): Promise<LookFound> {
  return looking(app, name, { progress: silent, signal }, scan);
}

/**
 * A timed look at a watch: looks, and asks for a job where there is something to load. One that is looked at already,
 * or is switched off, is let be.
 */
export async function lookInTime(app: App, name: string, signal: AbortSignal): Promise<void> {
  const isBusy = () => busyOf(app).has(name) || isAsked(app, name);
  if (isBusy() || !(await watchesOf(app).get(name)).enabled || isBusy()) return;
  const { waiting } = await scanWatch(app, name, signal);
  if (waiting === 0 || isBusy()) return;
  const { id } = app.jobs.start('watch', (progress, stop) => lookAt(app, name, { user: CONSOLE }, progress, stop));
  askedOf(app).set(name, id);
}

/** The work of the schedule: each watch that is switched on is looked at, every so often. */
export async function watchTasks(app: App): Promise<Task[]> {
  const enabled = (await watchesOf(app).list()).filter((watch) => watch.enabled);
  return enabled.map(({ name, every }) => ({
    name: `watch ${name}`,
    when: { kind: 'every', minutes: every / 60 } as const,
    run: (signal) => lookInTime(app, name, signal),
  }));
}

/** Copies the files of a watch's place, without loading them: see {@link fetchFiles}. */
export async function fetchWatched(
  app: App,
  name: string,
  { folder, onPassed, progress, signal }: Omit<FetchFilesOptions, 'watch'>,
): Promise<string[]> {
  const watch = await watchesOf(app).get(name);
  const door = doorOf(app, name);
  const leave = () => void door.close();
  signal.addEventListener('abort', leave);
  try {
    return await fetchFiles(door, { watch, folder: join(folder, 'fetched'), onPassed, progress, signal });
  } catch (thrown) {
    if (signal.aborted) throw new RamalError('cancelled', { what: `busca de ${name}` }, thrown);
    throw thrown;
  } finally {
    signal.removeEventListener('abort', leave);
    await door.close();
  }
}

const ASKED = new WeakMap<App, Map<string, string>>();

/** The job that a timed look asked for last, by watch. */
function askedOf(app: App): Map<string, string> {
  const asked = ASKED.get(app) ?? new Map<string, string>();
  ASKED.set(app, asked);
  return asked;
}

/** Whether that job has yet to end: it may have waited long behind others. */
function isAsked(app: App, name: string): boolean {
  const id = askedOf(app).get(name);
  if (id === undefined) return false;
  try {
    return ['queued', 'running'].includes(app.jobs.get(id).state);
  } catch {
    return false;
  }
}

const BUSY = new WeakMap<App, Map<string, Promise<void>>>();

function busyOf(app: App): Map<string, Promise<void>> {
  const busy = BUSY.get(app) ?? new Map<string, Promise<void>>();
  BUSY.set(app, busy);
  return busy;
}

/** One look at a watch at a time; the watch keeps why its last one failed. */
async function looking<T>(
  app: App,
  name: string,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
  work: (door: Door, context: LookContext) => Promise<T>,
): Promise<T> {
  const watches = watchesOf(app);
  const busy = busyOf(app);
  const before = busy.get(name) ?? Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const mine = before.then(() => promise);
  busy.set(name, mine);
  await before;
  const door = doorOf(app, name);
  const leave = () => void door.close();
  signal.addEventListener('abort', leave);
  try {
    const watch: Watch = await watches.get(name);
    const files = watchedFilesOf(app, name);
    const done = await work(door, { watch, files, clock: app.clock, progress, signal });
    await watches.looked(name, null);
    return done;
  } catch (thrown) {
    if (signal.aborted) throw new RamalError('cancelled', { what: `olhada de ${name}` }, thrown);
    await watches.looked(name, thrown instanceof RamalError ? thrown.message : 'Falha inesperada.');
    throw thrown;
  } finally {
    signal.removeEventListener('abort', leave);
    await door.close();
    resolve();
    if (busy.get(name) === mine) busy.delete(name);
  }
}

/** The intake's own way, for a file that was fetched. */
function loading(app: App, user: User, name: string): LoadFetched {
  return async (path, { source, writtenAt }, progress, signal) => {
    const layout = app.layouts.get(source);
    const options = { layout, byDay: true, by: `vigia ${name}`, progress, signal, writtenAt };
    const { batch, already } = await loadFile(app, path, options);
    const { batch_id: id, state } = batch;
    if (state === 'loaded') await app.layouts.remember(app.layouts.get(source, batch.layout), batch);
    await app.audit.record(user, 'intake', `batch ${id}`, { source, watch: name });
    if (state === 'waiting')
      return { batch: id, state, already, message: `O arquivo mudou: o lote ${id} espera uma decisão.` };
    if (state === 'refused') return { batch: id, state, already, message: batch.message };
    return { batch: id, state: 'loaded', already, message: null };
  };
}
