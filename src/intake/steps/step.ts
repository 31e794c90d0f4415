import type { Step, StepOf } from './schema.ts';

/**
 * Rows on their way through steps: a statement that gives `_id` (a number that rises as rows stand), `_end` (NULL, or `N REASON`: the step that took the row out and why) and the columns,
 * all text. Every step gives every row, so that each can be told what became of it.
 */
export interface Relation {
  readonly sql: string;
  readonly columns: readonly string[];
}

/** A list of the system as rows before any step; none where the system has no such list. */
export type ListNamed = (source: string) => Relation | undefined;

/** What became of a row that a step took out; `duplicate` is no quarantine. */
export type StepEnd = 'left-out' | 'step-value' | 'lookup-none' | 'lookup-many' | 'duplicate';

/** A column that a step makes, and of which it is made: `same` when it is that value, only written otherwise. */
export interface Made {
  readonly name: string;
  readonly from: readonly string[];
  readonly how: 'same' | 'new';
}

/** A mistake in a step, before it is known whose. */
export class StepMistake extends Error {
  readonly todo: string;

  constructor(what: string, todo: string) {
    super(what);
    this.todo = todo;
  }
}

/** One kind of step, which turns a relation into another. */
export interface StepKind<Kind extends Step['do']> {
  readonly kind: Kind;
  /** What it does, as the person who composed it says it. */
  title(step: StepOf<Kind>): string;
  reads(step: StepOf<Kind>): readonly string[];
  makes(step: StepOf<Kind>): readonly Made[];
  /** Why it may take a row out. */
  readonly ends: readonly StepEnd[];
  /** @throws StepMistake */
  check?(step: StepOf<Kind>): void;
  /** @param number of the step, from 1. */
  apply(step: StepOf<Kind>, number: number, input: Relation, list: ListNamed): Relation;
  /** Of a step that leaves only some columns: which. */
  leaves?(step: StepOf<Kind>): readonly string[];
}
