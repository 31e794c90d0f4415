import { type Static, Type } from 'typebox';
import { BAR_KINDS } from '../customers/offers/bar-kinds.ts';
import { METHODS } from '../customers/offers/methods.ts';
import { OFFER_WARNINGS } from '../customers/offers/offer-warnings.ts';
import { OUTCOMES, WHY_NOT } from '../customers/offers/outcomes.ts';
import { VERDICTS } from '../customers/offers/told-evaluation.ts';
import { nullable } from './nullable.ts';
import { oneOf } from './one-of.ts';

const Share = Type.Number({ minimum: 0, maximum: 1 });
const Count = Type.Integer({ minimum: 0 });
const Bounds = Type.Array(Type.Number(), { minItems: 2, maxItems: 2 });
const measures = <T extends typeof Bounds | ReturnType<typeof Type.Number>>(of: T) =>
  Type.Object({ recall5: of, recall10: of, ndcg10: of });
const Difference = Type.Object({ difference: Type.Number(), interval: Bounds });
const Measured = {
  ...measures(Type.Number()).properties,
  interval: measures(Bounds),
  overPopularity: Type.Object({ recall5: Difference, recall10: Difference, ndcg10: Difference }),
};

const Evaluation = Type.Object({
  methods: Type.Array(
    Type.Object({
      name: oneOf(METHODS),
      ...Measured,
      coverage: Share,
      validation: measures(Type.Number()),
    }),
  ),
  chosen: oneOf(METHODS),
  beatsPopularity: Type.Boolean(),
  verdict: oneOf(VERDICTS),
  chosenTest: Type.Object(Measured),
  folds: Type.Array(
    Type.Object({
      ...{ validation: nullable(Type.String()), test: nullable(Type.String()), end: nullable(Type.String()) },
      ...{ chosen: oneOf(METHODS), ridge: Type.Number(), known: Count, customers: Count, validated: Count },
      unseen: Share,
    }),
  ),
});

const Product = Type.Object({
  product: Type.String(),
  line: nullable(Type.String()),
  holders: Type.Integer({ description: 'Clientes que o têm hoje' }),
  offers: Count,
  mrr: Type.Number({ description: 'BRL por mês, se todas fossem aceitas' }),
  capped: Type.Boolean({ description: 'Chegou ao limite de um produto' }),
});

export const OffersView = Type.Object({
  id: Type.Integer(),
  base: Type.Integer(),
  day: Type.String(),
  audience: Type.Object({
    ...{ customers: Count, active: Count, base: Count },
    segments: nullable(Type.Array(Type.String())),
    activeBy: oneOf(['contract', 'usage', 'holding'] as const),
  }),
  ...{ offers: Count, customers: Count },
  mrr: Type.Number({ description: 'BRL por mês, se todas fossem aceitas' }),
  unpriced: Type.Integer({ description: 'Ofertas de produtos de que não se sabe o valor' }),
  held: Type.Object({
    ...{ offers: Count, customers: Count, mrr: Type.Number() },
    reasons: Type.Object({ lowNps: Count, openTickets: Count, manyTickets: Count, lessUse: Count }),
  }),
  method: oneOf(METHODS),
  unmeasured: nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  evaluation: nullable(Evaluation),
  products: Type.Array(Product),
  groupedBy: nullable(oneOf(['groups', 'segment'] as const)),
  fields: Type.Object({
    ...{ segment: nullable(Type.String()), size: nullable(Type.String()) },
    ...{ name: nullable(Type.String()), seller: nullable(Type.String()) },
  }),
  segments: Type.Array(Type.String()),
  sizes: Type.Array(Type.String()),
  sellers: Type.Array(Type.String()),
  cap: Share,
  most: Type.Integer(),
  warnings: Type.Array(
    Type.Object({ code: oneOf(OFFER_WARNINGS), detail: Type.String({ description: 'Quantos, ou os nomes de quais' }) }),
  ),
  createdAt: Type.String(),
  createdBy: Type.String(),
});
export type OffersView = Static<typeof OffersView>;

const Tried = {
  told: Type.Integer({ description: 'Ofertas com resultado' }),
  accepted: Count,
  rate: nullable(Share),
  interval: nullable(Bounds),
};
export const OffersNow = Type.Object({
  base: nullable(
    Type.Object(
      {
        ...{ id: Type.Integer(), day: Type.String(), customers: Count, products: nullable(Count) },
        segments: Type.Array(
          Type.Object({
            name: Type.String(),
            customers: Count,
            usual: Type.Boolean({ description: 'Vai se ninguém diz quais' }),
          }),
          { description: 'Os de mais clientes primeiro, até 200' },
        ),
      },
      {
        description: 'A base mais nova',
      },
    ),
  ),
  offers: nullable(OffersView),
  divided: nullable(
    Type.String({ description: 'Quando se aprovou a divisão em uso, se depois que as ofertas foram feitas' }),
  ),
  outcomes: Type.Object({
    ...Tried,
    products: Type.Array(Type.Object({ name: Type.String(), ...Tried })),
    methods: Type.Array(Type.Object({ name: oneOf(METHODS), ...Tried })),
  }),
});
export type OffersNow = Static<typeof OffersNow>;

export const OfferView = Type.Object({
  row: Type.Integer({ description: 'O lugar do cliente na base, a partir de 1' }),
  customer: Type.String(),
  name: nullable(Type.String()),
  segment: nullable(Type.String()),
  size: nullable(Type.String()),
  seller: nullable(Type.String()),
  group: nullable(Type.String()),
  place: Type.Integer(),
  product: Type.String(),
  line: nullable(Type.String()),
  score: Type.Number(),
  mrr: nullable(Type.Number({ description: 'BRL por mês: a mediana de quem tem o produto hoje' })),
  mrrOf: Type.String(),
  evidence: Type.String(),
  n: Count,
  also: Count,
  warnings: Type.Array(Type.String()),
  outcome: nullable(oneOf(OUTCOMES)),
  outcomeId: nullable(Type.Integer({ description: 'O resultado que vale, para o desfazer' })),
});
export type OfferView = Static<typeof OfferView>;

export const OfferRows = Type.Object({ total: Count, rows: Type.Array(OfferView) });
export type OfferRows = Static<typeof OfferRows>;

export const OffersByCustomer = Type.Object({
  total: Type.Integer({ description: 'Clientes' }),
  offers: Count,
  customers: Type.Array(
    Type.Object({
      ...{ row: OfferView.properties.row, customer: Type.String() },
      ...{ name: nullable(Type.String()), segment: nullable(Type.String()), seller: nullable(Type.String()) },
      mrr: Type.Number({ description: 'BRL por mês, se todas as dele fossem aceitas' }),
      warnings: Type.Array(Type.String()),
      offers: Type.Array(OfferView),
    }),
  ),
});
export type OffersByCustomer = Static<typeof OffersByCustomer>;

export const CustomerOffers = Type.Object({
  offers: nullable(Type.Integer()),
  held: Type.Boolean({ description: 'Não se deve vender agora' }),
  rows: Type.Array(OfferView),
});
export type CustomerOffers = Static<typeof CustomerOffers>;

export const BarView = Type.Object({
  id: Type.Integer(),
  product: Type.String(),
  kind: oneOf(BAR_KINDS),
  value: nullable(Type.String()),
  takes: Type.Integer({ minimum: 0, description: 'Das ofertas mais novas, quantas ela tiraria' }),
  createdAt: Type.String(),
  createdBy: Type.String(),
  liftedAt: nullable(Type.String()),
  liftedBy: nullable(Type.String()),
});
export type BarView = Static<typeof BarView>;
export const BarList = Type.Object({ bars: Type.Array(BarView) });
export type BarList = Static<typeof BarList>;

const Undoable = {
  ...{ createdAt: Type.String(), createdBy: Type.String() },
  undoneAt: nullable(Type.String({ description: 'Quando se desfez; nulo do que vale' })),
  undoneBy: nullable(Type.String()),
};

export const OutcomeList = Type.Object({
  ...{ id: Type.Integer(), offers: Type.Integer(), file: Type.String() },
  rows: Type.Integer({ description: 'Linhas com resultado: rows = kept + duplicate + refused' }),
  ...{ kept: Count, duplicate: Count, refused: Count },
  why: Type.Array(Type.Object({ why: oneOf(WHY_NOT), n: Count }), {
    description: 'As que não se guardaram, por motivo',
  }),
  blank: Type.Integer({ minimum: 0, description: 'Linhas, além dessas, de resultado vazio' }),
  ...Undoable,
});
export type OutcomeList = Static<typeof OutcomeList>;
export const OutcomeLists = Type.Object({ lists: Type.Array(OutcomeList) });
export type OutcomeLists = Static<typeof OutcomeLists>;

const NotKeptRow = Type.Object({
  sheet: nullable(Type.Integer({ description: 'De uma pasta de várias planilhas, qual, de 1 em diante' })),
  line: Type.Integer({ description: 'No arquivo ou na planilha; o cabeçalho também conta' }),
  customer: nullable(Type.String({ description: 'Como veio, mascarado' })),
  product: nullable(Type.String()),
  outcome: nullable(Type.String()),
  why: oneOf(WHY_NOT),
  said: Type.String({ description: 'O motivo em palavras' }),
});
export type NotKeptRow = Static<typeof NotKeptRow>;

export const OutcomesRead = Type.Object({
  ...OutcomeList.properties,
  notKept: Type.Array(NotKeptRow, { description: 'As primeiras que não se guardaram, na ordem do arquivo' }),
});
export type OutcomesRead = Static<typeof OutcomesRead>;

export const OutcomeView = Type.Object({
  ...{ id: Type.Integer(), offers: Type.Integer() },
  ...{ customer: Type.String(), product: Type.String(), outcome: oneOf(OUTCOMES) },
  list: nullable(Type.Integer({ description: 'A lista em que veio; nula do que se marcou à mão' })),
  file: nullable(Type.String({ description: 'O nome dela' })),
  ...Undoable,
});
export type OutcomeView = Static<typeof OutcomeView>;
export const OutcomeUndone = Type.Object({
  ...OutcomeView.properties,
  holds: nullable(
    Type.Object(
      { id: Type.Integer(), outcome: oneOf(OUTCOMES) },
      { description: 'O de antes dele, que volta a valer' },
    ),
  ),
});
export type OutcomeUndone = Static<typeof OutcomeUndone>;
export const OutcomeHistory = Type.Object({ total: Count, rows: Type.Array(OutcomeView) });
export type OutcomeHistory = Static<typeof OutcomeHistory>;
