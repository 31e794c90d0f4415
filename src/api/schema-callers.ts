import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';
import { RowPage } from './schema.ts';
import { Pareto } from './schema-metrics.ts';

export const CallerCount = Type.Union(
  [
    Type.Literal('1'),
    Type.Literal('2'),
    Type.Literal('3'),
    Type.Literal('4'),
    Type.Literal('5'),
    Type.Literal('anonymous'),
  ],
  { description: 'Quantos atendimentos teve o cliente no período; 5 ou mais; sem identificação' },
);

export const CallerCounts = Type.Object({
  rule: Type.String(),
  callers: Type.Integer({ description: 'Clientes identificados, como a regra os reconhece' }),
  contacts: Type.Integer({ description: 'Atendimentos líquidos do recorte: a soma das linhas' }),
  rows: Type.Array(Type.Object({ count: CallerCount, callers: nullable(Type.Integer()), contacts: Type.Integer() })),
  pareto: Pareto,
  lakeVersion: Type.Integer(),
});
export type CallerCounts = Static<typeof CallerCounts>;

export const CallerRanking = Type.Object({
  ...RowPage.properties,
  order: Type.String({ description: 'contacts, ou o indicador de tempo que ordena' }),
  least: Type.Optional(Type.Integer({ description: 'Por um tempo: quantos casos dele um cliente precisa ter' })),
  few: Type.Optional(Type.Integer({ description: 'Por um tempo: clientes que têm casos, e menos que isso' })),
});
export type CallerRanking = Static<typeof CallerRanking>;

export const Episode = Type.Object({
  rows: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
    description: 'Pernas da mesma pessoa, como a regra a reconhece, em ordem de tempo',
  }),
  earlier: Type.Integer({ description: 'Pernas antes da primeira mostrada' }),
  later: Type.Integer({ description: 'Pernas depois da última mostrada' }),
});
export type Episode = Static<typeof Episode>;

export const ContactEvents = Type.Object({
  rows: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
    description: 'Eventos do atendimento em ordem de tempo, os últimos se são muitos',
  }),
  total: Type.Integer(),
});
export type ContactEvents = Static<typeof ContactEvents>;
