import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import { CONSOLE } from '../access/roles.ts';
import type { App } from '../api/app.ts';
import { DIVIDING_WORK, divideBase, proposedFields } from '../api/divide-base.ts';
import { makeOffers } from '../api/make-offers.ts';
import type { BaseQuestion } from '../customers/base/build-base.ts';
import { keepBase } from '../customers/base/keep-base.ts';
import { KEEPING } from '../customers/base/kept-bases.ts';
import { readTables } from '../customers/base/tables.ts';
import { CUSTOMERS_MOVES, writeEarlierCustomers } from '../demo/customers/earlier-customers.ts';
import { writeCustomers } from '../demo/customers/write-customers.ts';
import { DEFAULT_CUSTOMERS, DEFAULT_UNTIL } from '../demo/demo.ts';
import type { JobView } from '../jobs/jobs.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Progress } from '../kernel/progress.ts';

/** Of the bases, a quarter apart. */
const DAYS: readonly Day[] = [addDays(DEFAULT_UNTIL, -91), DEFAULT_UNTIL];
/** The first page is opened meanwhile, and has the machine for itself. */
const BEFORE_MS = 15_000;

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
  return app.jobs.startBeside(KEEPING, async (progress, signal) => {
    // Without parts: the time that is left would count what was waited for.
    const told: Progress = ({ step }) => progress({ step, done: 0, total: 0 });
    told({ step: 'a seguir, os clientes da demonstração', done: 0, total: 0 });
    await pause(BEFORE_MS, undefined, { signal }).catch(() => refuseCancelled(signal));
    const kept = await app.bases.list();
    for (const day of DAYS) {
      if (kept.some((base) => base.day === day)) continue;
      await keepBaseOf(app, seed, day, told, signal);
    }
    app.jobs.startBeside(DIVIDING_WORK, (progress, signal) => divide(app, progress, signal));
  });
}

/** Parts each base into groups, after those of the base before, puts them in use, and makes the latest one's offers. */
async function divide(app: App, progress: Progress, signal: AbortSignal): Promise<void> {
  const done = (await app.divisions.approved()).map(({ base }) => base);
  const bases = (await app.bases.list()).filter(({ id, day }) => DAYS.includes(day) && !done.includes(id));
  for (const base of bases.toSorted((a, b) => a.day.localeCompare(b.day))) {
    const proposed = proposedFields(base).filter((field) => field.proposed);
    const columns = proposed.map(({ name, treatment }) => ({ name, treatment }));
    const asked = { columns, method: 'bgm', seed: 1, anew: false } as const;
    const made = await divideBase(app, base, asked, CONSOLE, { progress, signal });
    await app.divisions.approve(made.id, CONSOLE);
  }
  const latest = await app.bases.latest();
  // Somebody may have made offers, or kept another base, meanwhile.
  if (latest && latest.day === DAYS.at(-1) && !(await app.offers.newest()))
    await makeOffers(app, latest, {}, CONSOLE, { progress, signal });
  rmSync(marker(app));
}

function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new RamalError('cancelled', { what: 'a base de clientes da demonstração' });
}

async function keepBaseOf(app: App, seed: number, day: Day, progress: Progress, signal: AbortSignal): Promise<void> {
  const folder = join(app.config.home, 'tmp', `demo-customers-${day}`);
  mkdirSync(join(folder, 'customers'), { recursive: true, mode: 0o700 });
  const asked = { seed, until: DEFAULT_UNTIL, customers: DEFAULT_CUSTOMERS };
  const turn = async (done: number) => {
    progress({ step: `escrevendo os clientes da demonstração em ${day}`, done, total: DEFAULT_CUSTOMERS });
    await setImmediate();
    refuseCancelled(signal);
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
    const tables: BaseQuestion['tables'] = (...work) => readTables(app.lake, paths, ...work);
    await keepBase(app, { tables, day, progress, signal }, CONSOLE);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
