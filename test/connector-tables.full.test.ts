import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { ended, ramal, startRamal } from './app.ts';
import { CRM_PASSWORD, CRM_USER, table, useCrmBench } from './crm.ts';
import { postgres } from './services.ts';

/** What is only waiting to be collected is not in memory because of anybody. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe.skipIf(!postgres())('tables of a CRM, from outside', () => {
  const { connect, crm, home, pull, sql, states } = useCrmBench();
  const folder = mkdtempSync(join(tmpdir(), 'ramal-crm-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const secrets = { RAMAL_SECRET_USERNAME: CRM_USER, RAMAL_SECRET_PASSWORD: CRM_PASSWORD };

  test('ramal connector and ramal pull', async () => {
    const options = ['--connector', 'crm-postgres', '--url', crm().url, '--table', 'contratos:numero,saldo'];
    const added = await ramal(folder, ['connector', 'add', 'crm', ...options, '--json'], secrets);
    expect([added.code, added.stderr]).toEqual([0, '']);
    const tried = await ramal(folder, ['connector', 'test', 'crm']);
    expect(tried.stdout).toMatch(/contratos +3/);
    const pulled = await ramal(folder, ['pull', 'crm', '--json']);
    expect([pulled.code, JSON.parse(pulled.stdout)]).toEqual([
      0,
      { days: [], tables: [{ table: 'contratos', state: 'extracted', rows: 3 }] },
    ]);
    await sql('DELETE FROM contratos');
    const doubted = await ramal(folder, ['pull', 'crm', '--json']);
    expect([doubted.code, JSON.parse(doubted.stdout).tables]).toEqual([
      1,
      [{ table: 'contratos', state: 'failed', rows: 0 }],
    ]);
    expect(doubted.stderr).toContain('havia 3 registros, que ficam');
    const shown = await ramal(folder, ['connector', 'show', 'crm']);
    expect(shown.stdout).toMatch(/contratos +crm-contratos +falhou +3/);
    const believed = await ramal(folder, ['pull', 'crm', '--table', 'contratos']);
    expect([believed.code, believed.stdout]).toEqual([0, expect.stringMatching(/contratos +vazia +0/)]);
    for (const { stdout, stderr } of [added, tried, pulled, doubted, shown, believed])
      expect(stdout + stderr).not.toContain(CRM_PASSWORD);
  }, 120_000);

  test('killed while it reads or loads, nothing is half loaded and the next run has all', async () => {
    await sql(`INSERT INTO contratos SELECT 'K-' || n FROM generate_series(1, 60000) n`);
    const rows = 60_003;
    // Wherever it is after so long.
    for (const wait of [2000, 3000, 4000]) {
      const pulling = startRamal(folder, ['pull', 'crm', '--json']);
      await new Promise((resolve) => setTimeout(resolve, wait));
      pulling.kill('SIGKILL');
      await ended(pulling);
    }
    const pulled = await ramal(folder, ['pull', 'crm', '--json']);
    expect(JSON.parse(pulled.stdout).tables).toEqual([{ table: 'contratos', state: 'extracted', rows }]);
    const { stdout } = await ramal(folder, ['batch', 'list', '--json']);
    const held = (JSON.parse(stdout) as { state: string; loaded: number }[]).filter(({ state }) => state === 'loaded');
    expect(held).toMatchObject([{ loaded: rows }]);
  }, 180_000);

  test('a table of 200 MB is read with some rows in memory', async () => {
    await sql(`CREATE OR REPLACE VIEW larga AS SELECT n, repeat(md5(n::text), 32) AS texto FROM generate_series(1, 200000) n;
      GRANT SELECT ON larga TO ${CRM_USER}`);
    await connect([table('larga')]);
    collectGarbage();
    const before = process.memoryUsage();
    let most = 0;
    const pulled = await pull({
      progress: ({ step }) => {
        if (!step.includes('larga, linha')) return;
        collectGarbage();
        const { arrayBuffers, heapUsed } = process.memoryUsage();
        most = Math.max(most, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
      },
    });
    expect(states(pulled)).toEqual([['larga', 'extracted', 200_000]]);
    expect(most).toBeLessThan(20e6);
    expect((await home().batches.list({ page: 1, size: 1 })).rows[0]).toMatchObject({ loaded: 200_000 });
  }, 120_000);
});
