import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { RamalError } from '../kernel/errors.ts';

/** The right to open a home: one process at a time. */
export interface HomeLock {
  readonly home: string;
  release(): void;
}

/**
 * Takes `home.lock` and closes the folder to the machine's other users. A lock whose process is gone is taken over, by one of those that want it.
 * @throws RamalError `homeLocked` with the owner's process id.
 */
export function lockHome(home: string): HomeLock {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  chmodSync(home, 0o700);
  const path = join(home, 'home.lock');
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, started: processStart(process.pid) }), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (claim(draft, path) || takeOver(draft, path)) return { home, release: () => rmSync(path, { force: true }) };
      const owner = readOwner(path);
      if (owner && isRunning(owner)) throw new RamalError('homeLocked', { home, pid: owner.pid });
      Atomics.wait(PAUSE, 0, 0, 5);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new RamalError('homeLocked', { home, pid: readOwner(path)?.pid ?? 0 });
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));

/** Gives the written draft its name, whole and at once, unless the name is taken. */
function claim(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  try {
    copyFileSync(draft, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** What file systems without hard links answer. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Replaces the lock of a process that is gone. Only the holder of the guard may: two would replace each other. */
function takeOver(draft: string, path: string): boolean {
  const guard = `${path}.takeover`;
  if (!claim(draft, guard)) {
    const holder = readOwner(guard);
    if (holder && !isRunning(holder)) rmSync(guard, { force: true });
    return false;
  }
  try {
    const written = readText(path);
    const owner = parseOwner(written);
    if (written === null || (owner && isRunning(owner))) return false;
    renameSync(draft, path);
    return true;
  } finally {
    rmSync(guard, { force: true });
  }
}

/** The process that owns the home, when one runs. */
export function homeOwner(home: string): number | null {
  const owner = readOwner(join(home, 'home.lock'));
  return owner && isRunning(owner) ? owner.pid : null;
}

interface Owner {
  pid: number;
  started: string | null;
}

function readOwner(path: string): Owner | null {
  return parseOwner(readText(path));
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parseOwner(text: string | null): Owner | null {
  try {
    return JSON.parse(text ?? '') as Owner;
  } catch {
    return null;
  }
}

function isRunning({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return started === null || processStart(pid) === started;
}

/** When the process started, in ticks since boot: a recycled process id does not pass for its predecessor. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
