import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, test } from 'vitest';
import type { OffersNow } from '../src/api/schema-offers.ts';
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
  const { personas, since, segments: division } = await asked();
  const personasDay = division!.day;
  expect(new Set(personas.map(({ said }) => said.pt.name)).size).toBe(8);
  expect(personas.every(({ play, first }) => play !== null && first)).toBe(true);
  const nameOf = new Map(personas.map(({ group, said }) => [group, said.pt.name]));
  const planted = new Map(
    readFileSync(join(home, 'demo', 'customers-moves.csv'), 'utf8')
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .filter((line) => !/;;|;$/.test(line))
      .map((line) => line.split(';') as [string, string, string])
      .map(([customer, from, to]) => [customer, `${from} → ${to}`]),
  );
  const moved = await movedIn(join(home, 'customers'));
  const told = moved.filter(({ from, to }) => from !== to);
  const right = told.filter(({ id, from, to }) => planted.get(id) === `${nameOf.get(from)} → ${nameOf.get(to)}`);
  // Of whom a number is missing on a day, where it went is a guess: it is not told.
  const known = moved.filter(({ id, sure }) => sure && planted.has(id));
  expect(planted.size).toBeGreaterThan(100);
  expect(known.length).toBeGreaterThan(90);
  expect(right.length / known.length).toBeGreaterThan(0.93);
  expect(right.length / told.length).toBeGreaterThan(0.95);
  const flows = since!.flows.filter(({ from, to }) => from !== null && to !== null && from !== to);
  expect(flows.reduce((sum, { customers }) => sum + customers, 0)).toBe(told.length);
  await expect.poll(() => existsSync(join(home, 'demo', 'without-bases')), { timeout: 60_000 }).toBe(false);
  const { offers } = (await (await fetch(`${origin}/api/offers`, { headers })).json()) as OffersNow;
  expect(offers).toMatchObject({ day: personasDay, groupedBy: 'groups' });
  expect(offers!.customers).toBeGreaterThan(1000);
  started.kill('SIGTERM');
  await ended(started);
}, 300_000);

/** Who is in both divisions, with the group of each, and whether all numbers that groups are made of are known in both. */
async function movedIn(folder: string) {
  const engine = await DuckDBInstance.create();
  const connection = await engine.connect();
  const [one, two] = [1, 2].map((id) => `read_parquet('${join(folder, `segments-${id}.parquet`)}')`);
  const read = await connection.runAndReadAll(
    `SELECT id, was."group" AS "from", now."group" AS "to", was.sure AND now.sure AS sure FROM ${one} AS was JOIN ${two} AS now USING (id)`,
  );
  connection.closeSync();
  engine.closeSync();
  return read.getRowObjectsJS() as { id: string; from: number; to: number; sure: boolean }[];
}
