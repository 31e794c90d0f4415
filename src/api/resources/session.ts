import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { SESSION_COOKIE } from '../../access/accounts.ts';
import { AUDIENCE, mayReveal, type User } from '../../access/roles.ts';
import { RamalError } from '../../kernel/errors.ts';
import { lakeFacts } from '../../metrics/facts.ts';
import type { App } from '../app.ts';
import { route } from '../route.ts';
import { Session } from '../schema.ts';
import { screensAt } from '../screens-at.ts';

const COOKIE = { path: '/', httpOnly: true, sameSite: 'strict' as const, maxAge: 7 * 86_400 };

/**
 * The address that opens one session of a user, or of an administrator: where people open the screens, if it is said.
 * @throws RamalError `usage` when nothing listens for browsers.
 */
export async function loginUrl({ accounts, config }: App, fastify: FastifyInstance, user?: User): Promise<string> {
  const here = screensAt(fastify);
  if (here === null) {
    throw new RamalError('usage', {
      what: 'Nenhum servidor no ar nesta pasta',
      todo: 'Use ramal start ou ramal serve',
    });
  }
  const token = await accounts.createToken(user ?? (await accounts.administrator()));
  return new URL(`/entrar#${token}`, config.url || here).href;
}

async function session(app: App, user: User | null) {
  const { version, config } = app;
  const { sources } = await lakeFacts(app.lake);
  const demo = sources.some(({ source }) => source.startsWith('demo-'));
  return {
    user: user ? { name: user.name, role: user.role, reveals: mayReveal(user) } : null,
    version,
    missingLabel: config.missingLabel,
    week: app.lake.week,
    prints: config.chromium !== '',
    home: demo ? 'demonstração' : 'produção',
  };
}

export const sessionRoutes = [
  route({
    method: 'GET',
    url: '/api/session',
    audience: 'public',
    summary: 'Quem está na sessão, ou ninguém',
    response: Session,
    handler: async ({ app, user }) => session(app, user ?? null),
  }),
  route({
    method: 'POST',
    url: '/api/session',
    audience: 'public',
    summary: 'Troca o código de entrada, uma só vez, por uma sessão',
    body: Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
    response: Session,
    handler: async ({ app, body, reply }) => {
      const secret = await app.accounts.exchange((body as { token: string }).token);
      const user = secret ? await app.accounts.userOf(secret) : null;
      if (!secret || !user) throw new RamalError('notSignedIn');
      await app.audit.record(user, 'login', 'session');
      reply.setCookie(SESSION_COOKIE, secret, { ...COOKIE, secure: app.config.url.startsWith('https:') });
      return session(app, user);
    },
  }),
  route({
    method: 'POST',
    url: '/api/tokens',
    audience: AUDIENCE.administrator,
    summary: 'Um novo endereço de entrada, que vale uma vez',
    response: Type.Object({ url: Type.String() }),
    handler: async ({ app, request }) => ({ url: await loginUrl(app, request.server) }),
  }),
  route({
    method: 'DELETE',
    url: '/api/session',
    audience: 'public',
    summary: 'Encerra a sessão',
    handler: async ({ app, request, reply }) => {
      const secret = request.cookies[SESSION_COOKIE];
      if (secret) await app.accounts.end(secret);
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return session(app, null);
    },
  }),
];
