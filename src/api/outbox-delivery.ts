import type { Task } from '../jobs/schedule.ts';
import { RamalError } from '../kernel/errors.ts';
import { asRamalError } from '../kernel/thrown.ts';
import { lookAtAll } from '../reports/alert-look.ts';
import { type Message, sendMessage } from '../reports/mailer.ts';
import { type Ended, type OutboxMessage, type Reason, reasonOf } from '../reports/outbox.ts';
import { unreached } from '../reports/recipients.ts';
import { mailTask, type ReportMail } from '../reports/report-mails.ts';
import { alertMessage } from './alert-message.ts';
import type { App } from './app.ts';
import type { ScreensAt } from './screens-at.ts';
import { viewMessage } from './view-message.ts';

/** A message as it is to leave, with what it lacks and what the audit keeps of it. */
export interface Composed extends Omit<Message, 'to'> {
  readonly lacks: readonly Reason[];
  readonly audited: readonly [what: string, counts: Readonly<Record<string, number>>];
}

interface Delivery {
  /** Where the screens are served from; null where they are not. */
  readonly screens: string | null;
  /** The numbers of the messages that are meant; all that wait without it. */
  readonly among?: readonly number[];
  readonly signal?: AbortSignal;
  readonly send?: typeof sendMessage;
}

/** Each mail of a view that is switched on: its messages are written down when it is due, and then sent. */
export async function mailTasks(app: App, at: ScreensAt): Promise<Task[]> {
  const mails = (await app.mails.list()).filter(({ enabled }) => enabled);
  return mails.map((mail) => ({
    name: mailTask(mail.id),
    when: { kind: 'daily', at: mail.at, weekdays: mail.weekdays },
    owes: (due) => app.outbox.put({ mail: mail.id, due }, mail.recipients),
    run: (signal) => deliver(app, { screens: at(), signal }),
  }));
}

/** Alerts look once after each change of the lake, and tell whoever was not told. */
export function alertTask(app: App, at: ScreensAt): Task {
  return {
    name: 'alerts',
    when: { kind: 'every', minutes: 1 },
    run: async (signal) => {
      await lookAtAll(app, signal);
      await deliver(app, { screens: at(), signal });
    },
  };
}

/** What still waits, such as since a kill, is sent. */
export function outboxTask(app: App, at: ScreensAt): Task {
  return {
    name: 'outbox',
    when: { kind: 'every', minutes: 1 },
    run: (signal) => deliver(app, { screens: at(), signal }),
  };
}

/** Sends a view now to each user of a mail, as they themselves may see it; gives what became of each message. */
export async function sendMail(
  app: App,
  { id, recipients }: ReportMail,
  screens: string | null,
): Promise<OutboxMessage[]> {
  const among = await app.outbox.put({ mail: id, due: null }, recipients);
  await deliver(app, { screens, among });
  return app.outbox.messages(among);
}

/**
 * Sends each message that nobody began to send. A process that is killed in between leaves one `sending`, which is not
 * sent again, and the others waiting.
 */
export async function deliver(app: App, { screens, among, signal, send = sendMessage }: Delivery): Promise<void> {
  while (!signal?.aborted) {
    const taken = await app.outbox.take(among);
    if (!taken) return;
    await app.outbox.end(taken.id, await sent(app, taken, screens, send));
  }
}

async function sent(app: App, taken: OutboxMessage, screens: string | null, send: typeof sendMessage): Promise<Ended> {
  const nothing = (outcome: 'skipped' | 'failed', error: RamalError) => ({
    outcome,
    files: [],
    reasons: [reasonOf(error)],
  });
  try {
    const { smtpUrl, mailFrom } = app.config;
    if (smtpUrl === '' || mailFrom === '') return nothing('skipped', new RamalError('mailUnset'));
    const account = await app.accounts.get(taken.recipient);
    const why = unreached(account);
    if (why) return nothing('skipped', why);
    const { name, role } = account;
    const composed =
      taken.raised === null
        ? await viewMessage(app, taken.mail!, { name, role }, screens)
        : await alertMessage(app, taken.raised, screens);
    if (composed instanceof RamalError) return nothing('skipped', composed);
    const { subject, text, files, lacks, audited } = composed;
    await send(app.config, { to: account.email!, subject, text, files });
    await app.audit.record(account, 'mail', ...audited);
    return { outcome: 'sent', files: files.map((file) => file.name), reasons: lacks };
  } catch (error) {
    const known = asRamalError(error);
    if (known.code === 'unexpected') throw error;
    return nothing('failed', known);
  }
}
