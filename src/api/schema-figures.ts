import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';
import { aim, Day, figure, MissingSources, UnitSchema } from './schema.ts';

const usual = Type.Optional(
  Type.Object(
    { value: Type.Number(), n: Type.Integer({ description: 'Observações das quatro' }) },
    { description: 'A média do mesmo dia ou da semana nas quatro semanas anteriores; sem as quatro, não há' },
  ),
);

/** One figure of a figure line: now, the period before, and its weekly course. */
export const FigureLine = Type.Object({
  from: nullable(Day),
  to: nullable(Day),
  previousFrom: nullable(Day),
  previousTo: nullable(Day),
  usualFrom: nullable(Day),
  watermark: nullable(Day),
  missingSources: MissingSources,
  figures: Type.Array(
    Type.Object({
      ...figure,
      name: Type.String(),
      unit: UnitSchema,
      label: Type.Object({ pt: Type.String(), en: Type.String() }),
      better: Type.Union([Type.Literal('higher'), Type.Literal('lower'), Type.Literal('neither')]),
      previous: nullable(Type.Number()),
      usual,
      gross: nullable(Type.Number()),
      reason: Type.Optional(Type.String()),
      reasonCode: Type.Optional(Type.String()),
      provisional: Type.Boolean(),
      matured: Type.Optional(Type.Number({ description: 'Parte das âncoras cuja janela já fechou' })),
      aim,
      trend: Type.Array(Type.Object({ ...figure, from: Day, provisional: Type.Boolean(), usual, aim })),
    }),
  ),
  contacts: Type.Integer(),
  excluded: Type.Integer(),
  lakeVersion: Type.Integer(),
});
export type FigureLine = Static<typeof FigureLine>;
