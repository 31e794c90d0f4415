import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ minLength: 1 });
const Names = Type.Array(Name, { minItems: 1 });
const Side = Type.Union([Type.Literal('left'), Type.Literal('right'), Type.Literal('both')]);
const Sign = Type.String({ minLength: 1, maxLength: 1 });

const oneOf = <const Words extends readonly string[]>(words: Words) =>
  Type.Unsafe<Words[number]>(Type.Union(words.map((word) => Type.Literal(word))));

const COMPARISONS = ['=', '<>', '<', '<=', '>', '>=', 'contains', 'starts', 'ends', 'in', 'empty', 'filled'] as const;
const ORDERS = ['highest', 'lowest', 'latest', 'earliest', 'a-z', 'z-a'] as const;

const Comparison = Type.Object(
  {
    column: Name,
    is: oneOf(COMPARISONS),
    value: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    values: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    as: Type.Optional(
      Type.Union([Type.Literal('text'), Type.Literal('number'), Type.Literal('date')], {
        description: 'Como se comparam; sem isso, o valor diz',
      }),
    ),
  },
  closed,
);
export type Comparison = Static<typeof Comparison>;

/** A comparison, or several of which all or any hold. */
export type Condition = Comparison | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] };
const Condition = Type.Unsafe<Condition>(
  Type.Cyclic(
    {
      Condition: Type.Union([
        Comparison,
        Type.Object({ all: Type.Array(Type.Ref('Condition'), { minItems: 1 }) }, closed),
        Type.Object({ any: Type.Array(Type.Ref('Condition'), { minItems: 1 }) }, closed),
      ]),
    },
    'Condition',
  ),
);

export const Order = Type.Object({ column: Name, first: oneOf(ORDERS) }, closed);
export type Order = Static<typeof Order>;

const named = { name: Type.Optional(Type.String({ description: 'Como o passo se chama na quarentena e na tela' })) };

const Filter = Type.Object({ ...named, do: Type.Literal('filter'), keep: Condition }, closed);
const Trim = Type.Object(
  { ...named, do: Type.Literal('trim'), columns: Names, side: Type.Optional(Side), sign: Type.Optional(Sign) },
  closed,
);
const Pad = Type.Object(
  {
    ...named,
    do: Type.Literal('pad'),
    columns: Names,
    side: Type.Union([Type.Literal('left'), Type.Literal('right')]),
    sign: Sign,
    width: Type.Integer({ minimum: 1, maximum: 1000 }),
  },
  closed,
);
const Split = Type.Object(
  {
    ...named,
    do: Type.Literal('split'),
    column: Name,
    separator: Type.Optional(Type.String({ minLength: 1 })),
    at: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, description: 'Depois de que lugares' })),
    into: Names,
  },
  closed,
);
const Lookup = Type.Object(
  {
    ...named,
    do: Type.Literal('lookup'),
    list: Type.String({ pattern: '^[a-z0-9-]+$' }),
    key: Type.Record(Type.String(), Name, { minProperties: 1, description: 'Coluna da lista → coluna daqui' }),
    take: Type.Record(Name, Type.String(), { minProperties: 1, description: 'Coluna nova → coluna da lista' }),
    where: Type.Optional(Condition),
    order: Type.Optional(Type.Array(Order, { minItems: 1, description: 'Qual vale, quando a lista tem várias' })),
    none: Type.Optional(
      Type.Union([Type.Literal('empty'), Type.Literal('leave-out'), Type.Literal('refuse')], {
        description: 'Quando a lista não tem nenhuma; sem isso, refuse',
      }),
    ),
  },
  closed,
);
const KeepOne = Type.Object(
  { ...named, do: Type.Literal('keep-one'), key: Names, order: Type.Array(Order, { minItems: 1 }) },
  closed,
);
const Compute = Type.Object(
  {
    ...named,
    do: Type.Literal('compute'),
    into: Name,
    formula: Type.String({ minLength: 1, maxLength: 2000 }),
    invalid: Type.Optional(Type.Union([Type.Literal('refuse'), Type.Literal('empty')])),
  },
  closed,
);
const Rename = Type.Object(
  { ...named, do: Type.Literal('rename'), columns: Type.Record(Name, Name, { minProperties: 1 }) },
  closed,
);
const Keep = Type.Object({ ...named, do: Type.Literal('keep'), columns: Names }, closed);

export const Step = Type.Union([Filter, Trim, Pad, Split, Lookup, KeepOne, Compute, Rename, Keep]);
export const Steps = Type.Array(Step, { maxItems: 100 });
export type Step = Static<typeof Step>;
export type StepOf<Kind extends Step['do']> = Extract<Step, { do: Kind }>;
