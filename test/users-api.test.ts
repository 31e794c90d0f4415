import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView, MadeToken, UserView } from '../src/api/schema-users.ts';
import { type Answer, type Asked, TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  await api.server.fastify.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => api.close());

const errorOf = ({ status, text }: Answer) => [status, (JSON.parse(text) as { error: { code: string } }).error.code];
const post = (url: string, body?: unknown, asked: Asked = {}) =>
  api.ask(url, { as: 'administrator', method: 'POST', body, ...asked });
const listed = async (name: string) =>
  (await api.json<{ users: UserView[] }>('/api/users')).users.find((user) => user.name === name);

/** A browser that entered by an address of a user. */
async function enter(name: string): Promise<Record<string, string>> {
  const { path } = await api.json<{ path: string }>(`/api/users/${encodeURIComponent(name)}/login`, { method: 'POST' });
  const { headers } = await api.ask('/api/session', { method: 'POST', body: { token: path.split('#')[1] } });
  return { cookie: String([headers['set-cookie']].flat()[0]).split(';')[0] as string };
}

describe('users', () => {
  test('one is made, enters by an address of their own, and does what the role may', async () => {
    const made = await api.json<UserView>('/api/users', {
      method: 'POST',
      body: { name: 'Márcia Lemos', role: 'intake', email: 'marcia.lemos@alfa.example' },
    });
    expect(made).toMatchObject({ name: 'Márcia Lemos', role: 'intake', email: 'm***@alfa.example', tokens: [] });
    const login = await api.json<{ url: string; path: string }>('/api/users/M%C3%A1rcia%20Lemos/login', {
      method: 'POST',
    });
    expect(login.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/entrar#[\w-]{32}$/);
    expect(login.url.endsWith(login.path)).toBe(true);
    const headers = await enter('Márcia Lemos');
    expect((await api.ask('/api/batches', { headers })).status).toBe(200);
    expect(errorOf(await api.ask('/api/users', { headers }))).toEqual([403, 'notAllowed']);
    expect((await listed('Márcia Lemos'))?.seenOn).toBe('2026-11-20');
  });

  test('the address is where people open the screens, and its session goes by https alone', async () => {
    const other = await TestApi.open({ RAMAL_URL: 'https://ramal.alfa.example' });
    try {
      await other.server.fastify.listen({ port: 0, host: '127.0.0.1' });
      const { url } = await other.json<{ url: string }>('/api/tokens', { method: 'POST' });
      expect(url).toMatch(/^https:\/\/ramal\.alfa\.example\/entrar#[\w-]{32}$/);
      const { headers } = await other.ask('/api/session', { method: 'POST', body: { token: url.split('#')[1] } });
      expect(String(headers['set-cookie'])).toContain('; Secure');
    } finally {
      await other.close();
    }
  });

  test('another role holds for the session that is open, and turning off ends it', async () => {
    const headers = await enter('Márcia Lemos');
    const build = () => api.ask('/api/build', { method: 'POST', body: {}, headers });
    expect((await build()).status).toBe(403);
    const { version } = (await listed('Márcia Lemos'))!;
    await post('/api/users/M%C3%A1rcia%20Lemos', { role: 'manager', version });
    expect((await build()).status).toBe(202);
    await api.app.jobs.idle();
    expect(errorOf(await post('/api/users/M%C3%A1rcia%20Lemos', { role: 'intake', version }))).toEqual([
      409,
      'userChanged',
    ]);
    await post('/api/users/M%C3%A1rcia%20Lemos', { enabled: false });
    expect((await build()).status).toBe(401);
    expect(errorOf(await post('/api/users/M%C3%A1rcia%20Lemos/login'))).toEqual([409, 'userDisabled']);
    expect(errorOf(await post('/api/users/M%C3%A1rcia%20Lemos/tokens', { name: 'x' }))).toEqual([409, 'userDisabled']);
    expect(await listed('Márcia Lemos')).toMatchObject({ enabled: false, disabledBy: 'pessoa-administrator' });
  });

  test('a name of sixty accented signs is an address too', async () => {
    const name = 'É'.repeat(60);
    await post('/api/users', { name, role: 'operator' });
    expect((await post(`/api/users/${encodeURIComponent(name)}`, { role: 'intake' })).status).toBe(200);
  });

  test('the last administrator stays', async () => {
    const change = { enabled: false };
    expect(errorOf(await post('/api/users/pessoa-administrator', change))).toEqual([409, 'lastAdministrator']);
  });

  test('what cannot be is told, without the value that may be of a person', async () => {
    const wrong = await post('/api/users', { name: '529.982.247-25', role: 'intake' });
    expect(errorOf(wrong)).toEqual([422, 'userName']);
    const unknown = await post('/api/users/52998224725', { role: 'intake' });
    expect(errorOf(unknown)).toEqual([404, 'notFound']);
    expect(wrong.text + unknown.text).not.toMatch(/52998224725|529\.982/);
    expect(errorOf(await post('/api/users', { name: 'Ana', role: 'chefe' }))).toEqual([400, 'usage']);
    expect(errorOf(await post('/api/users', { name: 'MÁRCIA LEMOS', role: 'intake' }))).toEqual([409, 'userExists']);
  });
});

describe('tokens', () => {
  test('anyone makes, sees and revokes their own; an administrator anybody’s', async () => {
    const asked = { as: 'intake', method: 'POST' } as const;
    const own = await api.json<MadeToken>('/api/account/tokens', { ...asked, body: { name: 'planilha' } });
    expect(own.secret).toMatch(/^ramal_/);
    const given = await api.json<MadeToken>('/api/users/pessoa-intake/tokens', {
      method: 'POST',
      body: { name: 'painel', days: 30 },
    });
    expect(given.token).toMatchObject({
      ...{ name: 'painel', createdBy: 'pessoa-administrator', expiresAt: '2026-12-20T12:00:00.000Z', expired: false },
    });
    const account = await api.json<AccountView>('/api/account', { as: 'intake' });
    expect(account).toMatchObject({ name: 'pessoa-intake', role: 'intake' });
    expect(account.tokens.map(({ name }) => name)).toEqual(['painel', 'planilha']);
    expect((await api.json<AccountView>('/api/account', { as: 'manager' })).tokens).toEqual([]);
    const strange = await api.ask(`/api/account/tokens/${own.token.id}`, { as: 'manager', method: 'DELETE' });
    expect(errorOf(strange)).toEqual([404, 'notFound']);
    await api.json(`/api/account/tokens/${own.token.id}`, { as: 'intake', method: 'DELETE' });
    await api.json(`/api/users/pessoa-intake/tokens/${given.token.id}`, { method: 'DELETE' });
    expect((await api.json<AccountView>('/api/account', { as: 'intake' })).tokens).toEqual([]);
  });

  test('an account of this machine’s commands has none', async () => {
    const headers = { ...api.server.localHeaders };
    expect(JSON.parse((await api.ask('/api/account', { headers })).text)).toMatchObject({
      name: 'console',
      tokens: [],
    });
    const answer = await api.ask('/api/account/tokens', { method: 'POST', body: { name: 'x' }, headers });
    expect(errorOf(answer)).toEqual([400, 'usage']);
  });
});

test('the audit says who did what to whom, and holds no secret and no address of e-mail', async () => {
  await post('/api/users', { name: 'Otávio', role: 'intake', email: 'otavio@alfa.example' });
  await post('/api/users/Ot%C3%A1vio', { role: 'manager', email: null });
  const { url } = await api.json<{ url: string }>('/api/users/Ot%C3%A1vio/login', { method: 'POST' });
  const body = { name: 'painel' };
  const { secret, token } = await api.json<MadeToken>('/api/users/Ot%C3%A1vio/tokens', { method: 'POST', body });
  await api.json(`/api/users/Ot%C3%A1vio/tokens/${token.id}`, { method: 'DELETE' });
  await post('/api/users/Ot%C3%A1vio', { enabled: false });
  const audit = await api.app.ledger.sql<{ object: string; action: string; details: object; user_name: string }[]>`
    SELECT user_name, action, object, details FROM audit WHERE object = 'user Otávio' ORDER BY audit_id`;
  const by = { user_name: 'pessoa-administrator', object: 'user Otávio' };
  expect([...audit]).toEqual([
    { ...by, action: 'user', details: { created: 'intake' } },
    { ...by, action: 'user', details: { was: 'intake', role: 'manager', email: 'removed' } },
    { ...by, action: 'user', details: { login: 'made' } },
    { ...by, action: 'token', details: { made: token.id, until: '2027-11-20T12:00:00.000Z' } },
    { ...by, action: 'token', details: { revoked: token.id } },
    { ...by, action: 'user', details: { enabled: 'false' } },
  ]);
  const told = JSON.stringify(audit);
  for (const kept of [secret, url.split('#')[1]!, 'otavio@']) expect(told).not.toContain(kept);
});
