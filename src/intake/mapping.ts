import { type Static, Type } from 'typebox';

/** How one canonical column is made: from which source columns, by which named transform. */
export const Mapping = Type.Object(
  {
    from: Type.Optional(Type.Array(Type.String())),
    as: Type.String({ description: 'Transformação' }),
    format: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    unit: Type.Optional(Type.String()),
    value: Type.Optional(Type.String()),
    codes: Type.Optional(Type.Record(Type.String(), Type.String())),
    otherwise: Type.Optional(Type.String({ description: 'Valor de um código fora da lista; sem ele, quarentena' })),
    missing: Type.Optional(Type.Array(Type.String(), { description: 'Textos que a fonte usa para dizer vazio' })),
    separator: Type.Optional(Type.String()),
    required: Type.Optional(Type.Boolean()),
    invalid: Type.Optional(Type.Union([Type.Literal('quarantine'), Type.Literal('empty')])),
    label: Type.Optional(Type.String({ description: 'Como a coluna de uma lista se chama na tela' })),
    personal: Type.Optional(
      Type.Boolean({ description: 'Coluna de uma lista: texto que pode identificar alguém (padrão: sim)' }),
    ),
  },
  { additionalProperties: false },
);
export type Mapping = Static<typeof Mapping>;
