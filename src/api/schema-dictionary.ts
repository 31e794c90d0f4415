import { type Static, Type } from 'typebox';
import { UnitSchema } from './schema.ts';

/** An indicator's entry in the dictionary. */
export const Indicator = Type.Object({
  name: Type.String(),
  unit: UnitSchema,
  label: Type.Object({ pt: Type.String(), en: Type.String() }),
  help: Type.Object({ pt: Type.String(), en: Type.String() }),
  formula: Type.Object({ pt: Type.String(), en: Type.String() }),
  kind: Type.String({ description: 'quotient, repeat, percentile, stock ou agentTime' }),
  group: Type.Union([
    Type.Literal('volume'),
    Type.Literal('time'),
    Type.Literal('access'),
    Type.Literal('quality'),
    Type.Literal('repeat'),
    Type.Literal('agents'),
  ]),
  interval: Type.String({ description: 'wilson, mean ou none' }),
  groups: Type.Array(
    Type.Object({ name: Type.String(), label: Type.Object({ pt: Type.String(), en: Type.String() }) }),
  ),
  better: Type.Union([Type.Literal('higher'), Type.Literal('lower'), Type.Literal('neither')]),
  few: Type.Integer({ description: 'Com `n` abaixo disto o valor diz pouco e não se ordena, se não é uma contagem' }),
  dimensions: Type.Array(Type.String({ description: 'Por quais dimensões ele diz algo' })),
});
export type Indicator = Static<typeof Indicator>;

/** What figures are split by, and perhaps filtered by. */
export const Dimension = Type.Object({
  name: Type.String(),
  label: Type.Object({ pt: Type.String(), en: Type.String() }),
  kind: Type.Union([
    Type.Literal('text'),
    Type.Literal('day'),
    Type.Literal('week'),
    Type.Literal('month'),
    Type.Literal('weekday'),
    Type.Literal('hour'),
    Type.Literal('half-hour'),
  ]),
  filters: Type.Boolean(),
  charged: Type.Boolean({ description: 'Rechamadas contam a quem são debitadas' }),
});
export type Dimension = Static<typeof Dimension>;
