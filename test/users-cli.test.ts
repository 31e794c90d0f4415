import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MadeToken, ReadToken, UserView } from '../src/api/schema-users.ts';
import { readArguments } from '../src/cli/arguments.ts';
import type { Client } from '../src/cli/client.ts';
import { openHome } from '../src/cli/open-home.ts';
import { runCommand } from '../src/cli/run.ts';
import { testConfig } from './app.ts';

const config = testConfig();
let client: Client;
beforeAll(async () => {
  client = await openHome(config, '0.0.0-test');
});
afterAll(async () => {
  await client.close();
  rmSync(config.home, { recursive: true, force: true });
});

const run = async (...args: string[]) => (await runCommand(client, readArguments(['user', ...args]), process.stdout))!;
const refused = (...args: string[]) =>
  run(...args).then(
    () => 'done',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );

test('ramal user: made, changed, turned off and on, as a person reads it and as a script does', async () => {
  expect(await run('add', 'Ana Prado', '--role', 'intake', '--email', 'ana.prado@alfa.example')).toBe(
    'Ana Prado criado. O endereço de entrada: ramal user login "Ana Prado"',
  );
  await run('add', 'Bia', '--role', 'administrator');
  expect(await run('role', 'ana prado', 'manager')).toBe('Ana Prado agora tem o perfil gestor');
  expect(await run('off', 'Ana Prado')).toBe('Ana Prado inativo: sessões e tokens terminaram');
  const users = JSON.parse(await run('list', '--json')) as UserView[];
  expect(users.map(({ name, role, enabled, email }) => [name, role, enabled, email])).toEqual([
    ['Bia', 'administrator', true, null],
    ['Ana Prado', 'manager', false, 'a***@alfa.example'],
  ]);
  const table = (await run()).split('\n');
  expect(table[0]).toMatch(/^usuário\s+perfil\s+situação\s+esteve aqui\s+e-mail\s+tokens$/);
  expect(table[3]).toMatch(/^Ana Prado\s+gestor\s+inativo\s+–\s+a\*{3}@alfa\.example\s+0$/);
  expect(await run('on', 'Ana Prado')).toBe('Ana Prado ativo de novo');
  expect(await run('email', 'Ana Prado')).toBe('Ana Prado ficou sem e-mail');
  expect(await refused('off', 'Bia')).toMatch(/^lastAdministrator: Bia é o último administrador/);
});

test('ramal user token: the secret is told once', async () => {
  const text = await run('token', 'add', 'Ana Prado', '--name', 'painel da diretoria', '--days', '30');
  expect(text).toMatch(
    /^ramal_[\w-]{32}\nGuarde-o agora: não é mostrado de novo\. Vale até \d{4}-\d\d-\d\d, só para ler/,
  );
  const made = JSON.parse(await run('token', 'add', 'Ana Prado', '--name', 'planilha', '--json')) as MadeToken;
  const tokens = JSON.parse(await run('token', 'list', 'ANA PRADO', '--json')) as (ReadToken & { user: string })[];
  expect(tokens.map(({ user, name, createdBy }) => [user, name, createdBy])).toEqual([
    ['Ana Prado', 'planilha', 'console'],
    ['Ana Prado', 'painel da diretoria', 'console'],
  ]);
  const list = await run('token', 'list');
  expect(list).toContain('painel da diretoria');
  expect(list).not.toMatch(/ramal_/);
  expect(await run('token', 'revoke', 'Ana Prado', String(made.token.id))).toBe(`Token ${made.token.id} revogado`);
  expect(await refused('token', 'revoke', 'Ana Prado', String(made.token.id))).toMatch(/^notFound/);
});

test.each([
  [['add', 'Caio'], /^usage: Falta --role/],
  [['add', 'Caio', '--role', 'chefe'], /^usage: Valor inválido em role/],
  [['add', 'ana prado', '--role', 'intake'], /^userExists/],
  [['role', 'Ana Prado'], /^usage: Falta o perfil/],
  [['role', 'Ninguém', 'intake'], /^notFound: Não existe usuário: Ninguém/],
  [['off'], /^usage: Falta o nome/],
  [['mudar', 'Ana Prado'], /^usage: Ação desconhecida: mudar/],
  [['login', 'Ana Prado'], /^usage: Nenhum servidor no ar/],
  [['token', 'add', 'Ana Prado'], /^usage: Falta --name/],
  [['token', 'add', 'Ana Prado', '--name', 'x', '--days', 'um'], /^usage: --days inválido: um/],
  [['token', 'add', 'Ana Prado', '--name', 'x', '--days', '731'], /^usage: Um token vale de 1 a 730 dias/],
  [['token', 'revoke', 'Ana Prado'], /^usage: Falta o número/],
  [['token', 'list', 'Ninguém'], /^notFound/],
])('ramal user %j is refused', async (args, message) => expect(await refused(...args)).toMatch(message));
