import type { MadeToken, ReadToken, UserView } from '../api/schema-users.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Options } from './arguments.ts';
import type { Client } from './client.ts';
import { textTable } from './terminal.ts';
import { json, shownBy, usage, type Work } from './work.ts';

const ROLE_WORDS: Readonly<Record<string, string>> = {
  administrator: 'administrador',
  manager: 'gestor',
  supervisor: 'supervisor',
  intake: 'recepção',
  operator: 'operador',
};

/** `ramal user …`. */
export const userCommand: Work = async ({ client, rest, options }) => {
  const [action = 'list', name, more] = rest;
  const shown = shownBy(options);
  if (action === 'list') {
    const { users } = await client.json<{ users: UserView[] }>('GET', '/api/users');
    return shown(users, (all) => textTable(all.map(userRow)));
  }
  if (action === 'token') return tokenCommand(client, rest.slice(1), options);
  if (!name) throw usage('Falta o nome do usuário', 'Veja ramal user --help');
  const url = userUrl(name);
  const change = (body: object) => client.json<UserView>('POST', url, body);
  if (action === 'add') {
    if (!options.role) throw usage('Falta --role', 'Use administrator, manager, supervisor, intake ou operator');
    const body = { name, role: options.role, ...(options.email ? { email: options.email } : {}) };
    return shown(
      await client.json<UserView>('POST', '/api/users', body),
      (user) => `${user.name} criado. O endereço de entrada: ramal user login "${user.name}"`,
    );
  }
  if (action === 'role') {
    if (!more) throw usage('Falta o perfil', 'Use administrator, manager, supervisor, intake ou operator');
    return shown(await change({ role: more }), (user) => `${user.name} agora tem o perfil ${ROLE_WORDS[user.role]}`);
  }
  if (action === 'email')
    return shown(await change({ email: more ?? null }), ({ name, email }) =>
      email ? `Relatórios de ${name} vão para ${email}` : `${name} ficou sem e-mail`,
    );
  if (action === 'off')
    return shown(await change({ enabled: false }), (user) => `${user.name} inativo: sessões e tokens terminaram`);
  if (action === 'on') return shown(await change({ enabled: true }), (user) => `${user.name} ativo de novo`);
  if (action === 'login') return shown(await client.json<{ url: string }>('POST', `${url}/login`), (link) => link.url);
  throw usage(`Ação desconhecida: ${action}`, 'Use list, add, role, email, off, on, login ou token');
};

/** `ramal user token add | list | revoke`. */
async function tokenCommand(client: Client, rest: readonly string[], options: Options): Promise<string> {
  const [action = 'list', name, id] = rest;
  if (action === 'list') {
    const { users } = await client.json<{ users: UserView[] }>('GET', '/api/users');
    const known = users.filter((user) => name === undefined || user.name.toLowerCase() === name.toLowerCase());
    if (name !== undefined && known.length === 0)
      throw new RamalError('notFound', { what: 'usuário', received: name, todo: 'Veja ramal user list.' });
    const tokens = known.flatMap((user) => user.tokens.map((token) => ({ user: user.name, ...token })));
    return options.json ? json(tokens) : textTable(tokens.map(tokenRow));
  }
  if (!name) throw usage('Falta o nome do usuário', 'Veja ramal user --help');
  const url = `${userUrl(name)}/tokens`;
  if (action === 'add') {
    if (!options.name)
      throw usage('Falta --name', 'Diga onde o token vai ser usado, como --name "painel da diretoria"');
    if (options.days !== undefined && !/^\d+$/.test(options.days))
      throw usage(`--days inválido: ${options.days}`, 'Use um número de dias, até 730');
    const days = options.days === undefined ? {} : { days: Number(options.days) };
    const made = await client.json<MadeToken>('POST', url, { name: options.name, ...days });
    if (options.json) return json(made);
    const until = made.token.expiresAt.slice(0, 10);
    return `${made.secret}\nGuarde-o agora: não é mostrado de novo. Vale até ${until}, só para ler, como senha (Basic) ou Bearer.`;
  }
  if (action !== 'revoke') throw usage(`Ação desconhecida: ${action}`, 'Use add, list ou revoke');
  if (!id) throw usage('Falta o número do token', `Veja ramal user token list "${name}"`);
  const done = await client.json<{ revoked: number }>('DELETE', `${url}/${encodeURIComponent(id)}`);
  return options.json ? json(done) : `Token ${done.revoked} revogado`;
}

const userUrl = (name: string): string => `/api/users/${encodeURIComponent(name)}`;

function userRow({ name, role, enabled, seenOn, email, tokens }: UserView) {
  return {
    usuário: name,
    perfil: ROLE_WORDS[role] ?? role,
    situação: enabled ? 'ativo' : 'inativo',
    'esteve aqui': seenOn,
    'e-mail': email,
    tokens: tokens.length,
  };
}

function tokenRow({ id, user, name, createdAt, createdBy, expiresAt, expired, usedOn }: ReadToken & { user: string }) {
  return {
    número: id,
    usuário: user,
    token: name,
    criado: createdAt.slice(0, 10),
    por: createdBy,
    'vale até': `${expiresAt.slice(0, 10)}${expired ? ' (venceu)' : ''}`,
    'usado em': usedOn,
  };
}
