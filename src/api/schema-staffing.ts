import { type Static, Type } from 'typebox';
import { AIMS } from '../reports/staffing-report.ts';
import { nullable } from './nullable.ts';
import { Format, Receipt, Scope } from './schema.ts';

/** The shapes of staffing, as they cross HTTP. Shares are 0 to 1, durations seconds, lack and surplus agents, totals agent-hours. */

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Dia, AAAA-MM-DD' });
const Clock = Type.String({ pattern: '^([01]\\d|2[0-3]):[03]0$|^24:00$', description: 'Meia hora, 08:30' });
const Share = Type.Number({ minimum: 0, maximum: 1 });
const orNull = () => nullable(Type.Number());

const within = (name: keyof typeof AIMS) => ({ minimum: AIMS[name][0], maximum: AIMS[name][1] });

const limits = {
  level: Type.Optional(Type.Number({ ...within('level'), description: 'Parte a atender no tempo, 0,8' })),
  target: Type.Optional(Type.Number({ ...within('target'), description: 'O tempo, em segundos; sem ele, 20' })),
  asa: Type.Optional(Type.Number({ ...within('asa'), description: 'Maior espera média dos atendidos' })),
  occupancy: Type.Optional(Type.Number({ ...within('occupancy'), description: 'Maior ocupação' })),
  abandon: Type.Optional(Type.Number({ ...within('abandon'), description: 'Maior parte que desiste' })),
  shrinkage: Type.Optional(
    Type.Number({ ...within('shrinkage'), description: 'Parte dos escalados fora do telefone' }),
  ),
};

const asked = {
  ...Scope.properties,
  ...limits,
  channel: Type.Optional(Type.String({ maxLength: 100, description: 'Canal das ligações; sem ele, voz' })),
  view: Type.Optional(Type.Union([Type.Literal('net'), Type.Literal('gross')])),
  patience: Type.Optional(
    Type.String({ description: 'Segundos, data (estimada dos dados) ou none (ninguém desiste)' }),
  ),
  horizon: Type.Optional(Type.Integer({ minimum: 0, maximum: 28, description: 'Dias a prever; sem ele, 7' })),
  due: Type.Optional(Type.String({ description: 'Dias do mês de vencimento: 5-10,20' })),
};

export const StaffingQuery = Type.Object({
  ...asked,
  receipt: Type.Optional(Type.Boolean()),
  table: Type.Optional(
    Type.Union([Type.Literal('half-hours'), Type.Literal('coming')], {
      description: 'Do arquivo: meias horas do período, ou as dos próximos dias',
    }),
  ),
  format: Type.Optional(Format),
});

export const ErlangQuery = Type.Object({
  ...limits,
  calls: Type.Number({ minimum: 0, maximum: 100_000 }),
  interval: Type.Number({ minimum: 60, maximum: 86_400, description: 'Segundos em que as ligações chegam' }),
  aht: Type.Number({ minimum: 1, maximum: 86_400 }),
  agents: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  patience: Type.Optional(
    Type.Number({ minimum: 0.1, maximum: 7200, description: 'Com ela, Erlang A; sem ela, Erlang C' }),
  ),
});

export const ErlangAnswer = Type.Object({
  serviceLevel: Share,
  asa: nullable(Type.Number({ description: 'Espera média dos atendidos; nula quando a fila só cresce' })),
  pWait: Share,
  occupancy: Type.Number(),
  abandon: Share,
  agents: Type.Optional(Type.Integer({ description: 'Com level: quantos bastam' })),
  people: Type.Optional(Type.Integer({ description: 'Idem, com as ausências' })),
});
export type ErlangAnswer = Static<typeof ErlangAnswer>;

const balance = {
  needed: Type.Integer(),
  rostered: nullable(Type.Number({ description: 'Escalados; nulo em dia sem escala' })),
  lack: orNull(),
  surplus: orNull(),
};

export const StaffingRow = Type.Object({
  day: Day,
  from: Clock,
  offered: Type.Integer(),
  abandoned: Type.Integer(),
  answeredInTime: Type.Integer(),
  aht: Type.Number(),
  ...balance,
  usualCalls: Type.Number({ description: 'Ligações que a meia hora costuma trazer' }),
  usualNeeded: Type.Integer(),
  usualLack: orNull(),
  usualSurplus: orNull(),
  usualLevel: nullable(Type.Number({ description: 'Parte delas que os escalados atenderiam no tempo' })),
});

const Totals = Type.Object({ needed: Type.Number(), rostered: orNull(), lack: orNull(), surplus: orNull() });
const Accuracy = Type.Object({ wape: orNull(), coverage: orNull() });

export const StaffingAnswer = Type.Object({
  from: nullable(Day),
  to: nullable(Day),
  watermark: nullable(Day),
  lakeVersion: Type.Integer(),
  sources: Type.Array(Type.String()),
  channel: Type.String(),
  view: Type.Union([Type.Literal('net'), Type.Literal('gross')]),
  excluded: Type.Integer({ description: 'Ligações que os expurgos deixam fora do líquido' }),
  target: Type.Object({
    level: Type.Number(),
    within: Type.Number(),
    asa: Type.Optional(Type.Number()),
    occupancy: Type.Optional(Type.Number()),
    abandon: Type.Optional(Type.Number()),
  }),
  shrinkage: Type.Number(),
  dueDays: Type.Array(Type.Integer()),
  model: Type.Union([Type.Literal('erlang-a'), Type.Literal('erlang-c')]),
  patience: nullable(
    Type.Object({
      seconds: orNull(),
      low: Type.Number(),
      high: orNull(),
      abandons: Type.Integer(),
      given: Type.Boolean(),
    }),
  ),
  aht: orNull(),
  offered: Type.Integer(),
  answeredInTime: Type.Integer(),
  abandoned: Type.Integer(),
  rows: Type.Array(StaffingRow),
  withoutRoster: Type.Integer({ description: 'Meias horas de dias sem escala' }),
  came: Totals,
  usual: Totals,
  worst: Type.Object({ lack: Type.Array(StaffingRow), surplus: Type.Array(StaffingRow) }),
  forecast: nullable(
    Type.Object({
      from: Day,
      to: Day,
      used: Type.Union([Type.Literal('usual'), Type.Literal('naive')]),
      noGain: Type.Boolean({ description: 'A previsão não é certamente melhor que a ingênua' }),
      usual: Accuracy,
      naive: Accuracy,
      gain: orNull(),
      saved: nullable(Type.Object({ mean: Type.Number(), low: Type.Number(), high: Type.Number() })),
      origins: Type.Integer(),
      days: Type.Integer(),
      halfHours: Type.Integer(),
      aht: Type.Number(),
      rows: Type.Array(
        Type.Object({
          day: Day,
          from: Clock,
          calls: Type.Number(),
          low: Type.Number(),
          high: Type.Number(),
          naive: Type.Number(),
          neededHigh: Type.Integer(),
          ...balance,
        }),
      ),
    }),
  ),
  reason: Type.Optional(Type.String({ description: 'Por que não há linhas' })),
  reasonCode: Type.Optional(Type.String()),
  receipt: Type.Optional(Receipt),
});
export type StaffingAnswer = Static<typeof StaffingAnswer>;

export const ShiftRequest = Type.Object({
  days: Type.Array(
    Type.Object({
      day: Type.String({ maxLength: 20 }),
      needed: Type.Array(Type.Integer({ minimum: 0, maximum: 10_000 }), {
        minItems: 48,
        maxItems: 48,
        description: 'Pessoas em cada meia hora, das 00:00 às 23:30',
      }),
    }),
    { minItems: 1, maxItems: 7 },
  ),
  lengths: Type.Array(Type.Integer({ minimum: 30, maximum: 1440 }), {
    minItems: 1,
    maxItems: 6,
    description: 'Minutos de cada turno, com o intervalo; múltiplos de 30',
  }),
  earliest: Type.Optional(Clock),
  latest: Type.Optional(Clock),
  rest: Type.Optional(
    Type.Object(
      {
        minutes: Type.Integer({ minimum: 30, maximum: 480 }),
        from: Type.Integer({
          minimum: 0,
          maximum: 1440,
          description: 'Minutos depois da entrada em que já pode começar',
        }),
        to: Type.Integer({ minimum: 0, maximum: 1440, description: 'Idem, em que ainda pode' }),
      },
      { description: 'O intervalo' },
    ),
  ),
  people: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, description: 'No máximo tantas por dia' })),
  lackWeight: Type.Optional(
    Type.Number({ minimum: 0.1, maximum: 100, description: 'Peso da falta contra a sobra; 2' }),
  ),
});
export type ShiftRequest = Static<typeof ShiftRequest>;

export const ShiftQuery = Type.Object({
  ...asked,
  days: Type.Optional(Type.String({ description: 'Dias a planejar, separados por vírgula; sem eles, os do período' })),
  lengths: Type.String({ maxLength: 100, description: 'Minutos de cada turno, com o intervalo: 360,480' }),
  earliest: Type.Optional(Clock),
  latest: Type.Optional(Clock),
  rest: Type.Optional(
    Type.String({ maxLength: 20, description: 'O intervalo em minutos: duração:desde-até, como 30:120-240' }),
  ),
  people: ShiftRequest.properties.people,
  lackWeight: ShiftRequest.properties.lackWeight,
  table: Type.Optional(
    Type.Union([Type.Literal('shifts'), Type.Literal('half-hours')], {
      description: 'Do arquivo: turnos ou meias horas',
    }),
  ),
  format: Type.Optional(Format),
});

export const ShiftAnswer = Type.Object({
  days: Type.Array(
    Type.Object({
      day: Type.String(),
      shifts: Type.Array(Type.Object({ from: Clock, to: Clock, rest: nullable(Clock), people: Type.Integer() })),
      halfHours: Type.Array(Type.Object({ from: Clock, needed: Type.Integer(), covered: Type.Integer() })),
      people: Type.Integer(),
      lack: Type.Number({ description: 'Horas de gente' }),
      surplus: Type.Number({ description: 'Horas de gente' }),
      cost: Type.Number({ description: 'peso × falta + sobra, em horas' }),
      bound: Type.Number({ description: 'Abaixo disto nenhum plano fica' }),
      optimal: Type.Boolean({ description: 'Nenhum plano é melhor' }),
    }),
  ),
});
export type ShiftAnswer = Static<typeof ShiftAnswer>;
