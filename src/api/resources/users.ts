import { Type } from 'typebox';
import type { Account, AccountChange } from '../../access/accounts.ts';
import { maskValue } from '../../access/masking.ts';
import type { ReadToken } from '../../access/read-tokens.ts';
import { AUDIENCE, CONSOLE, type Role } from '../../access/roles.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { App } from '../app.ts';
import { type Call, route } from '../route.ts';
import { AccountView, LoginLink, MadeToken, NewToken, NewUser, UserChange, UserView } from '../schema-users.ts';
import { numberOf } from '../scope-query.ts';
import { loginUrl } from './session.ts';

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

function tokenView({ app }: { app: App }, { id, name, createdAt, createdBy, expiresAt, usedOn }: ReadToken) {
  return {
    ...{ id, name, createdBy, usedOn },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    expired: expiresAt <= app.clock.now(),
  };
}

function userView(call: Call, account: Account, tokens: readonly ReadToken[]) {
  const { name, role, email, createdBy, disabledBy, seenOn, version } = account;
  return {
    ...{ name, role, createdBy, disabledBy, seenOn, version },
    email: email && maskValue(email, 'email'),
    enabled: account.disabledAt === null,
    createdAt: account.createdAt.toISOString(),
    disabledAt: instant(account.disabledAt),
    tokens: tokens.filter((token) => token.user === name).map((token) => tokenView(call, token)),
  };
}

/** Makes a token for a user, who must be able to use it. */
async function makeToken(call: Call, name: string) {
  const { app, user, body } = call;
  const account = await app.accounts.get(name);
  if (account.disabledAt) throw new RamalError('userDisabled', { name: account.name });
  const made = await app.readTokens.create(account.name, body as { name: string; days?: number }, user);
  const { id, expiresAt } = made.token;
  await app.audit.record(user, 'token', `user ${account.name}`, { made: id, until: expiresAt.toISOString() });
  return { token: tokenView(call, made.token), secret: made.secret };
}

async function revokeToken({ app, user, params }: Call, name: string) {
  const { id } = await app.readTokens.revoke(name, numberOf('token', params.token));
  await app.audit.record(user, 'token', `user ${name}`, { revoked: id });
  return { revoked: id };
}

/** Commands on this machine have no account to read by. */
function ownName({ user }: Call): string {
  if (user !== CONSOLE) return user.name;
  throw new RamalError('usage', {
    what: 'Um token é de um usuário',
    todo: 'Use ramal user token add NOME --name TOKEN',
  });
}

export const userRoutes = [
  route({
    method: 'GET',
    url: '/api/users',
    audience: AUDIENCE.administrator,
    summary: 'Os usuários, com seus tokens de leitura',
    response: Type.Object({ users: Type.Array(UserView) }),
    handler: async (call) => {
      const [accounts, tokens] = await Promise.all([call.app.accounts.list(), call.app.readTokens.list()]);
      return { users: accounts.map((account) => userView(call, account, tokens)) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/users',
    audience: AUDIENCE.administrator,
    summary: 'Cria um usuário',
    body: NewUser,
    response: UserView,
    handler: async (call) => {
      const { app, user, body } = call;
      const account = await app.accounts.create(body as { name: string; role: Role; email?: string | null }, user);
      await app.audit.record(user, 'user', `user ${account.name}`, { created: account.role });
      return userView(call, account, []);
    },
  }),
  route({
    method: 'POST',
    url: '/api/users/:name',
    audience: AUDIENCE.administrator,
    summary: 'Muda o perfil ou o e-mail de um usuário, desativa-o ou reativa; vale já para sessões abertas',
    body: UserChange,
    response: UserView,
    handler: async (call) => {
      const { app, user, body, params } = call;
      const { was, now } = await app.accounts.change(params.name ?? '', body as AccountChange, user);
      const turned = (was.disabledAt === null) !== (now.disabledAt === null);
      await app.audit.record(user, 'user', `user ${now.name}`, {
        ...(was.role === now.role ? {} : { was: was.role, role: now.role }),
        ...(turned ? { enabled: String(now.disabledAt === null) } : {}),
        ...(was.email === now.email ? {} : { email: now.email ? 'changed' : 'removed' }),
      });
      return userView(call, now, await app.readTokens.list(now.name));
    },
  }),
  route({
    method: 'POST',
    url: '/api/users/:name/login',
    audience: AUDIENCE.administrator,
    summary: 'Um endereço de entrada de um usuário, que vale uma vez, por um dia',
    response: LoginLink,
    handler: async ({ app, user, params, request }) => {
      const account = await app.accounts.get(params.name ?? '');
      if (account.disabledAt) throw new RamalError('userDisabled', { name: account.name });
      const url = await loginUrl(app, request.server, account);
      await app.audit.record(user, 'user', `user ${account.name}`, { login: 'made' });
      return { url, path: url.slice(new URL(url).origin.length) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/users/:name/tokens',
    audience: AUDIENCE.administrator,
    summary: 'Cria um token de leitura de um usuário; o segredo só é dito agora',
    body: NewToken,
    response: MadeToken,
    handler: (call) => makeToken(call, call.params.name ?? ''),
  }),
  route({
    method: 'DELETE',
    url: '/api/users/:name/tokens/:token',
    audience: AUDIENCE.administrator,
    summary: 'Revoga um token de um usuário',
    response: Type.Object({ revoked: Type.Integer() }),
    handler: async (call) => revokeToken(call, (await call.app.accounts.get(call.params.name ?? '')).name),
  }),
  route({
    method: 'GET',
    url: '/api/account',
    audience: AUDIENCE.figures,
    summary: 'Quem pergunta, e os seus tokens de leitura',
    response: AccountView,
    handler: async (call) => {
      const { app, user } = call;
      if (user === CONSOLE) return { name: user.name, role: user.role, email: null, tokens: [] };
      const { name, role, email } = await app.accounts.get(user.name);
      const tokens = await app.readTokens.list(name);
      return { name, role, email, tokens: tokens.map((token) => tokenView(call, token)) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/account/tokens',
    audience: AUDIENCE.intake,
    summary: 'Cria um token de leitura seu; o segredo só é dito agora',
    body: NewToken,
    response: MadeToken,
    handler: (call) => makeToken(call, ownName(call)),
  }),
  route({
    method: 'DELETE',
    url: '/api/account/tokens/:token',
    audience: AUDIENCE.intake,
    summary: 'Revoga um token seu',
    response: Type.Object({ revoked: Type.Integer() }),
    handler: (call) => revokeToken(call, ownName(call)),
  }),
];
