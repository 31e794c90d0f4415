import type { Mail, SavedView, SentMail, ViewList } from '../api/schema-views.ts';
import { readWeekday } from '../intake/reference/value.ts';
import { MAIL_FORMATS } from '../reports/report-mails.ts';
import type { Options } from './arguments.ts';
import { textTable } from './terminal.ts';
import { listOf, numbered, removal, shownBy, usage, type Work } from './work.ts';

const WORKDAYS = 'seg,ter,qua,qui,sex';
const USUAL_TIME = '07:30';
const WEEKDAYS = ['seg', 'ter', 'qua', 'qui', 'sex', 'sáb', 'dom'];
const OUTCOMES: Readonly<Record<SentMail['sent'][number]['outcome'], string>> = {
  pending: 'à espera',
  sending: 'saindo',
  sent: 'enviado',
  skipped: 'não enviado',
  failed: 'falhou',
};

/** `ramal mail …`: views that are sent by e-mail on their days. */
export const mailCommand: Work = async ({ client, rest, options }) => {
  const [action = 'list', word] = rest;
  const shown = shownBy(options);
  if (action === 'list') {
    const { views } = await client.json<ViewList>('GET', '/api/views');
    const rows = views.flatMap((view) => view.mails.map((mail) => ({ view, mail })));
    const listed = rows.map(({ view, mail }) => ({ ...mail, view: view.id }));
    return shown(listed, () => textTable(rows.map(mailRow)));
  }
  if (action === 'add') {
    const view = numbered(word, 'visão', 'ramal view list');
    const made = await client.json<Mail>('POST', `/api/views/${view}/mails`, newMail(options));
    return shown(made, ({ id, recipients }) => `Envio ${id} criado, para ${recipients.join(', ')}: ${whenText(made)}`);
  }
  const id = numbered(word, 'envio', 'ramal mail list');
  const url = `/api/mails/${id}`;
  if (action === 'send') {
    const found = await client.json<SentMail>('POST', `${url}/send`);
    if (found.sent.every(({ outcome }) => outcome === 'skipped' || outcome === 'failed')) process.exitCode = 1;
    return shown(found, ({ sent }) => textTable(sent.map(sentRow)));
  }
  if (action === 'on' || action === 'off')
    return shown(await client.json<Mail>('POST', url, { enabled: action === 'on' }), ({ enabled }) =>
      enabled ? `Envio ${id} ligado` : `Envio ${id} desligado`,
    );
  if (action !== 'remove') throw usage(`Ação desconhecida: ${action}`, 'Use list, add, send, on, off ou remove');
  return removal(client, url, options, `o envio ${id}`);
};

function newMail({ recipient = [], days = WORKDAYS, at = USUAL_TIME, format = 'xlsx' }: Options) {
  if (recipient.length === 0) throw usage('Falta --recipient', 'Diga a que usuários, como --recipient "Ana Prado"');
  if (!MAIL_FORMATS.some((known) => known === format))
    throw usage(`Recebido ${format} em --format`, `Use ${MAIL_FORMATS.join(', ')}`);
  const weekdays = listOf(days).map((day) => {
    const number = readWeekday(day);
    if (number === null) throw usage(`Recebido ${day} em --days`, 'Use dias como seg,qua,sex');
    return Number(number);
  });
  return { recipients: recipient, weekdays: [...new Set(weekdays)].sort(), at, format };
}

const whenText = ({ weekdays, at }: Mail) => `${weekdays.map((day) => WEEKDAYS[day - 1]).join(', ')} às ${at}`;

function mailRow({ view, mail }: { view: SavedView; mail: Mail }) {
  const [last] = mail.sent;
  return {
    número: mail.id,
    visão: view.name,
    para: mail.recipients.join(', '),
    quando: whenText(mail),
    como: mail.format,
    ligado: mail.enabled ? 'sim' : 'não',
    último: last ? `${OUTCOMES[last.outcome]}, ${last.recipient}` : null,
  };
}

function sentRow({ recipient, outcome, files, reasons }: SentMail['sent'][number]) {
  return {
    para: recipient,
    'o que foi': OUTCOMES[outcome],
    arquivos: files.join(', '),
    porque: reasons.map(({ message }) => message).join(' ') || null,
  };
}
