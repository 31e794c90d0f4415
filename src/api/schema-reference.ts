import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';

/** The shapes of the reference tables as they cross HTTP. Days are ISO dates; every stretch is half-open `[from, to)`. */

const Texts = Type.Object({ pt: Type.String(), en: Type.String() });
const Cells = Type.Record(Type.String(), Type.String());

export const ReferenceChange = Type.Object({
  change: Type.Integer(),
  action: Type.String({ description: 'load, set, end, undo ou learn' }),
  by: Type.String(),
  at: Type.String(),
  note: Type.String(),
  file: nullable(Type.String()),
  added: Type.Integer(),
  ended: Type.Integer(),
  undoneBy: nullable(Type.Integer()),
});
export type ReferenceChange = Static<typeof ReferenceChange>;

export const ReferenceColumn = Type.Object({
  name: Type.String(),
  label: Texts,
  type: Type.String(),
  key: Type.Boolean({ description: 'Parte do que nomeia a linha' }),
  optional: Type.Boolean(),
  personal: Type.Boolean(),
  choices: Type.Array(Type.Object({ value: Type.String(), label: Texts })),
});
export type ReferenceColumn = Static<typeof ReferenceColumn>;

export const ReferenceTable = Type.Object({
  name: Type.String(),
  label: Texts,
  purpose: Texts,
  dated: Type.Boolean(),
  monthly: Type.Boolean(),
  figures: Type.Boolean({ description: 'Uma mudança dela muda os números' }),
  editable: Type.Boolean({ description: 'Quem pergunta pode mudá-la' }),
  columns: Type.Array(ReferenceColumn),
  rows: Type.Integer(),
  last: nullable(ReferenceChange),
});
export type ReferenceTable = Static<typeof ReferenceTable>;
export const ReferenceList = Type.Object({ tables: Type.Array(ReferenceTable) });
export type ReferenceList = Static<typeof ReferenceList>;

const span = { from: nullable(Type.String()), to: nullable(Type.String()), knownTo: nullable(Type.String()) };

export const ReferenceRow = Type.Object({
  row: Type.Integer(),
  cells: Cells,
  ...span,
  by: Type.String(),
  at: Type.String(),
});
export type ReferenceRow = Static<typeof ReferenceRow>;
export const ReferencePage = Type.Object({
  table: ReferenceTable,
  day: nullable(Type.String({ description: 'O dia em que as linhas valem; nulo: todos' })),
  rows: Type.Array(ReferenceRow),
  total: Type.Integer(),
  page: Type.Integer(),
  size: Type.Integer(),
});
export type ReferencePage = Static<typeof ReferencePage>;

const Said = Type.Object({ cells: Cells, ...span });
const BadRow = Type.Object({
  line: Type.Integer(),
  column: nullable(Type.String()),
  reason: Type.String(),
  value: Type.String(),
});

const counts = {
  new: Type.Integer(),
  changed: Type.Integer(),
  ended: Type.Integer(),
  unchanged: Type.Integer(),
};

/** What a file would change, for a person to approve by its `digest`. */
export const ReferencePreview = Type.Object({
  file: Type.String(),
  rows: Type.Integer(),
  bad: Type.Array(BadRow),
  badTotal: Type.Integer(),
  ...counts,
  keys: Type.Array(
    Type.Object({ key: Cells, change: Type.String(), before: Type.Array(Said), after: Type.Array(Said) }),
  ),
  same: nullable(ReferenceChange),
  digest: Type.String(),
});
export type ReferencePreview = Static<typeof ReferencePreview>;

/** The result of the job that changes a table. */
export const ReferenceApplied = Type.Object({
  change: nullable(Type.Integer()),
  ...counts,
  lakeVersion: nullable(Type.Integer()),
});
export type ReferenceApplied = Static<typeof ReferenceApplied>;

export const ReferenceHistory = Type.Object({
  changes: Type.Array(ReferenceChange),
  total: Type.Integer(),
  page: Type.Integer(),
  size: Type.Integer(),
});
export type ReferenceHistory = Static<typeof ReferenceHistory>;
export const ReferenceChanged = Type.Object({
  rows: Type.Array(Type.Object({ what: Type.String({ description: 'added ou ended' }), cells: Cells, ...span })),
});
export type ReferenceChanged = Static<typeof ReferenceChanged>;

export const ReferenceAlerts = Type.Object({
  alerts: Type.Array(
    Type.Object({
      kind: Type.String({ description: 'map-old ou unmapped' }),
      table: Type.String(),
      text: Type.String(),
      mapEnd: Type.Optional(Type.String()),
      lastDay: Type.Optional(Type.String()),
      days: Type.Optional(Type.Integer({ description: 'Dias em que os dados passam do mapa' })),
      from: Type.Optional(Type.String()),
      to: Type.Optional(Type.String()),
      unmapped: Type.Optional(Type.Integer()),
      contacts: Type.Optional(Type.Integer()),
      share: Type.Optional(Type.Number({ description: 'Parte dos atendimentos sem supervisor' })),
    }),
  ),
});
export type ReferenceAlerts = Static<typeof ReferenceAlerts>;
