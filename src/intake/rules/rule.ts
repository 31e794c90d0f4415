import { type TSchema, Type } from 'typebox';

/** What a rule that does not hold does: refuses the file, quarantines the row, or is only counted. */
export type Severity = 'stop' | 'quarantine' | 'warn';

/** A rule as a layout declares it; what else it has, its kind says. */
export const RuleSchema = Type.Object({
  id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$' }),
  kind: Type.String(),
  severity: Type.Optional(Type.Union([Type.Literal('stop'), Type.Literal('quarantine'), Type.Literal('warn')])),
  label: Type.Optional(Type.String({ description: 'Como a tela a chama; sem ele, uma frase feita da regra' })),
});

export interface Rule {
  readonly id: string;
  readonly kind: string;
  readonly severity?: Severity;
  readonly label?: string;
}

export interface Phrases {
  readonly pt: string;
  readonly en: string;
}

/** The typed row as a condition sees it: expressions. */
export interface RowView {
  /** The text of a source column, trimmed, NULL when empty. */
  text(column: string): string;
  /** What the layout makes of a source column by itself, or else what the transform makes; NULL when not understood. */
  value(column: string, transform: string, format?: string | readonly string[]): string;
  /** The day that the file was written. */
  readonly today: string;
}

/** How a rule looks beyond its row: over the rows of its file, of its source, or of a list. */
export type Probe =
  | { readonly over: 'file' | 'source'; readonly value: string }
  | { readonly over: 'list'; readonly value: string; readonly list: string; readonly column: string };

/** A kind of rule: one per file. An empty value passes every kind but `required`. */
export interface RuleKind<R extends Rule = Rule> {
  readonly kind: string;
  /** What it takes besides what every rule has. */
  readonly parameters: Readonly<Record<string, TSchema>>;
  /** Source columns that it reads. */
  columns(rule: R): readonly string[];
  label(rule: R): Phrases;
  /** What is wrong with the parameters, in Portuguese. */
  problem?(rule: R): string | null;
  /** True where a row fails. */
  condition?(rule: R, row: RowView): string;
  probe?(rule: R, row: RowView): Probe;
}

export const Columns = Type.Array(Type.String(), { minItems: 1 });

/** The names of columns in a sentence. */
export function named(columns: readonly string[], and: string): string {
  return columns.length < 2 ? (columns[0] ?? '') : `${columns.slice(0, -1).join(', ')} ${and} ${columns.at(-1)}`;
}
