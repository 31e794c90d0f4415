import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { openSync, readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly folder: string;
  readonly options?: SpawnOptions;
}

/** Starts a server on loopback and waits until it listens; it ends with this process, however that dies. */
export async function startServer({ command, args, port, folder, options = {} }: Program): Promise<ChildProcess> {
  const logFile = join(folder, `${command.split('/').at(-1)}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { cwd: folder, ...options, stdio: ['ignore', log, log] });
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error(`${command} did not start: ${readFileSync(logFile, 'utf8')}`);
    if (await listens(port)) {
      guard(child);
      return child;
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  child.kill('SIGKILL');
  throw new Error(`${command} did not listen within 90 s: ${readFileSync(logFile, 'utf8')}`);
}

/** Ends a server that {@link startServer} started. */
export async function endServer(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await gone;
}

/** Ends the processes that serve a server's sessions: its own end does not end them. */
export function killDescendants(pid: number): void {
  for (const one of descendants(pid)) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function guard(server: ChildProcess): void {
  const watcher = spawn('sh', ['-c', 'read _; kill -KILL "$0"', String(server.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  server.once('exit', () => watcher.kill());
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]);
        return [[Number(name), parent] as const];
      } catch {
        return [];
      }
    });
  const below = (of: number): number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [...below(child), child]);
  return below(pid);
}
