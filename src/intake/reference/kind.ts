import type { MaskKind } from '../../contracts/index.ts';
import type { ValueType } from './value.ts';

export interface Texts {
  readonly pt: string;
  readonly en: string;
}

/** A value that a column may have, the words for it, and how files write it besides. */
export interface Choice {
  readonly value: string;
  readonly label: Texts;
  readonly written?: readonly string[];
}

/** A column of a reference table. Its values are kept as canonical text. */
export interface ReferenceColumn {
  readonly name: string;
  readonly label: Texts;
  readonly type: ValueType;
  /** What files call it besides its name and labels, without accents or capitals. */
  readonly called?: readonly string[];
  /** It may be empty. */
  readonly optional?: true;
  /** What an empty cell, or a file without the column, says. */
  readonly usual?: string;
  readonly choices?: readonly Choice[];
  readonly personal?: MaskKind;
}

/**
 * A table that people keep beside what sources send: what names a row, what it says, and what it is for. Of a dated
 * one every row says it of days `[from, to)`.
 */
export interface ReferenceKind {
  readonly name: string;
  readonly label: Texts;
  readonly purpose: Texts;
  readonly key: readonly ReferenceColumn[];
  readonly values: readonly ReferenceColumn[];
  readonly dated: boolean;
  /** A file may give months instead of days; beyond its month a row holds until the next one of its key, flagged. */
  readonly monthly?: true;
  /** Gold is made with it: a change of it changes figures. */
  readonly figures?: true;
  /** The least of those who may change it. */
  readonly editor: 'intake' | 'manager';
}

/** The columns of a kind, those that name a row first. */
export function columnsOf({ key, values }: ReferenceKind): readonly ReferenceColumn[] {
  return [...key, ...values];
}
