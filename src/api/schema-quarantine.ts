import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';

const Line = Type.Integer({ minimum: 1 });
const Text = Type.String({ minLength: 1, maxLength: 8000 });

/** A refused row, of any batch, as `ramal quarantine list --json` prints it. */
export const QuarantineList = Type.Object({
  rows: Type.Array(
    Type.Object({
      batch: Type.Integer(),
      file: Type.String(),
      line: Type.Integer(),
      column: nullable(Type.String()),
      value: nullable(Type.String()),
      reason: Type.String(),
    }),
  ),
  total: Type.Integer(),
  page: Type.Integer(),
  size: Type.Integer(),
});
export type QuarantineList = Static<typeof QuarantineList>;

/** The lines on screen, as received. */
export const RevealAsked = Type.Object({ lines: Type.Array(Line, { minItems: 1, maxItems: 500 }) });
export type RevealAsked = Static<typeof RevealAsked>;
export const Revealed = Type.Object({
  rows: Type.Array(
    Type.Object({
      line: Type.Integer(),
      value: nullable(Type.String()),
      record: nullable(Type.String()),
      /** The columns that a correction may change, with what they hold. */
      cells: Type.Array(Type.Object({ column: Type.String(), text: nullable(Type.String()) })),
    }),
  ),
});
export type Revealed = Static<typeof Revealed>;

/** Some lines, or all that are in quarantine for one reason; `column` null is the whole line. */
export const ChangeAsked = Type.Object(
  {
    lines: Type.Optional(Type.Array(Line, { minItems: 1, maxItems: 500 })),
    reason: Type.Optional(Text),
    failed: Type.Optional(Type.String({ description: 'A coluna do motivo, como a quarentena a mostra' })),
    column: nullable(Text),
    change: Type.String({ minLength: 1, maxLength: 8000, description: 'Como troque vírgula por ponto' }),
    reveal: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type ChangeAsked = Static<typeof ChangeAsked>;

export const ChangePreview = Type.Object({
  lines: Type.Integer(),
  changed: Type.Integer(),
  pass: Type.Integer(),
  samples: Type.Array(
    Type.Object({
      line: Type.Integer(),
      before: nullable(Type.String()),
      after: nullable(Type.String()),
      passes: Type.Boolean(),
    }),
  ),
});
export type ChangePreview = Static<typeof ChangePreview>;

export const CorrectionView = Type.Object({
  correction: Type.Integer(),
  batch: Type.Integer(),
  lines: Type.Integer(),
  first: Type.Integer(),
  column: nullable(Type.String()),
  change: Type.String({ description: 'Um valor escrito por alguém sai mascarado' }),
  reason: nullable(Type.String()),
  label: nullable(Type.String()),
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('in-force'),
    Type.Literal('leaving'),
    Type.Literal('undone'),
  ]),
  by: Type.String(),
  at: Type.String(),
  undoneBy: nullable(Type.String()),
  undoneAt: nullable(Type.String()),
});
export type CorrectionView = Static<typeof CorrectionView>;
export const CorrectionList = Type.Object({
  corrections: Type.Array(CorrectionView),
  /** Columns of the file, which a correction may name. */
  columns: Type.Array(Type.String()),
});
export type CorrectionList = Static<typeof CorrectionList>;

/** What a replay did: the counts before and after. */
export const ReplayAnswer = Type.Object({
  batch: Type.Integer(),
  changed: Type.Boolean({ description: 'Se havia o que mudar' }),
  before: Type.Object({ loaded: Type.Integer(), quarantined: Type.Integer(), duplicate: Type.Integer() }),
  after: Type.Object({ loaded: Type.Integer(), quarantined: Type.Integer(), duplicate: Type.Integer() }),
});
export type ReplayAnswer = Static<typeof ReplayAnswer>;

export const FileAsked = Type.Object({
  format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
  lang: Type.Optional(Type.Union([Type.Literal('pt'), Type.Literal('en')])),
  reason: Type.Optional(Type.String()),
});

export type FileAsked = Static<typeof FileAsked>;

/** What a rule said of a batch when it was loaded. */
export const RuleView = Type.Object({
  id: Type.String(),
  label: Type.String(),
  labelEn: Type.String(),
  severity: Type.Union([Type.Literal('stop'), Type.Literal('quarantine'), Type.Literal('warn')]),
  rows: Type.Integer(),
  failed: Type.Integer(),
  samples: Type.Array(Type.Object({ line: Type.Integer(), value: nullable(Type.String()) })),
  /** What a last line says and what the rows give, of rules over the file. */
  told: nullable(Type.String()),
  found: nullable(Type.String()),
});
export type RuleView = Static<typeof RuleView>;
