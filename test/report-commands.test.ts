import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AlertView } from '../src/api/schema-alerts.ts';
import type { NoteView } from '../src/api/schema-notes.ts';
import type { Mail, SavedView, SentMail } from '../src/api/schema-views.ts';
import { readArguments } from '../src/cli/arguments.ts';
import type { Client } from '../src/cli/client.ts';
import { openHome } from '../src/cli/open-home.ts';
import { runCommand } from '../src/cli/run.ts';
import { clientOf, type TestApi, testConfig } from './app.ts';
import { openWeek } from './week.ts';

/** What scripts rely on. */
const LISTED_KEYS = {
  alert: [
    ...['id', 'name', 'owner', 'mine', 'metric', 'rule', 'sources', 'filters', 'period', 'kind', 'threshold', 'raised'],
    ...['recipients', 'lang', 'enabled', 'version', 'lookedAt', 'lookedFrom', 'lookedTo', 'looked', 'lookedMessage'],
  ],
  view: ['id', 'name', 'owner', 'mine', 'path', 'followed', 'shared', 'screen', 'mails'],
  note: [
    ...[
      'id',
      'kind',
      'day',
      'text',
      'metric',
      'rule',
      'sources',
      'filters',
      'cause',
      'owner',
      'due',
      'doneOn',
      'author',
      'mine',
    ],
    'effect',
  ],
} as const;

let api: TestApi;
let client: Client;
beforeAll(async () => {
  ({ api } = await openWeek());
  client = clientOf(api);
  for (const name of ['Ana Prado', 'Bia'])
    await run('user', 'add', name, '--role', 'manager', '--email', `${name[0]}@alfa.example`);
}, 120_000);
afterAll(() => api?.close());

const run = async (...args: string[]) => (await runCommand(client, readArguments(args), process.stdout))!;
const made = async <T>(...args: string[]) => JSON.parse(await run(...args, '--json')) as T;
/** What a command says against what it was given, before it asks or in the answer. */
const refused = (...args: string[]) =>
  run(...args).then(
    () => 'done',
    ({ message }: Error) => JSON.parse(/\{.*/.exec(message)?.[0] ?? 'null')?.error.message ?? message,
  );
const columns = (text: string) => text.split('\n').map((line) => line.trim().split(/ {2,}/));

test('ramal alert: watched, told, seen, turned off and removed', async () => {
  const alert = await made<AlertView>(
    ...['alert', 'add', 'Espera', '--metric', 'avgWaitTime', '--above', '15s', '--where', 'queue=Ouvidoria'],
    ...['--recipient', 'Ana Prado', '--recipient', 'bia'],
  );
  expect(alert).toMatchObject({
    ...{ name: 'Espera', metric: 'avgWaitTime', kind: 'above', threshold: 15, period: 'week', rule: 'house' },
    ...{ filters: ['queue=Ouvidoria'], sources: [], recipients: ['Ana Prado', 'Bia'], enabled: true },
  });
  const { id } = alert;
  const limits = await made<AlertView>(
    'alert',
    'add',
    'TMA',
    '--metric',
    'avgHandleTime',
    '--limits',
    '--period',
    'day',
  );
  expect(limits).toMatchObject({ kind: 'limits', threshold: null, period: 'day' });
  const rate = ['alert', 'add', 'Abandono', '--metric', 'abandonRate', '--below', '12,5%'] as const;
  expect(await made<AlertView>(...rate)).toMatchObject({ kind: 'below', threshold: 0.125 });
  const [head, , first] = columns(await run('alert'));
  expect(head).toEqual([
    ...['número', 'alerta', 'indicador', 'recorte', 'avisa quando', 'por', 'ligado', 'última olhada', 'por ver'],
  ]);
  expect(first!.slice(0, 7)).toEqual([
    ...[String(id), 'Espera', 'TME', 'queue=Ouvidoria', 'acima de 0:15', 'semana', 'sim'],
  ]);
  expect(await run('alert', 'show', String(id))).toMatch(
    /^Espera \(de pessoa-administrator\): TME acima de 0:15, por semana; e-mail a Ana Prado, Bia\n/,
  );
  expect(await run('alert', 'off', String(id))).toBe(`Alerta ${id} desligado`);
  expect(await run('alert', 'on', String(id))).toMatch(new RegExp(`^Alerta ${id} ligado\\. `));
  expect(await refused('alert', 'remove', String(id))).toBe(
    `Falta --yes. Repita com --yes para apagar o alerta ${id} e o que ele avisou`,
  );
  expect(await made('alert', 'remove', String(id), '--yes')).toEqual({ removed: id });
  expect(await refused('alert', 'show', String(id))).toMatch(/^Não existe alerta/);
});

test('ramal alert: what it raised is seen once', async () => {
  // The week of the fixture: 33 of Ouvidoria waited 30 s each.
  const { raised } = await made<AlertView>(
    'alert',
    'add',
    'Espera',
    '--metric',
    'contacts',
    '--below',
    '1',
    '--period',
    'day',
  );
  expect(raised).toEqual([]);
  const alert = await made<AlertView>('alert', 'add', 'Muitos', '--metric', 'contacts', '--above', '0');
  const [first] = alert.raised;
  expect(first).toMatchObject({ state: 'raised', seenAt: null, told: { verdict: 'crossed', signal: 'above' } });
  expect(await run('alert', 'show', String(alert.id))).toContain('em vigor');
  expect(await run('alert', 'seen', String(first!.id))).toBe(`Aviso ${first!.id} visto`);
  const [after] = (await made<AlertView[]>('alert', 'list')).filter(({ id }) => id === alert.id);
  expect(after!.raised[0]!.seenBy).toBe('pessoa-administrator');
});

test('ramal view: a screen by its name, with what was chosen on it', async () => {
  const scope = ['--where', 'queue=Ouvidoria', '--rule', 'previous-24h'];
  const view = await made<SavedView>('view', 'save', 'Ouvidoria', 'rechamadas', ...scope, '--by', 'agent', '--shared');
  expect(view).toMatchObject({ name: 'Ouvidoria', path: '/rechamadas', followed: 'page', shared: true, mails: [] });
  const asked = new URL(view.screen, 'http://x').searchParams;
  expect([asked.get('rule'), asked.get('by'), asked.get('where')]).toEqual([
    'previous-24h',
    'agent',
    'queue=Ouvidoria',
  ]);
  const days = ['--from', '26/10/2026', '--to', '2026-11-02'];
  const fixed = await made<SavedView>('view', 'save', 'Ouvidoria', 'indicadores', '--metric', 'avgWaitTime', ...days);
  expect(fixed).toMatchObject({ id: view.id, followed: 'fixed', shared: false });
  expect(fixed.screen).toContain('from=2026-10-26&to=2026-11-02');
  await run('view', 'save', 'Semana', 'inicio', '--follows', 'week');
  expect(columns(await run('view', 'list')).map((cells) => cells.slice(1, 7))).toEqual([
    ['visão', 'de', 'tela', 'período', 'compartilhada', 'envios'],
    expect.anything(),
    ['Ouvidoria', 'pessoa-administrator', 'indicadores', 'dias fixos', 'não', '0'],
    ['Semana', 'pessoa-administrator', 'inicio', 'última semana completa', 'não', '0'],
  ]);
  expect(await run('view', 'remove', String(view.id), '--yes')).toBe(`Apagado: a visão ${view.id} e os envios dela`);
  expect((await made<SavedView[]>('view', 'list')).map(({ name }) => name)).toEqual(['Semana']);
});

test('ramal mail: a view sent on its days, turned off and removed', async () => {
  const { id } = await made<SavedView>('view', 'save', 'Para enviar', 'inicio', '--follows', 'week');
  const words = ['mail', 'add', String(id), '--recipient', 'Ana Prado', '--recipient', 'Bia', '--days', 'sex,seg'];
  const mail = await made<Mail>(...words, '--at', '08:15', '--format', 'both');
  expect(mail).toMatchObject({ recipients: ['Ana Prado', 'Bia'], weekdays: [1, 5], at: '08:15', format: 'both' });
  expect(await run('mail', 'off', String(mail.id))).toBe(`Envio ${mail.id} desligado`);
  expect(columns(await run('mail', 'list'))[2]).toEqual([
    ...[String(mail.id), 'Para enviar', 'Ana Prado, Bia', 'seg, sex às 08:15', 'both', 'não', '–'],
  ]);
  expect(await made('mail', 'list')).toEqual([{ ...mail, enabled: false, view: id }]);
  expect(await refused('mail', 'add', String(id))).toMatch(/^Falta --recipient/);
  expect(await refused(...words.slice(0, 5), '--days', 'hoje')).toMatch(/^Recebido hoje em --days/);
  expect(await refused(...words.slice(0, 5), '--format', 'doc')).toMatch(/^Recebido doc em --format/);
  expect(await refused('mail', 'add', String(id), '--recipient', 'ninguém')).toMatch(/ninguém/);
  // Nobody but its owner sees that view: it is not sent, and why is told.
  const [first] = (await made<SentMail>('mail', 'send', String(mail.id))).sent;
  expect([first!.outcome, first!.reasons.length]).toEqual(['skipped', 1]);
  expect(await run('mail', 'remove', String(mail.id), '--yes')).toBe(`Apagado: o envio ${mail.id}`);
  await run('view', 'remove', String(id), '--yes');
});

test('ramal note: a note, a decision that is owed, carried out and taken back', async () => {
  const note = await made<NoteView>('note', 'add', 'deploy 8.4 revertido', '--day', '28/10/2026');
  expect(note).toMatchObject({ kind: 'note', day: '2026-10-28', text: 'deploy 8.4 revertido', owner: null, due: null });
  const owed = ['--owner', 'ana prado', '--due', '09/11/2026', '--metric', 'contacts', '--where', 'queue=Ouvidoria'];
  expect(await run('note', 'add', 'novo roteiro', '--day', '2026-11-02', ...owed)).toBe(
    'Decisão 2 escrita em 02/11/2026',
  );
  // 33 called that queue in the week before, and nobody after.
  const rows = columns(await run('note', 'list')).slice(2);
  expect(rows).toEqual([
    ['1', '28/10/2026', 'nota', 'deploy 8.4 revertido', 'pessoa-administrator', '–'],
    ['2', '02/11/2026', 'decisão (Ana Prado, até 09/11/2026)', 'novo roteiro', 'pessoa-administrator', '33 → –'],
  ]);
  expect(await run('note', 'done', '2')).toBe('Decisão 2 cumprida em 20/11/2026');
  expect(await run('note', 'reopen', '2')).toBe('Decisão 2 em aberto');
  await run('note', 'done', '2');
  const october = await made<NoteView[]>('note', 'list', '--from', '2026-10-01', '--to', '2026-11-01');
  expect(october.map(({ id }) => id)).toEqual([1, 2]);
  const later = await made<NoteView[]>('note', 'list', '--from', '2026-12-01', '--to', '2027-01-01');
  expect(later).toEqual([]);
  expect(await run('note', 'remove', '1', '--yes')).toBe('Apagado: a nota 1');
});

test.each([
  [['alert', 'add'], /^Falta o nome do alerta/],
  [['alert', 'add', 'x', '--above', '1'], /^Falta --metric/],
  [['alert', 'add', 'x', '--metric', 'nenhum', '--above', '1'], /^Não existe indicador: nenhum/],
  [['alert', 'add', 'x', '--metric', 'contacts'], /^Falta quando avisar/],
  [['alert', 'add', 'x', '--metric', 'contacts', '--above', '1', '--limits'], /^Falta quando avisar/],
  [['alert', 'add', 'x', '--metric', 'avgWaitTime', '--above', '20'], /^Recebido 20 em --above/],
  [['alert', 'add', 'x', '--metric', 'contacts', '--limits', '--period', 'mês'], /^Recebido mês em --period/],
  [['alert', 'off'], /^Falta o número \(alerta\)/],
  [['alert', 'off', 'um'], /^Não é um número \(alerta\): um/],
  [['alert', 'mudar', '1'], /^Ação desconhecida: mudar/],
  [['view', 'save'], /^Falta o nome da visão/],
  [['view', 'save', 'x'], /^Falta a tela/],
  [['view', 'save', 'x', 'conexoes'], /^Não existe a tela conexoes/],
  [['view', 'save', 'x', 'inicio', '--follows', 'ano'], /^Recebido ano em --follows/],
  [['view', 'mudar', '1'], /^Ação desconhecida: mudar/],
  [['note', 'add', '--day', '2026-10-28'], /^Falta o texto/],
  [['note', 'add', 'x'], /^Falta --day/],
  [['note', 'add', 'x', '--day', '2026-10-28', '--owner', 'Bia'], /^Uma decisão tem quem responde e um prazo/],
  [['note', 'add', 'ligar 11 98765-4321', '--day', '2026-10-28'], /^O texto parece trazer/],
  [['note', 'done', '99'], /^Não existe/],
  [['note', 'mudar', '1'], /^Ação desconhecida: mudar/],
])('ramal %j is refused', async (args, message) => expect(await refused(...args)).toMatch(message));

describe('on a machine without a server', () => {
  const config = testConfig();
  let home: Client;
  beforeAll(async () => {
    home = await openHome(config, '0.0.0-test');
  });
  afterAll(async () => {
    await home.close();
    rmSync(config.home, { recursive: true, force: true });
  });

  const by = async (...args: string[]) =>
    JSON.parse((await runCommand(home, readArguments([...args, '--json']), process.stdout))!);

  test.each([
    ['alert', ['add', 'Longas', '--metric', 'avgHandleTime', '--above', '5m'], { owner: 'admin', looked: null }],
    ['view', ['save', 'Semana', 'inicio', '--follows', 'week'], { owner: 'admin', screen: '/' }],
    ['note', ['add', 'troca do ramal', '--day', '1999-02-02'], { author: 'console' }],
  ] as const)(
    'ramal %s --json: what is made, of the administrator who may enter, and a list',
    async (name, words, of) => {
      const made = await by(name, ...words);
      expect(made).toMatchObject(of);
      expect(Object.keys(made).sort()).toEqual([...LISTED_KEYS[name]].sort());
      expect(await by(name, 'list')).toEqual([made]);
      expect(await by(name, 'remove', String(made.id), '--yes')).toEqual({ removed: made.id });
      expect(await by(name)).toEqual([]);
    },
  );
});
