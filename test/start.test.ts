import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoManifest } from '../src/demo/demo.ts';
import { addressOf, ended, type Ran, ramal, startRamal } from './app.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-start-'));
const home = join(folder, 'home');
const environment = { RAMAL_DEMO_CONTACTS: '100', PORT: '0' };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A start: the address it printed, what it said until it was stopped. */
interface Started {
  readonly child: ReturnType<typeof startRamal>;
  readonly address: string;
  readonly end: Promise<Ran>;
}

async function start(): Promise<Started> {
  const child = startRamal(home, ['start'], environment);
  const end = ended(child);
  return { child, address: await addressOf(child), end };
}

async function signIn(address: string): Promise<string> {
  const { origin, hash } = new URL(address);
  const answer = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token: hash.slice(1) }),
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ user: { name: 'admin', role: 'administrator', reveals: true } });
  return String(answer.headers.get('set-cookie')).split(';')[0] as string;
}

describe('start on an empty home', () => {
  let first: Started;
  let interrupted: Ran;
  let batchesBefore = 0;
  beforeAll(async () => {
    const early = startRamal(home, ['start'], environment);
    const end = ended(early);
    const bronze = join(home, 'bronze', 'demo-calls');
    while (!existsSync(bronze) || readdirSync(bronze).length < 5)
      await new Promise((resolve) => setTimeout(resolve, 50));
    early.kill('SIGTERM');
    interrupted = await end;
    batchesBefore = readdirSync(bronze).length;
    first = await start();
  }, 120_000);

  test('a start that is stopped while it loads ends well and shows no address', () => {
    expect(interrupted).toMatchObject({ code: 0, stdout: '' });
    expect(interrupted.stderr).not.toMatch(/Error|Falha/);
  });

  test('a start whose port is taken says so before it loads anything', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const elsewhere = join(folder, 'elsewhere');
    const refused = await ramal(elsewhere, ['start'], { ...environment, PORT: String(port) });
    other.close();
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toBe(
      `O endereço 127.0.0.1:${port} não pode ser usado (EADDRINUSE). Escolha outra porta com --port N.\n`,
    );
    expect(existsSync(join(elsewhere, 'demo'))).toBe(false);
  });

  test('the next start completes what the stopped one began', async () => {
    const { truth } = JSON.parse(readFileSync(join(home, 'demo', 'truth.json'), 'utf8')) as DemoManifest;
    const { stdout } = await ramal(home, ['metric', 'contacts', '--by', 'source,agent', '--json'], environment);
    const { rows } = JSON.parse(stdout) as { rows: { source: string; value: number }[] };
    for (const [source, { rows: planted }] of Object.entries(truth.totals)) {
      const legs = rows.filter((row) => row.source === source).reduce((sum, { value }) => sum + value, 0);
      expect([source, legs]).toEqual([source, planted]);
    }
    expect(readdirSync(join(home, 'bronze', 'demo-calls')).length).toBeGreaterThan(batchesBefore);
  });

  test('the address it prints opens a session, once, and the session sees data', async () => {
    const { address } = first;
    const { origin } = new URL(address);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/entrar#[\w-]{32}$/);
    expect((await fetch(`${origin}/api/sources`)).status).toBe(401);
    const cookie = await signIn(address);
    const headers = { cookie };
    const { sources } = (await (await fetch(`${origin}/api/sources`, { headers })).json()) as {
      sources: { name: string; contacts: number; to: string | null; current: boolean }[];
    };
    // The files of its customers are written beside the others, and nothing of them is loaded.
    expect(readdirSync(join(home, 'demo', 'customers'))).toHaveLength(15);
    const kept = async () => {
      const answer = await fetch(`${origin}/api/customers/bases`, { headers });
      const { bases } = (await answer.json()) as { bases: { day: string; customers: number }[] };
      return bases.map(({ day, customers }) => [day, customers]);
    };
    await expect.poll(kept, { timeout: 60_000 }).toEqual([
      ['2026-11-15', 2400],
      ['2026-08-16', 2415],
    ]);
    expect(existsSync(join(home, 'demo', 'customers-moves.csv'))).toBe(true);
    const left = () => readdirSync(join(home, 'tmp')).filter((name) => name.startsWith('demo'));
    await expect.poll(left).toEqual([]);
    const loaded = readdirSync(join(home, 'bronze')).filter((name) => !name.startsWith('demo-'));
    expect(loaded).toEqual(['consumidor-gov']);
    const demo = sources.filter(({ name }) => name.startsWith('demo-'));
    expect(demo.map(({ name, contacts }) => [name, contacts > 0])).toEqual([
      ['demo-agent-states', false],
      ['demo-calls', true],
      ['demo-chat', true],
      ['demo-chat-events', false],
      ['demo-ticket-events', false],
      ['demo-tickets', true],
    ]);
    expect(new Set(demo.filter(({ to }) => to !== null).map(({ to }) => to)).size).toBe(1);
    const { n } = (await (await fetch(`${origin}/api/metrics/contacts?source=demo-chat`, { headers })).json()) as {
      n: number;
    };
    expect(n).toBe(sources.find(({ name }) => name === 'demo-chat')!.contacts);
    const again = await fetch(`${origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: new URL(address).hash.slice(1) }),
    });
    expect(again.status).toBe(401);
  });

  test('its reference tables say what the files of the company say', async () => {
    const { stdout } = await ramal(home, ['reference', 'list', '--json'], environment);
    const tables = JSON.parse(stdout) as { name: string; rows: number }[];
    const rowsOf = (name: string) =>
      readFileSync(join(home, 'demo', 'support', name), 'latin1')
        .trimEnd()
        .split('\r\n').length - 1;
    expect(Object.fromEntries(tables.filter(({ rows }) => rows > 0).map(({ name, rows }) => [name, rows]))).toEqual({
      supervisors: expect.any(Number),
      seniority: expect.any(Number),
      rosters: rowsOf('escala.csv'),
      deploys: 7,
      reasons: rowsOf('motivos.csv'),
      targets: rowsOf('metas.csv'),
    });
    const shown = await ramal(
      home,
      ['metric', 'contacts', '--by', 'supervisor', '--source', 'demo-calls'],
      environment,
    );
    expect(shown.stdout).not.toContain('Não mapeado');
  });

  test('its page is served where the screens are built', async () => {
    const { origin, pathname } = new URL(first.address);
    const page = await fetch(`${origin}${pathname}`);
    if (page.status === 404)
      return expect(existsSync(join(import.meta.dirname, '..', 'web', 'dist', 'index.html'))).toBe(false);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toContain('<title>Ramal');
  });

  test('a command on the same home is answered by the server, through a socket that is its owner’s alone', async () => {
    expect(statSync(join(home, 'ramal.sock')).mode & 0o777).toBe(0o600);
    const { code, stdout } = await ramal(home, ['batch', 'list', '--json'], environment);
    expect(code).toBe(0);
    const batches = JSON.parse(stdout) as {
      state: string;
      source: string;
      read: number;
      loaded: number;
      quarantined: number;
      duplicate: number;
    }[];
    expect(batches.filter(({ source }) => source === 'demo-calls').length).toBeGreaterThan(30);
    const cut = batches.filter(({ state }) => state !== 'loaded');
    expect(cut.length).toBeLessThanOrEqual(1);
    for (const batch of cut) expect(batch).toMatchObject({ state: 'failed', loaded: 0 });
    for (const batch of batches) expect(batch.read).toBe(batch.loaded + batch.quarantined + batch.duplicate);
  });

  test('SIGTERM ends it well: exit 0, no lock, and it had said one address', async () => {
    first.child.kill('SIGTERM');
    const { code, stdout, stderr } = await first.end;
    expect(code).toBe(0);
    expect(stdout.match(/http:\/\//g)).toHaveLength(1);
    expect(stderr).not.toMatch(/Error|Falha/);
    expect(existsSync(join(home, 'home.lock'))).toBe(false);
  });

  test('a second start loads nothing twice and gives a new address', async () => {
    const before = await ramal(home, ['batch', 'list', '--json'], environment);
    const contacts = await ramal(home, ['metric', 'contacts', '--by', 'source', '--json'], environment);
    const second = await start();
    expect(new URL(second.address).hash).not.toBe(new URL(first.address).hash);
    await signIn(second.address);
    expect(await ramal(home, ['batch', 'list', '--json'], environment)).toEqual(before);
    expect(await ramal(home, ['metric', 'contacts', '--by', 'source', '--json'], environment)).toEqual(contacts);
    second.child.kill('SIGINT');
    const { code, stderr } = await second.end;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(join(home, 'home.lock'))).toBe(false);
  }, 60_000);
});
