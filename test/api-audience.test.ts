// long: an example of every route's request
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../src/access/roles.ts';
import type { Route } from '../src/api/route.ts';
import { ROUTES } from '../src/api/routes.ts';
import { createServerOf } from '../src/api/server.ts';
import { ERRORS } from '../src/kernel/errors.ts';
import { type Answer, TestApi } from './app.ts';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
});
afterAll(() => api.close());

const TOO_LONG = `{"full":"${'x'.repeat(1 << 20)}"}`;
const PARAMS: Record<string, string> = {
  name: 'contacts',
  source: 'demo-calls',
  batch: '1',
  row: '1',
  base: '1',
  id: 'nenhum',
  file: 'nenhum',
  kind: 'supervisors',
  change: '1',
  correction: '1',
  token: '1',
  list: '1',
  outcome: '1',
};
const QUERIES: Record<string, string> = {
  '/api/figures': '?names=contacts',
  '/api/report': '?screen=/',
  '/api/notes': '?from=2026-11-01&to=2026-11-16',
  '/api/events': '?from=2026-11-01&to=2026-11-16',
  '/api/staffing/plan': '?lengths=360',
  '/api/offers/:id/file': '?format=csv',
  '/api/staffing/erlang': '?calls=100&interval=1800&aht=180&agents=14',
  '/api/intake/upload': '?source=demo-calls',
  '/api/reference/:kind/upload/load': '?digest=nenhum',
};
const BODIES: Record<string, unknown> = {
  '/api/session': { token: 'nenhum' },
  '/api/build': {},
  '/api/users': { name: 'Nina', role: 'intake' },
  '/api/users/:name': {},
  '/api/users/:name/tokens': { name: 'teste' },
  '/api/account/tokens': { name: 'teste' },
  '/api/exclusions': { name: 'nenhum', active: false },
  '/api/layouts': { layout: {} },
  '/api/layouts/:source/steps': { steps: [], from: '2026-11-20', version: 1 },
  '/api/batches/:batch/try': { layout: {} },
  '/api/layouts/:source/retire': { version: 1 },
  '/api/layouts/suggest': { path: '/nenhum.csv' },
  '/api/repeats/file': { path: '/nenhum.csv' },
  '/api/customers/explore': { path: '/nenhum.csv' },
  '/api/customers/bases': {},
  '/api/customers/bases/:base/search': { text: 'nenhum' },
  '/api/customers/file': { paths: ['/nenhum.csv'] },
  '/api/personas/file': { path: '/nenhum.csv', id: 'a', groups: '/nenhum.csv' },
  '/api/segments': { columns: [{ name: 'a' }], method: 'kmeans' },
  '/api/playbook': { plays: null },
  '/api/personas/:number/texts': { name: 'a', portrait: null, pain: null, action: null },
  '/api/segments/file': { path: '/nenhum.csv', columns: [{ name: 'a' }], method: 'kmeans' },
  '/api/offers/file': { path: '/nenhum.csv', customer: 'a', item: 'b', time: 'c' },
  '/api/offers/rules': { path: '/nenhum.csv' },
  '/api/offers': {},
  '/api/offers/:id/outcomes': { row: 1, product: 'nenhum', outcome: 'accepted' },
  '/api/offers/:id/outcomes/file': { path: '/nenhum.csv' },
  '/api/offers/bars': { product: 'nenhum', kind: 'never' },
  '/api/repeats/reconciliation/file': { path: '/nenhum.csv' },
  '/api/layouts/:source/rules/try': { rules: [] },
  '/api/batches/:batch/preview': { decisions: {} },
  '/api/batches/:batch/approve': { decisions: {} },
  '/api/batches/approve': { batches: [1] },
  '/api/batches/:batch/send-back': { message: 'mudou' },
  '/api/received/:id/try': { layout: {} },
  '/api/received/:id/load': { source: 'demo-calls' },
  '/api/watches': { name: 'nenhuma' },
  '/api/connections': { name: 'nenhuma', connector: 'nenhum', baseUrl: 'http://127.0.0.1:1', firstDay: '2026-11-01' },
  '/api/connections/:name': {},
  '/api/connections/:name/pull': {},
  '/api/send/layouts': { layout: {} },
  '/api/send/preview': { layout: 'nenhum' },
  '/api/send/files': { layout: 'nenhum' },
  '/api/practice/check': { exercise: 1 },
  '/api/steps/preview': { list: 'nenhuma' },
  '/api/reference/learned': { digest: 'nenhum' },
  '/api/reference/:kind/rows': { cells: {} },
  '/api/reference/:kind/end': { row: 0 },
  '/api/reference/:kind/preview': { path: '/nenhum.csv' },
  '/api/reference/:kind/load': { path: '/nenhum.csv', digest: 'nenhum' },
  '/api/batches/:batch/quarantine/reveal': { lines: [1] },
  '/api/batches/:batch/quarantine/file': { format: 'csv' },
  '/api/batches/:batch/corrections/preview': { lines: [1], column: 'X', change: 'só dígitos' },
  '/api/batches/:batch/corrections': { lines: [1], column: 'X', change: 'só dígitos' },
  '/api/views': { name: 'nenhuma', screen: '/conexoes', followed: 'page' },
  '/api/views/:view/mails': { recipients: ['ninguém'], weekdays: [1], at: '07:00', format: 'xlsx' },
  '/api/mails/:id': { enabled: false },
  '/api/notes': { kind: 'note', day: '2026-11-09', text: 'teste' },
  '/api/notes/:id': { done: true },
  '/api/alerts': { name: 'teste', metric: 'nenhum', period: 'week', kind: 'limits' },
  '/api/alerts/:id': { enabled: false },
  '/api/staffing/plan': { days: [{ day: '2026-11-16', needed: Array(48).fill(1) }], lengths: [360] },
  '/api/intake': { paths: ['/nenhum.csv'], source: 'demo-calls' },
};

/** A request that the route's schema accepts. */
function exampleOf({ method, url }: Route) {
  const path = url.replace(/:(\w+)/g, (_, name: string) => PARAMS[name] as string);
  return { url: `${path}${QUERIES[url] ?? ''}`, method, body: method === 'POST' ? BODIES[url] : undefined };
}

const name = ({ method, url }: Route) => `${method} ${url}`;
const errorOf = ({ text }: Answer) => (JSON.parse(text) as { error: { code: string; message: string } }).error;

describe('who may call what', () => {
  test('a session that prints changes nothing', async () => {
    const session = await api.app.accounts.openPrinter(
      await api.app.accounts.ensure('pessoa-administrator', 'administrator'),
    );
    const headers = { cookie: `ramal_session=${session}` };
    for (const url of ['/api/users', '/api/views', '/api/contacts/1/reveal'])
      expect((await api.ask(url, { method: 'POST', body: BODIES[url] ?? {}, headers })).status).toBe(403);
    expect((await api.ask('/api/views', { headers })).status).toBe(200);
  });

  test('each route declares its audience', () => {
    expect(new Set(ROUTES.map(name)).size).toBe(ROUTES.length);
    for (const { audience } of ROUTES) {
      if (audience === 'public') continue;
      expect(audience.length).toBeGreaterThan(0);
      expect(ROLES).toEqual(expect.arrayContaining([...audience]));
    }
  });

  test('the server knows no other routes than those and the API’s description', async () => {
    const { paths } = await api.json<{ paths: Record<string, object> }>('/api/openapi.json');
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(served.sort()).toEqual(ROUTES.map(name).sort());
    expect((await api.ask('/api/openapi.json')).status).toBe(401);
  });

  test('the policy: only a session is public, operators see no figures, only administrators name paths', () => {
    const open = ROUTES.filter(({ audience }) => audience === 'public').map(name);
    expect(open).toEqual(['GET /api/session', 'POST /api/session', 'DELETE /api/session']);
    const forOperators = ROUTES.filter(({ audience }) => audience.includes('operator')).map(name);
    expect(forOperators).toEqual(['GET /api/jobs/:id']);
    const forOne = ROUTES.filter(({ audience }) => audience.length === 1).map(name);
    expect(forOne).toContain('POST /api/intake');
    const byToken = ROUTES.filter(({ readToken }) => readToken);
    expect(byToken.map(name)).toEqual(
      ['metrics', 'repeat-rates', 'repeats', 'contacts', 'sources'].map((table) => `GET /api/data/${table}`),
    );
    const handled = ROUTES.filter(({ audience }) => audience.includes('intake') && !audience.includes('supervisor'));
    const isOfFiles =
      /^\/api\/(batches|build|connectors|connections|data|intake|jobs|layouts|practice|quarantine|received|reference|send|steps|watches)\b/;
    const notOfFiles = handled.filter(({ url }) => !isOfFiles.test(url)).map(name);
    expect(notOfFiles).toEqual([
      'POST /api/account/tokens',
      'DELETE /api/account/tokens/:token',
      'POST /api/contacts/:row/reveal',
    ]);
    const forSupervisors = ROUTES.filter(({ audience }) => audience.includes('supervisor'));
    expect(forSupervisors.filter(({ url }) => isOfFiles.test(url)).map(name)).toEqual(['GET /api/jobs/:id']);
    const beyondManagers = forSupervisors.filter(({ audience }) => !audience.includes('manager'));
    expect(beyondManagers.map(name)).toEqual(['POST /api/shift/callbacks/:row/reveal']);
    expect(forSupervisors.filter(({ method }) => method !== 'GET').map(name)).toEqual([
      'POST /api/repeats/reconciliation',
      'POST /api/staffing/plan',
      'POST /api/shift/callbacks/:row/reveal',
      'POST /api/views',
      'DELETE /api/views/:view',
      'POST /api/notes',
      'POST /api/notes/:id',
      'DELETE /api/notes/:id',
    ]);
    const notForIntake = ROUTES.filter(({ audience }) => audience !== 'public' && !audience.includes('intake')).map(
      name,
    );
    expect(notForIntake).toEqual(
      expect.arrayContaining(['GET /api/repeats/rows', 'POST /api/build', 'POST /api/exclusions']),
    );
  });

  test.each(ROUTES.filter(({ audience }) => audience !== 'public').map((route) => [name(route), route] as const))(
    '%s: as declared, and not without a login',
    async (_, route) => {
      const example = exampleOf(route);
      const stranger = await api.ask(example.url, example);
      expect(stranger.status).toBe(401);
      expect(errorOf(stranger).code).toBe(route.readToken ? 'tokenRefused' : 'notSignedIn');
      expect('www-authenticate' in stranger.headers).toBe(route.readToken === true);
      for (const role of ROLES) {
        const answer = await api.ask(example.url, { ...example, as: role });
        const declared = route.audience.includes(role);
        const refused = answer.status === 403 && errorOf(answer).message.includes(route.summary);
        expect({ role, admitted: !refused && answer.status !== 401 }).toEqual({ role, admitted: declared });
      }
    },
  );

  test.each(ROUTES.filter(({ method }) => method === 'POST').map((route) => [route.url, route] as const))(
    'POST %s: a field that it does not take is refused by its name',
    async (_, route) => {
      const example = exampleOf(route);
      const body = { ...(example.body as object | undefined), desconhecido: 1 };
      const answer = await api.ask(example.url, { ...example, body, as: 'administrator' });
      expect({ status: answer.status, ...errorOf(answer) }).toMatchObject({
        ...{ status: 400, code: 'usage' },
        message: expect.stringContaining('Campo desconhecido: desconhecido'),
      });
    },
  );

  test('a field is refused inside of others too, by its place', async () => {
    const asked = { as: 'administrator', method: 'POST' } as const;
    const watch = { name: 'nenhuma', patterns: [{ pattern: '*.csv', source: null, papel: 'x' }] };
    const nested = await api.ask('/api/watches', { ...asked, body: watch });
    expect(errorOf(nested).message).toContain('Campo desconhecido: patterns.0.papel');
  });

  test('a request without a login is refused before it is read', async () => {
    const wrong = await api.ask('/api/contacts?size=muitos&sort=cpf');
    expect([wrong.status, errorOf(wrong).code]).toEqual([401, 'notSignedIn']);
    const body = await api.ask('/api/build', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(body.status).toBe(401);
  });

  test('who may not reveal is told so, whatever the route admits', async () => {
    for (const role of ['manager', 'intake'] as const) {
      const answer = await api.ask('/api/contacts/1/reveal', { method: 'POST', as: role });
      expect([answer.status, errorOf(answer)]).toEqual([
        403,
        { code: 'notAllowed', message: 'Seu perfil não pode revelar dados pessoais. Peça ao administrador.' },
      ]);
    }
  });
});

describe('login', () => {
  const login = (token: string) => api.ask('/api/session', { method: 'POST', body: { token } });
  const who = async (cookie: string) =>
    (JSON.parse((await api.ask('/api/session', { headers: { cookie } })).text) as { user: { role: Role } | null }).user;

  test('a token opens one session and no second one', async () => {
    const token = await api.token('manager');
    const first = await login(token);
    expect(first.status).toBe(200);
    expect(JSON.parse(first.text)).toMatchObject({ user: { name: 'pessoa-manager', role: 'manager', reveals: false } });
    const cookie = String([first.headers['set-cookie']].flat()[0]);
    expect(cookie).toMatch(/^ramal_session=[\w-]{32}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
    const second = await login(token);
    expect([second.status, errorOf(second).code]).toEqual([401, 'notSignedIn']);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('a token lives a day, a session a week', async () => {
    const start = api.clock.at;
    try {
      const [late, inTime] = [await api.token('intake'), await api.token('intake')];
      api.clock.at = new Date(start.getTime() + 24 * 3_600_000 - 1000);
      const { status, headers } = await login(inTime);
      expect(status).toBe(200);
      api.clock.at = new Date(start.getTime() + 24 * 3_600_000);
      expect((await login(late)).status).toBe(401);
      const cookie = String([headers['set-cookie']].flat()[0]).split(';')[0] as string;
      api.clock.at = new Date(start.getTime() + 8 * 24 * 3_600_000 - 2000);
      expect((await who(cookie))?.role).toBe('intake');
      api.clock.at = new Date(start.getTime() + 8 * 24 * 3_600_000);
      expect(await who(cookie)).toBeNull();
      expect((await api.ask('/api/sources', { headers: { cookie } })).status).toBe(401);
    } finally {
      api.clock.at = start;
    }
  });

  test('logging out ends the session on the server', async () => {
    const cookie = await api.cookie('operator', true);
    expect((await who(cookie))?.role).toBe('operator');
    await api.ask('/api/session', { method: 'DELETE', headers: { cookie } });
    expect(await who(cookie)).toBeNull();
  });

  test('a made-up cookie or a token used as one is nobody', async () => {
    expect(await who('ramal_session=inventado')).toBeNull();
    expect(await who(`ramal_session=${await api.token('administrator')}`)).toBeNull();
  });

  test('only hashes of secrets are stored', async () => {
    const token = await api.token('manager');
    const rows = await api.app.ledger.sql`SELECT secret_hash FROM login`;
    expect(rows.length).toBeGreaterThan(0);
    for (const { secret_hash } of rows) expect(secret_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('the 21st attempt in a minute is put off', async () => {
    const { fastify } = await createServerOf(api.app, '/nenhuma');
    const statuses: number[] = [];
    let last = '';
    for (let attempt = 0; attempt < 21; attempt++) {
      const { statusCode, payload } = await fastify.inject({
        method: 'POST',
        url: '/api/session',
        payload: { token: 'x' },
      });
      statuses.push(statusCode);
      last = payload;
    }
    await fastify.close();
    expect(statuses).toEqual([...Array(20).fill(401), 429]);
    expect(JSON.parse(last)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  });
});

describe('requests from elsewhere', () => {
  test.each(['https://exemplo.com', 'http://localhost:9999', 'null', 'x'])(
    'a change asked by %s is refused',
    async (origin) => {
      for (const [method, url] of [
        ['POST', '/api/build'],
        ['DELETE', '/api/jobs/nenhum'],
        ['POST', '/api/session'],
      ] as const) {
        const body = method === 'POST' ? (BODIES[url] ?? {}) : undefined;
        const answer = await api.ask(url, {
          method,
          as: 'administrator',
          body,
          headers: { origin, host: 'localhost:8390' },
        });
        expect([answer.status, errorOf(answer).code]).toEqual([403, 'notAllowed']);
      }
    },
  );

  test('a change asked by its own page is heard', async () => {
    const headers = { origin: 'http://localhost:8390', host: 'localhost:8390' };
    const answer = await api.ask('/api/jobs/nenhum', { method: 'DELETE', as: 'administrator', headers });
    expect([answer.status, errorOf(answer).code]).toEqual([404, 'notFound']);
  });

  test('the local header is known to this server alone', async () => {
    const { localHeaders } = api.server;
    expect((await api.ask('/api/sources', { headers: { ...localHeaders } })).status).toBe(200);
    const other = await createServerOf(api.app, '/nenhuma');
    expect(Object.keys(other.localHeaders)).toEqual(Object.keys(localHeaders));
    for (const value of [...Object.values(other.localHeaders), '', 'true', 'undefined']) {
      expect((await api.ask('/api/sources', { headers: { [Object.keys(localHeaders)[0]!]: value } })).status).toBe(401);
    }
    await other.fastify.close();
  });

  test('the local socket needs no login, the port does', async () => {
    const socketPath = join(api.app.config.home, 'ramal.sock');
    const local = api.server.localServer();
    await new Promise<void>((resolve) => local.listen(socketPath, resolve));
    await api.server.fastify.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.server.fastify.server.address() as AddressInfo;
    const status = (options: object) =>
      new Promise((resolve, reject) => {
        httpRequest({ path: '/api/sources', ...options }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect([await status({ socketPath }), await status({ host: '127.0.0.1', port })]).toEqual([200, 401]);
    local.closeAllConnections();
    await new Promise((resolve) => local.close(resolve));
  });
});

describe('every answer', () => {
  test.each(['/', '/api/session', '/api/sources', '/api/nada'])('%s carries the security headers', async (url) => {
    const { headers } = await api.ask(url);
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split(';')
        .map((directive) => directive.trim().split(/ (.*)/s).slice(0, 2)),
    ) as Record<string, string>;
    expect(policy).toMatchObject({
      'default-src': "'self'",
      'script-src': "'self'",
      'style-src': "'self'",
      'object-src': "'none'",
      'frame-ancestors': "'none'",
      'base-uri': "'self'",
      'form-action': "'self'",
    });
    expect(String(headers['content-security-policy'])).not.toMatch(/unsafe|https?:|\*/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  test.each(['/api/sources', '/api/contacts?format=csv', '/api/repeats/rows', '/api/batches?size=x'])(
    '%s is kept by no cache',
    async (url) => {
      expect((await api.ask(url, { as: 'administrator' })).headers['cache-control']).toBe('no-store');
    },
  );

  const json = { 'content-type': 'application/json' };
  test.each<[number, string, string, object]>([
    [400, 'usage', '/api/batches?size=muitos', {}],
    [400, 'usage', '/api/figures', {}],
    [400, 'usage', '/api/metrics/contacts?from=ontem', {}],
    [400, 'usage', '/api/metrics/contacts?from=2026-02-31', {}],
    [400, 'usage', '/api/metrics/contacts?where=cpf=52998224725', {}],
    [400, 'usage', '/api/repeats?watermark=2026-13-01', {}],
    [400, 'usage', '/api/build', { method: 'POST', headers: json, body: '{"full":' }],
    [400, 'usage', '/api/build', { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' }],
    [400, 'usage', '/api/build', { method: 'POST', headers: json, body: TOO_LONG }],
    [
      400,
      'usage',
      '/api/exclusions',
      { method: 'POST', body: { name: 'x', column: 'contact_name', value: 'y', reason: 'z' } },
    ],
    [
      400,
      'usage',
      '/api/exclusions',
      { method: 'POST', body: { name: 'x', column: 'queue', value: 'y', reason: 'z', from: '2026-02-31' } },
    ],
    [400, 'usage', '/api/intake', { method: 'POST', body: { paths: ['../x.csv'], source: 'demo-calls' } }],
    [400, 'usage', '/api/%zz', {}],
    [404, 'notFound', '/api/nada', {}],
    [404, 'notFound', '/api/sources', { method: 'DELETE' }],
    [404, 'notFound', '/api/batches/999', {}],
    [404, 'notFound', '/api/batches/x', {}],
    [404, 'notFound', '/api/batches/99999999999', {}],
    [404, 'notFound', '/api/jobs/x', {}],
    [404, 'notFound', '/api/layouts/x', {}],
    [404, 'notFound', '/api/metrics/x', {}],
    [404, 'notFound', '/api/repeats?rule=x', {}],
    [404, 'notFound', '/api/contacts?repeat=anchor&rule=x', {}],
    [404, 'notFound', '/api/contacts/x/reveal', { method: 'POST' }],
    [404, 'notFound', '/api/contacts/1.5/reveal', { method: 'POST' }],
    [404, 'notFound', '/api/exclusions', { method: 'POST', body: { name: 'nenhum', active: false } }],
  ])('%i %s: %s', async (status, code, url, asked) => {
    const answer = await api.ask(url, { as: 'administrator', ...asked });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(answer.text)).toEqual({ error: { code, message: expect.stringMatching(/^[A-ZÀ-Ú].+[^ ]$/s) } });
    expect(answer.text).not.toContain('52998224725');
    expect(answer.status).toBe(status);
    expect(Object.keys(ERRORS)).toContain(code);
  });
});
