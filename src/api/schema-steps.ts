import { type Static, Type } from 'typebox';
import type { Judgement as Judged } from '../intake/practice/check.ts';
import { nullable } from './nullable.ts';

const Cells = Type.Record(Type.String(), Type.Unknown());

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
      sample: Type.Array(Cells),
      was: Type.Array(Cells, { description: 'De cada linha da amostra, o que eram as células que o passo mudou' }),
      gone: Type.Array(
        Type.Object({ line: Type.Integer(), why: Type.String(), row: Cells }, { description: 'Linha que saiu' }),
      ),
    }),
  ),
  /** The step that cannot be done, where a partial preview was asked for. */
  failed: nullable(Type.Object({ step: Type.Integer(), what: Type.String(), todo: Type.String() })),
});
export type StepPreview = Static<typeof StepPreview>;

const Texts = Type.Object({ pt: Type.String(), en: Type.String() });

export const SendLayoutList = Type.Object({
  layouts: Type.Array(
    Type.Object({
      name: Type.String(),
      version: Type.Integer(),
      label: Texts,
      takes: Type.String({ description: 'Uma lista, contacts ou offers' }),
      kind: Type.String(),
      fields: Type.Array(Type.String()),
    }),
  ),
});
export type SendLayoutList = Static<typeof SendLayoutList>;

/** A file as it would be: rows that go in, those that do not, and its first lines with personal data covered. */
export const SendPreview = Type.Object({
  rows: Type.Integer({ description: 'Linhas que chegam ao fim dos passos' }),
  leftOut: Type.Integer(),
  duplicate: Type.Integer(),
  refused: Type.Array(Type.Object({ why: Type.String(), rows: Type.Integer() })),
  unwritten: Type.Array(
    Type.Object({ field: Type.String(), why: Type.String(), rows: Type.Integer(), lines: Type.Array(Type.Integer()) }),
    { description: 'O que os campos não podem escrever, com as primeiras linhas do arquivo de origem' },
  ),
  truncated: Type.Array(Type.Object({ field: Type.String(), rows: Type.Integer() })),
  sampled: Type.Boolean({ description: 'Só as primeiras linhas foram escritas' }),
  head: Type.Array(Type.String(), { description: 'O que vem antes dos registros' }),
  lines: Type.Array(Type.String()),
  tail: Type.Array(Type.String()),
});
export type SendPreview = Static<typeof SendPreview>;

/** Whether an exercise is right: `told` says what to look at, `names` of which columns or fields. */
export const Judgement = Type.Object({
  told: Type.Unsafe<Judged['told']>(Type.String()),
  got: nullable(Type.Integer()),
  wanted: nullable(Type.Integer()),
  names: Type.Array(Type.String()),
});
export type Judgement = Static<typeof Judgement>;
