import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CONSOLE } from '../access/roles.ts';
import { type App, openApp } from '../api/app.ts';
import { watchTasks } from '../api/look.ts';
import { alertTask, mailTasks, outboxTask } from '../api/outbox-delivery.ts';
import { connectionTasks, scheduleMemory } from '../api/pulls.ts';
import { loadUnseen } from '../api/reference-work.ts';
import { intakeFiles } from '../api/resources/intake.ts';
import { loginUrl } from '../api/resources/session.ts';
import { type ScreensAt, screensAt } from '../api/screens-at.ts';
import { type ApiServer, createServerOf } from '../api/server.ts';
import { writeDemo } from '../demo/demo.ts';
import { SUPPORT } from '../demo/support-files.ts';
import { referenceKind } from '../intake/reference/registry.ts';
import { Schedule } from '../jobs/schedule.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import { RamalError } from '../kernel/errors.ts';
import { asRamalError } from '../kernel/thrown.ts';
import { build } from '../lake/build.ts';
import { keepDemoBases, oweBases } from './demo-bases.ts';
import { duration, ProgressLine } from './terminal.ts';

const DEMO_SEED = 1;
/** How often the schedule looks for what is due. */
const LOOK_EVERY_MS = 15_000;

interface Serving {
  readonly config: Config;
  readonly version: string;
  /** Path of the socket through which this machine's commands reach the server. */
  readonly socket: string;
  readonly withDemo: boolean;
  /** Folders of the built screens and of the samples that the demonstration loads. */
  readonly screens: string;
  readonly samples: string;
}

/** Serves a home until it is told to stop. */
export async function serve({ config, version, socket, withDemo, screens, samples }: Serving): Promise<void> {
  const app = await openApp(config, systemClock, version);
  const stopping = new AbortController();
  let loading: Promise<void> = Promise.resolve();
  let server: Awaited<ReturnType<typeof createServerOf>> | undefined;
  const schedule = homeSchedule(app, () => (server ? screensAt(server.fastify) : null));
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
      loading = loadDemo(app, samples, stopping.signal);
      await loading;
    }
    server = await createServerOf(app, screens);
    const url = await listen(app, server, socket);
    app.jobs.start('build', (progress, signal) => build(app, { progress, signal }));
    if (withDemo && config.demoContacts > 0) keepDemoBases(app, DEMO_SEED);
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

/** @throws RamalError `portTaken` when the server could not listen where the settings say: told before any long work. */
async function checkPort({ host, port }: Config): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new RamalError('portTaken', { host, port, cause: cause.code ?? cause.message }, cause)),
    );
    probe.listen(port, host, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/** Listens for browsers and for this machine's commands; resolves to the address with a one-time login. */
async function listen(app: App, server: ApiServer, socketPath: string): Promise<string> {
  await server.fastify.listen({ port: app.config.port, host: app.config.host });
  rmSync(socketPath, { force: true });
  const local = server.localServer();
  await new Promise<void>((resolve, reject) => {
    local.once('error', reject);
    local.listen(socketPath, resolve);
  });
  chmodSync(socketPath, 0o600);
  return loginUrl(app, server.fastify);
}

/** In a home without batches, or where this was interrupted: writes the demonstration company's files and loads them as any file is loaded. */
async function loadDemo(app: App, samples: string, signal: AbortSignal): Promise<void> {
  const { total } = await app.batches.list({ page: 1, size: 1 });
  const out = join(app.config.home, 'demo');
  const unfinished = join(out, 'unfinished');
  if ((total > 0 && !existsSync(unfinished)) || app.config.demoContacts === 0) return;
  mkdirSync(out, { recursive: true });
  writeFileSync(unfinished, '');
  oweBases(app);
  const line = new ProgressLine();
  const manifest = await writeDemo({
    contacts: app.config.demoContacts,
    seed: DEMO_SEED,
    out,
    signal,
    onProgress: (done, of) => line.show({ step: 'criando a empresa de demonstração', done, total: of }),
  });
  const bySource = new Map<string, string[]>();
  for (const file of manifest.files) {
    const empty = file.rows + file.duplicates + file.defects === 0;
    if (!empty && app.layouts.newest().some(({ source }) => source === file.source)) {
      bySource.set(file.source, [...(bySource.get(file.source) ?? []), join(out, file.path)]);
    }
  }
  for (const source of existsSync(samples) ? readdirSync(samples) : []) {
    if (!app.layouts.newest().some((layout) => layout.source === source)) continue;
    const files = readdirSync(join(samples, source))
      .filter((name) => !name.endsWith('.md'))
      .sort();
    bySource.set(
      source,
      files.map((name) => join(samples, source, name)),
    );
  }
  const files = [...bySource.values()].reduce((sum, paths) => sum + paths.length, 0);
  const started = performance.now();
  process.stderr.write(`Carregando a empresa de demonstração, ${files} arquivos, como qualquer arquivo é carregado…\n`);
  let before = 0;
  for (const [source, paths] of bySource) {
    await intakeFiles(
      app,
      { paths, source, build: false },
      CONSOLE,
      ({ step, done }) => line.show({ step, done: before + done, total: files }, 'intake'),
      signal,
    );
    before += paths.length;
  }
  for (const { path, tables } of Object.values(SUPPORT)) {
    for (const table of tables) {
      const kind = referenceKind(table);
      line.show({ step: `carregando a tabela ${kind.label.pt}`, done: 0, total: 0 }, 'reference');
      await loadUnseen(app, CONSOLE, kind, join(out, path));
    }
  }
  await build(app, {
    signal,
    progress: ({ step }) => line.show({ step: `montando os números: ${step}`, done: 0, total: 0 }, 'build'),
  });
  rmSync(unfinished);
  line.end();
  process.stderr.write(`Empresa de demonstração carregada em ${duration((performance.now() - started) / 1000)}.\n`);
}

/** What a home does by itself while it is served: its connections are extracted. A failure is told on stderr. */
function homeSchedule(app: App, screens: ScreensAt): Schedule {
  return new Schedule({
    clock: app.clock,
    timeZone: app.config.timeZone,
    memory: scheduleMemory(app.ledger),
    tasks: async () => [
      ...(await connectionTasks(app)),
      ...(await watchTasks(app)),
      ...(await mailTasks(app, screens)),
      alertTask(app, screens),
      outboxTask(app, screens),
    ],
    onFailure: (task, error) => process.stderr.write(`${task}: ${asRamalError(error).message}\n`),
  });
}
