import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';
import { UnitSchema } from './schema.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Dia, AAAA-MM-DD' });
const Kind = Type.Union([Type.Literal('note'), Type.Literal('decision')]);

const Side = Type.Object({
  from: Day,
  to: Day,
  value: nullable(Type.Number()),
  n: Type.Integer(),
  low: Type.Optional(Type.Number()),
  high: Type.Optional(Type.Number()),
});

export const NoteView = Type.Object({
  id: Type.Integer(),
  kind: Kind,
  day: Day,
  text: Type.String(),
  metric: nullable(Type.String()),
  rule: Type.String(),
  sources: Type.Array(Type.String()),
  filters: Type.Array(Type.String()),
  cause: nullable(Type.String()),
  owner: nullable(Type.String()),
  due: nullable(Day),
  doneOn: nullable(Day),
  author: Type.String(),
  mine: Type.Boolean(),
  effect: nullable(
    Type.Object(
      {
        unit: UnitSchema,
        better: Type.Union([Type.Literal('higher'), Type.Literal('lower'), Type.Literal('neither')]),
        before: Side,
        after: Side,
      },
      { description: 'De uma decisão vencida: o indicador nas mesmas semanas antes e depois' },
    ),
  ),
});
export type NoteView = Static<typeof NoteView>;

export const NoteList = Type.Object({ notes: Type.Array(NoteView), today: Day });
export type NoteList = Static<typeof NoteList>;

export const NewNote = Type.Object({
  kind: Kind,
  day: Day,
  text: Type.String({ minLength: 1, maxLength: 1000 }),
  metric: Type.Optional(nullable(Type.String({ maxLength: 100 }))),
  rule: Type.Optional(Type.String({ maxLength: 100 })),
  sources: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 })),
  filters: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 })),
  cause: Type.Optional(
    nullable(Type.String({ pattern: '^[a-z-]+/.', maxLength: 200, description: 'kind/subject de /api/insights' })),
  ),
  owner: Type.Optional(nullable(Type.String({ maxLength: 60 }))),
  due: Type.Optional(nullable(Day)),
});

export const EventList = Type.Object({
  events: Type.Array(
    Type.Object({
      day: Day,
      kind: Type.Union([Type.Literal('deploy'), Type.Literal('note'), Type.Literal('decision')]),
      text: Type.String(),
    }),
  ),
});
export type EventList = Static<typeof EventList>;
