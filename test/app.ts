import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Role } from '../src/access/roles.ts';
import { type App, openApp } from '../src/api/app.ts';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { type ApiServer, createServerOf } from '../src/api/server.ts';
import { answer, type Client } from '../src/cli/client.ts';
import { type DemoManifest, writeDemo } from '../src/demo/demo.ts';
import type { Clock } from '../src/kernel/clock.ts';
import { type Config, readConfig } from '../src/kernel/config.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import { age } from './home.ts';
import { ROOT } from './tree.ts';

const NODE = process.execPath;
/** The same as start.mjs gives: a command starts in half the time. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'compile');

/** A clock that tests set. */
export interface SetClock extends Clock {
  at: Date;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
  readonly bytes: Buffer;
}

export interface Asked {
  readonly as?: Role | undefined;
  readonly method?: 'GET' | 'POST' | 'DELETE' | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A home's API as it is served, asked without a port. */
export class TestApi {
  readonly app: App;
  readonly server: ApiServer;
  readonly clock: SetClock;
  readonly #cookies = new Map<Role, string>();

  private constructor(app: App, server: ApiServer, clock: SetClock) {
    this.app = app;
    this.server = server;
    this.clock = clock;
  }

  static async open(environment: Record<string, string> = {}): Promise<TestApi> {
    const clock = { at: new Date('2026-11-20T12:00:00Z'), now: () => clock.at };
    const app = await openApp(testConfig(environment), clock, '0.0.0-test');
    const screens = join(app.config.home, 'screens');
    rmSync(screens, { recursive: true, force: true });
    mkdirSync(screens);
    writeFileSync(join(screens, 'index.html'), '<!doctype html><title>Ramal</title>');
    return new TestApi(app, await createServerOf(app, screens), clock);
  }

  async token(role: Role): Promise<string> {
    return this.app.accounts.createToken(await this.app.accounts.ensure(`pessoa-${role}`, role));
  }

  /** The cookie of a session opened with a real one-time token; one per role unless `fresh`. */
  async cookie(role: Role, fresh = false): Promise<string> {
    const kept = this.#cookies.get(role);
    if (kept && !fresh) return kept;
    const { headers } = await this.ask('/api/session', { method: 'POST', body: { token: await this.token(role) } });
    const cookie = String([headers['set-cookie']].flat()[0]).split(';')[0] as string;
    if (!fresh) this.#cookies.set(role, cookie);
    return cookie;
  }

  async ask(url: string, { as, method = 'GET', body, headers = {} }: Asked = {}): Promise<Answer> {
    const response = await this.server.fastify.inject({
      method,
      url,
      headers: { ...(as ? { cookie: await this.cookie(as) } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.payload,
      bytes: response.rawPayload,
    };
  }

  /** The document of an answer that must be good. */
  async json<T = Record<string, never>>(url: string, asked: Asked = {}): Promise<T> {
    const { status, text } = await this.ask(url, { as: 'administrator', ...asked });
    if (status >= 400) throw new Error(`${url} answered ${status}: ${text}`);
    return JSON.parse(text) as T;
  }

  /** Starts long work and waits for its result. */
  async job<T>(url: string, body: unknown): Promise<T> {
    const { id } = await this.json<{ id: string }>(url, { method: 'POST', body });
    await this.app.jobs.idle();
    const { state, result, error } = this.app.jobs.get(id);
    if (state !== 'done') throw new Error(`${url} ended ${state}: ${error?.message}`);
    return result as T;
  }

  async close(): Promise<void> {
    await this.server.fastify.close();
    await this.app.close();
    rmSync(this.app.config.home, { recursive: true, force: true });
  }
}

/** A command's way to the API under test. */
export function clientOf(api: TestApi): Client {
  return {
    json: (method, url, body) =>
      api.json(url, { method: method as Asked['method'], ...(body === undefined ? {} : { body }) }),
    async stream(url, body) {
      const { status, bytes, text } = await api.ask(url, {
        as: 'administrator',
        method: body === undefined ? 'GET' : 'POST',
        body,
      });
      if (status >= 400) answer(status, text);
      return Readable.from([bytes]);
    },
    close: async () => {},
  };
}

export function testConfig(environment: Record<string, string> = {}): Config {
  const home = mkdtempSync(join(tmpdir(), 'ramal-app-'));
  return readConfig({ RAMAL_HOME: home, RAMAL_MEMORY: '1000', RAMAL_THREADS: '2', ...environment }, home);
}

export const DEMO_SOURCES = { 'demo-calls': 'calls', 'demo-tickets': 'tickets', 'demo-chat': 'chat' } as const;

const EVENT_FILES = { 'demo-ticket-events': 'chamados', 'demo-chat-events': 'chat' } as const;

/** Writes the demo world, a month of calls in one file instead of thirty, all events of a source in one, and gives its truth. */
export async function writeWorld(out: string, contacts: number, seed = 1): Promise<DemoManifest> {
  const manifest = await writeDemo({ contacts, customers: 100, seed, out });
  joinFiles(join(out, 'calls'), (name) => name.slice(0, 'ligacoes-AAAA-MM'.length));
  joinFiles(join(out, 'events'), (name) => name.split('-')[0]!);
  for (const folder of [...Object.values(DEMO_SOURCES), 'events'])
    for (const path of filesIn(join(out, folder))) age(path);
  return manifest;
}

/** Joins the tables of a folder that are named alike, under one header. */
function joinFiles(folder: string, called: (name: string) => string): void {
  for (const [name, files] of Map.groupBy(readdirSync(folder).sort(), called)) {
    const parts = files.map((file) => readFileSync(join(folder, file)));
    for (const file of files) rmSync(join(folder, file));
    const bodies = parts.map((bytes, index) => (index === 0 ? bytes : bytes.subarray(bytes.indexOf('\n') + 1)));
    writeFileSync(join(folder, `${name}.csv`), Buffer.concat(bodies));
  }
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

/** Loads the demo world through the real intake and builds the lake. */
export async function loadWorld(app: App, contacts: number): Promise<DemoManifest> {
  const out = join(app.config.home, 'world');
  const manifest = await writeWorld(out, contacts);
  const user = { name: 'teste', role: 'administrator' } as const;
  for (const [source, folder] of Object.entries(DEMO_SOURCES)) {
    await intakeFiles(app, { paths: filesIn(join(out, folder)), source, build: false }, user, silent);
  }
  for (const [source, name] of Object.entries(EVENT_FILES)) {
    const paths = [join(out, 'events', `${name}.csv`)];
    await intakeFiles(app, { paths, source, build: false }, user, silent);
  }
  await build(app);
  return manifest;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `ramal …` as a person does, in a process of its own. */
export async function ramal(home: string, args: readonly string[], environment: Record<string, string> = {}) {
  const child = startRamal(home, args, environment);
  return ended(child);
}

export function startRamal(home: string, args: readonly string[], environment: Record<string, string> = {}) {
  const env = {
    ...process.env,
    RAMAL_HOME: home,
    RAMAL_MEMORY: '1000',
    RAMAL_THREADS: '2',
    NO_COLOR: '1',
    NODE_COMPILE_CACHE: CACHE,
  };
  return spawn(NODE, ['--disable-warning=ExperimentalWarning', join(ROOT, 'src', 'main.ts'), ...args], {
    cwd: tmpdir(),
    env: { ...env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function ended(child: ChildProcess): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? -1)));
  return { code, stdout, stderr };
}

/** Waits for the address that a starting server prints. */
export function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const address = /^\s*(http:\/\/\S+)\s/m.exec(text)?.[1];
      if (address) resolve(address);
    });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (part: string) => {
      errors += part;
    });
    child.once('close', (code) => reject(new Error(`the server ended with ${code}: ${errors}`)));
  });
}
