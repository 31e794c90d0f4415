import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RamalError } from '../kernel/errors.ts';

/** The right to open a home: one process at a time. */
export interface HomeLock {
  readonly home: string;
  release(): void;
}

/**
 * Takes `home.lock`. A lock whose process is gone is taken over.
 * @throws RamalError `homeLocked` with the owner's process id.
 */
export function lockHome(home: string): HomeLock {
  mkdirSync(home, { recursive: true });
  const path = join(home, 'home.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = openSync(path, 'wx', 0o600);
      writeSync(handle, JSON.stringify({ pid: process.pid, started: processStart(process.pid) }));
      closeSync(handle);
      return { home, release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = readOwner(path);
      if (owner && isRunning(owner)) throw new RamalError('homeLocked', { home, pid: owner.pid });
      rmSync(path, { force: true });
    }
  }
  throw new RamalError('homeLocked', { home, pid: readOwner(path)?.pid ?? 0 });
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
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
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
