import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertTask, deliver } from '../src/api/outbox-delivery.ts';
import type { AlertList, AlertView, RaisedView } from '../src/api/schema-alerts.ts';
import { addDays } from '../src/kernel/brazil/dates.ts';
import { lookAtAll } from '../src/reports/alert-look.ts';
import type { Verdict } from '../src/reports/alert-verdict.ts';
import { loadCalls, NEWEST, openSteady } from './alert-calls.ts';
import type { TestApi } from './app.ts';
import { type SmtpServer, startSmtp } from './services/smtp.ts';
import { fileServices } from './services.ts';

const WATCHED = { name: 'Nível do Suporte', metric: 'serviceLevel', period: 'week', kind: 'limits' };
type As = 'administrator' | 'manager' | 'intake';
const post = <T = AlertView>(api: TestApi, url: string, body?: object, as: As = 'manager') =>
  api.json<T>(url, { method: 'POST', body, as });
const watch = (api: TestApi, more: object = {}) => post(api, '/api/alerts', { ...WATCHED, ...more });
const listed = async (api: TestApi, as: As = 'manager') => (await api.json<AlertList>('/api/alerts', { as })).alerts;
const one = async (api: TestApi, id: number) => (await listed(api)).find((alert) => alert.id === id)!;
const minute = (api: TestApi) => alertTask(api.app, () => null).run(new AbortController().signal);

describe('what is watched', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openSteady(20);
  }, 60_000);
  afterAll(() => api?.close());

  test('a new alert looks at the newest whole week alone, and raises it once however often it looks', async () => {
    const made = await watch(api, { filters: ['queue=Suporte'], sources: ['demo-calls'] });
    expect(made.raised).toHaveLength(1);
    expect(made).toMatchObject({ lookedFrom: NEWEST, lookedTo: '2026-11-16', enabled: true, mine: true });
    const [raised] = made.raised;
    expect(raised).toMatchObject({ from: NEWEST, to: '2026-11-16', state: 'raised', seenBy: null });
    // 20 of 40: Wilson's interval is 35.2 % to 64.8 %.
    expect(raised!.told).toMatchObject({
      ...{ verdict: 'crossed', signal: 'below', value: 0.5, n: 40, threshold: null },
      ...{ low: expect.closeTo(0.352, 3), high: expect.closeTo(0.648, 3) },
      ...{ mean: expect.closeTo(0.925), limitLow: expect.closeTo(0.792), limitHigh: 1 },
    });
    expect(raised!.screen).toBe(
      `/indicadores?from=${NEWEST}&to=2026-11-16&source=demo-calls&where=queue%3DSuporte&metric=serviceLevel`,
    );
    await minute(api);
    await post(api, `/api/alerts/${made.id}`, { enabled: false });
    await post(api, `/api/alerts/${made.id}`, { enabled: true });
    await minute(api);
    expect((await one(api, made.id)).raised.map(({ id }) => id)).toEqual([raised!.id]);
  });

  test('a threshold in the indicator’s unit; why nothing is raised is said', async () => {
    const verdict = async (more: object) => {
      const { looked, raised } = await watch(api, more);
      return [looked!.verdict, raised.length];
    };
    expect(await verdict({ kind: 'below', threshold: 0.7 })).toEqual(['crossed', 1]);
    expect(await verdict({ kind: 'below', threshold: 0.6 })).toEqual(['unsure', 0]);
    expect(await verdict({ kind: 'below', threshold: 0.4 })).toEqual(['calm', 0]);
    // On the Sunday of that week one person called.
    expect(await verdict({ kind: 'below', threshold: 1, period: 'day' })).toEqual(['few', 0]);
    // A day is held against the same weekday: one call every Sunday is no news, whatever Mondays have.
    expect(await verdict({ metric: 'contacts', period: 'day' })).toEqual(['calm', 0]);
    expect(await verdict({ metric: 'avgHandleTime', kind: 'above', threshold: 300 })).toEqual(['crossed', 1]);
    expect(await verdict({ filters: ['queue=Nenhuma'] })).toEqual(['empty', 0]);
    // Who called in the last two weeks may still call again, as one that ends after midnight has a day more.
    const { lookedFrom } = await watch(api, { metric: 'repeatRate', kind: 'above', threshold: 0.5 });
    expect(lookedFrom).toBe('2026-10-26');
  });

  test('late data withdraw what was raised, and a rollback brings it back, without another message', async () => {
    const admin = { name: 'admin', role: 'administrator' } as const;
    await api.app.accounts.change('pessoa-manager', { email: 'gestora@alfa.example' }, admin);
    const { id } = await watch(api, { recipients: ['pessoa-manager'] });
    await minute(api);
    const [first] = (await one(api, id)).raised;
    const batch = await loadCalls(api, [{ day: addDays(NEWEST, 2), count: 200, soon: 200 }]);
    await minute(api);
    const [withdrawn, ...more] = (await one(api, id)).raised;
    expect(more).toEqual([]);
    expect(withdrawn).toMatchObject({ id: first!.id, state: 'withdrawn', nowValue: 220 / 240 });
    expect(withdrawn!.told).toEqual(first!.told);
    await api.job(`/api/batches/${batch}/rollback`, undefined);
    await minute(api);
    const [again, ...others] = (await one(api, id)).raised;
    expect(others).toEqual([]);
    expect(again).toMatchObject({ id: first!.id, state: 'raised', nowValue: null, withdrawnAt: null });
    expect(again!.mails).toEqual(first!.mails);
    // No server of mails is set: that is what became of it.
    expect(again!.mails).toMatchObject([
      { recipient: 'pessoa-manager', outcome: 'skipped', reasons: [{ code: 'mailUnset' }] },
    ]);
  });

  test('a newer week is looked at in its turn, and the older one stays', async () => {
    const { id } = await watch(api);
    const { at } = api.clock;
    api.clock.at = new Date('2026-11-23T12:00:00Z');
    const batch = await loadCalls(api, [
      { day: '2026-11-16', count: 39, soon: 35 },
      { day: '2026-11-22', count: 1, soon: 1 },
    ]);
    await minute(api);
    const { raised, looked, lookedFrom } = await one(api, id);
    expect([lookedFrom, looked!.verdict, raised.map(({ from }) => from)]).toEqual(['2026-11-16', 'calm', [NEWEST]]);
    api.clock.at = at;
    await api.job(`/api/batches/${batch}/rollback`, undefined);
    await minute(api);
  });

  test('somebody saw it, once; who may do what', async () => {
    const { id, raised } = await watch(api);
    const seen = await post<RaisedView>(api, `/api/alerts/raised/${raised[0]!.id}`, undefined, 'administrator');
    expect(seen).toMatchObject({ seenBy: 'pessoa-administrator', seenAt: '2026-11-20T12:00:00.000Z' });
    const later = await post<RaisedView>(api, `/api/alerts/raised/${raised[0]!.id}`);
    expect(later.seenBy).toBe('pessoa-administrator');
    const status = async (as: As, method: 'POST' | 'DELETE', url: string, body?: object) =>
      (await api.ask(url, { as, method, body })).status;
    expect(await status('intake', 'POST', '/api/alerts', WATCHED)).toBe(403);
    expect(await status('intake', 'POST', `/api/alerts/raised/${raised[0]!.id}`)).toBe(403);
    expect((await listed(api, 'intake')).find((alert) => alert.id === id)!.raised[0]!.mails).toEqual([]);
    const others = await post(api, '/api/alerts', WATCHED, 'administrator');
    expect(await status('manager', 'DELETE', `/api/alerts/${others.id}`)).toBe(403);
    expect(await status('manager', 'DELETE', `/api/alerts/${id}`)).toBe(200);
    expect((await listed(api)).map((alert) => alert.id)).not.toContain(id);
  });

  test('changed, it looks again by what it watches since; what it told stays; who looked at an older one is refused', async () => {
    const made = await watch(api, { kind: 'below', threshold: 0.7 });
    expect(made).toMatchObject({ version: 1, raised: [{ from: NEWEST, told: { threshold: 0.7 } }] });
    const change = (body: object, as: As = 'manager') => post(api, `/api/alerts/${made.id}`, body, as);
    // A name and recipients alone judge nothing anew.
    const renamed = await change({ name: ' Outro  nome ', version: 1 });
    expect(renamed).toMatchObject({ name: 'Outro nome', version: 2, threshold: 0.7 });
    expect(renamed.raised.map(({ id }) => id)).toEqual(made.raised.map(({ id }) => id));
    // 20 of 40 are not below 40 %: nothing new, and the old one is not taken back by it.
    const lower = await change({ threshold: 0.4, version: 2 });
    expect(lower).toMatchObject({ version: 3, looked: { verdict: 'calm' }, raised: [{ state: 'raised' }] });
    await minute(api);
    expect((await one(api, made.id)).raised).toEqual(lower.raised);
    // Of the same week again, by another limit: a second warning, beside the first.
    const higher = await change({ threshold: 0.8, period: 'week', version: 3 });
    expect(higher.raised.map(({ from, told }) => [from, told.threshold])).toEqual([
      [NEWEST, 0.8],
      [NEWEST, 0.7],
    ]);
    const limits = await change({ kind: 'limits' });
    expect(limits).toMatchObject({ kind: 'limits', threshold: null, version: 5 });
    const status = async (body: object, as: As) =>
      (await api.ask(`/api/alerts/${made.id}`, { as, method: 'POST', body })).status;
    expect(await status({ name: 'x', version: 4 }, 'manager')).toBe(409);
    expect(await status({ kind: 'above', threshold: null }, 'manager')).toBe(400);
    expect(await status({ name: 'cliente 529.982.247-25' }, 'manager')).toBe(400);
    expect(await status({ recipients: ['ninguém'] }, 'manager')).toBe(404);
    expect(await status({ name: 'x' }, 'administrator')).toBe(200);
    const others = await post(api, '/api/alerts', WATCHED, 'administrator');
    const asManager = (body: object) => api.ask(`/api/alerts/${others.id}`, { as: 'manager', method: 'POST', body });
    expect([(await asManager({ name: 'x' })).status, (await asManager({ enabled: false })).status]).toEqual([403, 200]);
    // A look that began before a change writes nothing down.
    const before = await api.app.alerts.get(made.id);
    await change({ kind: 'below', threshold: 0.75 });
    const count = (await one(api, made.id)).raised.length;
    const calm = { version: 99, period: null, verdict: null, message: 'old', again: [] };
    await api.app.alerts.looked(before, calm);
    expect(await one(api, made.id)).toMatchObject({ lookedMessage: null });
    expect((await one(api, made.id)).raised).toHaveLength(count);
  });

  test('what is refused', async () => {
    const refused = async (more: object) =>
      (await api.ask('/api/alerts', { as: 'manager', method: 'POST', body: { ...WATCHED, ...more } })).status;
    expect(await refused({ name: 'cliente 529.982.247-25' })).toBe(400);
    expect(await refused({ name: ' ' })).toBe(400);
    expect(await refused({ kind: 'above' })).toBe(400);
    expect(await refused({ metric: 'nenhum' })).toBe(404);
    expect(await refused({ rule: 'nenhuma' })).toBe(404);
    expect(await refused({ sources: ['nenhuma'] })).toBe(404);
    expect(await refused({ filters: ['phone=11987654321'] })).toBe(400);
    expect(await refused({ recipients: ['ninguém'] })).toBe(404);
    expect(await refused({ period: 'month' })).toBe(400);
  });

  test('whatever looks say, in whatever order, a period is raised once and each user told once of it', async () => {
    const { alerts } = api.app;
    const by = { name: 'pessoa-manager', role: 'manager' } as const;
    const verdict = fc.record({
      week: fc.integer({ min: 0, max: 3 }),
      signal: fc.constantFrom('above', 'below', 'run-above', null),
      again: fc.boolean(),
    });
    const base = { value: 0.5, n: 100, low: null, high: null, threshold: null, mean: 1, limitLow: 1, limitHigh: 1 };
    await fc.assert(
      fc.asyncProperty(fc.array(verdict, { minLength: 1, maxLength: 12 }), async (looks) => {
        const said = { rule: 'house', sources: [], filters: [], threshold: null, lang: 'pt', kind: 'limits' } as const;
        const alert = await alerts.create(
          { ...said, name: 'Qualquer', metric: 'serviceLevel', period: 'week', recipients: ['a', 'b'] },
          by,
        );
        for (const [version, { week, signal, again }] of looks.entries()) {
          const from = addDays('2026-01-05', 7 * week);
          const verdict: Verdict = { ...base, signal, verdict: signal === null ? 'calm' : 'crossed' };
          const standing = await alerts.standing(alert, '2026-01-01');
          const calm: Verdict = { ...base, signal: null, verdict: 'calm' };
          await alerts.looked(alert, {
            ...{ version, period: { from, to: addDays(from, 7) }, verdict, message: null },
            again: standing.map(({ id, from: at }) => ({
              raised: id,
              verdict: at === from ? verdict : again ? calm : verdict,
            })),
          });
        }
        const raised = (await alerts.raised()).filter((each) => each.alert === alert.id);
        expect(new Set(raised.map(({ from }) => from)).size).toBe(raised.length);
        const told = (await api.app.outbox.ofAlerts()).filter((mail) => raised.some(({ id }) => id === mail.raised));
        expect(told).toHaveLength(2 * raised.length);
        await alerts.remove(alert.id, by);
      }),
      { numRuns: 20 },
    );
  });
});

describe.skipIf(!fileServices('python3-aiosmtpd'))('who is told', () => {
  let api: TestApi;
  let smtp: SmtpServer;
  beforeAll(async () => {
    smtp = await startSmtp();
    api = await openSteady(20, { RAMAL_SMTP_URL: smtp.url, RAMAL_MAIL_FROM: 'Ramal <avisos@alfa.example>' });
    for (const [name, role, email] of [
      ['Ana Prado', 'manager', 'ana@alfa.example'],
      ['Bia Lopes', 'intake', 'bia@alfa.example'],
      ['Caio Lins', 'intake', 'caio@alfa.example'],
      ['Davi Sá', 'manager', 'davi@alfa.example'],
    ])
      await post(api, '/api/users', { name: name!, role, email }, 'administrator');
  }, 60_000);
  afterAll(async () => {
    await api?.close();
    await smtp?.stop();
  });
  const outcomes = async (id: number) =>
    (await one(api, id)).raised.flatMap(({ mails }) =>
      mails.map(({ recipient, outcome, reasons }) => [recipient, outcome, reasons[0]?.message ?? null]),
    );

  test('each user who may see it gets one message, with the figure, its interval and the screen', async () => {
    const recipients = ['Ana Prado', 'bia lopes', 'Caio Lins', 'Davi Sá'];
    const { id } = await watch(api, { filters: ['queue=Suporte'], recipients });
    // Since then one takes calls only, and nobody knows the other's address any more.
    const changed = (name: string, body: object) =>
      post(api, `/api/users/${encodeURIComponent(name)}`, body, 'administrator');
    await changed('Caio Lins', { role: 'operator' });
    await changed('Davi Sá', { email: null });
    for (const name of ['Caio Lins', 'Davi Sá'])
      await expect(watch(api, { recipients: [name] })).rejects.toThrow(`Não se envia a ${name}`);
    await minute(api);
    await minute(api);
    await deliver(api.app, { screens: 'http://127.0.0.1:1' });
    expect(await outcomes(id)).toEqual([
      ['Ana Prado', 'sent', null],
      ['Bia Lopes', 'sent', null],
      ['Caio Lins', 'skipped', 'O perfil do usuário não vê indicadores.'],
      ['Davi Sá', 'skipped', 'O usuário não tem e-mail.'],
    ]);
    const messages = smtp.received();
    expect(messages.map(({ to }) => to).sort()).toEqual(['ana@alfa.example', 'bia@alfa.example']);
    expect(messages[0]!.subject).toBe('Alerta Nível do Suporte: Nível de serviço');
    expect(messages[0]!.text).toContain(
      'Nível de serviço (fila Suporte): 50,0% na semana 09/11/2026 a 15/11/2026, abaixo dos limites 79,2%–100,0% da própria variação.',
    );
    expect(messages[0]!.text).toContain('Intervalo de 95%: 35,2% a 64,8%.');
    expect(messages[0]!.text).toContain('porque pessoa-manager o incluiu');
  });

  test('a process that ends between writing and sending does not send twice, nor what it had begun', async () => {
    const before = smtp.received().length;
    const { id } = await watch(api, { recipients: ['Ana Prado', 'Bia Lopes'] });
    const killed = deliver(api.app, { screens: null, send: () => Promise.reject(new Error('killed')) });
    await expect(killed).rejects.toThrow('killed');
    expect((await outcomes(id)).map(([, outcome]) => outcome)).toEqual(['sending', 'pending']);
    await minute(api);
    await minute(api);
    expect((await outcomes(id)).map(([, outcome]) => outcome)).toEqual(['sending', 'sent']);
    expect(
      smtp
        .received()
        .slice(before)
        .map(({ to }) => to),
    ).toEqual(['bia@alfa.example']);
  });

  test('a server that is not there is told without the address, and the message is not tried again', async () => {
    const { id } = await watch(api, { recipients: ['Ana Prado'], lang: 'en' });
    const config = { ...api.app.config, smtpUrl: 'smtp://127.0.0.1:9' };
    await deliver({ ...api.app, config }, { screens: null });
    const [[, outcome, message]] = (await outcomes(id)) as [[string, string, string]];
    expect(outcome).toBe('failed');
    expect(message).not.toContain('@');
    const before = smtp.received().length;
    await lookAtAll(api.app);
    await deliver(api.app, { screens: null });
    expect(smtp.received()).toHaveLength(before);
  });

  test('in English, with the screen’s address', async () => {
    const before = smtp.received().length;
    await watch(api, { recipients: ['Ana Prado'], lang: 'en', kind: 'below', threshold: 0.7 });
    await deliver(api.app, { screens: 'http://127.0.0.1:8390' });
    const { text } = smtp.received()[before]!;
    expect(text).toContain('Service level: 50.0% in the week 9 Nov 2026');
    expect(text).toContain('below the threshold of 70.0%');
    expect(text.replaceAll(/=\n/g, '')).toContain('http://127.0.0.1:8390/indicadores?from');
  });
});
