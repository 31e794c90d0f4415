import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import connect from 'postgres';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type PostgresPrograms, postgres } from '../services.ts';

export interface PostgresServer {
  /** Address of the server's maintenance database; the user is its superuser. */
  url: string;
  /** Process id of the server, for tests that kill it. */
  pid(): number;
  /** Creates an empty database and returns its address. */
  database(): Promise<string>;
  /** Kills the server with SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** Starts a stopped or killed server again, on the same port and data. */
  restart(): Promise<void>;
  /** Ends the server; `keep` leaves its data folder and says where it is. */
  stop(keep?: boolean): Promise<void>;
}

interface Account {
  uid: number;
  gid: number;
}

/** A PostgreSQL server for the tests of one file; ended after them, its data kept when one failed. */
export function usePostgres(settings: Record<string, string> = {}): () => PostgresServer {
  let server: PostgresServer | undefined;
  let failed = false;
  beforeAll(async () => {
    server = await startPostgres(settings);
  }, 60_000);
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => {
      failed = true;
    });
  });
  afterAll(() => server?.stop(failed), 30_000);
  return () => {
    if (server === undefined) throw new Error('The PostgreSQL server starts in beforeAll: ask for it inside a test.');
    return server;
  };
}

/** Starts a throw-away PostgreSQL server on a free loopback port. `settings` are passed as `-c name=value`. */
export async function startPostgres(settings: Record<string, string> = {}): Promise<PostgresServer> {
  const programs = postgres();
  if (programs === undefined) throw new Error('PostgreSQL is not installed; skip with describe.skipIf(!postgres()).');
  const account = serverAccount();
  const folder = makeFolder(account);
  const data = join(folder, 'data');
  execFileSync(programs.initdb, ['-D', data, '-U', 'ramal', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
    ...account,
    cwd: folder,
    stdio: 'pipe',
  });
  const port = await freePort();
  const url = `postgres://ramal@127.0.0.1:${port}/postgres`;
  const all = { fsync: 'off', max_connections: '100', ...settings };
  const start = () => launch(programs, { folder, data, port, account, settings: all });
  let child = await start();
  let databases = 0;
  return {
    url,
    pid: () => child.pid ?? 0,
    async database() {
      databases += 1;
      const name = `test_${databases}`;
      const sql = connect(url, { max: 1, onnotice: () => undefined });
      await sql.unsafe(`CREATE DATABASE ${name}`);
      await sql.end();
      return url.replace(/postgres$/, name);
    },
    kill: () => end(child, 'SIGKILL'),
    async restart() {
      await end(child, 'SIGINT');
      child = await start();
    },
    async stop(keep = false) {
      await end(child, 'SIGINT');
      if (keep) process.stderr.write(`PostgreSQL data of the failed test: ${folder}\n`);
      else rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(
  programs: PostgresPrograms,
  at: { folder: string; data: string; port: number; account: Account | undefined; settings: Record<string, string> },
): Promise<ChildProcess> {
  const options = Object.entries(at.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', at.data, '-h', '127.0.0.1', '-p', String(at.port), '-k', at.folder, ...options];
  const logFile = join(at.folder, 'server.log');
  const log = openSync(logFile, 'a');
  const child = spawn(programs.postgres, args, { ...at.account, cwd: at.folder, stdio: ['ignore', log, log] });
  const url = `postgres://ramal@127.0.0.1:${at.port}/postgres`;
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start: ${readFileSync(logFile, 'utf8')}`);
    if (await answers(url)) {
      guard(child, at.folder);
      return child;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`PostgreSQL did not answer within 30 s: ${readFileSync(logFile, 'utf8')}`);
}

/** Ends the server and removes its folder should this process die first, however it dies. */
function guard(server: ChildProcess, folder: string): void {
  const script = 'read _; kill -QUIT "$0" && sleep 2; rm -rf "$1"';
  const watcher = spawn('sh', ['-c', script, String(server.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  server.once('exit', () => watcher.kill());
}

async function answers(url: string): Promise<boolean> {
  const sql = connect(url, { max: 1, connect_timeout: 1, onnotice: () => undefined });
  try {
    await sql`SELECT 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(impatience);
}

/** PostgreSQL refuses to run as root: under root it runs as the package's own user. */
function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function makeFolder(account: Account | undefined): string {
  // Root's own temp folder may be closed to the server's user, and a socket path must stay short.
  const parent = account !== undefined && existsSync('/tmp') ? '/tmp' : tmpdir();
  const folder = mkdtempSync(join(parent, 'ramal-postgres-'));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
