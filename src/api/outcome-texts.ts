import { identifies, maskValue } from '../access/masking.ts';
import type { KeptOffersOf } from '../customers/offers/kept-offers.ts';
import type { NotKept } from '../customers/offers/outcomes.ts';
import type { App } from './app.ts';
import { customerTexts } from './customer-texts.ts';

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words that say what became of an offer, or when; a name is none of them. */
const SAYINGS = new Set(
  `a o as os e la sei de da do das dos em no na um uma por para com sem que se ja ainda mais nao sim talvez depois agora hoje
  amanha semana mes ano aceita aceito aceitou aceitaram recusa recusada recusado recusou quer quis queria vai pode
  comprou compra vendido vendida venda fechado fechada fechou ganho ganha ganhou perdido perdida perdeu pendente
  resposta respondeu retorno retornar retornou ligar ligacao contato contatar contatado atendeu caixa postal
  negociando negociacao negociar proposta enviada enviado orcamento analise analisando avaliando avaliar pensar
  pensando aguardando aguarda espera interesse interessado interessada agendado agendada reuniao visita adiado adiada
  cancelado cancelada cliente produto oferta tem ok yes maybe later accepted refused declined pending won lost sold no
  not call back answer reply interested client customer follow up`.split(/\s+/),
);

/** A text of which only words that are known are told; none where it may identify somebody. */
function wordsOf(text: string, known: ReadonlySet<string>): string {
  if (identifies(text)) return maskValue(text, text.includes('@') ? 'email' : 'text');
  return text.replaceAll(/[\p{L}\p{M}]+/gu, (word) =>
    known.has(folded(word)) || SAYINGS.has(folded(word)) ? word : `${word.slice(0, 1)}***`,
  );
}

/** Of what was received as a customer: a code is told, what may be a name is not. */
function codeOf(text: string): string {
  if (/^[*\d./() -]+$/.test(text) && text.includes('*')) return text;
  if (identifies(text)) return maskValue(text, text.includes('@') ? 'email' : 'text');
  return /^\S*\d\S*$/.test(text) ? text : maskValue(text, 'name');
}

/** How rows of a list that were not kept leave: customers as their base tells them, products by the words of the catalogue. */
export async function notKeptMask(app: App, { base: id, products }: KeptOffersOf): Promise<(row: NotKept) => NotKept> {
  const base = await app.bases.get(id);
  const texts = await customerTexts(app, base);
  const catalogue = new Set(products.flatMap(({ product }) => folded(product).match(/[\p{L}]+/gu) ?? []));
  const customerOf = (value: string, known: boolean) => {
    const { value: told, masked } = texts.told(base.key, value);
    return known || masked ? String(told) : codeOf(value);
  };
  return (row) => ({
    ...row,
    customer: row.customer === null ? null : customerOf(row.customer, row.knownCustomer),
    product: row.product === null || row.knownProduct ? row.product : wordsOf(row.product, catalogue),
    outcome: row.outcome === null ? null : wordsOf(row.outcome, catalogue),
  });
}
