import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';

const counted = Type.Union([Type.Literal('contacts'), Type.Literal('legs')]);
/** Whether the total and the rows count contacts, or each leg by itself. */
export const Basis = Type.Object({ total: counted, rows: counted });

/** How few slices make most of what adds up. */
export const Pareto = nullable(
  Type.Object(
    {
      slices: Type.Integer(),
      of: Type.Integer({ description: 'Fatias que somam alguma coisa' }),
      share: Type.Number(),
    },
    { description: 'Quão poucas fatias, das maiores, fazem ao menos 80% da soma, e que parte fazem' },
  ),
);
export type Pareto = Static<typeof Pareto>;

/** Of a slice of what adds up. */
export const running = Type.Optional(
  nullable(Type.Number({ description: 'A parte que esta fatia e todas as maiores fazem' })),
);

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const monthly = {
  perMonth: Type.Number({
    description: 'A soma dos meses inteiros sobre quantos são, também os em que não houve nada',
  }),
  perDay: Type.Number({ description: 'A soma sobre os dias em que houve algum' }),
  days: Type.Integer(),
  months: Type.Integer({ description: 'Meses inteiros em que houve algum' }),
};

/** What an indicator that adds up comes to in a whole month, by a dimension. */
export const Monthly = Type.Object({
  metric: Type.String(),
  by: Type.String(),
  months: Type.Array(Day, { description: 'Os meses inteiros, pelo primeiro dia' }),
  partial: Type.Array(Day, { description: 'Os meses incompletos, fora da média' }),
  ofYear: Type.Boolean({ description: 'O período não tem mês inteiro: são os do ano do seu último dia, até ele' }),
  total: nullable(Type.Object(monthly)),
  rows: Type.Array(Type.Object({ ...monthly, label: Type.Optional(Type.String()) }, { additionalProperties: true })),
  watermark: nullable(Day),
  lakeVersion: Type.Integer(),
});
export type Monthly = Static<typeof Monthly>;

/** A period's repeat rate so far, beside earlier ones as they stood when as much time had passed. */
export const SameAge = Type.Object({
  rule: Type.String(),
  age: Type.Integer({ description: 'Dias conhecidos do período, desde o seu primeiro' }),
  periods: Type.Array(
    Type.Object({
      from: Day,
      to: Day,
      watermark: { ...Day, description: 'O último dia que se conhecia então' },
      anchors: Type.Integer({ description: 'Âncoras até então, fechadas ou não' }),
      repeated: Type.Integer({ description: 'Dessas, as que até então tiveram rechamada' }),
      rate: nullable(Type.Number()),
      low: nullable(Type.Number()),
      high: nullable(Type.Number()),
    }),
    { description: 'O período pedido, e os anteriores dos mesmos dias da semana' },
  ),
  lakeVersion: Type.Integer(),
});
export type SameAge = Static<typeof SameAge>;

/** Teams as if each had the whole's mix of reasons and hours. */
export const LikeMix = Type.Object({
  metric: Type.String(),
  by: Type.String(),
  rows: Type.Array(
    Type.Object(
      {
        value: Type.Number(),
        low: nullable(Type.Number()),
        high: nullable(Type.Number()),
        n: Type.Integer(),
        coverage: Type.Number({ description: 'Parte da mistura do todo em que há casos desta equipe' }),
        label: Type.Optional(Type.String()),
        few: Type.Boolean({ description: 'Poucos casos, ou menos da metade da mistura: não se ordena' }),
      },
      { additionalProperties: true },
    ),
  ),
  lakeVersion: Type.Integer(),
});
export type LikeMix = Static<typeof LikeMix>;
