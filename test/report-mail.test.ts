import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailTasks, outboxTask, sendMail } from '../src/api/outbox-delivery.ts';
import type { Told } from '../src/api/schema-outbox.ts';
import type { Mail, SavedView } from '../src/api/schema-views.ts';
import type { TestApi } from './app.ts';
import { type SmtpServer, startSmtp } from './services/smtp.ts';
import { fileServices } from './services.ts';
import { openWeek } from './week.ts';

const post = <T = Record<string, never>>(
  api: TestApi,
  url: string,
  body: unknown,
  as: 'administrator' | 'manager' | 'intake' = 'manager',
) => api.json<T>(url, { method: 'POST', body, as });

const MAILED = {
  role: { code: 'mailUserRole', message: 'O perfil do usuário não vê indicadores.' },
  off: { code: 'mailUserOff', message: 'O usuário está inativo.' },
  address: { code: 'mailUserAddress', message: 'O usuário não tem e-mail.' },
};

describe.skipIf(!fileServices('python3-aiosmtpd'))('views by mail', () => {
  let smtp: SmtpServer;
  let api: TestApi;
  let view: SavedView;

  beforeAll(async () => {
    smtp = await startSmtp();
    ({ api } = await openWeek({ RAMAL_SMTP_URL: smtp.url, RAMAL_MAIL_FROM: 'Ramal <relatorios@alfa.example>' }));
    for (const [name, role, email] of [
      ['Ana Prado', 'manager', 'ana@alfa.example'],
      ['Bia Lopes', 'intake', 'bia@alfa.example'],
      ['Caio Lins', 'intake', 'caio@alfa.example'],
      ['Davi Sá', 'manager', 'davi@alfa.example'],
    ])
      await post(api, '/api/users', { name, role, email }, 'administrator');
    view = await post<SavedView>(api, '/api/views', {
      name: 'Rechamadas da semana',
      screen: '/rechamadas?from=2020-01-06&to=2020-01-13&by=agent',
      followed: 'page',
      shared: true,
    });
  }, 60_000);
  afterAll(async () => {
    await api?.close();
    await smtp?.stop();
  });

  const mailTo = (recipients: string[], more: object = {}) =>
    post<Mail>(api, `/api/views/${view.id}/mails`, { recipients, weekdays: [1], at: '07:30', format: 'xlsx', ...more });
  const send = async (mail: Mail) =>
    (await post<{ sent: Told[] }>(api, `/api/mails/${mail.id}/send`, undefined)).sent.map(
      ({ id: _id, at: _at, ...one }) => one,
    );

  test('it brings the last closed week, with its figures, to whoever may see it', async () => {
    expect(view.screen).toBe('/rechamadas?from=2026-10-26&to=2026-11-02&by=agent');
    const before = smtp.received().length;
    expect(await send(await mailTo(['Ana Prado', 'bia lopes']))).toEqual([
      {
        recipient: 'Ana Prado',
        outcome: 'sent',
        files: ['ramal-rechamadas-2026-10-26_2026-11-01.xlsx'],
        reasons: [],
      },
      {
        recipient: 'Bia Lopes',
        outcome: 'sent',
        files: ['ramal-rechamadas-2026-10-26_2026-11-01.xlsx'],
        reasons: [],
      },
    ]);
    const [ana, bia, ...more] = smtp
      .received()
      .slice(before)
      .toSorted((a, b) => a.to.localeCompare(b.to));
    expect(more).toEqual([]);
    expect([ana!.to, bia!.to]).toEqual(['ana@alfa.example', 'bia@alfa.example']);
    expect(ana!.from).toBe('Ramal <relatorios@alfa.example>');
    expect(ana!.subject).toBe('Rechamadas da semana, 26/10/2026 a 01/11/2026');
    expect(ana!.text).toContain('Período: 26/10/2026 a 01/11/2026');
    expect(ana!.text).toContain('porque pessoa-manager a enviou a você');
    const { sheets } = await readXlsx([...ana!.files.values()][0]!);
    const agents = sheets.find(({ name }) => name === 'Por agente')!;
    expect(agents.rows.slice(1).map((row) => row.slice(0, 3))).toEqual([
      ['Ana Prado', 40, 10],
      ['Caio Lins', 30, 3],
      ['Davi Sá', 12, 6],
    ]);
    // Every telephone of this world, as it would be written somewhere.
    const text = sheets.flatMap(({ rows }) => rows.flat().map(String)).join('\n');
    expect(text).not.toMatch(/9?8765\d{4}/);
  });

  test('who may not see the screen, has no e-mail or is off gets nothing, and it is written why', async () => {
    const mail = await mailTo(['Caio Lins', 'Davi Sá', 'Ana Prado']);
    await post(api, `/api/users/${encodeURIComponent('Caio Lins')}`, { role: 'operator' }, 'administrator');
    await post(api, `/api/users/${encodeURIComponent('Davi Sá')}`, { enabled: false }, 'administrator');
    await post(api, `/api/users/${encodeURIComponent('Ana Prado')}`, { email: null }, 'administrator');
    const before = smtp.received().length;
    expect(await send(mail)).toEqual([
      { recipient: 'Caio Lins', outcome: 'skipped', files: [], reasons: [MAILED.role] },
      { recipient: 'Davi Sá', outcome: 'skipped', files: [], reasons: [MAILED.off] },
      { recipient: 'Ana Prado', outcome: 'skipped', files: [], reasons: [MAILED.address] },
    ]);
    expect(smtp.received()).toHaveLength(before);
    const { views } = await api.json<{ views: SavedView[] }>('/api/views', { as: 'manager' });
    const kept = views[0]!.mails.find(({ id }) => id === mail.id)!;
    expect(kept.sent.map(({ recipient, outcome }) => [recipient, outcome])).toEqual([
      ['Ana Prado', 'skipped'],
      ['Davi Sá', 'skipped'],
      ['Caio Lins', 'skipped'],
    ]);
    for (const name of ['Caio Lins', 'Davi Sá', 'Ana Prado', 'sem ninguém'])
      expect(
        (
          await api.ask(`/api/views/${view.id}/mails`, {
            method: 'POST',
            as: 'manager',
            body: { recipients: [name], weekdays: [1], at: '07:30', format: 'xlsx' },
          })
        ).status,
      ).toBeGreaterThan(399);
  });

  test('without a Chromium a mail of a PDF brings the workbook and says why', async () => {
    const before = smtp.received().length;
    const sent = await send(await mailTo(['Bia Lopes'], { format: 'pdf', lang: 'en' }));
    expect(sent).toEqual([
      {
        recipient: 'Bia Lopes',
        outcome: 'sent',
        files: ['ramal-repeat-contacts-2026-10-26_2026-11-01.xlsx'],
        reasons: [{ code: 'printUnset', message: expect.stringContaining('RAMAL_CHROMIUM') }],
      },
    ]);
    expect(smtp.received()[before]!.text).toContain('The PDF is missing');
  });

  test('a server that refuses, or is not there, is told without the address of whom it was for', async () => {
    const small = await startSmtp({ largest: 2000 });
    const mail = await api.app.mails.get((await mailTo(['Bia Lopes'])).id);
    const app = (smtpUrl: string) => ({ ...api.app, config: { ...api.app.config, smtpUrl } });
    const [refused] = await sendMail(app(small.url), mail, null);
    await small.stop();
    const [gone] = await sendMail(app(small.url), mail, null);
    for (const one of [refused, gone]) {
      expect(one).toMatchObject({ outcome: 'failed', files: [] });
      expect(one!.reasons.map(({ code }) => code)).toEqual(['mailFailed']);
      expect(one!.reasons[0]?.details.cause).not.toContain('@');
    }
    expect(gone!.reasons[0]!.details.cause).toContain('ECONNREFUSED');
  });

  test('views: own and shared ones, by name; who may do what', async () => {
    const own = await post<SavedView>(
      api,
      '/api/views',
      { name: 'Minha', screen: '/indicadores?metric=serviceLevel', followed: '28d' },
      'intake',
    );
    expect(own).toMatchObject({
      owner: 'pessoa-intake',
      mine: true,
      shared: false,
      screen: '/indicadores?metric=serviceLevel&from=2026-10-19&to=2026-11-16',
    });
    const names = async (as: 'manager' | 'intake') =>
      (await api.json<{ views: SavedView[] }>('/api/views', { as })).views.map(({ name }) => name);
    expect(await names('intake')).toEqual(['Minha', 'Rechamadas da semana']);
    expect(await names('manager')).toEqual(['Rechamadas da semana']);
    const again = await post<SavedView>(
      api,
      '/api/views',
      { name: ' Minha ', screen: '/', followed: 'page' },
      'intake',
    );
    expect([again.id, again.path]).toEqual([own.id, '/']);
    const status = async (url: string, method: 'POST' | 'DELETE', as: 'manager' | 'intake', body?: unknown) =>
      (await api.ask(url, { method, as, body })).status;
    expect(await status(`/api/views/${own.id}`, 'DELETE', 'manager')).toBe(404);
    expect(await status(`/api/views/${view.id}`, 'DELETE', 'intake')).toBe(403);
    expect(await status(`/api/views/${view.id}/mails`, 'POST', 'intake', {})).toBe(403);
    expect(
      await status('/api/views', 'POST', 'intake', { name: '529.982.247-25', screen: '/', followed: 'page' }),
    ).toBe(400);
    expect(await status('/api/views', 'POST', 'intake', { name: 'x', screen: '/conexoes', followed: 'page' })).toBe(
      400,
    );
    expect(await status(`/api/views/${own.id}`, 'DELETE', 'intake')).toBe(200);
    expect(await names('intake')).toEqual(['Rechamadas da semana']);
  });

  test('what is wrong with a screen is told before it is saved; one whose source is gone still lists and brings nobody else’s', async () => {
    const save = (screen: string) =>
      api.ask('/api/views', {
        method: 'POST',
        as: 'intake',
        body: { name: 'x', screen, followed: 'fixed', shared: true },
      });
    for (const screen of [
      '/indicadores?rule=nope',
      '/linhas?where=foo%3Dbar',
      '/?from=2026-02-30&to=2026-03-05',
      '/?source=nenhuma',
    ])
      expect((await save(screen)).status).toBeGreaterThan(399);
    const { sql } = api.app.ledger;
    await sql`INSERT INTO saved_view (owner, name, path, query, followed, shared, changed_at)
      VALUES ('pessoa-manager', 'Cliente A', '/', 'source=demo-chat', 'page', true, now())`;
    const { views } = await api.json<{ views: SavedView[] }>('/api/views', { as: 'manager' });
    const gone = views.find(({ name }) => name === 'Cliente A')!;
    expect(gone.screen).toBe('/?source=demo-chat');
    const mail = await post<Mail>(api, `/api/views/${gone.id}/mails`, {
      ...{ recipients: ['Bia Lopes'], weekdays: [1], at: '07:30', format: 'xlsx' },
    });
    expect(await send(mail)).toMatchObject([
      { outcome: 'failed', reasons: [{ code: 'notFound', message: expect.stringContaining('demo-chat') }] },
    ]);
  });

  test('a mail whose maker is off is not sent, and an administrator sees it', async () => {
    await post(api, '/api/users', { name: 'Eva Luz', role: 'manager', email: 'eva@alfa.example' }, 'administrator');
    const eva = { name: 'Eva Luz', role: 'manager' } as const;
    const own = await api.app.views.save({ name: 'Só minha', screen: '/', followed: 'page', shared: false }, eva);
    const said = {
      view: own.id,
      recipients: ['Bia Lopes'],
      weekdays: [1],
      at: '07:30',
      format: 'xlsx',
      lang: 'pt',
    } as const;
    const mail = await api.app.mails.create(said, eva.name);
    await api.app.accounts.change('Eva Luz', { enabled: false }, { name: 'admin', role: 'administrator' });
    expect(await sendMail(api.app, mail, null)).toMatchObject([
      { outcome: 'skipped', reasons: [{ code: 'mailMakerOff' }] },
    ]);
    const names = async (as: 'administrator' | 'manager') =>
      (await api.json<{ views: SavedView[] }>('/api/views', { as })).views.map(({ name }) => name);
    expect([
      (await names('administrator')).includes('Só minha'),
      (await names('manager')).includes('Só minha'),
    ]).toEqual([true, false]);
  });

  test('one that is switched off before it leaves is not sent', async () => {
    const mail = await mailTo(['Bia Lopes']);
    await api.app.outbox.put({ mail: mail.id, due: new Date('2026-11-16T10:30:00Z') }, mail.recipients);
    await post(api, `/api/mails/${mail.id}`, { enabled: false });
    const before = smtp.received().length;
    await outboxTask(api.app, () => null).run(new AbortController().signal);
    expect(smtp.received()).toHaveLength(before);
    const { sent } = await post<Mail>(api, `/api/mails/${mail.id}`, { enabled: true });
    expect(sent).toMatchObject([{ outcome: 'skipped', reasons: [{ code: 'mailOff' }] }]);
  });

  test('a mail that is due is written down once, however often, and then sent to each', async () => {
    await post(api, '/api/users', { name: 'Gil Reis', role: 'intake', email: 'gil@alfa.example' }, 'administrator');
    const { id } = await mailTo(['Bia Lopes', 'Gil Reis'], { weekdays: [1, 2, 3, 4, 5, 6, 7] });
    const [task] = (await mailTasks(api.app, () => null)).filter(({ name }) => name === `mail ${id}`);
    const due = new Date('2026-11-20T10:30:00Z');
    // A kill after what is owed was written, and before the run counted as begun: the next process does both again.
    await task!.owes!(due);
    await task!.owes!(due);
    const before = smtp.received().length;
    await task!.run(new AbortController().signal);
    await task!.owes!(due);
    await task!.run(new AbortController().signal);
    const received = smtp.received().slice(before);
    expect(received.map(({ to }) => to).sort()).toEqual(['bia@alfa.example', 'gil@alfa.example']);
  });

  test('a mail that is switched on again has missed nothing', async () => {
    const { id } = await mailTo(['Bia Lopes']);
    await api.app.ledger.sql`INSERT INTO schedule_run (task, ran_at) VALUES (${`mail ${id}`}, now())`;
    await post(api, `/api/mails/${id}`, { enabled: true });
    expect(await api.app.ledger.sql`SELECT 1 FROM schedule_run WHERE task = ${`mail ${id}`}`).toHaveLength(0);
  });
});
