import type { Task } from '../jobs/schedule.ts';
import { RamalError } from '../kernel/errors.ts';
import { lakeFacts } from '../metrics/facts.ts';
import { indicatorNamed } from '../metrics/registry.ts';
import { sourceNames } from '../reports/about.ts';
import { lookAtAll } from '../reports/alert-look.ts';
import { ALERT_WORDS, alertLines } from '../reports/alert-words.ts';
import type { Alert, AlertMail, Raised } from '../reports/alerts.ts';
import { sendMessage } from '../reports/mailer.ts';
import { unreached } from '../reports/recipients.ts';
import type { App } from './app.ts';
import type { ScreensAt } from './report-mailing.ts';

/** The work of the schedule: it looks once after each change of the lake, and tells whoever was not told. */
export function alertTask(app: App, at: ScreensAt): Task {
  return {
    name: 'alerts',
    when: { kind: 'every', minutes: 1 },
    run: async (signal) => {
      await lookAtAll(app, signal);
      await tellAll(app, at(), signal);
    },
  };
}

/**
 * Sends each message that nobody began to send. It is written before it goes out: a process that is killed in between
 * leaves it `sending`, and it is not sent again.
 */
export async function tellAll(
  app: App,
  screens: string | null,
  signal?: AbortSignal,
  send: typeof sendMessage = sendMessage,
): Promise<void> {
  while (!signal?.aborted) {
    const taken = await app.alerts.takeMail();
    if (!taken) return;
    const { raised, recipient } = taken;
    await app.alerts.mailed(raised.id, { recipient, ...(await tell(app, raised, recipient, screens, send)) });
  }
}

async function tell(
  app: App,
  raised: Raised,
  recipient: string,
  screens: string | null,
  send: typeof sendMessage,
): Promise<Pick<AlertMail, 'outcome' | 'message'>> {
  const skipped = (message: string) => ({ outcome: 'skipped' as const, message });
  try {
    const alert = await app.alerts.get(raised.alert);
    if (raised.state === 'withdrawn') return skipped('O valor voltou com dados que chegaram depois.');
    if (!alert.enabled) return skipped('O alerta está desligado.');
    const { smtpUrl, mailFrom } = app.config;
    if (smtpUrl === '' || mailFrom === '') return skipped('O Ramal não tem por onde enviar e-mails.');
    const account = await app.accounts.get(recipient);
    const why = unreached(account);
    if (why) return skipped(why);
    const { subject, text } = await compose(app, alert, raised, screens);
    await send(app.config, { to: account.email!, subject, text, files: [] });
    await app.audit.record(account, 'mail', `alert ${alert.id}`, { raised: raised.id });
    return { outcome: 'sent', message: null };
  } catch (error) {
    if (!(error instanceof RamalError)) throw error;
    return { outcome: 'failed', message: error.message };
  }
}

async function compose(app: App, alert: Alert, raised: Raised, screens: string | null) {
  const { lang, name, owner } = alert;
  const words = ALERT_WORDS[lang];
  const origin = app.config.url || screens;
  const { agents } = await lakeFacts(app.lake);
  const sources = sourceNames({ ...app, lang, screen: null });
  const lines = alertLines(alert, raised, { sources, agents, missingLabel: app.config.missingLabel });
  return {
    subject: words.subject(name, indicatorNamed(alert.metric).label[lang]),
    text: [...lines, '', words.why(name, owner, origin === null ? '' : `${origin}${screenOf(alert, raised)}`), ''].join(
      '\n',
    ),
  };
}

/** The screen that shows the figure in the same scope and period. */
export function screenOf({ metric, rule, sources, filters }: Alert, { from, to }: Pick<Raised, 'from' | 'to'>): string {
  const query = new URLSearchParams({ from, to });
  if (sources.length > 0) query.set('source', sources.join(','));
  for (const filter of filters) query.append('where', filter);
  if (rule !== 'house') query.set('rule', rule);
  query.set('metric', metric);
  return `/indicadores?${query}`;
}
