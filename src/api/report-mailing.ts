import type { FastifyInstance } from 'fastify';
import { CONSOLE, type User } from '../access/roles.ts';
import type { Task } from '../jobs/schedule.ts';
import { businessDay } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import { type Message, sendMessage } from '../reports/mailer.ts';
import { pagePdf } from '../reports/page-pdf.ts';
import { type PageWorkbook, pageWorkbook } from '../reports/page-workbook.ts';
import { unreached } from '../reports/recipients.ts';
import { type MailFormat, type MailSent, mailTask, type ReportMail } from '../reports/report-mails.ts';
import type { SavedView } from '../reports/saved-views.ts';
import { readView, type View } from '../reports/view.ts';
import { FILE_WORDS, spanText } from '../reports/words.ts';
import type { App } from './app.ts';

/** Larger files are left out of a mail: servers refuse them. */
const MOST_MB = 20;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Lines of a workbook's first sheet that a mail repeats. */
const TOLD = 5;

/** Where the screens are served from, as this machine reaches them; null where they are not. */
export type ScreensAt = () => string | null;

/** The address at which this process serves screens, or null when nothing listens. */
export function screensAt({ server }: FastifyInstance): string | null {
  const address = server.address();
  if (address === null || typeof address === 'string') return null;
  const { address: host, port, family } = address;
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${family === 'IPv6' && here.includes(':') ? `[${here}]` : here}:${port}`;
}

/** The work of the schedule: each mail that is switched on. */
export async function mailTasks(app: App, at: ScreensAt): Promise<Task[]> {
  const mails = (await app.mails.list()).filter(({ enabled }) => enabled);
  return mails.map((mail) => ({
    name: mailTask(mail.id),
    when: { kind: 'daily', at: mail.at, weekdays: mail.weekdays },
    run: () => sendMail(app, mail, at()),
  }));
}

/** Sends a view to each of a mail's users as they themselves may see it, and writes down what became of each. */
export async function sendMail(app: App, mail: ReportMail, screens: string | null): Promise<Omit<MailSent, 'at'>[]> {
  const saved = await app.views.find(mail.view);
  if (!saved) return [];
  const all: Omit<MailSent, 'at'>[] = [];
  const barred = await senderBarred(app, mail, saved);
  for (const recipient of mail.recipients) {
    const sent = barred
      ? { recipient, outcome: 'skipped' as const, files: [], message: barred }
      : await deliver(app, mail, saved, recipient, screens);
    await app.mails.sent(mail.id, sent);
    all.push(sent);
  }
  return all;
}

/** Why a mail is not sent any more, or null: whoever made it is off, or does not see the view. */
async function senderBarred(app: App, { createdBy }: ReportMail, { owner, shared }: SavedView): Promise<string | null> {
  if (createdBy === CONSOLE.name) return null;
  const maker = await app.accounts.get(createdBy);
  if (maker.disabledAt) return 'Quem criou o envio está desligado.';
  const sees = shared || owner === maker.name || maker.role === 'administrator';
  return sees ? null : 'Quem criou o envio não vê mais esta visão.';
}

async function deliver(
  app: App,
  mail: ReportMail,
  saved: SavedView,
  recipient: string,
  screens: string | null,
): Promise<Omit<MailSent, 'at'>> {
  const nothing = (outcome: 'skipped' | 'failed', message: string) => ({ recipient, outcome, files: [], message });
  try {
    const account = await app.accounts.get(recipient);
    const why = unreached(account);
    if (why) return nothing('skipped', why);
    const { name, role } = account;
    const { files, notes, text, subject } = await compose(app, mail, saved, { name, role }, screens);
    await sendMessage(app.config, { to: account.email!, subject, text, files });
    await app.audit.record(account, 'mail', `view ${saved.id}`, { mail: mail.id, files: files.length });
    return { recipient, outcome: 'sent', files: files.map((file) => file.name), message: notes.join(' ') || null };
  } catch (error) {
    if (!(error instanceof RamalError)) throw error;
    return nothing('failed', error.message);
  }
}

async function compose(
  app: App,
  { format, lang, createdBy }: Pick<ReportMail, 'format' | 'lang' | 'createdBy'>,
  saved: SavedView,
  user: User,
  screens: string | null,
) {
  const { mail: words } = FILE_WORDS[lang];
  const view = await readView(app.lake, saved, saved.followed, businessDay(app.clock.now(), app.config.timeZone));
  const origin = app.config.url || screens;
  const screen = origin === null ? null : `${origin}${view.screen}`;
  const workbook = await pageWorkbook({ ...app, lang, screen }, view);
  const files: Message['files'][number][] = [];
  const notes: string[] = [];
  const printed = format === 'xlsx' ? null : await pdfOf(app, view, workbook, { lang, user, screens });
  if (Buffer.isBuffer(printed)) files.push({ name: `${workbook.name}.pdf`, content: printed, type: 'application/pdf' });
  else if (printed !== null) notes.push(printed);
  if (wantsSheets(format) || !Buffer.isBuffer(printed)) {
    const content = await upTo(workbook.stream, MOST_MB * 2 ** 20);
    if (content) files.push({ name: `${workbook.name}.xlsx`, content, type: XLSX });
    else notes.push(words.tooLarge(`${workbook.name}.xlsx`, MOST_MB));
  } else workbook.stream.destroy();
  const { from = null, to = null } = view.scope;
  const told = workbook.about.slice(0, TOLD).map(([label, value]) => `${label}: ${value}`);
  return {
    files,
    notes,
    subject: words.subject(saved.name, spanText({ from, to }, lang)),
    text: [saved.name, '', ...told, '', ...notes, words.why(saved.name, createdBy, screen ?? ''), ''].join('\n'),
  };
}

const wantsSheets = (format: MailFormat) => format !== 'pdf';

/** The screen as PDF, or why there is none. */
async function pdfOf(app: App, view: View, workbook: PageWorkbook, reader: Parameters<typeof pagePdf>[3]) {
  const { mail: words } = FILE_WORDS[reader.lang];
  try {
    return await pagePdf(app, view, workbook, reader);
  } catch (error) {
    if (!(error instanceof RamalError)) throw error;
    if (error.code === 'printUnset') return words.noPrinter;
    return error.code === 'screensOff' ? words.noServer : words.notPrinted(error.message);
  }
}

/** What the stream gives, or null when it is more than so many bytes. */
async function upTo(stream: NodeJS.ReadableStream, most: number): Promise<Buffer | null> {
  const blocks: Buffer[] = [];
  let size = 0;
  for await (const block of stream as AsyncIterable<Buffer>) {
    size += block.length;
    if (size > most) return null;
    blocks.push(block);
  }
  return Buffer.concat(blocks);
}
