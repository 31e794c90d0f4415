import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../src/api/app.ts';
import { intakeFiles } from '../src/api/resources/intake.ts';
import { writeDemo } from '../src/demo/demo.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { readConfig } from '../src/kernel/config.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';

const USER = { name: 'bench', role: 'administrator' } as const;

/** Where benches keep their worlds between runs. */
export function benchFolder(): string {
  const folder = process.env.RAMAL_BENCH_FOLDER ?? join(tmpdir(), 'ramal-bench');
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function contactsAsked(): number {
  return Number(process.env.RAMAL_BENCH_CONTACTS ?? 23_000_000);
}

export function openBenchHome(home: string, memoryMb = 2600): Promise<App> {
  return openApp(
    readConfig({ RAMAL_HOME: home, RAMAL_MEMORY: String(memoryMb), RAMAL_DEMO_CONTACTS: '0' }, '/'),
    systemClock,
    'bench',
  );
}

/**
 * A home of that many demonstration contacts, all calls but the last day's loaded and built; made once. The last
 * day's file waits in `last`, a day's file from the middle in `late`.
 */
export async function benchHome(
  contacts: number,
): Promise<{ home: string; last: string; late: string; files: string }> {
  const folder = join(benchFolder(), String(contacts));
  const home = join(folder, 'home');
  const files = join(folder, 'files');
  const calls = join(files, 'calls');
  if (!existsSync(join(files, 'truth.json'))) {
    note(`writing ${contacts} contacts`);
    await writeDemo({ contacts, seed: 1, out: files });
  }
  const days = readdirSync(calls).sort();
  const last = join(calls, days.at(-1)!);
  const late = join(calls, days[Math.floor(days.length / 2)]!);
  if (!existsSync(join(folder, 'ready'))) {
    rmSync(home, { recursive: true, force: true });
    note('loading them');
    const app = await openBenchHome(home);
    const paths = days.map((day) => join(calls, day)).filter((path) => path !== last && path !== late);
    const started = performance.now();
    await intakeFiles(app, { paths, source: 'demo-calls', build: false }, USER, silent);
    note(`loaded in ${Math.round((performance.now() - started) / 1000)} s; building`);
    const result = await build(app);
    note(JSON.stringify(result.steps));
    await app.lake.use((session) => session.run('CHECKPOINT'));
    await app.close();
    writeFileSync(join(folder, 'ready'), '');
  }
  return { home, last, late, files };
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
