import { Type } from 'typebox';
import { AUDIENCE, admits } from '../../access/roles.ts';
import { businessDay } from '../../kernel/clock.ts';
import { RamalError } from '../../kernel/errors.ts';
import { recipientsOf, unreached } from '../../reports/recipients.ts';
import type { MailSaid, ReportMail } from '../../reports/report-mails.ts';
import type { SavedView as Saved, ViewSaid } from '../../reports/saved-views.ts';
import { readView, viewAddress } from '../../reports/view.ts';
import { sendMail } from '../outbox-delivery.ts';
import { ownerOf } from '../owner-of.ts';
import { type Call, route } from '../route.ts';
import { toldOf } from '../schema-outbox.ts';
import { Mail, NewMail, NewView, Recipients, SavedView, SentMail, ViewList } from '../schema-views.ts';
import { numberOf } from '../scope-query.ts';
import { screensAt } from '../screens-at.ts';

const SHOWN_SENT = 20;

/** The screen by today's data; as it was saved where what it names is gone. */
async function screenOf(app: Call['app'], saved: Saved): Promise<string> {
  try {
    return (await readView(app.lake, saved, saved.followed, todayOf(app))).screen;
  } catch (error) {
    if (!(error instanceof RamalError)) throw error;
    return saved.query ? `${saved.path}?${saved.query}` : saved.path;
  }
}

const todayOf = ({ clock, config }: Call['app']) => businessDay(clock.now(), config.timeZone);

async function viewOf({ app, user }: Call, saved: Saved, mails: readonly ReportMail[]) {
  const { id, name, owner, path, followed, shared } = saved;
  const own = admits(AUDIENCE.manager, user) ? mails.filter(({ view }) => view === id) : [];
  const screen = await screenOf(app, saved);
  return {
    ...{ id, name, owner, path, followed, shared, screen },
    mine: owner === user.name,
    mails: await Promise.all(own.map((mail) => mailOf({ app }, mail))),
  };
}

async function mailOf({ app }: Pick<Call, 'app'>, mail: ReportMail) {
  const { id, recipients, weekdays, at, format, lang, enabled, createdBy } = mail;
  const sent = await app.outbox.ofMail(id, SHOWN_SENT);
  return {
    ...{ id, recipients, weekdays, at, format, lang, enabled, createdBy },
    sent: sent.map(toldOf),
  };
}

const idOf = (call: Call) => numberOf('visão', call.params.view);
const mailIdOf = (call: Call) => numberOf('envio', call.params.id);

/** The mail, when the user may see the view that it brings. */
async function mailSeen(call: Call): Promise<ReportMail> {
  const mail = await call.app.mails.get(mailIdOf(call));
  await call.app.views.get(mail.view, call.user);
  return mail;
}

export const viewRoutes = [
  route({
    method: 'GET',
    url: '/api/views',
    audience: AUDIENCE.figures,
    summary: 'As visões salvas, suas e compartilhadas, com os envios por e-mail',
    response: ViewList,
    handler: async (call) => {
      const [views, mails] = await Promise.all([call.app.views.list(call.user), call.app.mails.list()]);
      const { smtpUrl, mailFrom } = call.app.config;
      return {
        views: await Promise.all(views.map((one) => viewOf(call, one, mails))),
        sends: smtpUrl !== '' && mailFrom !== '',
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/views/recipients',
    audience: AUDIENCE.manager,
    summary: 'Os usuários a quem se pode enviar uma visão: ativos e com e-mail',
    response: Recipients,
    handler: async ({ app }) => {
      const accounts = await app.accounts.list();
      return { names: accounts.filter((account) => unreached(account) === null).map(({ name }) => name) };
    },
  }),
  route({
    method: 'POST',
    url: '/api/views',
    audience: AUDIENCE.figures,
    summary: 'Salva uma tela por um nome; o mesmo nome é a mesma visão',
    body: NewView,
    response: SavedView,
    handler: async (call) => {
      const { shared = false, ...said } = call.body as ViewSaid;
      const read = await readView(call.app.lake, viewAddress(said.screen), said.followed, todayOf(call.app));
      // What nothing moves is kept with its days told.
      const screen = said.followed === 'fixed' ? read.screen : said.screen;
      const saved = await call.app.views.save({ ...said, screen, shared }, await ownerOf(call));
      await call.app.audit.record(call.user, 'view', `view ${saved.id}`, { shared: Number(shared) });
      return viewOf(call, saved, await call.app.mails.list());
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/views/:view',
    audience: AUDIENCE.figures,
    summary: 'Apaga uma visão e os envios dela',
    response: Type.Object({ removed: Type.Integer() }),
    handler: async (call) => {
      const { id } = await call.app.views.remove(idOf(call), call.user);
      await call.app.audit.record(call.user, 'view', `view ${id}`, { removed: 1 });
      return { removed: id };
    },
  }),
  route({
    method: 'POST',
    url: '/api/views/:view/mails',
    audience: AUDIENCE.manager,
    summary: 'Envia uma visão por e-mail a usuários, nos dias da semana e na hora que se disser',
    body: NewMail,
    response: Mail,
    handler: async (call) => {
      const { app, user, body } = call;
      const { id } = await app.views.get(idOf(call), user);
      const said = body as Omit<MailSaid, 'view'>;
      const names = await recipientsOf(app.accounts, said.recipients);
      const mail = await app.mails.create({ ...said, lang: said.lang ?? 'pt', recipients: names, view: id }, user.name);
      await app.audit.record(user, 'mail', `view ${id}`, { made: mail.id, recipients: names.length });
      return mailOf(call, mail);
    },
  }),
  route({
    method: 'POST',
    url: '/api/mails/:id',
    audience: AUDIENCE.manager,
    summary: 'Liga ou desliga um envio',
    body: Type.Object({ enabled: Type.Boolean() }),
    response: Mail,
    handler: async (call) => {
      const { id, view } = await mailSeen(call);
      const { enabled } = call.body as { enabled: boolean };
      await call.app.audit.record(call.user, 'mail', `view ${view}`, { mail: id, enabled: Number(enabled) });
      const mail = await call.app.mails.enable(id, enabled);
      if (!enabled) await call.app.outbox.drop(id, { code: 'mailOff', details: {} });
      return mailOf(call, mail);
    },
  }),
  route({
    method: 'POST',
    url: '/api/mails/:id/send',
    audience: AUDIENCE.manager,
    summary: 'Faz um envio agora, e diz o que foi de cada destinatário',
    response: SentMail,
    handler: async (call) => {
      const sent = await sendMail(call.app, await mailSeen(call), screensAt(call.request.server));
      return { sent: sent.map(toldOf) };
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/mails/:id',
    audience: AUDIENCE.manager,
    summary: 'Apaga um envio',
    response: Type.Object({ removed: Type.Integer() }),
    handler: async (call) => {
      const { id, view } = await mailSeen(call);
      await call.app.mails.remove(id);
      await call.app.audit.record(call.user, 'mail', `view ${view}`, { removed: id });
      return { removed: id };
    },
  }),
];
