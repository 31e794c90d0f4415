import { type Static, Type } from 'typebox';
import { DRIFT_KINDS, type DriftKind, type DriftPolicy } from '../intake/drift/drift.ts';
import type { Layout } from '../intake/layout.ts';
import { nullable } from './nullable.ts';
import { RuleView } from './schema-quarantine.ts';

const Texts = Type.Object({ pt: Type.String(), en: Type.String() });

/** A layout, and what its rules and policies may speak of. */
export const RulesFrame = Type.Object({
  layout: Type.Unsafe<Layout>(Type.Object({}, { additionalProperties: true })),
  next: Type.Integer({ description: 'O número que a próxima versão terá' }),
  columns: Type.Array(Type.String(), { description: 'As colunas do último arquivo e as que o layout lê' }),
  lists: Type.Array(Type.Object({ source: Type.String(), label: Texts, columns: Type.Array(Type.String()) })),
  usual: Type.Unsafe<Readonly<Record<DriftKind, DriftPolicy>>>(
    Type.Object(Object.fromEntries(DRIFT_KINDS.map((kind) => [kind, Type.String()]))),
  ),
});
export type RulesFrame = Static<typeof RulesFrame>;

/** What rules would say of the last file. */
export const RulesTried = Type.Object({
  file: nullable(
    Type.Object({
      batch: Type.Integer(),
      name: Type.String(),
      rows: Type.Integer(),
      fits: Type.Boolean({ description: 'Se o arquivo tem toda coluna que o layout e as regras leem' }),
    }),
  ),
  rules: Type.Array(
    Type.Object({
      id: Type.String(),
      label: Type.String(),
      labelEn: Type.String(),
      result: nullable(RuleView),
    }),
  ),
});
export type RulesTried = Static<typeof RulesTried>;
