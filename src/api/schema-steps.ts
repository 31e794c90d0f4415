import { Type } from 'typebox';

/** What steps do to the rows of a file or a list, one entry before any step and one after each. */
export const StepPreview = Type.Object({
  cut: Type.Boolean({ description: 'Só o começo do arquivo foi lido' }),
  sampled: Type.Boolean({ description: 'Só as primeiras linhas foram vistas' }),
  steps: Type.Array(
    Type.Object({
      step: Type.Integer(),
      title: Type.String(),
      rows: Type.Integer({ description: 'Linhas que seguem' }),
      leftOut: Type.Integer(),
      duplicate: Type.Integer(),
      refused: Type.Integer(),
      changed: Type.Array(Type.Object({ column: Type.String(), rows: Type.Integer() })),
      columns: Type.Array(Type.String()),
      sample: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    }),
  ),
});

const Texts = Type.Object({ pt: Type.String(), en: Type.String() });

export const SendLayoutList = Type.Object({
  layouts: Type.Array(
    Type.Object({
      name: Type.String(),
      version: Type.Integer(),
      label: Texts,
      takes: Type.String({ description: 'Uma lista, ou contacts' }),
      kind: Type.String(),
      fields: Type.Array(Type.String()),
    }),
  ),
});

/** A file as it would be: rows that go in, those that do not, and its first lines with personal data covered. */
export const SendPreview = Type.Object({
  rows: Type.Integer(),
  leftOut: Type.Integer(),
  duplicate: Type.Integer(),
  refused: Type.Array(Type.Object({ why: Type.String(), rows: Type.Integer() })),
  lines: Type.Array(Type.String()),
});
