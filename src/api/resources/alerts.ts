import { Type } from 'typebox';
import { AUDIENCE, admits } from '../../access/roles.ts';
import { indicatorNamed } from '../../metrics/registry.ts';
import { ruleNamed } from '../../metrics/repeats.ts';
import { parseFilter } from '../../metrics/scope.ts';
import { lookAt } from '../../reports/alert-look.ts';
import type { Alert, AlertSaid, AlertChange as Change, Raised } from '../../reports/alerts.ts';
import type { OutboxMessage } from '../../reports/outbox.ts';
import { recipientsOf } from '../../reports/recipients.ts';
import { screenOf } from '../alert-message.ts';
import { ownerOf } from '../owner-of.ts';
import { type Call, route } from '../route.ts';
import { AlertChange, AlertList, AlertView, NewAlert, RaisedView } from '../schema-alerts.ts';
import { toldOf } from '../schema-outbox.ts';
import { numberOf } from '../scope-query.ts';

const SHOWN_RAISED = 20;

type Mails = readonly OutboxMessage[];

const instant = (at: Date | null) => at?.toISOString() ?? null;
const idOf = (call: Call) => numberOf('alerta', call.params.id);
/** Whom it was told to is for those who may write. */
const mailsFor = ({ app, user }: Call): Promise<Mails> =>
  admits(AUDIENCE.manager, user) ? app.outbox.ofAlerts() : Promise.resolve([]);

function raisedView(alert: Alert, raised: Raised, mails: Mails) {
  const { raisedAt, withdrawnAt, seenAt, ...rest } = raised;
  const own = mails.filter((mail) => mail.raised === raised.id);
  return {
    ...rest,
    ...{ raisedAt: raisedAt.toISOString(), withdrawnAt: instant(withdrawnAt), seenAt: instant(seenAt) },
    screen: screenOf(alert, raised),
    mails: own.map(toldOf),
  };
}

function viewOf({ user }: Call, alert: Alert, all: readonly Raised[], mails: Mails) {
  const { lookedVersion: _version, judgesSince: _since, lookedAt, ...rest } = alert;
  const raised = all.filter((one) => one.alert === alert.id).slice(0, SHOWN_RAISED);
  return {
    ...rest,
    lookedAt: instant(lookedAt),
    mine: alert.owner === user.name,
    raised: raised.map((one) => raisedView(alert, one, mails)),
  };
}

async function viewOne(call: Call, id: number) {
  const { alerts } = call.app;
  return viewOf(call, await alerts.get(id), await alerts.raised(), await mailsFor(call));
}

/** What is said, checked against what exists. */
async function saidIn({ app, body }: Call): Promise<AlertSaid> {
  const said = body as Partial<AlertSaid> & Pick<AlertSaid, 'name' | 'metric' | 'period' | 'kind'>;
  const { rule = 'house', sources = [], filters = [], threshold = null, recipients = [], lang = 'pt' } = said;
  indicatorNamed(said.metric);
  ruleNamed(rule);
  for (const filter of filters) parseFilter(filter);
  for (const source of sources) app.layouts.get(source);
  const names = await recipientsOf(app.accounts, recipients);
  const { name, metric, period, kind } = said;
  return { name, metric, rule, sources, filters, period, kind, threshold, recipients: names, lang };
}

export const alertRoutes = [
  route({
    method: 'GET',
    url: '/api/alerts',
    audience: AUDIENCE.figures,
    summary: 'Os alertas sobre indicadores, o que cada um viu da última vez e o que avisou',
    response: AlertList,
    handler: async (call) => {
      const { alerts, config } = call.app;
      const [list, raised, mails] = await Promise.all([alerts.list(), alerts.raised(), mailsFor(call)]);
      return {
        alerts: list.map((alert) => viewOf(call, alert, raised, mails)),
        sends: config.smtpUrl !== '' && config.mailFrom !== '',
      };
    },
  }),
  route({
    method: 'POST',
    url: '/api/alerts',
    audience: AUDIENCE.manager,
    summary: 'Vigia um indicador por um limiar ou pela própria variação, e olha já o último período completo',
    body: NewAlert,
    response: AlertView,
    handler: async (call) => {
      const { app, user } = call;
      const alert = await app.alerts.create(await saidIn(call), await ownerOf(call));
      await app.audit.record(user, 'alert', `alert ${alert.id}`, { recipients: alert.recipients.length });
      await lookAt(app, alert);
      return viewOne(call, alert.id);
    },
  }),
  route({
    method: 'POST',
    url: '/api/alerts/:id',
    audience: AUDIENCE.manager,
    summary: 'Muda o nome, o limiar, o período ou a quem um alerta avisa, e olha de novo; desliga-o ou liga',
    body: AlertChange,
    response: AlertView,
    handler: async (call) => {
      const { app, user } = call;
      const said = call.body as Change;
      const recipients = said.recipients && (await recipientsOf(app.accounts, said.recipients));
      const alert = await app.alerts.change(idOf(call), { ...said, ...(recipients ? { recipients } : {}) }, user);
      const { version, enabled } = alert;
      await app.audit.record(user, 'alert', `alert ${alert.id}`, {
        ...{ version, enabled: Number(enabled), recipients: alert.recipients.length },
      });
      if (enabled) await lookAt(app, alert);
      return viewOne(call, alert.id);
    },
  }),
  route({
    method: 'POST',
    url: '/api/alerts/raised/:id',
    audience: AUDIENCE.manager,
    summary: 'Diz que um aviso foi visto: ele sai do Início',
    response: RaisedView,
    handler: async (call) => {
      const { app, user, params } = call;
      const raised = await app.alerts.see(numberOf('aviso', params.id), user);
      await app.audit.record(user, 'alert', `alert ${raised.alert}`, { seen: raised.id });
      return raisedView(await app.alerts.get(raised.alert), raised, await mailsFor(call));
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/alerts/:id',
    audience: AUDIENCE.manager,
    summary: 'Apaga um alerta e o que ele avisou',
    response: Type.Object({ removed: Type.Integer() }),
    handler: async (call) => {
      const { id } = await call.app.alerts.remove(idOf(call), call.user);
      await call.app.audit.record(call.user, 'alert', `alert ${id}`, { removed: 1 });
      return { removed: id };
    },
  }),
];
