import type { ColumnType, Table } from '../../contracts/index.ts';
import type { Layout } from '../layout.ts';

/** One way a row can fail: a condition over the typed row, and what to say of it. */
export interface Check {
  readonly when: string;
  readonly reason: string;
  /** Source column, as the person who fixes the file knows it; empty for the whole line. */
  readonly column: string;
  /** Expression of the value received. */
  readonly value: string;
}

/** What the rows of a layout become in silver. Expressions are over the typed row, whose natural key is `row_key`. */
export interface Target {
  /** The table in silver. */
  contract(layout: Layout): Table;
  /** Whether a layout may map the name. */
  mappable(name: string): boolean;
  /** Names that a layout must map, and every row must have. */
  mandatory(layout: Layout): readonly string[];
  typeOf(name: string, layout: Layout): ColumnType;
  /** Whether what the source does not give reads `desconhecido`. */
  isFilled(name: string): boolean;
  rowChecks(layout: Layout, mapped: ReadonlySet<string>, raw: (name: string) => string): Check[];
  /** The contract's columns in order, as expressions. */
  outputs(layout: Layout, mapped: ReadonlySet<string>): string[];
  /** What the natural key is made of. */
  keyParts(layout: Layout, mapped: ReadonlySet<string>): string[];
  /** What names a row at its source. */
  rowKey(layout: Layout, raw: (name: string) => string): string;
  /** The day that a row counts under, or NULL. */
  day(layout: Layout, mapped: ReadonlySet<string>): string;
  /** Columns whose text as received is kept beside the typed one. */
  originals(mapped: ReadonlySet<string>): readonly { readonly kind: string; readonly column: string }[];
}
