import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { socketClient } from '../src/cli/client.ts';
import { CALLS_PASSWORD, CALLS_USER, type FakeCallsServer, serveCalls } from '../src/demo/fake-calls-server.ts';
import { fakeWorld } from '../src/demo/fake-world.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { addressOf, ended, ramal, startRamal } from './app.ts';

const GONE =
  'O Ramal que fazia o trabalho parou antes do fim. O que estava pronto ficou, e nada ficou pela metade: inicie o Ramal de novo e repita o comando.';
/** A command must not outlive the server that it asks by more, in milliseconds. */
const SOON = 5000;

describe('the server that a command asks is killed', () => {
  const home = mkdtempSync(join(tmpdir(), 'ramal-killed-'));
  let source: FakeCallsServer;
  let server: ChildProcess | undefined;
  const serve = async () => {
    server = startRamal(home, ['serve', '--port', '0']);
    await addressOf(server);
  };
  const kill = async () => {
    const gone = new Promise((resolve) => server?.once('exit', resolve));
    server?.kill('SIGKILL');
    await gone;
  };

  beforeAll(async () => {
    const world = await fakeWorld({ contacts: 2000, seed: 5, until: '2026-03-31' });
    // Every answer is so late that the work is never done when the server ends.
    source = await serveCalls(world, { clock: systemClock, slowMs: 60_000 });
    source.faults = () => 'slow';
    const secrets = { RAMAL_SECRET_USERNAME: CALLS_USER, RAMAL_SECRET_PASSWORD: CALLS_PASSWORD };
    const options = ['--connector', 'call-report', '--url', source.url, '--from', '2026-03-26'];
    const added = await ramal(home, ['connector', 'add', 'ligacoes', ...options], secrets);
    expect([added.code, added.stderr]).toEqual([0, '']);
  }, 60_000);
  afterAll(async () => {
    server?.kill('SIGKILL');
    await source.close();
    rmSync(home, { recursive: true, force: true });
  });

  test.each([0, 20, 200, 1500])(
    '%i ms after its work began: the command ends by itself and says so',
    async (after) => {
      await serve();
      const command = startRamal(home, ['pull', 'ligacoes', '--json']);
      const ran = ended(command);
      await expect
        .poll(async () => (await ramal(home, ['connector', 'list', '--json'])).stdout, { timeout: 20_000 })
        .toMatch(/"running": "/);
      await pause(after);
      await kill();
      const late = await Promise.race([ran, pause(SOON, null)]);
      command.kill('SIGKILL');
      expect(late).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining(`${GONE}\n`) });
    },
    90_000,
  );

  test('a command that comes after it works by itself', async () => {
    const listed = await ramal(home, ['connector', 'list', '--json']);
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'ligacoes', running: null }]);
  }, 60_000);

  test('an answer that is cut in its middle, or never begun, is no answer', async () => {
    const socket = join(home, 'falso.sock');
    for (const cut of ['head', 'body'] as const) {
      const cutter = createServer((_, response) => {
        if (cut === 'body') {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
          response.write('{"id":');
        }
        setTimeout(() => response.destroy(), 50);
      });
      await new Promise<void>((resolve) => cutter.listen(socket, resolve));
      await expect(socketClient(socket, { home, pid: 1 }).json('GET', '/api/x')).rejects.toMatchObject({
        code: 'serverGone',
      });
      await new Promise((resolve) => cutter.close(resolve));
    }
  });
});
