import { type Static, Type } from 'typebox';
import { LEFT_OUT } from '../customers/base/left-out.ts';
import { SIGNALS } from '../customers/base/signals.ts';
import { PURCHASE_TAKES, TAKES } from '../customers/base/takes.ts';
import { REASONS } from '../customers/offers/reasons.ts';
import { ROLES } from '../customers/personas/roles.ts';
import { nullable } from './nullable.ts';
import { oneOf } from './one-of.ts';
import { Job } from './schema.ts';

const Share = Type.Number({ minimum: 0, maximum: 1 });

const BaseTableView = Type.Object({
  name: Type.String(),
  files: Type.Integer(),
  key: Type.String({ description: 'A coluna do cliente' }),
  rows: Type.Integer(),
  unread: Type.Integer(),
  used: Type.Integer(),
  noCustomer: Type.Integer(),
  otherRows: Type.Integer({ description: 'Linhas de clientes que a base não tem' }),
  others: Type.Integer({ description: 'Quantos são' }),
  coverage: Share,
  once: Type.Boolean({ description: 'Tem no máximo uma linha de cada cliente' }),
});

const BaseFieldView = Type.Object({
  name: Type.String(),
  table: Type.String(),
  column: nullable(Type.String()),
  take: oneOf([...TAKES, 'rows', ...PURCHASE_TAKES] as const),
  kind: oneOf(['number', 'day', 'code', 'text'] as const),
  coverage: Share,
});

const HoldingsView = Type.Object({
  table: Type.String(),
  product: Type.String({ description: 'A coluna do produto' }),
  day: nullable(Type.String()),
  amount: nullable(Type.String()),
  monthly: Type.Boolean({ description: 'O valor é por mês; se não, de um contrato de doze' }),
  state: nullable(Type.String({ description: 'Diz se o contrato vale' })),
  line: nullable(Type.String()),
  customers: Type.Integer(),
  products: Type.Integer(),
  pairs: Type.Integer({ description: 'De um cliente e um produto que tem ou teve' }),
});

const CareView = Type.Object({
  nps: Type.Array(Type.String()),
  tickets: nullable(Type.String()),
  usage: nullable(Type.String()),
});

export const BaseView = Type.Object({
  id: Type.Integer(),
  day: Type.String(),
  customers: Type.Integer(),
  key: Type.String({ description: 'O campo que os nomeia' }),
  tables: Type.Array(BaseTableView),
  fields: Type.Array(BaseFieldView),
  leftOut: Type.Array(
    Type.Object({
      name: Type.String({ description: 'O arquivo ou a lista' }),
      table: nullable(Type.String({ description: 'A planilha, de um arquivo de várias; null é o arquivo todo' })),
      why: oneOf(LEFT_OUT),
      column: nullable(Type.String({ description: 'A coluna que nomeia clientes, que não são da base' })),
    }),
    { description: 'O que foi dado e não está na base, e por quê' },
  ),
  holdings: nullable(HoldingsView),
  care: nullable(CareView),
  warnings: Type.Array(Type.String()),
  createdAt: Type.String(),
  createdBy: Type.String(),
});
export type BaseView = Static<typeof BaseView>;

export const BaseList = Type.Object({
  bases: Type.Array(BaseView),
  lists: Type.Array(Type.String(), { description: 'Listas carregadas de que se pode montar outra' }),
  keeping: nullable(Job),
});
export type BaseList = Static<typeof BaseList>;

const Told = nullable(Type.Union([Type.String(), Type.Number()]));
const Figure = nullable(Type.Number());

/** A field of a customer, as it leaves. */
const CustomerField = Type.Object({
  ...BaseFieldView.properties,
  role: nullable(oneOf(ROLES)),
  value: Told,
  masked: Type.Boolean(),
  tells: Type.Boolean({ description: 'Falso de contas feitas de vários códigos, e da soma de notas' }),
});
export type CustomerField = Static<typeof CustomerField>;

const CustomerSignal = Type.Object({
  kind: oneOf(SIGNALS),
  state: oneOf(['attention', 'fine', 'unknown'] as const),
  field: nullable(Type.String()),
  now: Figure,
  before: Figure,
  since: nullable(Type.String({ description: 'O dia com que se compara; de quem saiu, o da base em que não está' })),
  word: nullable(Type.Object({ field: Type.String(), value: Type.String() })),
});
export type CustomerSignal = Static<typeof CustomerSignal>;

const CustomerCare = Type.Object({
  lastNps: Figure,
  medianNps: Figure,
  openTickets: Figure,
  recentTickets: nullable(Type.Number({ description: 'Dos últimos 90 dias' })),
  recentUse: nullable(Type.Number({ description: 'Linhas de uso dos últimos 30 dias' })),
  earlierUse: nullable(Type.Number({ description: 'Dos 60 dias antes deles' })),
  held: Type.Array(oneOf(REASONS), { description: 'Por que não se lhe vende agora' }),
});
export type CustomerCare = Static<typeof CustomerCare>;

export const CustomerView = Type.Object({
  base: Type.Integer(),
  day: Type.String(),
  customers: Type.Integer(),
  row: Type.Integer({ description: 'O lugar na base, a partir de 1' }),
  key: Type.Object({ field: Type.String(), value: Told, masked: Type.Boolean() }),
  name: nullable(Type.String({ description: 'O campo que diz o nome' })),
  texts: Type.Array(Type.String({ description: 'Campo de quem ele é' })),
  fields: Type.Array(CustomerField),
  standings: Type.Array(
    Type.Object({
      field: Type.String(),
      value: Figure,
      rank: nullable(Type.Integer({ description: '1 é de quem tem mais' })),
      n: Type.Integer({ description: 'Clientes que têm valor' }),
    }),
  ),
  course: Type.Array(
    Type.Object({
      base: Type.Integer(),
      day: Type.String(),
      row: nullable(Type.Integer()),
      values: Type.Array(Type.Object({ field: Type.String(), value: Figure })),
    }),
    { description: 'O mesmo cliente na última base de cada dia, do mais antigo' },
  ),
  signals: Type.Array(CustomerSignal),
  care: nullable(CustomerCare),
  holdings: nullable(HoldingsView),
  products: Type.Array(
    Type.Object({
      product: Type.String(),
      line: nullable(Type.String()),
      first: nullable(Type.String({ description: 'Quando foi contratado pela primeira vez' })),
      last: nullable(Type.String({ description: 'E pela última' })),
      amount: nullable(Type.Number({ description: 'Por mês, do que vale' })),
      current: Type.Boolean(),
    }),
    { description: 'Os que tem, e depois os que teve' },
  ),
  usageFall: Type.Number({ description: 'A partir de que parte perdida o uso é um sinal de atenção' }),
});
export type CustomerView = Static<typeof CustomerView>;

export const FoundCustomers = Type.Object({
  total: Type.Integer(),
  key: Type.Object({ field: Type.String(), sorts: Type.Boolean() }),
  fields: Type.Array(
    Type.Object({
      ...BaseFieldView.properties,
      role: nullable(oneOf(ROLES)),
      named: Type.Boolean(),
      sorts: Type.Boolean({ description: 'Ordena: o que se mascara não ordena' }),
    }),
  ),
  segments: Type.Array(Type.String(), { description: 'Os segmentos por que se filtra' }),
  personas: Type.Array(
    Type.Object({ number: Type.Integer(), name: Type.Object({ pt: Type.String(), en: Type.String() }) }),
    { description: 'As personas em uso' },
  ),
  order: nullable(Type.String({ description: 'O campo da ordem; com - na frente, do maior' })),
  rows: Type.Array(
    Type.Object({
      row: Type.Integer(),
      key: Told,
      persona: nullable(Type.Integer()),
      values: Type.Array(Told),
    }),
    { description: 'Os 50 de uma página, com os valores de fields na sua ordem' },
  ),
});
export type FoundCustomers = Static<typeof FoundCustomers>;
