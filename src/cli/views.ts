import type { SavedView, ViewList } from '../api/schema-views.ts';
import type { Followed } from '../reports/view.ts';
import { screenAddress, screenName } from './report.ts';
import { textTable } from './terminal.ts';
import { numbered, removal, shownBy, usage, type Work } from './work.ts';

const FOLLOWED_WORDS: Readonly<Record<Followed, string>> = {
  fixed: 'dias fixos',
  page: 'os da tela',
  day: 'último dia completo',
  week: 'última semana completa',
  month: 'último mês completo',
  '28d': 'últimos 28 dias',
};

/** `ramal view …`. */
export const viewCommand: Work = async ({ client, rest, options }) => {
  const [action = 'list', word, page] = rest;
  const shown = shownBy(options);
  if (action === 'list') {
    const { views } = await client.json<ViewList>('GET', '/api/views');
    return shown(views, (all) => textTable(all.map(viewRow)));
  }
  if (action === 'save') {
    if (!word) throw usage('Falta o nome da visão', 'Veja ramal view --help');
    const { follows = options.from || options.to ? 'fixed' : 'page' } = options;
    if (!(follows in FOLLOWED_WORDS))
      throw usage(`Recebido ${follows} em --follows`, `Use ${Object.keys(FOLLOWED_WORDS).join(', ')}`);
    const body = {
      name: word,
      screen: screenAddress(page, options),
      followed: follows,
      shared: options.shared === true,
    };
    const made = await client.json<SavedView>('POST', '/api/views', body);
    return shown(made, ({ id, name, screen }) => `Visão ${id} (${name}) salva: ${screen}`);
  }
  const id = numbered(word, 'visão', 'ramal view list');
  if (action !== 'remove') throw usage(`Ação desconhecida: ${action}`, 'Use list, save ou remove');
  return removal(client, `/api/views/${id}`, options, `a visão ${id} e os envios dela`);
};

function viewRow({ id, name, owner, path, followed, shared, screen, mails }: SavedView) {
  return {
    número: id,
    visão: name,
    de: owner,
    tela: screenName(path),
    período: FOLLOWED_WORDS[followed],
    compartilhada: shared ? 'sim' : 'não',
    envios: mails.length,
    endereço: screen,
  };
}
