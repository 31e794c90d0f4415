import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { SESSION_COOKIE } from '../src/access/accounts.ts';
import { createServerOf } from '../src/api/server.ts';
import { type Line, printLines, round } from './measure.ts';
import {
  benchFolder,
  benchHome,
  contactsAsked,
  MANY_MEMORY_MB,
  manyTimes,
  openBenchHome,
  timesAsked,
} from './world.ts';

/**
 * What each card of the pages asks, one after another over HTTP, on every contact and in weeks that differ: no answer is
 * kept (`refresh`). Besides, a page whole: its cards together as a browser asks them, and in a browser until it can be used.
 */
const times = timesAsked();
const copy = times > 1 ? await manyTimes(contactsAsked(), times) : await copied();
execFileSync('sync');
const app = await openBenchHome(copy, times > 1 ? MANY_MEMORY_MB : undefined);

async function copied(): Promise<string> {
  const { home } = await benchHome(contactsAsked());
  const folder = join(benchFolder(), 'cards');
  rmSync(folder, { recursive: true, force: true });
  cpSync(home, folder, { recursive: true });
  return folder;
}

const DIST = join(import.meta.dirname, '..', 'web', 'dist');
const server = await createServerOf(app, DIST);
const address = await server.fastify.listen({ port: 0, host: '127.0.0.1' });
const user = await app.accounts.ensure('admin', 'administrator');
const session = await app.accounts.exchange(await app.accounts.createToken(user));
const headers = { cookie: `${SESSION_COOKIE}=${session}` };

const { sources } = (await (await fetch(`${address}/api/sources`, { headers })).json()) as {
  sources: { watermark: string | null }[];
};
const last = sources
  .map(({ watermark }) => watermark ?? '')
  .sort()
  .at(-1)!;
const day = (back: number) => new Date(Date.parse(last) - back * 86_400_000).toISOString().slice(0, 10);

const HOME = 'contacts,avgHandleTime,serviceLevel,abandonRate,repeatRate';
/** The first day of the last week of a period. */
const weekBefore = (period: string) => {
  const to = new URLSearchParams(period).get('to')!;
  return new Date(Date.parse(to) - 7 * 86_400_000).toISOString().slice(0, 10);
};
const TIMES = 'avgHandleTime,handleTimeP50,handleTimeP90,avgWaitTime';
type Card = (period: string, weeks: string) => string;
const CARDS: Readonly<Record<string, Card>> = {
  'Início: figures': (period) => `/api/figures?${period}&names=${HOME}`,
  'Início: by reason': (period) => `/api/metrics/contacts?${period}&by=reason`,
  'Indicadores: by day': (period) => `/api/metrics/serviceLevel?${period}&by=day`,
  'Indicadores: by agent': (period) => `/api/metrics/avgHandleTime?${period}&by=agent`,
  'Indicadores: by half-hour': (period) => `/api/metrics/contacts?${period}&by=half_hour`,
  'Indicadores: a queue by agent': (period) => `/api/metrics/avgHandleTime?${period}&by=agent&where=queue=Financeiro`,
  'Indicadores: a queue’s percentiles': (period) => `/api/figures?${period}&names=${TIMES}&where=queue=Financeiro`,
  'Indicadores: whole months by queue': () => '/api/metrics/contacts/months?by=queue',
  'Indicadores: agents on a like mix': (period) => `/api/metrics/avgHandleTime/mix?${period}&by=agent`,
  'Indicadores: percentiles': (period) => `/api/figures?${period}&names=${TIMES}`,
  'Rechamadas: headline': (period) => `/api/repeats?${period}`,
  'Rechamadas: 14 weeks': (_, weeks) => `/api/repeats?${weeks}&by=week`,
  'Rechamadas: by agent': (period) => `/api/repeats?${period}&by=agent`,
  'Rechamadas: a queue by agent': (period) => `/api/repeats?${period}&by=agent&where=queue=Financeiro`,
  'Rechamadas: the same age': (_, weeks) =>
    `/api/repeats/age?${weeks.replace(/from=[^&]+/, '')}&from=${weekBefore(weeks)}&before=13`,
  'Rechamadas: by customer count': (period) => `/api/repeats/callers?${period}`,
  'Rechamadas: all rules': (period) => `/api/repeats/rules?${period}`,
  'Conferência: counts': (period) => `/api/repeats/reconciliation?${period}`,
  'Linhas: a page': (period) => `/api/contacts?${period}&size=50`,
  'Causas: 26 weeks': (_, weeks) => `/api/insights?${weeks}`,
  'Dimensionamento: four weeks': (period) => `/api/staffing?${period}&horizon=14`,
  'Hoje: the shift': () => '/api/shift?',
  'Hoje: call back': () => '/api/shift/callbacks?size=50',
};
/** Cards whose work is a model over months, asked once a page and kept: told without a target. */
const MODELS = ['Causas: 26 weeks', 'Dimensionamento: four weeks', 'Hoje: the shift', 'Rechamadas: the same age'];
const WEEKS = 13;

async function ask(url: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(`${address}${url}&refresh=true`, { headers });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return performance.now() - started;
}

const periods = Array.from({ length: WEEKS }, (_, week) => ({
  period: `from=${day(7 * week + 28)}&to=${day(7 * week)}`,
  weeks: `from=${day(7 * week + 98)}&to=${day(7 * week)}`,
}));
const target = times * contactsAsked() > 30_000_000 ? 150 : 50;
const lines: Line[] = [];
for (const [name, card] of Object.entries(CARDS)) {
  const asked = MODELS.includes(name) ? periods.slice(0, 2) : periods;
  // Once before: a server that is up has read the marts' blocks.
  await ask(card(asked[0]!.period, asked[0]!.weeks));
  const times: number[] = [];
  for (const { period, weeks } of asked) times.push(await ask(card(period, weeks)));
  times.sort((a, b) => a - b);
  const p95 = times[Math.min(times.length - 1, Math.floor(times.length * 0.95))]!;
  if (MODELS.includes(name)) process.stdout.write(`      ${name}: ${round(p95)} ms\n`);
  else lines.push({ what: `${name}, p95`, got: p95, unit: 'ms', target, atMost: true });
}

/** The cards of Rechamadas at once, as a browser asks them. */
const page = ['Rechamadas: headline', 'Rechamadas: 14 weeks', 'Rechamadas: by agent', 'Rechamadas: by customer count'];
const whole: number[] = [];
for (const { period, weeks } of periods) {
  const started = performance.now();
  await Promise.all(page.map((name) => ask(CARDS[name]!(period, weeks))));
  whole.push(performance.now() - started);
}
lines.push({
  what: 'Rechamadas, its cards together, worst',
  got: Math.max(...whole),
  unit: 'ms',
  target: 1000,
  atMost: true,
});

/** The page in a browser that opens anew: until its last card stands. */
const program = process.env.RAMAL_CHROMIUM ?? '/usr/bin/chromium';
if (existsSync(program) && existsSync(join(DIST, 'index.html'))) {
  const browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const interactive: number[] = [];
  for (const { period } of periods.slice(0, 6)) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies([{ name: SESSION_COOKIE, value: session!, url: address }]);
    const page = await context.newPage();
    const started = performance.now();
    await page.goto(`${address}/rechamadas?${period}`);
    await page.waitForSelector('main h1');
    await page.waitForFunction(() => {
      const { document } = globalThis as unknown as { document: { querySelectorAll(of: string): { length: number } } };
      const some = (of: string) => document.querySelectorAll(of).length;
      return some('main table, main figure') >= 4 && some('main [aria-busy="true"]') === 0;
    });
    interactive.push(performance.now() - started);
    await context.close();
  }
  await browser.close();
  process.stdout.write(`      Rechamadas in a browser: ${interactive.map(round).join(', ')} ms\n`);
  lines.push({
    what: 'Rechamadas, to interactive, worst after the first',
    got: Math.max(...interactive.slice(1)),
    unit: 'ms',
    target: 1000,
    atMost: true,
  });
}

/** A page as a workbook, with every repeat of its period as a row. */
const screen = encodeURIComponent(`/rechamadas?from=${day(70)}&to=${day(42)}`);
const started = performance.now();
const book = await fetch(`${address}/api/report?screen=${screen}`, { headers });
let bytes = 0;
for await (const block of book.body!) bytes += (block as Uint8Array).length;
const [counted] = await app.lake.rows<{ n: number }>(
  `SELECT count(*) AS n FROM gold.contact WHERE day >= DATE '${day(70)}' AND day < DATE '${day(42)}'`,
);
process.stdout.write(
  `      Rechamadas as XLSX, four weeks of ${counted!.n} contacts: ${round((performance.now() - started) / 1000)} s, ${round(bytes / 1e6)} MB\n`,
);
printLines(lines);
await server.fastify.close();
await app.close();
if (times === 1) rmSync(copy, { recursive: true, force: true });
