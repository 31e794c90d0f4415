import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createServerOf } from '../src/api/server.ts';
import { build } from '../src/lake/build.ts';
import { type Line, measure, printLines, round } from './measure.ts';
import { benchFolder, benchHome, contactsAsked, note, openBenchHome } from './world.ts';

/** What the screens ask, eight clients at once over HTTP on the marts of every contact: no answer is kept (`refresh`). */
const { home } = await benchHome(contactsAsked());
const copy = join(benchFolder(), 'screens');
rmSync(copy, { recursive: true, force: true });
cpSync(home, copy, { recursive: true });
// The copy is on disk before anything is timed.
execFileSync('sync');
const app = await openBenchHome(copy);
const server = await createServerOf(app, '/nowhere');
const address = await server.fastify.listen({ port: 0, host: '127.0.0.1' });
await app.accounts.ensure('admin', 'administrator');
const lines: Line[] = [];

async function clients(requests: number, mode: 'fresh' | 'kept') {
  const token = await app.accounts.createToken({ name: 'admin', role: 'administrator' });
  return measure('screen-clients', [address, token, '8', String(requests), mode]);
}

// Every question once: a server that is up has read the marts' blocks before.
const cold = await clients(208, 'fresh');
const quiet = await clients(2000, 'fresh');
const kept = await clients(2000, 'kept');
process.stdout.write(`      just opened, each question once: p95 ${round(cold.result.p95!)} ms\n`);
lines.push({ what: 'screen queries, 8 clients, p95', got: quiet.result.p95!, unit: 'ms', target: 50, atMost: true });
process.stdout.write(
  `      fresh answers: p50 ${round(quiet.result.p50!)} ms, p99 ${round(quiet.result.p99!)} ms, ${round(quiet.result.perSecond!)} per second\n`,
);
process.stdout.write(
  `      kept answers: p50 ${round(kept.result.p50!)} ms, p95 ${round(kept.result.p95!)} ms, ${round(kept.result.perSecond!)} per second\n`,
);

const building = build(app, { full: true });
const busy = await clients(1000, 'fresh');
lines.push({
  what: 'the same while a full build runs, p95',
  got: busy.result.p95!,
  unit: 'ms',
  target: 100,
  atMost: true,
});
printLines(lines);
note('waiting for the build');
await building;
await server.fastify.close();
await app.close();
rmSync(copy, { recursive: true, force: true });
