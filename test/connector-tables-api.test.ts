import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionTasks } from '../src/api/pulls.ts';
import type { ConnectionTest, ConnectionView, Connector, PullAnswer } from '../src/api/schema-connections.ts';
import { TestApi } from './app.ts';
import { CRM_PASSWORD, CRM_SECRETS, CRM_USER, table, useCrm } from './crm.ts';
import { postgres } from './services.ts';

describe.skipIf(!postgres())('tables of a CRM, over the API', () => {
  const crm = useCrm();
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.open();
    await crm().sql`INSERT INTO contratos (numero) VALUES ('A-1'), ('A-2')`;
  });
  afterAll(() => api.close());

  test('a connection is made, tried, read, looked at and scheduled; its password is nowhere', async () => {
    const { connectors } = await api.json<{ connectors: Connector[] }>('/api/connectors');
    expect(connectors.find(({ name }) => name === 'crm-postgres')).toMatchObject({
      reads: 'tables',
      secrets: ['username', 'password'],
    });
    const body = { name: 'crm', connector: 'crm-postgres', baseUrl: crm().url, secrets: CRM_SECRETS };
    const tables = [table('contratos', ['numero', 'saldo']), table('nenhuma')];
    const created = await api.json<ConnectionView>('/api/connections', { method: 'POST', body: { ...body, tables } });
    expect(created).toMatchObject({
      reads: 'tables',
      runAt: '06:00',
      secrets: [
        { name: 'username', kept: true },
        { name: 'password', kept: true },
      ],
      days: { missing: 0 },
      tables: [{ table: 'contratos', source: 'crm-contratos', state: 'missing', rows: 0 }, { table: 'nenhuma' }],
    });
    const tried = await api.json<ConnectionTest>('/api/connections/crm/test', { method: 'POST' });
    expect(tried).toMatchObject({ ok: false, tables: [{ rows: 2, message: null }, { rows: null }] });

    const { days, tables: read } = await api.job<PullAnswer>('/api/connections/crm/pull', {});
    expect([days, read.map(({ state, rows }) => [state, rows])]).toEqual([
      [],
      [
        ['extracted', 2],
        ['failed', 0],
      ],
    ]);
    const seen = await api.json<ConnectionView>('/api/connections/crm');
    expect(seen.message).toMatch(/^No banco de crm não há a tabela nenhuma/);
    expect(seen.tables).toMatchObject([
      { state: 'extracted', rows: 2, message: null },
      { state: 'failed', rows: 0, hadAt: null },
    ]);
    // The list is there at once.
    const rows = await api.app.lake.rows('SELECT numero FROM silver.list_crm_contratos ORDER BY 1');
    expect(rows).toEqual([{ numero: 'A-1' }, { numero: 'A-2' }]);

    const tasks = await connectionTasks(api.app);
    expect(tasks).toMatchObject([{ name: 'pull crm', when: { kind: 'daily', at: '06:00' } }]);
    await crm().sql`INSERT INTO contratos (numero) VALUES ('A-3')`;
    const change = { tables: [table('contratos', ['numero', 'saldo'])] };
    await api.json('/api/connections/crm', { method: 'POST', body: change });
    await tasks[0]!.run(new AbortController().signal);
    expect(await api.json<ConnectionView>('/api/connections/crm')).toMatchObject({
      message: null,
      tables: [{ state: 'extracted', rows: 3 }],
    });

    const denied = { secrets: { password: `${CRM_PASSWORD}x` } };
    await api.json('/api/connections/crm', { method: 'POST', body: denied });
    const refused = await api.json<ConnectionTest>('/api/connections/crm/test', { method: 'POST' });
    expect(refused.message).toMatch(/^A fonte crm recusou o acesso \(28P01\)/);
    const audit = await api.app.ledger.sql`SELECT * FROM audit`;
    const kept = await api.app.ledger.sql`SELECT * FROM connection`;
    const told = JSON.stringify([created, tried, seen, refused, audit, kept]);
    for (const secret of [CRM_PASSWORD, CRM_USER]) expect(told).not.toContain(secret);
  });

  test('a connection by days has no tables, and one of tables no days', async () => {
    const wrong = async (body: object) =>
      (await api.ask('/api/connections', { as: 'administrator', method: 'POST', body })).text;
    const days = { name: 'd', connector: 'call-report', baseUrl: 'https://exemplo.example', firstDay: '2026-11-01' };
    expect(await wrong({ ...days, tables: [table('x')] })).toContain('call-report não tem tabelas');
    expect(await wrong({ ...days, firstDay: undefined })).toContain('Falta o primeiro dia');
    await expect(api.job('/api/connections/crm/pull', { from: '2026-11-01' })).rejects.toThrow(
      /lê tabelas inteiras, e não dias/,
    );
  });
});
