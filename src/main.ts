import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type App, openApp } from './api/app.ts';
import { createServerOf } from './api/server.ts';
import { type Arguments, readArguments } from './cli/arguments.ts';
import { answer, type Client, socketClient } from './cli/client.ts';
import { demoServer } from './cli/demo-server.ts';
import { help } from './cli/help.ts';
import { runCommand } from './cli/run.ts';
import { checkPort, homeSchedule, listen, loadDemo } from './cli/serve.ts';
import { ProgressLine } from './cli/terminal.ts';
import { writeDemo } from './demo/demo.ts';
import { systemClock } from './kernel/clock.ts';
import { type Config, readConfig } from './kernel/config.ts';
import { asRamalError, RamalError } from './kernel/errors.ts';
import { build } from './lake/build.ts';
import { homeOwner } from './storage/home-lock.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SCREENS = join(ROOT, 'web', 'dist');
const SAMPLES = join(ROOT, 'data', 'sample');
const LONGEST_SOCKET_PATH = 100;
/** How often the schedule looks for what is due. */
const LOOK_EVERY_MS = 15_000;
const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;

function socketPath(home: string): string {
  const path = join(home, 'ramal.sock');
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  return join(tmpdir(), `ramal-${createHash('sha256').update(home).digest('hex').slice(0, 16)}.sock`);
}

async function serve(config: Config, withDemo: boolean): Promise<void> {
  const app = await openApp(config, systemClock, VERSION);
  const stopping = new AbortController();
  let loading: Promise<void> = Promise.resolve();
  let server: Awaited<ReturnType<typeof createServerOf>> | undefined;
  const schedule = homeSchedule(app);
  const stop = async (): Promise<never> => {
    stopping.abort();
    await loading.catch(() => {});
    await schedule.stop();
    await server?.fastify.close();
    await app.close();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    await checkPort(config);
    if (withDemo) {
      loading = loadDemo(app, SAMPLES, stopping.signal);
      await loading;
    }
    server = await createServerOf(app, SCREENS);
    const url = await listen(app, server, socketPath(config.home));
    app.jobs.start('build', (progress, signal) => build(app, { progress, signal }));
    schedule.start(LOOK_EVERY_MS);
    process.stdout.write(
      `Ramal está no ar. Abra este endereço (vale para uma entrada, por um dia):\n\n  ${url}\n\nCtrl+C encerra.\n`,
    );
  } catch (error) {
    if (stopping.signal.aborted) return;
    await schedule.stop();
    await app.close();
    throw error;
  }
}

/** The server that owns the home, or the home opened here for the one command. */
async function connect(config: Config): Promise<Client> {
  const owner = homeOwner(config.home);
  if (owner !== null) return socketClient(socketPath(config.home), { home: config.home, pid: owner });
  const app = await openApp(config, systemClock, VERSION);
  return injectedClient(app);
}

async function injectedClient(app: App): Promise<Client> {
  const { fastify, localHeaders } = await createServerOf(app, SCREENS);
  return {
    async json<T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<T> {
      const response = await fastify.inject({
        method,
        url,
        headers: localHeaders,
        ...(body === undefined ? {} : { payload: body as object }),
      });
      return answer<T>(response.statusCode, response.payload);
    },
    async stream(url: string, body?: unknown): Promise<Readable> {
      const asked =
        body === undefined ? { method: 'GET' as const } : { method: 'POST' as const, payload: body as object };
      const response = await fastify.inject({ ...asked, url, headers: localHeaders, payloadAsStream: true });
      if (response.statusCode >= 400) {
        const parts: Buffer[] = [];
        for await (const part of response.stream()) parts.push(part as Buffer);
        answer(response.statusCode, Buffer.concat(parts).toString('utf8'));
      }
      return response.stream();
    },
    async close() {
      await fastify.close();
      await app.close();
    },
  };
}

async function demo({ options }: Arguments): Promise<string> {
  const contacts = Number(options.contacts);
  const seed = Number(options.seed ?? '1');
  if (!Number.isInteger(contacts) || !options.out) {
    throw new RamalError('usage', {
      what: 'Faltam --contacts ou --out',
      todo: 'Use ramal demo --contacts N --seed S --out PASTA',
    });
  }
  const line = new ProgressLine();
  const manifest = await writeDemo({
    contacts,
    seed,
    out: resolve(options.out),
    onProgress: (done, total) => line.show({ step: 'escrevendo', done, total }),
  });
  line.end();
  const summary = {
    contacts,
    seed,
    out: resolve(options.out),
    files: manifest.files.length,
    from: manifest.from,
    until: manifest.until,
  };
  return options.json
    ? JSON.stringify(summary, null, 2)
    : `${summary.files} arquivos em ${summary.out}, de ${summary.from} a ${summary.until}`;
}

async function main(received: readonly string[]): Promise<void> {
  const read = readArguments(received);
  const { command, options } = read;
  if (command === 'help') return void process.stdout.write(`${help(VERSION, read.rest[0])}\n`);
  if (options.help) return void process.stdout.write(`${help(VERSION, command)}\n`);
  const environment = {
    ...process.env,
    ...(options.port ? { PORT: options.port } : {}),
    ...(options.host ? { HOST: options.host } : {}),
  };
  const config = readConfig(environment, process.cwd());
  if (command === 'start' || command === 'serve') return serve(config, command === 'start');
  if (command === 'demo' && read.rest[0] === 'server')
    return void process.stdout.write(await demoServer(read.rest[1], options, config, systemClock));
  if (command === 'demo') return void process.stdout.write(`${await demo(read)}\n`);
  if (command === 'bench') {
    const { runBenches } = (await import(`${ROOT}/bench/run.ts`)) as { runBenches(name?: string): Promise<void> };
    return runBenches(read.rest[0]);
  }
  const client = await connect(config);
  try {
    const shown = await runCommand(client, read, process.stdout);
    if (shown !== null) process.stdout.write(`${shown}\n`);
  } finally {
    await client.close();
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  const error = asRamalError(thrown);
  process.stderr.write(`${error.message}\n`);
  if (process.env.RAMAL_DEBUG) process.stderr.write(`${(error.cause as Error)?.stack ?? error.stack}\n`);
  process.exitCode = error.exit;
}
