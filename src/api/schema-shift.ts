import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';
import { Receipt } from './schema.ts';

/** The shapes of the shift so far, as they cross HTTP. Shares are 0 to 1, durations seconds unless they say minutes. */

const Day = Type.String({ description: 'Dia, AAAA-MM-DD' });
const Clock = Type.String({ description: 'Hora de parede, 10:30' });
const orNull = () => nullable(Type.Number());

const served = {
  offered: Type.Integer(),
  answered: Type.Integer(),
  abandoned: Type.Integer({ description: 'Sem os curtos' }),
  shortAbandons: Type.Integer(),
  level: Type.Object({
    value: orNull(),
    n: Type.Integer({ description: 'Os de espera conhecida, sem os abandonos curtos' }),
    low: Type.Optional(Type.Number()),
    high: Type.Optional(Type.Number()),
    reasonCode: Type.Optional(Type.String({ description: 'Por que o valor é nulo' })),
  }),
  target: orNull(),
  against: nullable(
    Type.Unsafe<'below' | 'near' | 'few' | 'met'>({
      type: 'string',
      enum: ['below', 'near', 'few', 'met'],
      description:
        'O intervalo inteiro abaixo da meta; a meta dentro dele; idem, por poucos casos; inteiro nela ou acima',
    }),
  ),
  short: nullable(Type.Number({ description: 'Quantos faltou atender no tempo para a meta' })),
};

const ShiftQueue = Type.Object({
  queue: Type.String(),
  ...served,
  worst: nullable(Type.Object({ from: Clock, n: Type.Integer(), inTime: Type.Integer(), short: Type.Number() })),
});

const ShiftHalf = Type.Object({
  from: Clock,
  state: Type.Unsafe<'over' | 'filling' | 'ahead'>({ type: 'string', enum: ['over', 'filling', 'ahead'] }),
  offered: orNull(),
  answered: orNull(),
  abandoned: orNull(),
  forecast: nullable(
    Type.Object({ calls: Type.Number(), low: Type.Number(), high: Type.Number(), naive: Type.Number() }),
  ),
  outside: nullable(Type.Unsafe<'above' | 'below'>({ type: 'string', enum: ['above', 'below'] })),
  needed: nullable(Type.Integer({ description: 'Pelos que vieram; nas que faltam, pelos previstos' })),
  rostered: nullable(Type.Number({ description: 'Escalados; nulo sem escala do dia' })),
  lack: orNull(),
  present: nullable(Type.Integer({ description: 'Agentes em algum atendimento do canal' })),
  atWork: nullable(
    Type.Number({ description: 'Agentes atendendo ou disponíveis, em média; nulo sem fonte de tempo de agente' }),
  ),
});

const Accuracy = Type.Object({ wape: orNull(), coverage: orNull() });

export const ShiftSoFar = Type.Object({
  day: Day,
  isToday: Type.Boolean(),
  at: Type.String({ description: 'Contam os que começaram antes desta hora' }),
  last: nullable(Type.String({ description: 'Início do último atendimento do dia' })),
  previous: nullable(Day),
  newest: nullable(Day),
  lakeVersion: Type.Integer(),
  view: Type.Unsafe<'net' | 'gross'>({ type: 'string', enum: ['net', 'gross'] }),
  excluded: Type.Integer({ description: 'Oferecidos que os expurgos deixam fora do líquido' }),
  channel: Type.String(),
  whole: Type.Object(served),
  queues: Type.Array(ShiftQueue),
  halfHours: Type.Array(ShiftHalf),
  forecast: nullable(
    Type.Object({
      used: Type.Unsafe<'usual' | 'naive'>({ type: 'string', enum: ['usual', 'naive'] }),
      noGain: Type.Boolean({ description: 'A previsão não é certamente melhor que a ingênua' }),
      usual: Accuracy,
      naive: Accuracy,
      days: Type.Integer(),
      expected: Type.Number({ description: 'Previstos nas meias horas que já passaram' }),
      came: Type.Integer(),
    }),
  ),
  staffing: Type.Object({
    model: Type.Unsafe<'erlang-a' | 'erlang-c'>({ type: 'string', enum: ['erlang-a', 'erlang-c'] }),
    level: Type.Number(),
    within: Type.Number(),
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
  }),
  callbacks: Type.Object({
    today: Type.Integer(),
    before: Type.Integer(),
    anonymous: Type.Integer({ description: 'Abandonos do dia sem identificação' }),
    anonymousBefore: Type.Integer(),
  }),
  silent: Type.Array(
    Type.Object({
      source: Type.String(),
      reasonCode: Type.Unsafe<'only-answered' | 'no-abandons'>({
        type: 'string',
        enum: ['only-answered', 'no-abandons'],
      }),
    }),
  ),
});
export type ShiftSoFar = Static<typeof ShiftSoFar>;

const SourceAge = Type.Object({
  source: Type.String(),
  newest: nullable(
    Type.String({ description: 'Início do atendimento mais novo, ou só o dia onde a fonte não traz horas' }),
  ),
  received: nullable(Type.String({ description: 'Quando chegou o último lote, hora de parede' })),
  minutes: nullable(Type.Integer({ description: 'Minutos desde então' })),
  usualMinutes: nullable(Type.Integer({ description: 'O mais que costuma ser a esta hora deste dia da semana' })),
  opens: nullable(Clock),
  closes: nullable(Clock),
  late: Type.Boolean({ description: 'Mais velho que o costume, ou não veio na hora esperada' }),
});
export type SourceAge = Static<typeof SourceAge>;

export const Shift = Type.Object({
  now: Type.String({ description: 'Agora, hora de parede' }),
  sources: Type.Array(SourceAge),
  shift: nullable(ShiftSoFar),
  receipt: Type.Optional(Receipt),
});
export type Shift = Static<typeof Shift>;
