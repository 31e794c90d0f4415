import { type Static, Type } from 'typebox';
import { PlaysSchema } from '../customers/personas/playbook.ts';
import { nullable } from './nullable.ts';

const Kept = Type.Object({
  id: Type.Integer(),
  plays: nullable(PlaysSchema),
  createdAt: Type.String(),
  createdBy: Type.String(),
});
export const PlaybookView = Type.Object({
  plays: PlaysSchema,
  usual: Type.Boolean({ description: 'Se é o costumeiro' }),
  history: Type.Array(Kept, { description: 'Do mais novo; nulo é o costumeiro' }),
});
export type PlaybookView = Static<typeof PlaybookView>;
