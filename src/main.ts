import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readArguments } from './cli/arguments.ts';
import { type Client, socketClient } from './cli/client.ts';
import { findChromium } from './cli/find-chromium.ts';
import { help } from './cli/help.ts';
import { systemClock } from './kernel/clock.ts';
import { type Config, readConfig } from './kernel/config.ts';
import { asRamalError } from './kernel/thrown.ts';
import { homeOwner } from './storage/home-lock.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SCREENS = join(ROOT, 'web', 'dist');
const SAMPLES = join(ROOT, 'data', 'sample');
const LONGEST_SOCKET_PATH = 100;
const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;

function socketPath(home: string): string {
  const path = join(home, 'ramal.sock');
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  return join(tmpdir(), `ramal-${createHash('sha256').update(home).digest('hex').slice(0, 16)}.sock`);
}

/** The server that owns the home, or the home opened here for the one command. */
async function connect(config: Config): Promise<Client> {
  const owner = homeOwner(config.home);
  if (owner !== null) return socketClient(socketPath(config.home), { home: config.home, pid: owner });
  const { openHome } = await import('./cli/open-home.ts');
  return openHome(config, VERSION);
}

/** What RAMAL_CHROMIUM says where nothing is to be printed. */
const NO_CHROMIUM = 'nenhum';

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
  const asked = readConfig(environment, process.cwd());
  const chromium = asked.chromium === NO_CHROMIUM ? '' : asked.chromium || (findChromium(process.env.PATH ?? '') ?? '');
  const config = { ...asked, chromium };
  if (command === 'start' || command === 'serve') {
    const { serve } = await import('./cli/serve.ts');
    const folders = { screens: SCREENS, samples: SAMPLES };
    return serve({
      config,
      version: VERSION,
      socket: socketPath(config.home),
      withDemo: command === 'start',
      ...folders,
    });
  }
  if (command === 'demo' && read.rest[0] === 'server') {
    const { demoServer } = await import('./cli/demo-server.ts');
    return void process.stdout.write(await demoServer(read.rest[1], options, config, systemClock));
  }
  if (command === 'demo') {
    const { demoFiles } = await import('./cli/demo.ts');
    return void process.stdout.write(`${await demoFiles(read)}\n`);
  }
  if (command === 'bench') {
    const { runBenches } = (await import(`${ROOT}/bench/run.ts`)) as { runBenches(name?: string): Promise<void> };
    return runBenches(read.rest[0]);
  }
  const client = await connect(config);
  try {
    const { runCommand } = await import('./cli/run.ts');
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
