import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from './services.ts';
import { type Counts, closing, type Report, tally } from './summary.ts';
import { installMissing, missingServices, skippedLine } from './system-packages.ts';

const root = join(import.meta.dirname, '..');
const bin = (...parts: string[]) => join(root, 'node_modules', ...parts);

const args = process.argv.slice(2);
const filters = args.filter((argument) => argument !== '--full');
const scratch = mkdtempSync(join(tmpdir(), 'ramal-test-'));
const skippedFile = join(scratch, 'skipped');
const reportFile = join(scratch, 'report.json');

const env: NodeJS.ProcessEnv = { ...process.env, RAMAL_SKIPPED: skippedFile };
if (!process.stderr.isTTY) env.NO_COLOR = '1';
if (args.includes('--full')) env.RAMAL_TEST_FULL = '1';

const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();

let whyMissing: string | undefined;
if (filters.length === 0) {
  await step('format', [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.']);
  await step('types', [
    bin('typescript', 'bin', 'tsc'),
    ...['-p', root, '--incremental', '--tsBuildInfoFile', bin('.cache', 'tsc.tsbuildinfo')],
  ]);
  if (existsSync(join(root, 'web', 'tsconfig.json'))) {
    const web = join(root, 'web');
    await step('screen types', [
      bin('svelte-check', 'bin', 'svelte-check'),
      ...['--workspace', web, '--tsconfig', join(web, 'tsconfig.json'), '--fail-on-warnings', '--output', 'human'],
    ]);
  }
  if (existsSync(join(root, 'web', 'vite.config.ts'))) await step('screens', [join(root, 'start.mjs'), '--screens']);
  const began = Date.now();
  const missing = missingServices();
  whyMissing = await installMissing(missing);
  if (missing.length > 0) line(whyMissing === undefined ? 'ok' : 'no', 'system packages', began, whyMissing);
}
await tests();

line(counts.failed === 0 ? 'ok' : 'FAILED', 'total', started);
const skippedServices = read(skippedFile).split('\n').filter(Boolean) as Service[];
if (skippedServices.length > 0) console.log(skippedLine(skippedServices, whyMissing));
rmSync(scratch, { recursive: true, force: true });
const end = closing(counts, process.env.CI === 'true');
for (const text of end.lines) console.log(text);
process.exitCode = end.exitCode;

async function step(name: string, command: string[]): Promise<void> {
  const began = Date.now();
  const { code, output } = await node(command, 'pipe');
  counts[code === 0 ? 'passed' : 'failed'] += 1;
  if (code !== 0) process.stderr.write(output);
  line(code === 0 ? 'ok' : 'FAILED', name, began);
}

async function tests(): Promise<void> {
  const began = Date.now();
  const vitest = [bin('vitest', 'vitest.mjs'), 'run', '--root', root];
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${reportFile}`];
  const { code } = await node([...vitest, ...reporters, ...filters], 'stderr');
  const report = read(reportFile);
  const result = tally(report === '' ? undefined : (JSON.parse(report) as Report), code);
  for (const key of ['passed', 'failed', 'skipped'] as const) counts[key] += result[key];
  const { passed, failed, skipped } = result;
  line(failed === 0 ? 'ok' : 'FAILED', 'tests', began, `${passed} passed, ${failed} failed, ${skipped} skipped`);
}

function node(command: string[], output: 'pipe' | 'stderr'): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...command], {
    cwd: root,
    env,
    stdio: output === 'pipe' ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
  });
  const stop = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (signal !== null) process.exit(130);
      resolve({ code: code ?? 1, output: text });
    });
  });
}

function line(state: string, name: string, began: number, note?: string): void {
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
  console.log(`${state.padEnd(6)} ${name.padEnd(16)} ${seconds} s${note === undefined ? '' : `  ${note}`}`);
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
