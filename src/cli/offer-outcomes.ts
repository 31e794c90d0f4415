import { resolve } from 'node:path';
import type { NotKeptRow, OffersNow, OutcomeList, OutcomeLists, OutcomesRead } from '../api/schema-offers.ts';
import { OUTCOME_WORDS } from '../reports/outcome-table.ts';
import { date, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { copy, json, numbered, usage, type Work } from './work.ts';

/** `offers outcomes`: sends a list of what became of offers, undoes one, or tells those that came. */
export const offerOutcomes: Work = async ({ client, options, rest, stdout }) => {
  const path = rest[1];
  const { id, undo } = options;
  if (undo !== undefined) {
    const list = numbered(undo, 'envio', 'ramal offers outcomes');
    if (!options.yes) throw usage('Falta --yes', `Repita com --yes para desfazer o envio ${list}`);
    const undone = await client.json<OutcomeList>('DELETE', `/api/offers/lists/${list}`);
    if (options.json) return json(undone);
    return `Envio ${list} desfeito: ${several(undone.kept, 'o resultado dele já não conta', 'resultados dele já não contam', 'os ')}.`;
  }
  if (path === undefined) {
    const { lists } = await client.json<OutcomeLists>('GET', '/api/offers/lists');
    if (options.json) return json(lists);
    return lists.length === 0 ? 'Nenhum envio de resultados ainda.' : textTable(lists.map(row));
  }
  const offers = id === undefined ? await newest() : numbered(id, 'ofertas', 'ramal offers build --json');
  const read = await client.json<OutcomesRead>('POST', `/api/offers/${offers}/outcomes/file`, { path: resolve(path) });
  if (options.out !== undefined) {
    const format = options.out.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx';
    await copy(client, `/api/offers/lists/${read.id}?format=${format}`, options, stdout);
  }
  return options.json ? json(read) : shown(read);

  async function newest(): Promise<number> {
    const now = await client.json<OffersNow>('GET', '/api/offers');
    if (now.offers) return now.offers.id;
    throw usage('Ainda não há ofertas', 'Faça-as com ramal offers build');
  }
};

const several = (n: number, one: string, many: string, before = '') => (n === 1 ? one : `${before}${whole(n)} ${many}`);

function row(list: OutcomeList) {
  return {
    ...{ envio: list.id, arquivo: list.file, quando: date(list.createdAt.slice(0, 10)), quem: list.createdBy },
    ...{ linhas: whole(list.rows), guardadas: whole(list.kept), repetidas: whole(list.duplicate) },
    recusadas: whole(list.refused),
    desfeito: list.undoneAt === null ? '' : `${date(list.undoneAt.slice(0, 10))}, ${list.undoneBy}`,
  };
}

function shown({ notKept, ...list }: OutcomesRead): string {
  const { id, file, rows, kept, duplicate, refused, blank } = list;
  const parts = [
    `${whole(kept)} ${kept === 1 ? 'guardada' : 'guardadas'}`,
    `${whole(duplicate)} ${duplicate === 1 ? 'repetida' : 'repetidas'}`,
    `${whole(refused)} ${refused === 1 ? 'recusada' : 'recusadas'}`,
  ];
  const left = duplicate + refused - notKept.length;
  return [
    `Envio ${id} (${file}): ${several(rows, '1 linha', 'linhas')} com resultado = ${parts.join(' + ')}`,
    ...(blank > 0 ? [`Sem resultado ainda: ${several(blank, '1 linha', 'linhas')}, que ficam como estavam.`] : []),
    ...(notKept.length > 0 ? [textTable(notKept.map(refusedRow))] : []),
    ...(left > 0 ? [`E mais ${whole(left)}; todas com --out CAMINHO.csv`] : []),
    `Para desfazer: ramal offers outcomes --undo ${id} --yes`,
  ].join('\n');
}

function refusedRow({ sheet, line, customer, product, outcome, said }: NotKeptRow) {
  return {
    linha: sheet === null ? whole(line) : OUTCOME_WORDS.pt.at(sheet, line),
    ...{ cliente: customer ?? '', produto: product ?? '', recebido: outcome ?? '', 'por que não': said },
  };
}
