import { CONSOLE, type User } from '../access/roles.ts';
import { businessDay } from '../kernel/clock.ts';
import { RamalError } from '../kernel/errors.ts';
import type { Message } from '../reports/mailer.ts';
import { type Reason, reasonOf } from '../reports/outbox.ts';
import { pagePdf } from '../reports/page-pdf.ts';
import { type PageWorkbook, pageWorkbook } from '../reports/page-workbook.ts';
import type { MailFormat, ReportMail } from '../reports/report-mails.ts';
import type { SavedView } from '../reports/saved-views.ts';
import { readView, type View } from '../reports/view.ts';
import { FILE_WORDS, type FileLang, spanText } from '../reports/words.ts';
import type { App } from './app.ts';
import type { Composed } from './outbox-delivery.ts';

/** Larger files are left out of a mail: servers refuse them. */
const MOST_MB = 20;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Lines of a workbook's first sheet that a mail repeats. */
const TOLD = 5;

/** A mail's view as one user may see it, or why it is not sent any more. */
export async function viewMessage(
  app: App,
  id: number,
  user: User,
  screens: string | null,
): Promise<Composed | RamalError> {
  const mail = await app.mails.get(id);
  const saved = await app.views.find(mail.view);
  if (!saved) throw new RamalError('notFound', { what: 'visão', received: String(mail.view), todo: '' });
  return (await senderBarred(app, mail, saved)) ?? (await compose(app, mail, saved, user, screens));
}

/** Why a mail is not sent any more, or null: whoever made it is off, or does not see the view. */
async function senderBarred(
  app: App,
  { createdBy }: ReportMail,
  { owner, shared }: SavedView,
): Promise<RamalError | null> {
  if (createdBy === CONSOLE.name) return null;
  const maker = await app.accounts.get(createdBy);
  if (maker.disabledAt) return new RamalError('mailMakerOff');
  const sees = shared || owner === maker.name || maker.role === 'administrator';
  return sees ? null : new RamalError('mailMakerBlind');
}

async function compose(
  app: App,
  { id, format, lang, createdBy }: ReportMail,
  saved: SavedView,
  user: User,
  screens: string | null,
): Promise<Composed> {
  const { mail: words } = FILE_WORDS[lang];
  const view = await readView(app.lake, saved, saved.followed, businessDay(app.clock.now(), app.config.timeZone));
  const origin = app.config.url || screens;
  const screen = origin === null ? null : `${origin}${view.screen}`;
  const workbook = await pageWorkbook({ ...app, lang, screen }, view);
  const files: Message['files'][number][] = [];
  const notes: string[] = [];
  const lacks: Reason[] = [];
  const printed = format === 'xlsx' ? null : await pdfOf(app, view, workbook, { lang, user, screens });
  if (Buffer.isBuffer(printed)) files.push({ name: `${workbook.name}.pdf`, content: printed, type: 'application/pdf' });
  else if (printed !== null) {
    notes.push(unprintedText(printed, lang));
    lacks.push(reasonOf(printed));
  }
  if (wantsSheets(format) || !Buffer.isBuffer(printed)) {
    const content = await upTo(workbook.stream, MOST_MB * 2 ** 20);
    if (content) files.push({ name: `${workbook.name}.xlsx`, content, type: XLSX });
    else {
      const file = `${workbook.name}.xlsx`;
      notes.push(words.tooLarge(file, MOST_MB));
      lacks.push({ code: 'mailTooLarge', details: { file, most: MOST_MB } });
    }
  } else workbook.stream.destroy();
  const { from = null, to = null } = view.scope;
  const told = workbook.about.slice(0, TOLD).map(([label, value]) => `${label}: ${value}`);
  return {
    files,
    lacks,
    subject: words.subject(saved.name, spanText({ from, to }, lang)),
    text: [saved.name, '', ...told, '', ...notes, words.why(saved.name, createdBy, screen ?? ''), ''].join('\n'),
    audited: [`view ${saved.id}`, { mail: id, files: files.length }],
  };
}

const wantsSheets = (format: MailFormat) => format !== 'pdf';

/** The screen as PDF, or why there is none. */
async function pdfOf(app: App, view: View, workbook: PageWorkbook, reader: Parameters<typeof pagePdf>[3]) {
  try {
    return await pagePdf(app, view, workbook, reader);
  } catch (error) {
    if (error instanceof RamalError) return error;
    throw error;
  }
}

function unprintedText({ code, message }: RamalError, lang: FileLang): string {
  const { mail: words } = FILE_WORDS[lang];
  if (code === 'printUnset') return words.noPrinter;
  return code === 'screensOff' ? words.noServer : words.notPrinted(message);
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
