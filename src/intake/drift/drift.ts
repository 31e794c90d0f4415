import type { Told } from '../reasons.ts';

/** How a file may differ from its source's layout. */
export const DRIFT_KINDS = [
  'renamed',
  'missing',
  'new',
  'moved',
  'type',
  'format',
  'values',
  'empties',
  'width',
  'delimiter',
  'encoding',
  'rows',
  'dates',
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** What is done about a difference: take it, ask a person, quarantine its rows, or refuse the file. */
export const DRIFT_POLICIES = ['accept', 'ask', 'quarantine', 'stop'] as const;
export type DriftPolicy = (typeof DRIFT_POLICIES)[number];

/** One difference between a file and its layout, in the file's own terms. */
export interface Drift {
  readonly kind: DriftKind;
  /** The layout's column; of a new one, the file's; null for the whole file. */
  readonly column: string | null;
  readonly was: string | null;
  readonly now: string | null;
  /** Without the column a row cannot be loaded: only a person decides. */
  readonly mandatory: boolean;
  readonly policy: DriftPolicy;
  /** What a person is offered; nothing of it is done by itself. */
  readonly suggestion: Suggestion | null;
  /** Of a column that is gone: every new one of the file that it may be now, the likeliest first. */
  readonly candidates?: readonly Suggestion[];
}

export interface Suggestion extends Told {
  /** The file's column that the layout's column seems to be now, or how it is written now. */
  readonly to: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** What loading a batch would do, in the terms of the business. */
export interface Effect {
  /** What a row is called. */
  readonly noun: { readonly one: string; readonly many: string };
  readonly rows: number;
  /** Rows whose key nobody has. */
  readonly new: number;
  /** Rows that take the place of another version. */
  readonly changed: number;
  readonly repeated: number;
  readonly quarantined: number;
  /** Of a list that comes whole: rows of the one before that are no longer there. */
  readonly gone: number;
  /** Columns of which fewer have a value than in the batch before: shares without one, now and before. */
  readonly lacking: readonly Lacking[];
}

/** A column and the shares of rows without a value of it. */
export interface Lacking {
  /** As the layout calls it. */
  readonly column: string;
  /** What a list calls it. */
  readonly label?: string;
  readonly share: number;
  readonly before: number | null;
  /** The layout would read it no more. */
  readonly lost?: boolean;
}

/** What a source says about differences: of a column before of a kind. */
export interface Policies {
  readonly kinds?: Readonly<Partial<Record<DriftKind, DriftPolicy>>>;
  readonly columns?: Readonly<Record<string, DriftPolicy>>;
}

/** What is done where a source says nothing. */
export const USUAL_POLICIES: Readonly<Record<DriftKind, DriftPolicy>> = {
  renamed: 'ask',
  missing: 'ask',
  new: 'accept',
  moved: 'accept',
  type: 'ask',
  format: 'ask',
  values: 'accept',
  empties: 'ask',
  width: 'ask',
  delimiter: 'accept',
  encoding: 'accept',
  rows: 'ask',
  dates: 'ask',
};

/** A mandatory column is never taken as changed without a person, whatever the policy. */
export function policyOf(policies: Policies, kind: DriftKind, column: string | null, mandatory = false): DriftPolicy {
  const said =
    (column === null ? undefined : policies.columns?.[column]) ?? policies.kinds?.[kind] ?? USUAL_POLICIES[kind];
  return mandatory && !HARMLESS.includes(kind) && said === 'accept' ? 'ask' : said;
}

/** Kinds that are of what a file holds, not of how it is written. */
const OF_CONTENT: readonly DriftKind[] = ['rows', 'dates', 'values'];
/** Kinds that leave the layout as it is where they are accepted. */
const HARMLESS: readonly DriftKind[] = ['new', 'moved', 'delimiter', 'encoding'];

/** Whether the layout reads a file as it stands, and a person is asked of nothing but what the file holds. */
export function isUnchanged(drift: readonly Drift[]): boolean {
  return drift.every(
    ({ kind, policy, suggestion }) =>
      OF_CONTENT.includes(kind) || (HARMLESS.includes(kind) && policy === 'accept' && suggestion === null),
  );
}
