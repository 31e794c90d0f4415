import type { OffersView } from '../api/schema-offers.ts';
import { OFFER_WORDS } from '../reports/offer-words.ts';
import { shareOf } from './amounts.ts';
import { VERDICT_WORDS } from './offer-words.ts';
import { figure, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { copy, job, json, listOf, numbered, type Work } from './work.ts';

/** `offers build`: what to offer to the customers of a kept base. */
export const buildOffers: Work = async ({ client, options, stdout }) => {
  const { base, segment, cap, most, out } = options;
  const made = await job<OffersView>(client, '/api/offers', {
    ...(base === undefined ? {} : { base: numbered(base, 'base', 'ramal customers list') }),
    ...(segment === undefined ? {} : { segments: listOf(segment) }),
    ...(cap === undefined ? {} : { cap: shareOf('cap', cap) }),
    ...(most === undefined ? {} : { most: numbered(most, 'ofertas de um cliente', 'ramal offers --help') }),
  });
  if (out !== undefined) {
    const format = out.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx';
    await copy(client, `/api/offers/${made.id}/file?format=${format}`, options, stdout);
  }
  return options.json ? json(made) : shown(made);
};

const METHODS = OFFER_WORDS.pt.methods;
const ACTIVE = {
  contract: 'com contrato que vale',
  usage: 'com produto e uso em 90 dias',
  holding: 'com algum produto',
} as const;
const WARNINGS: Readonly<Record<OffersView['warnings'][number]['code'], (detail: string) => string>> = {
  undated: (n) => `${n} produtos de clientes não têm data e contam como os primeiros`,
  noSegment: () => 'a base não diz o segmento dos clientes: vão todos',
  noUsualSegment: () => 'nenhum segmento é de logística, varejo, indústria ou serviços: vão todos',
  beyondCap: (names) => `não há bastante mais a oferecer: passam do limite de um produto ${names}`,
  unpriced: (n) => `${n} ofertas são de produtos de que não se sabe o valor`,
};
const money = (value: number) =>
  value.toLocaleString('pt-BR', { style: 'currency', currency: 'BRL', maximumFractionDigits: 0 });

function shown({ audience, offers, customers, mrr, held, products, warnings, most, cap, ...made }: OffersView): string {
  const segments = audience.segments ? `de ${audience.segments.join(', ')}` : 'de todos os segmentos';
  const head = [
    `${whole(customers)} clientes a visitar, ${whole(offers)} ofertas: ${money(mrr)} por mês se todas fossem aceitas, pelo preço mediano (até ${most} por cliente, até ${figure('ratio', cap)} de um produto)`,
    `Público: ${whole(audience.customers)} clientes ativos (${ACTIVE[audience.activeBy]}) ${segments}; a base tem ${whole(audience.base)}, ${whole(audience.active)} ativos`,
    `Não vender agora: ${whole(held.customers)} clientes (NPS baixo ${whole(held.reasons.lowNps)}, chamado aberto ${whole(held.reasons.openTickets)}, muitos chamados ${whole(held.reasons.manyTickets)}, uso em queda ${whole(held.reasons.lessUse)})`,
  ];
  const measured = made.evaluation?.methods.map(({ name, recall5, recall10, ndcg10, interval, overPopularity }) => ({
    método: METHODS[name],
    'acerto em 5': figure('ratio', recall5),
    'em 10': figure('ratio', recall10),
    'NDCG em 10': figure('ratio', ndcg10),
    'IC 95%': between(interval.ndcg10),
    'sobre os mais contratados': between(overPopularity.ndcg10.interval),
  }));
  const table = products
    .filter((one) => one.offers > 0)
    .map((one) => ({
      ...{ produto: one.product, 'têm hoje': whole(one.holders), ofertas: whole(one.offers) },
      ...{ 'por mês, se aceitas': money(one.mrr), limite: one.capped ? 'chegou' : '' },
    }));
  return [
    ...head,
    textTable(table),
    ...(measured ? [textTable(measured)] : []),
    verdict(made),
    ...warnings.map(({ code, detail }) => `Atenção: ${WARNINGS[code](detail)}.`),
  ].join('\n');
}

const between = ([low, high]: readonly number[]) => `${figure('ratio', low!)} a ${figure('ratio', high!)}`;

function verdict({ method, evaluation, unmeasured }: Pick<OffersView, 'method' | 'evaluation' | 'unmeasured'>): string {
  if (!evaluation) return `Nada se mediu, e vão os mais contratados: ${unmeasured?.message ?? ''}`;
  return `Escolhido na validação: ${METHODS[method]}. ${VERDICT_WORDS[evaluation.verdict]}`;
}
