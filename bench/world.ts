import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../src/api/app.ts';
import { intakeFiles } from '../src/api/resources/intake.ts';
import {
  callerMart,
  contactMart,
  ddl,
  MARKED_RULES,
  mixMart,
  repeatMart,
  TABLES,
  timeMart,
} from '../src/contracts/index.ts';
import { writeDemo } from '../src/demo/demo.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { readConfig } from '../src/kernel/config.ts';
import { silent } from '../src/kernel/progress.ts';
import { build } from '../src/lake/build.ts';
import { measuresOf } from '../src/lake/measures.ts';

/** Tables of other contracts are emptied when they are opened: a world is made of these, or anew. */
const CONTRACTS = createHash('sha256')
  .update(TABLES.map((table) => ddl(table)).join('\n'))
  .digest('hex');

function isReady(folder: string): boolean {
  const ready = join(folder, 'ready');
  return existsSync(ready) && readFileSync(ready, 'utf8') === CONTRACTS;
}

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
    await writeDemo({ contacts, customers: 100, seed: 1, out: files });
  }
  const days = readdirSync(calls).sort();
  const last = join(calls, days.at(-1)!);
  const late = join(calls, days[Math.floor(days.length / 2)]!);
  if (!isReady(folder)) {
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
    writeFileSync(join(folder, 'ready'), CONTRACTS);
  }
  return { home, last, late, files };
}

/** How many times the bench's contacts a center has that answers for several such. */
export function timesAsked(): number {
  return Number(process.env.RAMAL_BENCH_TIMES ?? 1);
}

/**
 * A home of so many times those contacts, with other people and other agents on the same days, as a build would make it:
 * nobody of a copy is another's, so its marks are copies too, and its sums add to those of the cuts that know no agent.
 * Made once; it takes the place on disk of as many.
 */
export async function manyTimes(contacts: number, times: number): Promise<string> {
  const { home } = await benchHome(contacts);
  const folder = join(benchFolder(), `${contacts}x${times}`);
  const many = join(folder, 'home');
  if (isReady(folder)) return many;
  rmSync(many, { recursive: true, force: true });
  cpSync(home, many, { recursive: true, filter: (path) => !path.endsWith('bronze') });
  const app = await openBenchHome(many, MANY_MEMORY_MB);
  await app.lake.use(async (session) => {
    await session.run('CREATE TEMP TABLE own AS SELECT max(row_id) AS last FROM silver.contact');
    const marts = [contactMart, timeMart, mixMart, repeatMart, callerMart];
    for (const { name } of marts) await session.run(`CREATE TEMP TABLE own_${name} AS FROM gold.${name}`);
    await session.run('CREATE TEMP TABLE own_person AS FROM gold.person');
    const another = (name: string) => `CASE WHEN ${name} IS NOT NULL THEN hash(${name}, $copy) END AS ${name}`;
    const moved = (name: string, as = name) => `${name} + (CAST($copy AS BIGINT) << 48) AS "${as}"`;
    for (let copy = 1; copy < times; copy++) {
      note(`copy ${copy} of ${times - 1}`);
      const rows = (table: string, replaced: readonly string[]) =>
        session.run(
          `INSERT INTO ${table} SELECT * REPLACE (${[moved('row_id'), ...replaced].join(', ')}) FROM ${table} WHERE row_id <= (SELECT last FROM own)`,
          { copy },
        );
      await rows('silver.contact', [
        ...['batch_id + ($copy << 16) AS batch_id', another('identity'), another('identity_received')],
        `agent_id || '-' || $copy AS agent_id`,
      ]);
      const charged = MARKED_RULES.map((rule) => `${rule}.anchor_row_id`);
      await rows('gold.mark', [another('identity'), ...charged.map((name) => moved(`"${name}"`, name))]);
      await session.run(`INSERT INTO gold.person SELECT ${another('identity')}, ${another('person')} FROM own_person`, {
        copy,
      });
      for (const { name } of [contactMart, mixMart, repeatMart])
        await session.run(
          `INSERT INTO gold.${name} SELECT * REPLACE (agent || '-' || $copy AS agent) FROM own_${name} WHERE agent IS NOT NULL`,
          { copy },
        );
    }
    await session.run(
      'INSERT INTO gold.built SELECT DISTINCT batch_id FROM silver.contact WHERE row_id > (SELECT last FROM own)',
    );
    for (const mart of marts) {
      const sums = measuresOf(mart).map((name) => `${name} = ${times} * ${name}`);
      await session.run(
        `UPDATE gold.${mart.name} SET ${sums.join(', ')}${'agent' in mart.columns ? ' WHERE agent IS NULL' : ''}`,
      );
    }
    for (const { name } of marts) {
      const order =
        { repeat_mart: 'rule, grain, day', time_mart: 'time, grain, day', mix_mart: 'day', caller_mart: 'caller, day' }[
          name as string
        ] ?? 'grain, day';
      await session.run(`CREATE OR REPLACE TABLE gold.${name} AS FROM gold.${name} ORDER BY ${order}`);
    }
    await session.run('CHECKPOINT');
  });
  await app.close();
  writeFileSync(join(folder, 'ready'), CONTRACTS);
  return many;
}

/** What the engine may hold for so many. */
export const MANY_MEMORY_MB = 6000;

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
