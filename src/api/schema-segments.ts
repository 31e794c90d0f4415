import { type Static, Type } from 'typebox';
import { TREATMENTS } from '../customers/features/treatment.ts';
import { LEVELS } from '../customers/personas/levels.ts';
import { AMOUNTS, type Amount, ROLES } from '../customers/personas/roles.ts';
import { METHODS } from '../customers/segments/fit-groups.ts';
import { nullable } from './nullable.ts';
import { oneOf } from './one-of.ts';
import { Job } from './schema.ts';

const Share = Type.Number({ minimum: 0, maximum: 1 });
const Count = Type.Object({ is: Type.String(), customers: Type.Integer() });
const Common = nullable(Type.Object({ is: Type.String(), share: Share, base: Share, n: Type.Integer() }));

const Words = Type.Object({ pt: Type.String(), en: Type.String() });
const Reading = { label: Words, unit: oneOf(['money', 'days', 'number'] as const) };
/** A column of the base, and how it reads. */
const Field = { column: Type.String(), ...Reading };

const Trait = Type.Object({
  ...Field,
  is: Type.Optional(Type.String()),
  value: Type.Number(),
  base: Type.Number(),
  effect: Type.Number({ description: 'De médias, d de Cohen; de partes, h de Cohen' }),
  n: Type.Integer(),
});

const Said = Type.Object({
  ...{ name: Type.String(), portrait: Type.String() },
  ...{ pain: nullable(Type.String()), action: nullable(Type.String()) },
});

const Standing = Type.Object({
  rank: nullable(Share),
  level: nullable(oneOf(LEVELS)),
  median: nullable(Type.Number()),
  mean: nullable(Type.Number()),
  spread: nullable(Type.Array(Type.Number(), { description: 'Percentis 10, 25, 75 e 90 do grupo' })),
  index: nullable(Type.Number({ description: 'A média do grupo, com a da base por 100' })),
  n: Type.Integer(),
});

export const PersonaView = Type.Object({
  group: Type.Integer(),
  said: Type.Object({ pt: Said, en: Said }, { description: 'Como os números a dizem, em cada língua' }),
  play: nullable(Type.String()),
  first: Type.Boolean(),
  differs: nullable(Type.Object({ role: oneOf(AMOUNTS), level: oneOf(LEVELS) })),
  likeness: Share,
  pain: nullable(Type.String()),
  action: nullable(Type.String()),
  customers: Type.Integer(),
  share: Share,
  standings: Type.Unsafe<Partial<Record<Amount, Static<typeof Standing>>>>(Type.Record(Type.String(), Standing)),
  size: nullable(Type.Object({ rank: Share, is: Type.String(), n: Type.Integer() })),
  segment: Common,
  segments: Type.Array(Count),
  product: Common,
  products: Type.Array(Count),
  state: Common,
  worth: nullable(Type.Number()),
  worthShare: nullable(
    Type.Number({ description: 'Parte do que a base vale; negativa de quem mais devolve do que compra' }),
  ),
  traits: Type.Array(Trait, { description: 'De uma coluna, o mais forte' }),
  aches: Type.Array(
    Type.Object({
      kind: oneOf(['grade', 'tickets'] as const),
      ...Field,
      value: Type.Number(),
      base: Type.Number(),
      n: Type.Integer(),
    }),
  ),
});

const AskedColumn = Type.Object({ name: Type.String(), treatment: Type.Optional(oneOf(TREATMENTS)) });

const Flow = Type.Object({
  from: nullable(Type.Integer()),
  to: nullable(Type.Integer()),
  customers: Type.Integer(),
});

const Migration = Type.Object({
  since: Type.Integer({ description: 'A divisão que estava em uso' }),
  flows: Type.Array(Flow),
  stayed: nullable(Share),
  arrived: Type.Integer(),
  left: Type.Integer(),
  stability: Type.Number({ description: 'Índice de estabilidade da população' }),
  alarms: Type.Array(Type.String()),
});

const Group = { number: Type.Integer(), share: Share, stability: nullable(Type.Number()) };

/** Customers of a base in groups, in brief. */
const SegmentsBrief = {
  id: Type.Integer(),
  base: Type.Integer(),
  day: Type.String({ description: 'O dia da base' }),
  customers: Type.Integer(),
  method: oneOf(METHODS),
  columns: Type.Array(AskedColumn),
  fields: Type.Array(Words, { description: 'As mesmas colunas, como se leem' }),
  silhouette: Type.Number(),
  groups: Type.Array(Type.Object(Group)),
  createdAt: Type.String(),
  createdBy: Type.String(),
  approvedAt: nullable(Type.String()),
  approvedBy: nullable(Type.String()),
};

export const SegmentsList = Type.Object({
  divisions: Type.Array(Type.Object(SegmentsBrief)),
  current: nullable(Type.Integer({ description: 'A que está em uso' })),
  running: nullable(Job),
});
export type SegmentsList = Static<typeof SegmentsList>;

const text = (most: number) => nullable(Type.String({ minLength: 1, maxLength: most }));
export const PersonaTextBody = Type.Object({
  name: text(60),
  portrait: text(300),
  pain: text(300),
  action: text(300),
});

const WrittenText = Type.Object({
  ...PersonaTextBody.properties,
  number: Type.Integer(),
  createdAt: Type.String(),
  createdBy: Type.String(),
});

const Told = {
  roles: Type.Array(Type.Object({ role: oneOf(ROLES), ...Field, coverage: Share })),
  personas: Type.Array(PersonaView),
  texts: Type.Array(WrittenText, { description: 'O que se escreveu por último de cada grupo' }),
};

export const SegmentsView = Type.Object({
  ...SegmentsBrief,
  features: Type.Array(Type.Object({ ...Field, treatment: oneOf(TREATMENTS), is: Type.Optional(Type.String()) })),
  groups: Type.Array(
    Type.Object({
      ...Group,
      averages: Type.Array(Type.Object({ value: nullable(Type.Number()), n: Type.Integer() }), {
        description:
          'Por campo, a média dos clientes cujo valor é conhecido, e quantos são; de um texto, a parte dos clientes',
      }),
    }),
  ),
  candidates: Type.Array(
    Type.Object({
      k: Type.Integer(),
      silhouette: Type.Number(),
      simplifiedSilhouette: Type.Number(),
      daviesBouldin: nullable(Type.Number()),
    }),
  ),
  rule: nullable(
    Type.Object({
      cuts: Type.Array(Type.Object({ ...Field, at: Type.Array(Type.Number()) })),
      weights: Type.Array(Type.Number()),
      silhouette: Type.Number(),
      agreement: Type.Number(),
    }),
  ),
  migration: nullable(Migration),
  beside: nullable(
    Type.Object(
      {
        id: Type.Integer(),
        day: Type.String(),
        customers: Type.Integer(),
        groups: Type.Integer(),
        silhouette: Type.Number(),
        stability: nullable(Type.Number({ description: 'Do grupo menos estável' })),
        both: Type.Integer({ description: 'Clientes que estão nas duas' }),
        changed: Type.Integer({ description: 'Deles, os que mudam de persona' }),
        arrived: Type.Integer(),
        left: Type.Integer(),
        anew: Type.Boolean({ description: 'Nenhum grupo é dos que estão em uso' }),
      },
      { description: 'A que está em uso, e o que mudaria se esta a substituísse' },
    ),
  ),
  map: Type.Array(Share),
  warnings: Type.Array(Type.String()),
  ...Told,
});
export type SegmentsView = Static<typeof SegmentsView>;

export const SegmentsProposal = Type.Object({
  base: nullable(Type.Integer()),
  bases: Type.Array(Type.Object({ id: Type.Integer(), day: Type.String(), customers: Type.Integer() })),
  columns: Type.Array(
    Type.Object({
      name: Type.String(),
      ...Reading,
      kind: oneOf(['number', 'day', 'code', 'text'] as const),
      coverage: Share,
      role: nullable(oneOf(ROLES)),
      treatment: oneOf(TREATMENTS),
      proposed: Type.Boolean(),
    }),
  ),
});
export type SegmentsProposal = Static<typeof SegmentsProposal>;

export const SegmentsMap = Type.Object({
  customers: Type.Integer(),
  points: Type.Array(Type.Object({ x: Type.Number(), y: Type.Number(), number: Type.Integer(), membership: Share })),
});
export type SegmentsMap = Static<typeof SegmentsMap>;

const Part = Type.Object({ customers: Type.Integer(), worth: Type.Number() });
const Moves = {
  came: Part,
  joined: Part,
  went: Part,
  left: Part,
  stayed: Part,
  before: Type.Number(),
  now: Type.Number(),
};

const Nps = Type.Object({
  ...{ customers: Type.Integer(), n: Type.Integer({ description: 'Clientes que deram nota' }) },
  promoters: Type.Integer({ description: 'Notas 9 e 10' }),
  passives: Type.Integer(),
  detractors: Type.Integer({ description: 'Notas de 0 a 6' }),
  score: nullable(Type.Number({ description: 'Pontos, de −100 a 100' })),
  interval: nullable(Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: 'De 95%' })),
});

export const PersonasView = Type.Object({
  segments: nullable(
    Type.Object({
      id: Type.Integer(),
      day: Type.String(),
      base: Type.Integer(),
      customers: Type.Integer(),
      approvedAt: nullable(Type.String()),
      approvedBy: nullable(Type.String()),
      stability: Type.Array(
        Type.Object({ number: Type.Integer(), stability: nullable(Type.Number()), warning: nullable(Words) }),
        { description: 'Quanto cada grupo volta quando os clientes são sorteados de novo' },
      ),
    }),
  ),
  worth: Words,
  ...Told,
  since: nullable(
    Type.Object({
      day: Type.String(),
      flows: Type.Array(Type.Object({ ...Flow.properties, before: Type.Number(), now: Type.Number() }), {
        description: 'Clientes e o que valiam antes e valem agora; nulo é fora da base',
      }),
      groups: Type.Array(Type.Object({ group: Type.Integer(), ...Moves }), {
        description: 'O que cada grupo ganhou e perdeu: now − before = came − went + joined − left + stayed',
      }),
      total: Type.Object(Moves),
      halfKnown: Type.Integer({ description: 'Clientes das duas bases cujo valor só uma delas tem' }),
      former: Type.Array(Type.Object({ group: Type.Integer(), name: Words }), {
        description: 'Os grupos de antes que já não existem',
      }),
    }),
  ),
  nps: nullable(
    Type.Object(
      { base: Nps, groups: Type.Array(Type.Object({ group: Type.Integer(), ...Nps.properties })) },
      { description: 'NPS pela última nota de cada cliente; nulo onde a base não tem pesquisas de NPS' },
    ),
  ),
  lost: nullable(
    Type.Object(
      { day: Type.String(), what: oneOf(['base', 'groups'] as const) },
      { description: 'O arquivo que já não está no disco, sem o qual não se diz o que mudou' },
    ),
  ),
});
export type PersonasView = Static<typeof PersonasView>;

export const PersonaHistory = Type.Object({ texts: Type.Array(WrittenText) });
export type PersonaHistory = Static<typeof PersonaHistory>;

const Customer = {
  customer: Type.String(),
  name: nullable(Type.String({ description: 'Como se chama, mascarado como na busca de clientes' })),
};

export const PersonaMovers = Type.Object({
  total: Type.Integer(),
  movers: Type.Array(
    Type.Object({
      base: nullable(Type.Integer({ description: 'A base de agora; nula de quem saiu' })),
      row: nullable(Type.Integer({ description: 'O lugar do cliente nela, de 1 em diante' })),
      ...Customer,
      from: nullable(Type.Integer()),
      to: nullable(Type.Integer()),
      before: nullable(Type.Number()),
      now: nullable(Type.Number()),
    }),
  ),
});
export type PersonaMovers = Static<typeof PersonaMovers>;

export const PersonaCustomers = Type.Object({
  base: Type.Integer(),
  total: Type.Integer(),
  customers: Type.Array(
    Type.Object({
      row: Type.Integer({ description: 'O lugar do cliente na base, de 1 em diante' }),
      ...Customer,
      segment: nullable(Type.String()),
      worth: nullable(Type.Number()),
    }),
  ),
});
export type PersonaCustomers = Static<typeof PersonaCustomers>;

const Name = nullable(Type.String());
export const CustomerGroups = Type.Object({
  current: nullable(Type.Integer({ description: 'A divisão em uso' })),
  groups: Type.Array(
    Type.Object({
      segments: Type.Integer(),
      day: Type.String({ description: 'O dia da base dividida' }),
      number: Type.Integer(),
      membership: Share,
      name: Type.Object({ pt: Name, en: Name }),
      action: Name,
    }),
    { description: 'Da última aprovada' },
  ),
});
export type CustomerGroups = Static<typeof CustomerGroups>;
