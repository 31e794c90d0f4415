import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, ended, ramal, startRamal } from './app.ts';
import { callsOf } from './watch-boxes.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-watch-cli-'));
const [home, inbox] = [join(folder, 'home'), join(folder, 'entrada')];
let server: ReturnType<typeof startRamal>;
beforeAll(async () => {
  mkdirSync(inbox);
  server = startRamal(home, ['serve', '--port', '0']);
  await addressOf(server);
});
afterAll(async () => {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('close', resolve));
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, content: string) => {
  writeFileSync(join(inbox, name), content);
  const at = new Date('2026-11-20T11:00:00Z');
  utimesSync(join(inbox, name), at, at);
};
const watch = (...args: string[]) => ramal(home, ['watch', ...args]);

describe('ramal watch', () => {
  it('adds, tests, looks, lists and removes', async () => {
    put('beta_1.csv', callsOf('A', 1, 2));
    put('gama.csv', callsOf('B', 1));
    const added = await watch('add', 'beta', '--place', inbox, '--pattern', 'beta_*.csv=demo-calls', '--settle', '0');
    expect(added).toMatchObject({ code: 0, stdout: 'Vigia beta gravada. Confira com ramal watch test beta\n' });
    const test = await watch('test', 'beta');
    expect(test.stdout).toMatch(/beta_1\.csv +\d+ +demo-calls/);
    expect(test.stdout).toMatch(/2 arquivos no lugar, 1 de uma fonte\. Nada foi carregado\.\n$/);
    const first = JSON.parse((await watch('run', 'beta', '--json')).stdout);
    expect(first).toMatchObject({ watch: 'beta', listed: 2, loaded: 0, files: { growing: 1, unmatched: 1 } });
    const second = await watch('run', 'beta');
    expect(second).toMatchObject({
      code: 0,
      stdout:
        'beta: 2 arquivos no lugar; 1 carregados, 0 já recebidos, 0 recusados, 0 à espera de decisão, 0 esperando completar, 1 sem fonte\n',
    });
    expect((await watch('files', 'beta')).stdout).toMatch(/beta_1\.csv +\d+ +carregado +demo-calls +1/);
    const unmatched = JSON.parse((await watch('files', 'beta', '--state', 'unmatched', '--json')).stdout);
    expect(unmatched).toMatchObject([{ path: 'gama.csv', state: 'unmatched', source: null }]);
    expect(JSON.parse((await watch('list', '--json')).stdout)).toMatchObject([
      { name: 'beta', kind: 'folder', place: inbox, every: 60, enabled: true, hasSecret: false, message: null },
    ]);
    expect(await watch('remove', 'beta')).toMatchObject({ code: 2, stderr: expect.stringContaining('Falta --yes') });
    expect(await watch('remove', 'beta', '--yes')).toMatchObject({ code: 0 });
  }, 120_000);

  it('takes secrets from files, changes only what is given, and shows none', async () => {
    const secret = join(folder, 'senha');
    writeFileSync(secret, 'Senha-de-arquivo-8\n');
    const place = 'sftp://beta@127.0.0.1:1/entrada';
    const added = await watch(
      'add',
      'longe',
      '--place',
      place,
      '--pattern',
      '*=',
      '--password-file',
      secret,
      '--trust-first',
    );
    expect(added).toMatchObject({ code: 0 });
    expect((await watch('add', 'longe', '--every', '90', '--off')).code).toBe(0);
    const listed = await watch('list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { name: 'longe', place, every: 90, enabled: false, hasSecret: true, patterns: [{ pattern: '*', source: null }] },
    ]);
    expect(statSync(join(home, 'secrets', 'watch-longe.json')).mode & 0o777).toBe(0o600);
    const failed = await watch('run', 'longe');
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toMatch(/sftp:\/\/beta@127\.0\.0\.1:1\/entrada não respondeu/);
    for (const { stdout, stderr } of [added, listed, failed])
      expect(stdout + stderr).not.toContain('Senha-de-arquivo-8');
    expect((await watch('add', 'longe', '--pattern', 'beta')).code).toBe(2);
    expect((await watch('add', 'longe', '--every', 'x')).code).toBe(2);
    expect((await watch('run', 'longe', '--forever', '--json')).code).toBe(2);
    expect((await watch('olhar', 'longe')).code).toBe(2);
  }, 120_000);

  it('keeps looking until it is stopped', async () => {
    await watch(
      'add',
      'sempre',
      '--place',
      inbox,
      '--pattern',
      'beta_*.csv=demo-calls',
      '--settle',
      '0',
      '--every',
      '5',
    );
    const child = startRamal(home, ['watch', 'run', 'sempre', '--forever']);
    const done = ended(child);
    await new Promise<void>((resolve) => {
      let looks = 0;
      child.stderr?.on('data', (text: string) => {
        looks += text.split('arquivos no lugar').length - 1;
        if (looks >= 2) resolve();
      });
    });
    child.kill('SIGINT');
    expect(await done).toMatchObject({ code: 0, stdout: '' });
    const [listed] = JSON.parse((await watch('files', 'sempre', '--state', 'loaded', '--json')).stdout);
    expect(listed).toMatchObject({ path: 'beta_1.csv', message: 'O mesmo conteúdo já estava no lote 1.' });
  }, 120_000);
});
