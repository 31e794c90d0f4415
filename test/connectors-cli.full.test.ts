import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALLS_PASSWORD, CALLS_USER, type FakeCallsServer, serveCalls } from '../src/demo/fake-calls-server.ts';
import { faultless } from '../src/demo/fake-faults.ts';
import { type FakeWorld, fakeWorld } from '../src/demo/fake-world.ts';
import { declarations } from '../src/intake/connectors/declaration.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { ramal } from './app.ts';

const home = mkdtempSync(join(tmpdir(), 'ramal-pull-'));
let server: FakeCallsServer;
let world: FakeWorld;

beforeAll(async () => {
  world = await fakeWorld({ contacts: 3000, seed: 5, until: '2026-03-31' });
  server = await serveCalls(world, { clock: systemClock });
  // As it ships, but in no hurry to spare the source: here time is real.
  const shipped = declarations(home).get('call-report')!;
  mkdirSync(join(home, 'connectors'));
  const eager = { ...shipped, rate: { requests: 100, seconds: 1 } };
  writeFileSync(join(home, 'connectors', 'call-report.json'), JSON.stringify(eager));
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

test('ramal connector and ramal pull', async () => {
  const secrets = { RAMAL_SECRET_USERNAME: CALLS_USER, RAMAL_SECRET_PASSWORD: CALLS_PASSWORD };
  const options = ['--connector', 'call-report', '--url', server.url, '--from', '26/03/2026', '--json'];
  const added = await ramal(home, ['connector', 'add', 'ligacoes', ...options], secrets);
  expect([added.code, added.stderr]).toEqual([0, '']);
  expect(JSON.parse(added.stdout)).toMatchObject({ name: 'ligacoes', firstDay: '2026-03-26' });

  const rows = (day: string) => world.calls.filter((call) => call.day === day).length;
  const pulled = await ramal(home, ['pull', 'ligacoes', '--limit', '3', '--json']);
  expect(pulled.code).toBe(0);
  expect(JSON.parse(pulled.stdout)).toEqual({
    days: ['2026-03-26', '2026-03-27', '2026-03-28'].map((day) => ({ day, state: 'extracted', rows: rows(day) })),
  });

  server.faults = ({ path }) => (path.includes('login') ? null : 'expired');
  const failed = await ramal(home, ['pull', 'ligacoes', '--from', '2026-03-29', '--to', '2026-03-30', '--json']);
  server.faults = faultless;
  expect([failed.code, failed.stdout]).toEqual([1, '']);
  expect(failed.stderr.trim().split('\n').at(-1)).toBe(
    'A fonte ligacoes recusou o acesso (HTTP 401). Confira o usuário, a senha ou o token da conexão.',
  );

  const shown = await ramal(home, ['connector', 'show', 'ligacoes']);
  expect(shown.stdout).toMatch(/26\/03\/2026 +extraído +\d+\n/);
  expect(shown.stdout).toMatch(/29\/03\/2026 +falhou +0 +A fonte ligacoes recusou/);
  expect(shown.stdout).toMatch(/30\/03\/2026 +falta/);
  const wrong = await ramal(home, ['pull', 'ligacoes', '--limit', 'três']);
  expect([wrong.code, wrong.stderr]).toEqual([2, 'Recebido --limit três. Use um número inteiro\n']);
  for (const { stdout, stderr } of [added, pulled, failed, shown, wrong])
    expect(stdout + stderr).not.toContain(CALLS_PASSWORD);
}, 90_000);
