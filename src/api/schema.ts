import { type Static, Type } from 'typebox';
import { FILTERS } from '../contracts/index.ts';
import { nullable } from './nullable.ts';
import { Drift, Effect } from './schema-intake.ts';
import { Basis, Pareto, running } from './schema-metrics.ts';
import { RuleView } from './schema-quarantine.ts';

/** The shapes that cross HTTP, shared with the screens (types only there). Days are ISO dates; every interval is half-open `[from, to)`. */

export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Dia, AAAA-MM-DD' });

export const UnitSchema = Type.Union([
  Type.Literal('count'),
  Type.Literal('s'),
  Type.Literal('d'),
  Type.Literal('ratio'),
  Type.Literal('score'),
  Type.Literal('points'),
]);
export type Unit = Static<typeof UnitSchema>;

/** Period, filters and view: what the context bar holds and the URL keeps. `where` is repeated: `where=queue=Vendas`. */
export const Scope = Type.Object({
  source: Type.Optional(Type.String({ description: 'Fontes, separadas por vírgula' })),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  where: Type.Optional(
    Type.Array(Type.String(), {
      description: `coluna=valor; ${FILTERS.map(({ name }) => name).join(', ')}`,
    }),
  ),
  refresh: Type.Optional(Type.Boolean({ description: 'Ignora respostas guardadas' })),
});
export type Scope = Static<typeof Scope>;

export const Format = Type.Union([Type.Literal('json'), Type.Literal('csv'), Type.Literal('xlsx')]);

export const RuleName = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  parameters: Type.Record(Type.String(), Type.Unknown()),
  statement: Type.Optional(Type.String({ description: 'A regra em uma frase' })),
});
export type RuleName = Static<typeof RuleName>;

const Texts = Type.Object({ pt: Type.String(), en: Type.String() });

/** A rule of repeat contacts, in words of both languages. */
export const Rule = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  caller: Type.String({ description: 'received, identity ou linked: por que dois contatos são do mesmo cliente' }),
  parameters: Type.Record(Type.String(), Type.Unknown()),
  label: Texts,
  statement: Texts,
});
export type Rule = Static<typeof Rule>;

export const Receipt = Type.Object({
  formula: Type.String(),
  statement: Type.String({ description: 'SQL executado' }),
  exclusions: Type.Array(
    Type.Object({ name: Type.String(), version: Type.Integer(), reason: Type.String(), contacts: Type.Integer() }),
  ),
  lakeVersion: Type.Integer(),
  sources: Type.Array(Type.String()),
  batches: Type.Integer({ description: 'Lotes que contribuem' }),
});
export type Receipt = Static<typeof Receipt>;

export const MissingSources = Type.Array(Type.String(), {
  description: 'Fontes pedidas, ou correntes, sem dados no período',
});

/** One value of an indicator: null carries its reason; `low` and `high` are the 95 % interval of a rate. */
export const figure = {
  value: nullable(Type.Number()),
  n: Type.Integer({ description: 'Observações que formam o valor' }),
  low: Type.Optional(Type.Number()),
  high: Type.Optional(Type.Number()),
};

const provisional = Type.Optional(Type.Boolean({ description: 'Nem tudo em que se apoia é conhecido ainda' }));

export const aim = Type.Optional(
  Type.Object(
    {
      target: Type.Number({ description: 'Na unidade do indicador' }),
      state: nullable(Type.Union([Type.Literal('met'), Type.Literal('near'), Type.Literal('missed')])),
      rule: Type.Optional(
        Type.String({ description: 'De que regra de rechamada é a meta, quando o número é de outra: não se comparam' }),
      ),
    },
    { description: 'A meta que a tabela de apoio tem para a fila e a conta do recorte' },
  ),
);

export const MetricRow = Type.Object(
  {
    ...figure,
    provisional,
    label: Type.Optional(Type.String({ description: 'Nome a mostrar, quando difere do valor (agente)' })),
    running,
    aim,
    shrunken: Type.Optional(Type.Number({ description: 'Taxa puxada para a média na medida em que há poucos casos' })),
  },
  { additionalProperties: true },
);
export const MetricAnswer = Type.Object({
  metric: Type.String(),
  unit: UnitSchema,
  rule: RuleName,
  watermark: nullable(Day),
  missingSources: MissingSources,
  by: Type.Array(Type.String()),
  rows: Type.Array(MetricRow),
  total: nullable(Type.Number()),
  n: Type.Integer(),
  low: Type.Optional(Type.Number()),
  high: Type.Optional(Type.Number()),
  provisional,
  groups: Type.Optional(
    Type.Array(Type.Object({ name: Type.String(), n: Type.Integer(), share: nullable(Type.Number()) }), {
      description: 'Os casos por faixa, de um indicador que as tem',
    }),
  ),
  basis: Type.Optional(Basis),
  pareto: Type.Optional(Pareto),
  gross: nullable(Type.Number()),
  excluded: Type.Integer({ description: 'Atendimentos expurgados no recorte' }),
  reason: Type.Optional(Type.String({ description: 'Por que o valor é nulo' })),
  reasonCode: Type.Optional(Type.String()),
  from: nullable(Day),
  to: nullable(Day),
  lakeVersion: Type.Integer(),
  aim,
  receipt: Type.Optional(Receipt),
});
export type MetricAnswer = Static<typeof MetricAnswer>;

const closesOn = nullable(
  Type.String({ description: 'O dia cujos dados fecham a última janela aberta; nulo sem nenhuma' }),
);
export const RepeatRow = Type.Object(
  {
    label: Type.Optional(Type.String()),
    contacts: Type.Integer({ description: 'Elegíveis' }),
    anchors: nullable(Type.Integer()),
    maturedAnchors: nullable(Type.Integer()),
    repeatedAnchors: nullable(Type.Integer()),
    repeats: Type.Integer({ description: 'Rechamadas do recorte; por agente ou motivo, as debitadas a ele' }),
    sameReason: Type.Integer({ description: 'Idem, pelo mesmo motivo' }),
    rate: nullable(Type.Number()),
    low: nullable(Type.Number()),
    high: nullable(Type.Number()),
    shrunken: Type.Optional(nullable(Type.Number({ description: 'Taxa ajustada ao tamanho da amostra' }))),
    sameReasonRate: nullable(Type.Number()),
    sameReasonCases: Type.Integer({ description: 'Do que a taxa conta, os pelo mesmo motivo' }),
    sameReasonLow: nullable(Type.Number()),
    sameReasonHigh: nullable(Type.Number()),
    otherReasonRate: nullable(Type.Number({ description: 'Por outro motivo, ou desconhecido' })),
    otherReasonCases: Type.Integer(),
    otherReasonLow: nullable(Type.Number()),
    otherReasonHigh: nullable(Type.Number()),
    supervisor: Type.Optional(
      nullable(Type.String({ description: 'De um agente: na maioria dos dias em que atendeu' })),
    ),
    avgHandleTime: Type.Optional(nullable(Type.Number())),
    running,
    provisional: Type.Boolean(),
    closesOn,
  },
  { additionalProperties: true },
);
export type RepeatRow = Static<typeof RepeatRow>;

export const RepeatAnswer = Type.Object({
  rule: RuleName,
  identity: Type.String({ description: 'Por qual identificação: phone, customer, …' }),
  contacts: Type.Integer(),
  eligible: Type.Integer(),
  repeats: Type.Integer(),
  anchors: nullable(Type.Integer()),
  maturedAnchors: nullable(Type.Integer()),
  repeatedAnchors: nullable(Type.Integer()),
  rate: nullable(Type.Number()),
  low: nullable(Type.Number()),
  high: nullable(Type.Number()),
  rateName: Type.Union([Type.Literal('repeatShare'), Type.Literal('repeatRate')]),
  aim,
  provisional: Type.Boolean(),
  closesOn,
  watermark: nullable(Day),
  missingSources: MissingSources,
  from: nullable(Day),
  to: nullable(Day),
  buckets: Type.Object({ D0: Type.Integer(), D1_3: Type.Integer(), D4_W: Type.Integer() }),
  sameReason: Type.Integer(),
  excluded: Type.Integer(),
  by: nullable(Type.String()),
  rows: Type.Array(RepeatRow),
  pareto: Type.Optional(Pareto),
  lakeVersion: Type.Integer(),
  receipt: Type.Optional(Receipt),
});
export type RepeatAnswer = Static<typeof RepeatAnswer>;

/** A page of contacts or other rows; personal values arrive masked. */
export const RowPage = Type.Object({
  columns: Type.Array(
    Type.Object({ name: Type.String(), type: Type.String(), personal: Type.String(), meaning: Type.String() }),
  ),
  rows: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  total: Type.Integer(),
  page: Type.Integer(),
  size: Type.Integer(),
  charged: Type.Optional(Type.Boolean({ description: 'São rechamadas debitadas a quem os filtros escolhem' })),
});
export type RowPage = Static<typeof RowPage>;

export const Source = Type.Object({
  name: Type.String(),
  label: Type.Object({ pt: Type.String(), en: Type.String() }),
  layout: Type.Integer(),
  holds: Type.Union([Type.Literal('all'), Type.Literal('answered')]),
  contacts: Type.Integer(),
  from: nullable(Day),
  to: nullable(Day),
  watermark: nullable(Day),
  current: Type.Boolean({ description: 'Parte da operação de hoje; as outras são história' }),
  timed: Type.Boolean({ description: 'Os atendimentos têm hora, e não só o dia' }),
  agents: nullable(Type.String({ description: 'De quem são os códigos dos agentes; nulo: do centro' })),
});
export const SourceList = Type.Object({
  sources: Type.Array(Source),
  watermark: nullable(Day),
  from: nullable(Day),
  to: nullable(Day),
  today: Day,
  lakeVersion: Type.Integer(),
  building: Type.Boolean({ description: 'Há lotes carregados, e nenhum está ainda nos números' }),
  values: Type.Object({
    queue: Type.Array(Type.String()),
    account: Type.Array(Type.String()),
    reason: Type.Array(Type.String()),
    agent: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  }),
});
export type SourceList = Static<typeof SourceList>;

export const BatchState = Type.Union([
  Type.Literal('loading'),
  Type.Literal('loaded'),
  Type.Literal('rolled-back'),
  Type.Literal('waiting'),
  Type.Literal('refused'),
  Type.Literal('superseded'),
  Type.Literal('failed'),
]);
export const Batch = Type.Object({
  batch: Type.Integer(),
  source: Type.String(),
  layout: Type.Integer(),
  file: Type.String(),
  bytes: Type.Integer(),
  state: BatchState,
  read: Type.Integer(),
  loaded: Type.Integer(),
  quarantined: Type.Integer(),
  duplicate: Type.Integer(),
  receivedAt: Type.String(),
  changedAt: Type.String({ description: 'Quando a situação ou as contas mudaram' }),
  by: Type.String(),
  from: nullable(Day),
  to: nullable(Day),
  message: nullable(Type.String()),
  drift: Type.Array(Drift),
  effect: nullable(Effect),
  answeredBy: nullable(Type.Integer({ description: 'O lote que veio no lugar de um devolvido' })),
  eventsWithoutContact: Type.Optional(
    Type.Integer({ description: 'Eventos de atendimentos que ainda não estão aqui, e que até lá não contam' }),
  ),
});
export type Batch = Static<typeof Batch>;
export const BatchDetail = Type.Object({
  ...Batch.properties,
  encoding: nullable(Type.String()),
  delimiter: nullable(Type.String()),
  fills: Type.Array(Type.Object({ column: Type.String(), rows: Type.Integer() })),
  warnings: Type.Array(
    Type.Object({ kind: Type.String(), rows: Type.Integer(), detail: Type.String(), message: Type.String() }),
  ),
  reasons: Type.Array(
    Type.Object({
      reason: Type.String(),
      column: nullable(Type.String()),
      rows: Type.Integer(),
      label: Type.String(),
      labelEn: Type.String(),
    }),
  ),
  rules: Type.Array(RuleView),
  seconds: Type.Number(),
  decidedBy: nullable(Type.String()),
  decidedAt: nullable(Type.String()),
  openedBy: nullable(Type.String()),
  openedAt: nullable(Type.String()),
  retirable: Type.Boolean({
    description: 'Desfeito: a versão do layout que só ele usava continua em uso e pode ser aposentada',
  }),
  /** Of one that waits: the day from which what is approved holds. */
  holdsFrom: nullable(Type.String()),
  dueAt: nullable(
    Type.String({ description: 'Hora do prazo que o arquivo alimenta, da tabela de chegadas esperadas' }),
  ),
  deadline: nullable(Type.String({ description: 'O que ele alimenta' })),
});
export type BatchDetail = Static<typeof BatchDetail>;
export const BatchLook = Type.Object({
  ...BatchDetail.properties,
  beside: nullable(Type.String({ description: 'Quem mais está com o lote aberto' })),
});
export type BatchLook = Static<typeof BatchLook>;
export const BatchList = Type.Object({
  batches: Type.Array(Batch),
  total: Type.Integer(),
  page: Type.Integer(),
  size: Type.Integer(),
});
export type BatchList = Static<typeof BatchList>;

/** What `ramal intake` prints. */
export const IntakeAnswer = Type.Object({
  batches: Type.Array(Type.Object({ ...Batch.properties, already: Type.Boolean() })),
  read: Type.Integer(),
  loaded: Type.Integer(),
  quarantined: Type.Integer(),
  duplicate: Type.Integer(),
});
export type IntakeAnswer = Static<typeof IntakeAnswer>;

export const BuildAnswer = Type.Object({
  lakeVersion: Type.Integer(),
  full: Type.Boolean(),
  batches: Type.Array(Type.Integer()),
  touched: Type.Object({ identities: Type.Integer(), rows: Type.Integer(), days: Type.Integer() }),
  steps: Type.Array(Type.Object({ step: Type.String(), seconds: Type.Number(), rows: Type.Integer() })),
});
export type BuildAnswer = Static<typeof BuildAnswer>;

/** Long work: started by a POST, watched until `done`, `failed` or `cancelled`. */
export const Job = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  state: Type.Union([
    Type.Literal('queued'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('cancelled'),
  ]),
  step: Type.String(),
  done: Type.Number(),
  total: Type.Number(),
  secondsLeft: nullable(Type.Number()),
  result: Type.Unknown(),
  error: nullable(Type.Object({ code: Type.String(), message: Type.String() })),
});
export type Job = Static<typeof Job>;

/** The one shape of a failure. */
export const ErrorBody = Type.Object({ error: Type.Object({ code: Type.String(), message: Type.String() }) });
export type ErrorBody = Static<typeof ErrorBody>;

export const Session = Type.Object({
  user: nullable(Type.Object({ name: Type.String(), role: Type.String(), reveals: Type.Boolean() })),
  version: Type.String(),
  missingLabel: Type.String(),
  week: Type.Object(
    { first: Type.String(), number: nullable(Type.Integer()) },
    { description: 'O primeiro dia de uma semana e o número dela, de onde as outras contam; sem número, null' },
  ),
  prints: Type.Boolean({ description: 'Se as telas saem em PDF' }),
  home: Type.String({ description: 'Nome curto da base: demonstração ou produção' }),
});
export type Session = Static<typeof Session>;
