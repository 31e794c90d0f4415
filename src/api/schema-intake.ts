import { type Static, Type } from 'typebox';
import { DRIFT_KINDS, DRIFT_POLICIES } from '../intake/drift/drift.ts';
import type { Layout } from '../intake/layout.ts';
import { LAYOUT_PARTS, type LayoutPart } from '../intake/layout-changes.ts';
import { REASON_CODES, type ReasonCode } from '../intake/reasons.ts';
import { STATUSES, type Status } from '../intake/recognise/status-words.ts';
import { nullable } from './nullable.ts';

/** One reason for a suggestion: a code, and what its phrase names. */
export const Reason = Type.Object({
  code: Type.Unsafe<ReasonCode>({ type: 'string', enum: REASON_CODES }),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});
export type Reason = Static<typeof Reason>;
const why = { why: Type.String({ description: 'Em português' }), reasons: Type.Array(Reason) };

/** One difference between a file and its layout. */
const Offered = Type.Object({
  ...{ to: Type.String(), confidence: Type.Number(), why: why.why },
  reasons: Type.Optional(why.reasons),
});

export const Drift = Type.Object({
  kind: Type.Unsafe<(typeof DRIFT_KINDS)[number]>({ type: 'string', enum: [...DRIFT_KINDS] }),
  column: nullable(Type.String()),
  was: nullable(Type.String()),
  now: nullable(Type.String()),
  mandatory: Type.Boolean({ description: 'Sem a coluna nenhuma linha carrega: só uma pessoa decide' }),
  policy: Type.Unsafe<(typeof DRIFT_POLICIES)[number]>({ type: 'string', enum: [...DRIFT_POLICIES] }),
  suggestion: nullable(Offered),
  candidates: Type.Optional(
    Type.Array(Offered, { description: 'De uma que falta: cada coluna nova que ela pode ser, a mais provável antes' }),
  ),
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
  lacking: Type.Array(
    Type.Object({
      ...{ column: Type.String(), share: Type.Number(), before: nullable(Type.Number()) },
      label: Type.Optional(Type.String({ description: 'Como a lista chama a coluna' })),
      lost: Type.Optional(Type.Boolean({ description: 'O layout deixaria de ler a coluna' })),
    }),
  ),
});
export type Effect = Static<typeof Effect>;

/** How a file is written and what its columns may be; `asks`: what a person must say. */
export const Suggestion = Type.Object({
  format: Type.Union([
    Type.Literal('delimited'),
    Type.Literal('fixed'),
    Type.Literal('records'),
    Type.Literal('xlsx'),
    Type.Literal('xls'),
    Type.Literal('parquet'),
  ]),
  encoding: nullable(Type.String()),
  delimiter: nullable(Type.String()),
  quote: nullable(Type.String()),
  recordLayout: nullable(Type.String()),
  header: Type.Boolean(),
  before: Type.Integer(),
  after: Type.Integer(),
  decimal: nullable(Type.String()),
  dateFormats: Type.Array(Type.String()),
  columns: Type.Array(
    Type.Object({
      name: Type.String(),
      from: Type.Integer(),
      to: Type.Integer(),
      type: Type.String(),
      canonical: nullable(Type.String()),
      with: nullable(Type.String()),
      confidence: Type.Number(),
      ...why,
    }),
  ),
  asks: Type.Array(
    Type.Object({
      ...{ about: Type.String(), column: nullable(Type.String()), text: Type.String() },
      forms: Type.Optional(Type.Array(Type.String())),
    }),
  ),
});
export type Suggestion = Static<typeof Suggestion>;

/** What one column of a file may be, for a person to confirm. */
export const DraftColumn = Type.Object({
  name: Type.String(),
  type: Type.String(),
  canonical: nullable(Type.String()),
  confidence: Type.Number(),
  ...why,
  examples: Type.Array(Type.String({ description: 'Mascarados se podem identificar alguém' })),
  unique: Type.Boolean(),
  different: Type.Number({ description: 'Parte das linhas com um valor que nenhuma antes tem, de 0 a 1' }),
  with: nullable(Type.String()),
  formats: Type.Array(Type.String()),
  decimal: nullable(Type.String()),
  values: Type.Array(
    Type.Object({
      value: Type.String(),
      rows: Type.Integer(),
      means: nullable(Type.Unsafe<Status>({ type: 'string', enum: [...STATUSES] })),
    }),
    { description: 'Os valores de uma coluna de poucos, e o que cada um é como situação' },
  ),
});
export type DraftColumn = Static<typeof DraftColumn>;

/** A layout as it is written in `docs/layouts.md`. */
export const LayoutBody = Type.Unsafe<Layout>(Type.Object({}, { additionalProperties: true }));

/** A file that was received and not loaded yet. */
export const Received = Type.Object({
  id: Type.String(),
  file: Type.String(),
  bytes: Type.Integer(),
  suggestion: Type.Pick(Suggestion, ['format', 'encoding', 'delimiter', 'header', 'before', 'after', 'asks']),
  draft: Type.Object({
    into: Type.Union([Type.Literal('contact'), Type.Literal('list')]),
    columns: Type.Array(DraftColumn),
    layout: Type.Unsafe<Omit<Layout, 'version'>>(Type.Object({}, { additionalProperties: true })),
  }),
  sources: Type.Array(Type.Object({ source: Type.String(), share: Type.Number() })),
});
export type Received = Static<typeof Received>;

/** What a layout that is not saved yet would do with a file's beginning. */
export const LayoutTried = Type.Object({
  rows: Type.Integer(),
  loads: Type.Integer(),
  repeated: Type.Integer(),
  differing: Type.Integer({ description: 'Das repetidas, as que dizem outra coisa que a linha de mesma chave' }),
  quarantined: Type.Integer(),
  cut: Type.Boolean({ description: 'Só o começo do arquivo foi lido' }),
  refused: Type.Array(
    Type.Object({
      column: nullable(Type.String()),
      reason: Type.String(),
      ...{ label: Type.String(), labelEn: Type.String() },
      rows: Type.Integer(),
      line: Type.Integer(),
      value: nullable(Type.String({ description: 'Da primeira delas; mascarado se pode identificar alguém' })),
    }),
  ),
  unknownStatus: Type.Integer({ description: 'Linhas de uma situação que os números não entendem' }),
});
export type LayoutTried = Static<typeof LayoutTried>;

/** A source's layout, the columns of its last file, and what was read by versions before. */
export const LayoutColumns = Type.Object({
  layout: Type.Unsafe<Layout>(Type.Object({}, { additionalProperties: true })),
  file: nullable(Type.String()),
  batch: nullable(Type.Integer()),
  columns: Type.Array(DraftColumn),
  again: Type.Array(
    Type.Object({ batch: Type.Integer(), file: Type.String(), layout: Type.Integer(), quarantined: Type.Integer() }),
    { description: 'Lotes com linhas em quarentena que uma versão anterior leu' },
  ),
});
export type LayoutColumns = Static<typeof LayoutColumns>;

/** A version of a layout, and when and by whom it was made. */
export const LayoutVersion = Type.Object({
  version: Type.Integer(),
  validFrom: nullable(Type.String()),
  createdAt: Type.String(),
  createdBy: Type.String(),
  onlyBatch: nullable(Type.Integer()),
});
export type LayoutVersion = Static<typeof LayoutVersion>;

/** One thing that a version of a layout says otherwise than another. */
export const LayoutChanged = Type.Object({
  part: Type.Unsafe<LayoutPart>(Type.Union(LAYOUT_PARTS.map((part) => Type.Literal(part)))),
  name: Type.String(),
  was: nullable(Type.String()),
  now: nullable(Type.String()),
});

/** A source's versions, the newest first, each with what it changed of the one before. */
export const LayoutHistory = Type.Object({
  source: Type.String(),
  label: Type.Object({ pt: Type.String(), en: Type.String() }),
  versions: Type.Array(
    Type.Object({
      ...LayoutVersion.properties,
      changes: Type.Array(LayoutChanged),
      /** Files that it read and that are loaded. */
      files: Type.Integer(),
    }),
  ),
});
export type LayoutHistory = Static<typeof LayoutHistory>;

/** A source's layout in use. */
export const LayoutSummary = Type.Object({
  source: Type.String(),
  version: Type.Integer(),
  label: Type.Object({ pt: Type.String(), en: Type.String() }),
  into: Type.Union([Type.Literal('contact'), Type.Literal('list'), Type.Literal('event'), Type.Literal('agent_time')]),
  format: Type.String(),
  columns: Type.Integer(),
  versions: Type.Array(LayoutVersion),
});
export type LayoutSummary = Static<typeof LayoutSummary>;
