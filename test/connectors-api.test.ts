import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectionTasks, scheduleMemory } from '../src/api/pulls.ts';
import type { ConnectionDays, ConnectionTest, ConnectionView, PullAnswer } from '../src/api/schema-connections.ts';
import { faultless } from '../src/demo/fake-faults.ts';
import { Schedule } from '../src/jobs/schedule.ts';
import { TestApi } from './app.ts';
import { instantIo, SECRETS, serveBoth } from './connectors.ts';
import { usePostgres } from './services/postgres.ts';
import { postgres } from './services.ts';

let api: TestApi;
let servers: Awaited<ReturnType<typeof serveBoth>>;

beforeAll(async () => {
  api = await TestApi.open();
  Object.assign(api.app, { io: instantIo(api.clock) });
  servers = await serveBoth({ clock: api.clock });
});
afterAll(async () => {
  await api.close();
  await servers.close();
});
afterEach(() => {
  servers.tickets.faults = faultless;
  servers.calls.faults = faultless;
});

const create = (name: string, kind: 'tickets' | 'calls', more = {}) => {
  const connector = kind === 'tickets' ? 'ticket-platform' : 'call-report';
  const body = {
    name,
    connector,
    baseUrl: servers[kind].url,
    firstDay: '2026-11-17',
    secrets: SECRETS[connector],
    ...more,
  };
  return api.json<ConnectionView>('/api/connections', { method: 'POST', body });
};
const errorOf = ({ text }: { text: string }) =>
  (JSON.parse(text) as { error: { code: string; message: string } }).error;

test('a connection is made, tried, extracted and looked at', async () => {
  const created = await create('chamados', 'tickets', { todayMinutes: 15 });
  expect(created).toMatchObject({
    name: 'chamados',
    label: { pt: 'Plataforma de chamados' },
    enabled: true,
    runAt: '06:00',
    secrets: [{ name: 'token', kept: true }],
    days: { extracted: 0, empty: 0, failed: 0, partial: 0, missing: 3 },
    completeTo: null,
  });
  expect(await api.json<ConnectionTest>('/api/connections/chamados/test', { method: 'POST' })).toMatchObject({
    ok: true,
    day: '2026-11-19',
    message: null,
  });
  const { days } = await api.job<PullAnswer>('/api/connections/chamados/pull', {});
  expect(days.map(({ day, state }) => [day, state])).toEqual([
    ['2026-11-17', 'extracted'],
    ['2026-11-18', 'extracted'],
    ['2026-11-19', 'extracted'],
  ]);
  const seen = await api.json<ConnectionView>('/api/connections/chamados');
  expect(seen).toMatchObject({
    completeTo: '2026-11-19',
    running: null,
    message: null,
    days: { extracted: 3, missing: 0 },
  });
  const calendar = await api.json<ConnectionDays>('/api/connections/chamados/days?from=2026-11-16&to=2026-11-19');
  expect(calendar.days.map(({ day, state, rows }) => [day, state, rows])).toEqual(
    days.slice(0, 2).map(({ day, state, rows }) => [day, state, rows]),
  );
  // The figures are there at once.
  const contacts = await api.json<{ total: number }>('/api/metrics/contacts?source=chamados');
  expect(contacts.total).toBe(days.reduce((sum, { rows }) => sum + rows, 0));
});

test('what is not understood is refused, with what to do', async () => {
  const wrong = async (body: object) =>
    errorOf(await api.ask('/api/connections', { as: 'administrator', method: 'POST', body }));
  const moved = { method: 'POST', as: 'administrator', body: { baseUrl: 'https://outro.example' } } as const;
  expect(errorOf(await api.ask('/api/connections/chamados', moved)).message).toBe(
    'O endereço é de outro servidor, e token valia só para o de antes. Informe os segredos de novo, com o endereço',
  );
  const right = { name: 'x', connector: 'call-report', baseUrl: 'https://exemplo.example', firstDay: '2026-11-01' };
  expect((await wrong({ ...right, connector: 'nenhum' })).message).toBe(
    'Não existe conector: nenhum. Existem: call-report, ticket-platform, crm-postgres.',
  );
  expect((await wrong({ ...right, baseUrl: 'ftp://x' })).message).toMatch(/^Endereço da fonte inválido/);
  const withPassword = await wrong({ ...right, baseUrl: 'https://ana:s3nh4@exemplo.example' });
  expect(withPassword.message).toMatch(/^O endereço da fonte traz usuário ou senha/);
  expect(withPassword.message).not.toContain('s3nh4');
  expect((await wrong({ ...right, runAt: '25:00' })).message).toMatch(/^Horário inválido: 25:00/);
  expect((await wrong({ ...right, timeZone: 'Marte' })).message).toMatch(/^Fuso inválido: Marte/);
  expect((await wrong({ ...right, firstDay: '2026-02-31' })).message).toMatch(/^Primeiro dia inválido/);
  expect((await wrong({ ...right, secrets: { chave: 'x' } })).message).toBe(
    'call-report não usa o segredo chave. Use username, password',
  );
  expect((await wrong({ ...right, name: 'chamados' })).message).toMatch(/^Já existe a conexão chamados/);
  const pull = (body: object) => api.ask('/api/connections/chamados/pull', { as: 'intake', method: 'POST', body });
  await pull({ from: '2026-12-01' });
  await api.app.jobs.idle();
  expect(
    (await api.json<{ connections: ConnectionView[] }>('/api/connections')).connections.map(({ name }) => name),
  ).toEqual(['chamados']);
});

test('two extractions of one connection do not run at once, and one can be cancelled', async () => {
  await create('lenta', 'calls');
  let stop: () => void = () => {};
  const asleep = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const io = instantIo(api.clock);
  const sleep: typeof io.sleep = (_, signal) =>
    new Promise((_resolve, reject) => {
      stop();
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  Object.assign(api.app, { io: { ...io, sleep } });
  servers.calls.faults = () => '500';
  const post = () => api.ask('/api/connections/lenta/pull', { as: 'intake', method: 'POST', body: {} });
  const { id } = JSON.parse((await post()).text) as { id: string };
  await asleep;
  const busy = await post();
  expect([busy.status, errorOf(busy).code]).toEqual([409, 'connectionBusy']);
  expect(await api.json<ConnectionView>('/api/connections/lenta')).toMatchObject({ running: id });
  // While it waits for the source, others write.
  expect(await api.app.jobs.write(async () => 'escrito')).toBe('escrito');
  await api.ask(`/api/jobs/${id}`, { as: 'intake', method: 'DELETE' });
  await api.app.jobs.idle();
  expect(api.app.jobs.get(id).state).toBe('cancelled');
  expect(await api.json<ConnectionView>('/api/connections/lenta')).toMatchObject({
    running: null,
    days: { missing: 3 },
  });
  Object.assign(api.app, { io: instantIo(api.clock) });
  await api.json('/api/connections/lenta', { method: 'POST', body: { enabled: false } });
});

test('the schedule runs what is on, at its hour; a wrong password is told and stops no other', async () => {
  const secret = 'Senha-Muito-Secreta-4471';
  await create('errada', 'calls', { secrets: { username: 'demonstracao', password: secret } });
  await create('certa', 'calls');
  const failures: string[] = [];
  const schedule = new Schedule({
    clock: api.clock,
    timeZone: api.app.config.timeZone,
    memory: scheduleMemory(api.app.ledger),
    tasks: () => connectionTasks(api.app),
    onFailure: (task, error) => failures.push(`${task}: ${(error as Error).message}`),
  });
  expect((await connectionTasks(api.app)).map(({ name }) => name).sort()).toEqual([
    'pull certa',
    'pull chamados',
    'pull errada',
    'today chamados',
  ]);
  api.clock.at = new Date('2026-11-20T16:00:00Z');
  await schedule.look();
  expect((await api.json<ConnectionView>('/api/connections/certa')).nextRun).toBe('2026-11-21T09:00:00.000Z');
  expect((await api.json<ConnectionView>('/api/connections/chamados')).nextRun).toBe('2026-11-20T16:15:00.000Z');
  api.clock.at = new Date('2026-11-20T16:15:00Z');
  await schedule.look();
  await schedule.idle();
  const today = await api.json<ConnectionDays>('/api/connections/chamados/days?from=2026-11-20');
  expect(today.days).toMatchObject([{ day: '2026-11-20', provisional: true }]);
  api.clock.at = new Date('2026-11-21T09:00:00Z');
  await schedule.look();
  await schedule.idle();
  await schedule.stop();
  expect(failures).toEqual([
    'pull errada: A fonte errada recusou o acesso (HTTP 401). Confira o usuário, a senha ou o token da conexão.',
  ]);
  expect(await api.json<ConnectionView>('/api/connections/certa')).toMatchObject({
    completeTo: '2026-11-20',
    message: null,
  });
  const wrong = await api.json<ConnectionView>('/api/connections/errada');
  expect(wrong.message).toBe(failures[0]!.slice('pull errada: '.length));
  expect(wrong.days).toMatchObject({ failed: 1, extracted: 0 });
});

test('secrets are in one file of their owner’s, and nowhere else', async () => {
  const { home } = api.app.config;
  const hidden = ['demonstracao-token', 'demonstracao-senha', 'Senha-Muito-Secreta-4471'];
  const answers = await Promise.all(
    [
      '/api/connections',
      '/api/connectors',
      '/api/connections/errada',
      '/api/connections/errada/days',
      '/api/layouts/errada',
    ].map((url) => api.ask(url, { as: 'administrator' })),
  );
  const audit = await api.app.ledger.sql`SELECT * FROM audit`;
  const told = [...answers.map(({ text }) => text), JSON.stringify(audit)].join('\n');
  for (const secret of hidden) expect(told).not.toContain(secret);
  const file = join(home, 'secrets', 'connection-errada.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  expect(kept.password).toBe('Senha-Muito-Secreta-4471');
  await api.app.ledger.sql`CHECKPOINT`;
  const found = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return hidden.some((secret) => bytes.includes(secret));
    });
  expect(found.filter((path) => !path.startsWith(join(home, 'secrets', 'connection-')))).toEqual([]);
  expect(found).toContain(file);
});

test('a connection is deleted: its secrets go, what it brought and its days stay, and it may come back', async () => {
  await create('velha', 'tickets');
  await api.job<PullAnswer>('/api/connections/velha/pull', {});
  const before = await api.json<ConnectionDays>('/api/connections/velha/days');
  const batches = async () => (await api.app.batches.list({ source: 'velha', page: 1, size: 50 })).rows;
  const brought = await batches();
  expect(brought.length).toBeGreaterThan(2);
  const secret = join(api.app.config.home, 'secrets', 'connection-velha.json');
  expect(statSync(secret).size).toBeGreaterThan(0);

  expect(await api.json('/api/connections/velha', { method: 'DELETE' })).toEqual({ name: 'velha' });
  expect(() => statSync(secret)).toThrow();
  expect(await batches()).toEqual(brought);
  expect(await api.json<ConnectionDays>('/api/connections/velha/days')).toEqual(before);
  const gone = await api.json<ConnectionView>('/api/connections/velha');
  expect(gone).toMatchObject({ removed: { by: 'pessoa-administrator' }, nextRun: null, secrets: [{ kept: false }] });
  const names = async (query: string) =>
    (await api.json<{ connections: ConnectionView[] }>(`/api/connections${query}`)).connections.map(({ name }) => name);
  expect(await names('')).not.toContain('velha');
  expect(await names('?removed=true')).toEqual(['velha']);
  expect((await connectionTasks(api.app)).map(({ name }) => name)).not.toContain('pull velha');
  for (const [method, url] of [
    ['POST', '/api/connections/velha/pull'],
    ['POST', '/api/connections/velha/test'],
    ['POST', '/api/connections/velha'],
    ['DELETE', '/api/connections/velha'],
  ] as const) {
    const answer = await api.ask(url, { as: 'administrator', method, ...(method === 'POST' ? { body: {} } : {}) });
    expect([url, answer.status, errorOf(answer).code]).toEqual([url, 404, 'notFound']);
  }
  const told = await api.app.ledger.sql`
    SELECT action, details FROM audit WHERE object = 'connection velha' ORDER BY at DESC, audit_id DESC LIMIT 1`;
  expect([...told]).toEqual([{ action: 'connect', details: { removed: 1 } }]);

  const other = { name: 'velha', connector: 'call-report', baseUrl: servers.calls.url, firstDay: '2026-11-17' };
  const refused = await api.ask('/api/connections', { as: 'administrator', method: 'POST', body: other });
  expect(errorOf(refused).message).toBe('A conexão velha que foi apagada era de ticket-platform. Escolha outro nome');
  expect(await create('velha', 'tickets')).toMatchObject({ removed: null, enabled: true, days: { missing: 0 } });
  expect((await api.job<PullAnswer>('/api/connections/velha/pull', {})).days).toEqual([]);
});

describe.skipIf(!postgres())('with the ledger on a server', () => {
  const server = usePostgres();

  test('a day is extracted, corrected and kept', async () => {
    const other = await TestApi.open({ DATABASE_URL: await server().database() });
    try {
      Object.assign(other.app, { io: instantIo(other.clock) });
      const { url: baseUrl } = servers.tickets;
      const body = {
        name: 'chamados',
        connector: 'ticket-platform',
        baseUrl,
        firstDay: '2026-11-18',
        secrets: SECRETS['ticket-platform'],
      };
      await other.json('/api/connections', { method: 'POST', body });
      const { days } = await other.job<PullAnswer>('/api/connections/chamados/pull', {});
      expect(days.map(({ state }) => state)).toEqual(['extracted', 'extracted']);
      const { days: again } = await other.job<PullAnswer>('/api/connections/chamados/pull', {
        from: '2026-11-18',
        to: '2026-11-19',
      });
      expect(again).toEqual(days.slice(0, 1));
      const calendar = await other.json<ConnectionDays>('/api/connections/chamados/days');
      expect(calendar.days.map(({ day, state, rows }) => ({ day, state, rows, message: null }))).toEqual(days);
    } finally {
      await other.close();
    }
  });
});
