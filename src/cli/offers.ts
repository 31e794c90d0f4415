import { resolve } from 'node:path';
import type { Method } from '../customers/offers/methods.ts';
import { leftOutText, type RowAccount } from '../customers/offers/purchase-file.ts';
import type { Verdict } from '../customers/offers/told-evaluation.ts';
import { OFFER_WORDS } from '../reports/offer-words.ts';
import { amountOf, shareOf } from './amounts.ts';
import type { Options } from './arguments.ts';
import { buildOffers } from './offer-build.ts';
import { offerOutcomes } from './offer-outcomes.ts';
import { VERDICT_WORDS } from './offer-words.ts';
import { date, figure, whole } from './shown.ts';
import { textTable } from './terminal.ts';
import { job, json, usage, type Work } from './work.ts';

const METHODS = OFFER_WORDS.pt.methods;

type Bounds = readonly [low: number, high: number];
interface Figures {
  readonly recall5: number;
  readonly recall10: number;
  readonly ndcg10: number;
  readonly interval: { readonly recall10: Bounds; readonly ndcg10: Bounds };
  readonly overPopularity: Readonly<
    Record<'recall10' | 'ndcg10', { readonly difference: number; readonly interval: Bounds }>
  >;
}
interface Evaluated {
  readonly account: RowAccount;
  readonly customers: number;
  readonly items: number;
  readonly methods: readonly (Figures & { readonly name: Method; readonly coverage: number })[];
  readonly chosenTest: Figures;
  readonly verdict: Verdict;
  readonly folds: readonly {
    readonly test: string | number;
    readonly end: string | number | null;
    readonly chosen: Method;
    readonly ridge: number;
    readonly customers: number;
  }[];
  readonly warnings: readonly string[];
}
interface Mined {
  readonly account: RowAccount;
  readonly customers: number;
  readonly found: number;
  readonly rules: readonly {
    readonly if: readonly string[];
    readonly then: string;
    readonly support: number;
    readonly confidence: number;
    readonly lift: number;
    readonly n: number;
  }[];
}

/** `offers build`: what to offer to the customers of a base; `offers outcomes`: what became of offers; `offers evaluate`: measures ways of offering; `offers rules`: who has this also has that. */
export const offers: Work = async (context) => {
  const { client, options, rest } = context;
  const action = rest[0];
  if (action === 'build') return buildOffers(context);
  if (action === 'outcomes') return offerOutcomes(context);
  if (action === 'evaluate') {
    const found = await job<Evaluated>(client, '/api/offers/file', evaluated(options));
    return options.json ? json(found) : evaluatedText(found);
  }
  if (action === 'rules') {
    const found = await job<Mined>(client, '/api/offers/rules', mined(options));
    return options.json ? json(found.rules) : minedText(found);
  }
  throw usage(`Ação desconhecida: ${action ?? 'nenhuma'}`, 'Use ramal offers build, outcomes, evaluate ou rules');
};

function evaluated(options: Options) {
  const { file, customer, item, time, group, quantity, support, folds, seed } = options;
  if (!file || !customer || !item || !time)
    throw usage(
      'Faltam --file, --customer, --item ou --time',
      'Use ramal offers evaluate --file vendas.csv --customer cliente --item produto --time data',
    );
  return {
    ...{ path: resolve(file), customer, item, time },
    ...(group === undefined ? {} : { group }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(support === undefined ? {} : { support: shareOf('support', support) }),
    ...(folds === undefined ? {} : { folds: amountOf('folds', folds) }),
    ...(seed === undefined ? {} : { seed: amountOf('seed', seed) }),
  };
}

function mined(options: Options) {
  const { file, customer, item, quantity, baskets, support, confidence } = options;
  if (!file || (!baskets && (!customer || !item)))
    throw usage(
      'Faltam --file, --customer ou --item',
      'Use ramal offers rules --file vendas.csv --customer cliente --item produto, ou --baskets se cada linha é uma cesta',
    );
  if (baskets && (customer || item || quantity))
    throw usage('--baskets não tem colunas', 'Cada linha do arquivo é uma cesta de nomes');
  return {
    path: resolve(file),
    ...(baskets ? {} : { columns: { customer, item, ...(quantity === undefined ? {} : { quantity }) } }),
    ...(support === undefined ? {} : { support: shareOf('support', support) }),
    ...(confidence === undefined ? {} : { confidence: shareOf('confidence', confidence) }),
  };
}

const between = ([low, high]: Bounds) => `${figure('ratio', low)} a ${figure('ratio', high)}`;
const moment = (time: string | number | null) => (typeof time === 'string' ? date(time) : (time ?? 'o fim'));

function evaluatedText({ account, customers, items, methods, folds, warnings, ...answer }: Evaluated): string {
  const head = `${rowsText(account)}; ${whole(customers)} clientes, ${whole(items)} produtos`;
  const tested = folds.map(
    ({ test, end, chosen, ridge, customers: asked }) =>
      `Teste de ${moment(test)} até ${moment(end)}: ${whole(asked)} clientes com novidade; escolhido na validação: ${METHODS[chosen]}; λ ${ridge}`,
  );
  const table = methods.map(({ name, recall5, recall10, ndcg10, coverage, interval, overPopularity }) => ({
    método: METHODS[name],
    'acerto em 5': figure('ratio', recall5),
    'em 10': figure('ratio', recall10),
    'IC 95%': between(interval.recall10),
    'NDCG em 10': figure('ratio', ndcg10),
    'sobre os mais contratados': between(overPopularity.ndcg10.interval),
    cobertura: figure('ratio', coverage),
  }));
  const { recall10, ndcg10 } = answer.chosenTest.overPopularity;
  const over = `Do escolhido sobre os mais contratados: ${between(recall10.interval)} de acerto em 10 e ${between(ndcg10.interval)} de NDCG.`;
  return [
    head,
    ...tested,
    textTable(table),
    `${VERDICT_WORDS[answer.verdict]} ${over}`,
    ...warnings.map((warning) => `Atenção: ${warning}.`),
  ].join('\n');
}

const SHOWN_RULES = 20;

function minedText({ account, customers, found, rules }: Mined): string {
  const head = `${rowsText(account)}; ${whole(customers)} clientes ou cestas, ${whole(found)} regras`;
  const table = rules.slice(0, SHOWN_RULES).map((rule) => ({
    'quem tem': rule.if.join(' + '),
    'também tem': rule.then,
    suporte: figure('ratio', rule.support),
    confiança: figure('ratio', rule.confidence),
    lift: rule.lift.toLocaleString('pt-BR', { maximumFractionDigits: 3 }),
    n: whole(rule.n),
  }));
  return [head, ...(table.length > 0 ? [textTable(table)] : [])].join('\n');
}

function rowsText(account: RowAccount): string {
  const left = leftOutText(account);
  return `${whole(account.rows)} linhas = ${whole(account.used)} usadas${left === '' ? '' : ` + ${left}`}`;
}
