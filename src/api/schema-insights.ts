import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';

/** Causes, as they cross HTTP. */
const Texts = Type.Object({ pt: Type.String(), en: Type.String() });

const Insight = Type.Object({
  kind: Type.String(),
  subject: Type.String(),
  statement: Texts,
  todo: Texts,
  metric: Type.String({ description: 'O indicador em que se vê' }),
  effectHours: Type.Number({ description: 'Horas de gente no período; negativo poupa' }),
  interval: nullable(
    Type.Tuple([Type.Number(), Type.Number()], { description: 'IC 95% dessas horas; nulo onde se contou' }),
  ),
  pValue: nullable(Type.Number({ description: 'Deste teste só; nulo onde se contou e nada se inferiu' })),
  adjusted: nullable(Type.Number({ description: 'Por Holm, sobre todos os testes feitos' })),
  evidence: Type.Object({
    unit: Type.Union([
      Type.Literal('count'),
      Type.Literal('s'),
      Type.Literal('ratio'),
      Type.Literal('score'),
      Type.Literal('agents'),
    ]),
    n: Type.Integer(),
    points: Type.Array(
      Type.Object({
        label: Type.String(),
        value: Type.Number(),
        usual: nullable(Type.Number()),
        marked: Type.Optional(Type.Boolean()),
      }),
    ),
    rows: Type.Optional(
      Type.Object({
        from: Type.Optional(Type.String()),
        to: Type.Optional(Type.String()),
        where: Type.Optional(Type.Array(Type.String())),
        repeat: Type.Optional(Type.Literal('matured', { description: 'Só as âncoras que a taxa conta' })),
      }),
    ),
  }),
});

export const Insights = Type.Object({
  from: nullable(Type.String()),
  to: nullable(Type.String()),
  watermark: nullable(Type.String()),
  alpha: Type.Number({ description: 'Chance de que alguma afirmação seja alarme falso' }),
  tests: Type.Integer({ description: 'Testes feitos' }),
  causes: Type.Array(Insight),
});
export type Insights = Static<typeof Insights>;
