import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CONSOLE } from '../access/roles.ts';
import type { App } from '../api/app.ts';
import { divideBase, proposedFields } from '../api/divide-base.ts';
import { type BaseQuestion, buildBase } from '../customers/base/build-base.ts';
import { readTables } from '../customers/base/tables.ts';
import { CUSTOMERS_MOVES, writeEarlierCustomers } from '../demo/customers/earlier-customers.ts';
import { writeCustomers } from '../demo/customers/write-customers.ts';
import { DEFAULT_CUSTOMERS, DEFAULT_UNTIL } from '../demo/demo.ts';
import type { JobView } from '../jobs/jobs.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Progress } from '../kernel/progress.ts';

const QUARTER = 91;

/** Stands in the demonstration's folder while its bases are to be kept: a start that was stopped goes on with them. */
const marker = (app: App): string => join(app.config.home, 'demo', 'without-bases');

/** Says that the demonstration's bases are to be kept. */
export function oweBases(app: App): void {
  writeFileSync(marker(app), '');
}

/**
 * Where they are owed, keeps two bases of the demonstration company's customers, a quarter apart, built from its files as
 * any others are, and their groups. Who was of which persona before and after stays beside the demonstration's files.
 */
export function keepDemoBases(app: App, seed: number): JobView | null {
  if (!existsSync(marker(app))) return null;
  return app.jobs.startBeside('demo-customers', async (progress, signal) => {
    const kept = await app.bases.list();
    for (const day of [addDays(DEFAULT_UNTIL, -QUARTER), DEFAULT_UNTIL]) {
      if (kept.some((base) => base.day === day)) continue;
      await keepBase(app, seed, day, progress, signal);
    }
    await divide(app, progress, signal);
    rmSync(marker(app));
  });
}

/** Parts each base into groups, after those of the base before, and puts them in use. */
async function divide(app: App, progress: Progress, signal: AbortSignal): Promise<void> {
  const done = (await app.segments.approved()).map(({ base }) => base);
  const bases = (await app.bases.list()).filter(({ id }) => !done.includes(id));
  for (const base of bases.toSorted((a, b) => a.day.localeCompare(b.day))) {
    const proposed = proposedFields(base).filter((field) => field.proposed);
    const columns = proposed.map(({ name, treatment }) => ({ name, treatment }));
    const asked = { columns, method: 'bgm', seed: 1, anew: false } as const;
    const made = await divideBase(app, base, asked, CONSOLE, { progress, signal });
    await app.segments.approve(made.id, CONSOLE);
  }
}

async function keepBase(app: App, seed: number, day: Day, progress: Progress, signal: AbortSignal): Promise<void> {
  const folder = join(app.config.home, 'tmp', `demo-customers-${day}`);
  mkdirSync(join(folder, 'customers'), { recursive: true, mode: 0o700 });
  const asked = { seed, until: DEFAULT_UNTIL, customers: DEFAULT_CUSTOMERS };
  const turn = async (done: number) => {
    progress({ step: `escrevendo os clientes da demonstração em ${day}`, done, total: DEFAULT_CUSTOMERS });
    await setImmediate();
    if (signal.aborted) throw new RamalError('cancelled', { what: 'a base de clientes da demonstração' });
  };
  try {
    if (day === DEFAULT_UNTIL) await writeCustomers(folder, asked, turn);
    else {
      await writeEarlierCustomers(folder, { ...asked, day }, turn);
      renameSync(join(folder, CUSTOMERS_MOVES), join(app.config.home, 'demo', CUSTOMERS_MOVES));
    }
    const files = join(folder, 'customers');
    const paths = readdirSync(files)
      .sort()
      .map((name) => join(files, name));
    const out = join(folder, 'base.parquet');
    const tables: BaseQuestion['tables'] = (...work) => readTables(app.lake, paths, ...work);
    const built = await buildBase(app.lake, { tables, day, out, progress, signal }, join(folder, 'work'));
    await app.bases.keep(built, out, CONSOLE);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
