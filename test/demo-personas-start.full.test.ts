import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { PersonasView } from '../src/api/schema-segments.ts';
import { addressOf, ended, startRamal } from './app.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-personas-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a first start ends with the eight personas in use, and most who were moved are told', async () => {
  const home = join(folder, 'home');
  const started = startRamal(home, ['start'], { RAMAL_DEMO_CONTACTS: '100', PORT: '0' });
  const address = await addressOf(started);
  const { origin, hash } = new URL(address);
  const token = hash.slice(1);
  const entered = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token }),
  });
  const headers = { cookie: entered.headers.get('set-cookie')!.split(';')[0]! };
  const asked = async () => (await (await fetch(`${origin}/api/personas`, { headers })).json()) as PersonasView;
  await expect.poll(async () => (await asked()).since?.day, { timeout: 240_000, interval: 2000 }).toBe('2026-08-16');
  const { personas, since } = await asked();
  expect(new Set(personas.map(({ said }) => said.pt.name)).size).toBe(8);
  expect(personas.every(({ play, first }) => play !== null && first)).toBe(true);
  const nameOf = new Map(personas.map(({ group, said }) => [group, said.pt.name]));
  const moves = readFileSync(join(home, 'demo', 'customers-moves.csv'), 'utf8')
    .trimEnd()
    .split('\r\n')
    .slice(1);
  const planted = Map.groupBy(
    moves.filter((line) => !/;;|;$/.test(line)),
    (line) => line.split(';').slice(1).join(' → '),
  );
  const found = [...planted].map(([move, lines]) => {
    const flow = since!.flows.find(({ from, to }) => `${nameOf.get(from!)} → ${nameOf.get(to!)}` === move);
    return Math.min(flow?.customers ?? 0, lines.length);
  });
  const all = [...planted.values()].reduce((sum, lines) => sum + lines.length, 0);
  expect(all).toBeGreaterThan(100);
  expect(found.reduce((sum, customers) => sum + customers, 0) / all).toBeGreaterThan(0.9);
  await expect.poll(() => existsSync(join(home, 'demo', 'without-bases'))).toBe(false);
  started.kill('SIGTERM');
  await ended(started);
}, 300_000);
