import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { ShiftSoFar } from '../src/api/schema-shift.ts';
import type { StaffingAnswer } from '../src/api/schema-staffing.ts';
import type { MetricAnswer } from '../src/metrics/answers.ts';
import { lakeFacts } from '../src/metrics/facts.ts';
import { pastDemand } from '../src/metrics/shift/past-demand.ts';
import { demandOf } from '../src/metrics/staffing/demand.ts';
import { loadWorld, ramal, TestApi } from './app.ts';

/** A Thursday of the demonstration. */
const DAY = '2026-11-12';
const DAYS = `from=${DAY}&to=2026-11-13&source=demo-calls`;

let api: TestApi;
let socket: Server;
let shift: ShiftSoFar;
beforeAll(async () => {
  api = await TestApi.open();
  await loadWorld(api.app, 40_000);
  socket = api.server.localServer();
  await new Promise<void>((resolve) => socket.listen(join(api.app.config.home, 'ramal.sock'), resolve));
  shift = (await api.json<{ shift: ShiftSoFar }>(`/api/shift?day=${DAY}`)).shift;
}, 300_000);
afterAll(async () => {
  socket?.closeAllConnections();
  await new Promise((resolve) => (socket ?? createServer()).close(resolve));
  await api?.close();
});

const metric = (name: string) => api.json<MetricAnswer>(`/api/metrics/${name}?${DAYS}&by=queue`);

test('the queues of a day are those of the indicators', async () => {
  const level = await metric('serviceLevel');
  const found = new Map(shift.queues.map((queue) => [queue.queue, queue.level]));
  expect(found.size).toBe(level.rows.length);
  for (const { queue, value, n, low, high } of level.rows)
    expect(found.get(String(queue))).toEqual({ value, n, low, high });
  expect(shift.whole.level).toMatchObject({ value: level.total, n: level.n });
  const abandon = await metric('abandonRate');
  const gone = shift.queues.reduce((sum, { abandoned }) => sum + abandoned, 0);
  expect(gone).toBe(Math.round(abandon.total! * abandon.n));
  expect(shift.silent.map(({ source, reasonCode }) => [source, reasonCode])).toEqual([
    ['demo-chat', 'only-answered'],
    ['demo-tickets', 'only-answered'],
  ]);
});

test('its half-hours are those of staffing, forecast and all', async () => {
  const staffing = await api.json<StaffingAnswer>(`/api/staffing?${DAYS}&horizon=0`);
  const came = staffing.rows.filter(({ offered }) => offered > 0).map(({ from, offered }) => [from, offered]);
  const over = shift.halfHours.filter(({ offered }) => (offered ?? 0) > 0);
  expect(over.map(({ from, offered }) => [from, offered])).toEqual(came);
  expect(shift.forecast!.usual.wape!).toBeLessThan(shift.forecast!.naive.wape!);
  // Nobody is on more than one call at a time, and most of those needed were there.
  for (const { present, answered } of over) expect(present!).toBeLessThanOrEqual(answered! + 10);
});

test('half a year of the past is in the mart what it is in the rows', async () => {
  const { lake } = api.app;
  const { sources } = await lakeFacts(lake);
  for (const view of ['net', 'gross'] as const) {
    const question = { sources, channel: 'voz', within: 20, view, scope: { from: '2026-05-18', to: DAY } };
    const { halfHours, queues } = await demandOf(lake, question);
    expect(await pastDemand(lake, question)).toEqual({ halfHours, queues: queues.toSorted() });
    expect(halfHours.length).toBeGreaterThan(2000);
  }
});

test('the command says the same', async () => {
  const { home } = api.app.config;
  const all = await ramal(home, ['shift', '--day', '12/11/2026', '--at', '11:00']);
  expect(all.stdout).toMatch(/^12\/11\/2026, até 11:00: oferecidos \d+; atendidos \d+; /);
  expect(all.stdout).toContain('demo-chat só guarda atendidos.');
  const told = JSON.parse((await ramal(home, ['shift', '--day', DAY, '--json'])).stdout) as { shift: ShiftSoFar };
  expect(told.shift).toEqual(shift);
  const csv = await ramal(home, ['shift', 'callbacks', '--day', DAY, '--format', 'csv']);
  const { today, before } = shift.callbacks;
  expect(csv.stdout.trim().split('\r\n')).toHaveLength(1 + today + before);
  expect((await ramal(home, ['shift', 'nada'])).code).toBe(2);
}, 60_000);
