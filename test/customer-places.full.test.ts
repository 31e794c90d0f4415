import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CustomerBase } from '../src/customers/base/build-base.ts';
import { writeCustomers } from '../src/demo/customers/write-customers.ts';
import { literal } from '../src/storage/lake.ts';
import { TestApi } from './app.ts';
import { type S3Server, startS3 } from './services/s3.ts';
import { fileServices } from './services.ts';

const services = fileServices('swift-proxy', 'swift-account', 'swift-container', 'swift-object');

describe.skipIf(!services)('the exports of a company in an S3-compatible store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ramal-customer-places-'));
  let server: S3Server;
  let api: TestApi;
  let paths: string[];
  beforeAll(async () => {
    api = await TestApi.open();
    mkdirSync(join(folder, 'customers'));
    await writeCustomers(folder, { seed: 3, until: '2026-11-15', customers: 400 }, async () => {});
    paths = readdirSync(join(folder, 'customers'))
      .sort()
      .map((name) => join(folder, 'customers', name));
    server = await startS3();
    for (const path of paths)
      await server.client.putObject(`entrada/${path.split('/').at(-1)}`, new Uint8Array(readFileSync(path)) as never);
  });
  afterAll(async () => {
    await server?.stop();
    await api?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const build = (of: object) =>
    api.job<CustomerBase & { id: number }>('/api/customers/file', { ...of, keep: true, day: '2026-11-16' });

  test('give the base that the same files give from a folder', async () => {
    const body = {
      ...{ name: 'exportes', place: server.place, secret: { password: server.secretKey } },
      patterns: [{ pattern: '*', source: null }],
    };
    await api.json('/api/watches', { method: 'POST', body });
    const [stored, local] = [await build({ watch: 'exportes' }), await build({ paths })];
    const { id: _, createdAt: __, ...told } = stored as typeof stored & { createdAt: string };
    expect(local).toMatchObject(told);
    expect(stored.customers).toBe(400);
    const rows = (id: number) => api.app.lake.rows(`FROM ${literal(api.app.bases.pathOf(id))}`);
    expect(await rows(stored.id)).toEqual(await rows(local.id));
  });

  test('that stopped answering give one error that holds no secret, and no base', async () => {
    const before = (await api.app.bases.list()).length;
    await server.kill();
    const failed = await build({ watch: 'exportes' }).catch((thrown: Error) => thrown);
    expect(String(failed)).toMatch(/exportes|127\.0\.0\.1/);
    expect(String(failed)).not.toContain(server.secretKey);
    expect((await api.app.bases.list()).length).toBe(before);
    expect(readdirSync(join(api.app.config.home, 'tmp')).filter((name) => name.includes('.work'))).toEqual([]);
  });
});
