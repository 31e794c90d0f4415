import { type Static, Type } from 'typebox';
import { DRIFT_KINDS, DRIFT_POLICIES } from '../intake/drift/drift.ts';

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

/** One difference between a file and its layout. */
export const Drift = Type.Object({
  kind: Type.Unsafe<(typeof DRIFT_KINDS)[number]>({ type: 'string', enum: [...DRIFT_KINDS] }),
  column: nullable(Type.String()),
  was: nullable(Type.String()),
  now: nullable(Type.String()),
  mandatory: Type.Boolean({ description: 'Sem a coluna nenhuma linha carrega: só uma pessoa decide' }),
  policy: Type.Unsafe<(typeof DRIFT_POLICIES)[number]>({ type: 'string', enum: [...DRIFT_POLICIES] }),
  suggestion: nullable(Type.Object({ to: Type.String(), confidence: Type.Number(), why: Type.String() })),
});
export type Drift = Static<typeof Drift>;

/** What loading a batch would do, in the terms of the business. */
export const Effect = Type.Object({
  noun: Type.Object({ one: Type.String(), many: Type.String() }),
  rows: Type.Integer(),
  new: Type.Integer(),
  changed: Type.Integer(),
  repeated: Type.Integer(),
  quarantined: Type.Integer(),
  gone: Type.Integer(),
  lacking: Type.Array(Type.Object({ column: Type.String(), share: Type.Number(), before: nullable(Type.Number()) })),
});
export type Effect = Static<typeof Effect>;
