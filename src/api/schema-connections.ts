import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';

/** The shapes of connections that cross HTTP, beside those of `schema.ts`. Secrets only come in. */

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Dia, AAAA-MM-DD' });
const Texts = Type.Object({ pt: Type.String(), en: Type.String() });
const SecretsSchema = Type.Record(Type.String(), Type.String({ maxLength: 10_000 }), {
  description: 'Segredos pelo nome; entram e nunca saem. Um texto vazio apaga',
});

const DayStateSchema = Type.Union([
  Type.Literal('extracted'),
  Type.Literal('empty'),
  Type.Literal('failed'),
  Type.Literal('partial'),
]);

const TableStateSchema = Type.Union([Type.Literal('extracted'), Type.Literal('empty'), Type.Literal('failed')]);

/** A table or view that a connection reads, as a person says it. */
const TableSettingSchema = Type.Object(
  {
    table: Type.String({ minLength: 1, maxLength: 130, description: 'tabela, ou esquema.tabela' }),
    columns: Type.Optional(
      Type.Array(Type.String({ maxLength: 63 }), { maxItems: 500, description: 'Nenhuma dita são todas' }),
    ),
    reference: Type.Optional(
      Type.String({ maxLength: 60, description: 'Tabela de apoio que ela é; sem ela, uma lista' }),
    ),
  },
  { additionalProperties: false },
);
const Reads = Type.Union([Type.Literal('days'), Type.Literal('tables')], {
  description: 'days: extraída dia a dia; tables: tabelas lidas inteiras',
});

export const ConnectionTable = Type.Object({
  table: Type.String(),
  columns: Type.Array(Type.String()),
  reference: nullable(Type.String()),
  source: nullable(Type.String({ description: 'Fonte da lista; nula em uma tabela de apoio' })),
  state: Type.Union([TableStateSchema, Type.Literal('missing')]),
  rows: Type.Integer({ description: 'Registros da última vez que veio inteira' }),
  batch: nullable(Type.Integer()),
  hadAt: nullable(Type.String({ description: 'Instante do banco que eles mostram' })),
  message: nullable(Type.String()),
});
export type ConnectionTable = Static<typeof ConnectionTable>;

/** What a kind of source is called and asks for. */
export const Connector = Type.Object({
  name: Type.String(),
  label: Texts,
  layout: nullable(Type.String()),
  secrets: Type.Array(Type.String()),
  reads: Reads,
  corrections: Type.Union([Type.Literal('changed'), Type.Literal('recheck'), Type.Literal('none')]),
});
export type Connector = Static<typeof Connector>;

export const ConnectionView = Type.Object({
  name: Type.String(),
  connector: Type.String(),
  label: Texts,
  baseUrl: Type.String(),
  enabled: Type.Boolean(),
  firstDay: Day,
  runAt: Type.String({ description: 'HH:MM do negócio' }),
  todayMinutes: nullable(Type.Integer()),
  daysPerRun: Type.Integer(),
  timeZone: nullable(Type.String()),
  skewSeconds: Type.Integer(),
  secrets: Type.Array(Type.Object({ name: Type.String(), kept: Type.Boolean() })),
  /** A job's id while a run is on. */
  running: nullable(Type.String()),
  pulledAt: nullable(Type.String()),
  message: nullable(Type.String()),
  nextRun: nullable(Type.String({ description: 'Instante (UTC) da próxima extração; nulo se desligada' })),
  days: Type.Object(
    {
      extracted: Type.Integer(),
      empty: Type.Integer(),
      failed: Type.Integer(),
      partial: Type.Integer(),
      missing: Type.Integer({ description: 'Dias até ontem que ainda serão extraídos, os que falharam entre eles' }),
    },
    { description: 'Do primeiro dia a hoje' },
  ),
  completeTo: nullable(Type.String({ description: 'Último dia sem falta nenhuma antes dele' })),
  reads: Reads,
  tables: Type.Array(ConnectionTable),
  removed: nullable(
    Type.Object({ at: Type.String(), by: Type.String() }, { description: 'Quando e por quem foi apagada' }),
  ),
});
export type ConnectionView = Static<typeof ConnectionView>;

export const ConnectionDay = Type.Object({
  day: Day,
  state: Type.Union([DayStateSchema, Type.Literal('missing')]),
  rows: Type.Integer(),
  provisional: Type.Boolean(),
  corrected: Type.Boolean(),
  batch: nullable(Type.Integer()),
  at: nullable(Type.String()),
  message: nullable(Type.String()),
});
export type ConnectionDay = Static<typeof ConnectionDay>;
export const ConnectionDays = Type.Object({ name: Type.String(), from: Day, to: Day, days: Type.Array(ConnectionDay) });
export type ConnectionDays = Static<typeof ConnectionDays>;

const Settings = {
  baseUrl: Type.String({ minLength: 1, maxLength: 500 }),
  firstDay: Day,
  enabled: Type.Boolean(),
  runAt: Type.String({ maxLength: 5 }),
  todayMinutes: nullable(Type.Integer({ minimum: 1, maximum: 1440 })),
  daysPerRun: Type.Integer({ minimum: 1, maximum: 3660 }),
  timeZone: nullable(Type.String({ maxLength: 60 })),
  skewSeconds: Type.Integer({ minimum: -86_400, maximum: 86_400 }),
  tables: Type.Array(TableSettingSchema, { maxItems: 50 }),
};
const { baseUrl, ...optional } = Settings;

export const ConnectionCreation = Type.Object({
  name: Type.String({ maxLength: 60 }),
  connector: Type.String({ maxLength: 60 }),
  baseUrl,
  ...Type.Partial(Type.Object(optional)).properties,
  secrets: Type.Optional(SecretsSchema),
});
export type ConnectionCreation = Static<typeof ConnectionCreation>;

export const ConnectionChange = Type.Object({
  ...Type.Partial(Type.Object(Settings)).properties,
  secrets: Type.Optional(SecretsSchema),
});
export type ConnectionChange = Static<typeof ConnectionChange>;

export const ConnectionTest = Type.Object({
  ok: Type.Boolean(),
  day: Day,
  rows: nullable(Type.Integer({ description: 'Registros da primeira página do dia' })),
  message: nullable(Type.String()),
  tables: Type.Array(
    Type.Object({
      table: Type.String(),
      rows: nullable(Type.Integer({ description: 'As primeiras linhas, até 100' })),
      message: nullable(Type.String()),
    }),
  ),
});
export type ConnectionTest = Static<typeof ConnectionTest>;

/** What `ramal pull` prints. */
export const PullAnswer = Type.Object({
  days: Type.Array(
    Type.Object({ day: Day, state: DayStateSchema, rows: Type.Integer(), message: nullable(Type.String()) }),
  ),
  tables: Type.Array(
    Type.Object({
      table: Type.String(),
      state: TableStateSchema,
      rows: Type.Integer(),
      message: nullable(Type.String()),
    }),
  ),
});
export type PullAnswer = Static<typeof PullAnswer>;
