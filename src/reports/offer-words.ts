import type { Method } from '../customers/offers/methods.ts';
import type { OfferRow } from '../customers/offers/offer-rows.ts';
import type { Outcome } from '../customers/offers/outcomes.ts';
import { type HeldReason, reasonNames } from '../customers/offers/reasons.ts';
import type { FileLang } from './words.ts';

const locale = (lang: FileLang) => (lang === 'pt' ? 'pt-BR' : 'en');
const share = (part: number, of: number, lang: FileLang) =>
  (of === 0 ? 0 : part / of).toLocaleString(locale(lang), { style: 'percent', maximumFractionDigits: 0 });

interface OfferWords {
  readonly and: string;
  readonly evidence: (
    said: Readonly<Record<'share' | 'who' | 'product', string>> & { also: string; n: string },
  ) => string;
  readonly inGroup: (group: string, has: string) => string;
  readonly among: (has: string) => string;
  readonly everybody: string;
  readonly beside: (group: string | null, share: string) => string;
  readonly worth: (n: string, of: 'segmentAndSize' | 'segment' | 'all') => string;
  readonly reasons: Readonly<
    Record<HeldReason, (row: Readonly<Record<'nps' | 'open' | 'recent' | 'use' | 'before', string>>) => string>
  >;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly methods: Readonly<Record<Method, string>>;
  readonly columns: Readonly<
    Record<
      | 'customer'
      | 'name'
      | 'segment'
      | 'size'
      | 'seller'
      | 'group'
      | 'base'
      | 'baseRow'
      | 'place'
      | 'product'
      | 'line'
      | 'score'
      | 'mrr'
      | 'mrrOf'
      | 'evidence'
      | 'warnings'
      | 'outcome',
      string
    >
  >;
  readonly held: string;
  readonly noSeller: string;
  readonly moreSellers: string;
}

export const OFFER_WORDS: Readonly<Record<FileLang, OfferWords>> = {
  pt: {
    and: ' e ',
    evidence: ({ share: part, who, product, also, n }) => `${part} ${who} têm ou tiveram ${product} (${also} de ${n})`,
    inGroup: (group, has) => `dos clientes de ${group} com ${has}`,
    among: (has) => `dos clientes com ${has}`,
    everybody: 'de todos os clientes',
    beside: (group, part) => `; de todos${group === null ? '' : ` os de ${group}`}, ${part}`,
    worth: (n, of) =>
      `mediana de ${n} clientes${{ segmentAndSize: ' do segmento e do porte', segment: ' do segmento', all: '' }[of]}`,
    reasons: {
      lowNps: ({ nps }) => `NPS ${nps}`,
      openTickets: ({ open }) => `${open} ${open === '1' ? 'chamado aberto' : 'chamados abertos'}`,
      manyTickets: ({ recent }) => `${recent} chamados em 90 dias`,
      lessUse: ({ use, before }) => `uso caiu: ${use} em 30 dias, ${before} nos 60 antes`,
    },
    outcomes: { accepted: 'aceita', refused: 'recusada', noAnswer: 'sem resposta' },
    methods: {
      ...{ popularity: 'os mais contratados', groupPopularity: 'os mais contratados no grupo' },
      ...{ rules: 'quem tem X também tem Y', cosine: 'cosseno entre produtos', ease: 'EASE^R' },
    },
    columns: {
      ...{ customer: 'Cliente', name: 'Nome', segment: 'Segmento', size: 'Porte', seller: 'Vendedor', group: 'Grupo' },
      ...{ base: 'Base', baseRow: 'Linha na base' },
      ...{
        place: 'Ordem',
        product: 'Produto',
        line: 'Linha',
        score: 'Nota',
        mrr: 'Preço mediano por mês',
        mrrOf: 'Preço de',
      },
      ...{ evidence: 'Evidência', warnings: 'Avisos', outcome: 'Resultado' },
    },
    held: 'Não vender agora',
    noSeller: 'Sem vendedor',
    moreSellers: 'Outros vendedores',
  },
  en: {
    and: ' and ',
    evidence: ({ share: part, who, product, also, n }) => `${part} ${who} have or had ${product} (${also} of ${n})`,
    inGroup: (group, has) => `of ${group} customers with ${has}`,
    among: (has) => `of customers with ${has}`,
    everybody: 'of all customers',
    beside: (group, part) => `; of all${group === null ? '' : ` of ${group}`}, ${part}`,
    worth: (n, of) =>
      `median of ${n} customers${{ segmentAndSize: ' of the segment and size', segment: ' of the segment', all: '' }[of]}`,
    reasons: {
      lowNps: ({ nps }) => `NPS ${nps}`,
      openTickets: ({ open }) => `${open} open ${open === '1' ? 'ticket' : 'tickets'}`,
      manyTickets: ({ recent }) => `${recent} tickets in 90 days`,
      lessUse: ({ use, before }) => `use fell: ${use} in 30 days, ${before} in the 60 before`,
    },
    outcomes: { accepted: 'accepted', refused: 'refused', noAnswer: 'no answer' },
    methods: {
      ...{ popularity: 'the most contracted', groupPopularity: 'the most contracted in the group' },
      ...{ rules: 'who has X also has Y', cosine: 'cosine between products', ease: 'EASE^R' },
    },
    columns: {
      ...{ customer: 'Customer', name: 'Name', segment: 'Segment', size: 'Size', seller: 'Seller', group: 'Group' },
      ...{ base: 'Base', baseRow: 'Base row' },
      ...{
        place: 'Order',
        product: 'Product',
        line: 'Line',
        score: 'Score',
        mrr: 'Median price a month',
        mrrOf: 'Price of',
      },
      ...{ evidence: 'Evidence', warnings: 'Warnings', outcome: 'Outcome' },
    },
    held: 'Do not sell now',
    noSeller: 'No seller',
    moreSellers: 'Other sellers',
  },
};

/** `78% dos clientes de VIPs com A e B têm ou tiveram C (78 de 100); de todos os de VIPs, 41%`. */
export function evidenceText(row: OfferRow, lang: FileLang): string {
  const words = OFFER_WORDS[lang];
  const count = (value: number) => value.toLocaleString(locale(lang));
  const has = [row.first_has, row.second_has].filter((one) => one !== null).join(words.and);
  const group = row.in_group ? row.group_name : null;
  const who = has === '' ? words.everybody : group ? words.inGroup(group, has) : words.among(has);
  const said = { who, product: row.product, also: count(row.also), n: count(row.n) };
  const own = words.evidence({ ...said, share: share(row.also, row.n, lang) });
  if (has === '' || row.of_n === undefined || row.of_also === undefined) return own;
  return own + words.beside(group, share(row.of_also, row.of_n, lang));
}

/** Why nothing is to be sold to a customer now, each reason in words. */
export function warningTexts(row: OfferRow, lang: FileLang): string[] {
  const number = (value: number | null) => (value === null ? '–' : value.toLocaleString(locale(lang)));
  const { last_nps: last, median_nps: median } = row;
  const said = {
    nps: number(Math.min(last ?? 10, median ?? 10)),
    ...{ open: number(row.open_tickets), recent: number(row.recent_tickets) },
    ...{ use: number(row.recent_use), before: number(row.earlier_use) },
  };
  return reasonNames(row.reasons).map((name) => OFFER_WORDS[lang].reasons[name](said));
}

/** `mediana de 33 clientes do segmento e do porte`. */
export function worthText({ mrr_n: n, mrr_of: of }: OfferRow, lang: FileLang): string {
  return n === null || of === null ? '' : OFFER_WORDS[lang].worth(n.toLocaleString(locale(lang)), of);
}
