import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openPlace } from '../src/intake/watch/open-place.ts';
import { Random } from '../src/kernel/random.ts';
import { ended, ramal, startRamal } from './app.ts';
import { startS3 } from './services/s3.ts';
import { fileServices } from './services.ts';
import { callsOf, useBoxes } from './watch-boxes.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-watch-full-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const AT = new Date('2026-11-20T11:00:00Z');

describe('a process that is killed while it looks', () => {
  it('loads each file once, however often and wherever it was killed', async () => {
    const [home, inbox] = [join(folder, 'home'), join(folder, 'entrada')];
    mkdirSync(inbox);
    const files = 30;
    const rows = 200;
    for (let file = 0; file < files; file++) {
      const path = join(inbox, `beta_${file}.csv`);
      writeFileSync(path, callsOf(`F${file}x`, ...Array.from({ length: rows }, (_, row) => row)));
      utimesSync(path, AT, AT);
    }
    await ramal(home, [
      'watch',
      'add',
      'beta',
      '--place',
      inbox,
      '--pattern',
      '*.csv=demo-calls',
      '--settle',
      '0',
      '--after',
      'move',
    ]);
    await ramal(home, ['watch', 'run', 'beta']);
    const random = new Random(7, 'kills');
    for (let kill = 0; kill < 12; kill++) {
      const child = startRamal(home, ['watch', 'run', 'beta']);
      const done = ended(child);
      await Promise.race([done, pause(700 + random.uniform() * 3000)]);
      child.kill('SIGKILL');
      await done;
    }
    for (let look = 0; look < 2; look++) expect((await ramal(home, ['watch', 'run', 'beta'])).code).toBe(0);
    const [watch] = JSON.parse((await ramal(home, ['watch', 'list', '--json'])).stdout);
    expect(watch.files).toEqual({
      unmatched: 0,
      growing: 0,
      ready: 0,
      taken: 0,
      waiting: 0,
      loaded: files,
      refused: 0,
    });
    const metric = JSON.parse((await ramal(home, ['metric', 'contacts', '--json'])).stdout);
    expect(metric.total).toBe(files * rows);
  });
});

describe.skipIf(!fileServices('swift-proxy', 'swift-account', 'swift-container', 'swift-object'))('a store', () => {
  it('of more objects than one answer holds is listed whole, each once', async () => {
    const server = await startS3();
    try {
      const names = Array.from({ length: 2100 }, (_, index) => `beta_${String(index).padStart(4, '0')} é.csv`);
      for (let first = 0; first < names.length; first += 50) {
        const some = names.slice(first, first + 50);
        await Promise.all(some.map((name) => server.client.putObject(`entrada/${name}`, 'x')));
      }
      const asked = { place: server.place, region: 'us-east-1', fingerprint: null, trustFirst: false };
      const place = await openPlace(asked, { password: server.secretKey }, async () => {});
      for (const depth of [0, 1]) {
        const found: string[] = [];
        for await (const { path } of place.list(depth, () => false)) found.push(path);
        expect(found.sort()).toEqual(names);
      }
      await place.close();
    } finally {
      await server.stop();
    }
  });
});

describe('a folder of 100,000 files', () => {
  const { box } = useBoxes();
  it('is compared in parts: the heap hardly grows, and what is new is still found', async () => {
    const one = await box({
      patterns: [
        { pattern: 'beta_*.csv', source: 'demo-calls' },
        { pattern: 'velho_*', source: null },
      ],
    });
    for (let file = 0; file < 50_000; file++) {
      one.write(`velho_${file}.csv`, '');
      one.write(`outro_${file}.csv`, '');
    }
    one.write('beta_1.csv', callsOf('A', 1));
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    expect(await one.look()).toMatchObject({ listed: 100_001, loaded: 0, files: { unmatched: 50_000, growing: 1 } });
    expect(await one.look(30)).toMatchObject({ listed: 100_001, loaded: 1 });
    global.gc?.();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 2 ** 20);
  });
});
