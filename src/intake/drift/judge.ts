import { RamalError } from '../../kernel/errors.ts';
import { type Layout, sourceColumns } from '../layout.ts';
import { targetOf } from '../targets/index.ts';
import { compare } from './compare.ts';
import type { Drift } from './drift.ts';
import type { FileProfile } from './profile.ts';
import { type Decisions, propose, suggestedDecisions } from './propose.ts';

/** What becomes of a file: it is loaded by a layout, a person is asked, or it is refused. */
export type Verdict =
  | {
      readonly is: 'load';
      readonly layout: Layout;
      readonly drift: readonly Drift[];
      /** The layout is a new version, as the drift makes it. */
      readonly proposed: boolean;
    }
  | {
      readonly is: 'ask' | 'refuse';
      /** The layout as the suggestions would make it. */
      readonly proposal: Layout;
      readonly drift: readonly Drift[];
    };

/** What is known of a file when it is judged. */
export interface FileAtHand {
  readonly profile: FileProfile;
  /** Columns that its rows have in bronze. */
  readonly columns: readonly string[];
  /** The day it was written. */
  readonly writtenOn: string;
}

/** A version of a source's layout, and what the files were like that it read. */
export interface Version {
  readonly layout: Layout;
  readonly known: readonly FileProfile[];
}

/**
 * Judges a file by the version that holds on its day; where that asks something and another version of the source fits
 * as it is, by that one. What the policies accept is accepted, except that a rename is never applied by itself.
 * @param yes a person said beforehand to take what is suggested; of mandatory columns only a look decides.
 */
export function judge(
  version: Version,
  others: readonly Version[],
  file: FileAtHand,
  { yes = false }: { yes?: boolean } = {},
): Verdict {
  const drift = compare(version.layout, version.known, file.profile, file.writtenOn);
  const { layout } = version;
  if (drift.every((one) => isAccepted(one) && !rewrites(one)) && fits(layout, file))
    return { is: 'load', layout, drift, proposed: false };
  for (const other of others) {
    if (other.known.length === 0 || !fits(other.layout, file)) continue;
    const against = compare(other.layout, other.known, file.profile, file.writtenOn);
    if (against.every((one) => isAccepted(one) && !rewrites(one)))
      return { is: 'load', layout: other.layout, drift: against, proposed: false };
  }
  const proposal = propose(layout, drift, file.profile, suggestedDecisions(drift));
  if (drift.some(({ policy }) => policy === 'stop')) return { is: 'refuse', proposal, drift };
  const asked = drift.filter((one) => !isAccepted(one));
  if (asked.length === 0) {
    const accepted = propose(layout, drift, file.profile, acceptedDecisions(drift));
    if (fits(accepted, file)) return { is: 'load', layout: accepted, drift, proposed: true };
  }
  if (yes && asked.every(({ mandatory }) => !mandatory) && fits(proposal, file))
    return { is: 'load', layout: proposal, drift, proposed: true };
  return { is: 'ask', proposal, drift };
}

/** Whether the rows at hand have every column that a layout reads, and it reads all that its rows cannot be without. */
export function fits(layout: Layout, file: Pick<FileAtHand, 'columns'>): boolean {
  const mandatory = targetOf(layout).mandatory(layout);
  return lacking(layout, file).length === 0 && mandatory.every((name) => name in layout.columns);
}

/** The columns that a layout reads and the rows at hand lack. */
export function lacking(layout: Layout, { columns }: Pick<FileAtHand, 'columns'>): string[] {
  if (layout.format.kind === 'fixed') return [];
  const present = new Set(columns);
  return sourceColumns(layout).filter((name) => !present.has(name));
}

/** Refuses rows that lack a column that a layout reads; `file` is what they are called. */
export function requireColumns(layout: Layout, rows: Pick<FileAtHand, 'columns'>, file: string): void {
  const missing = lacking(layout, rows);
  if (missing.length > 0)
    throw new RamalError('usage', {
      what: `${file} não tem ${missing.join(', ')}, que o layout lê`,
      todo: 'Escolha só colunas que o arquivo tem',
    });
}

function isAccepted({ policy }: Drift): boolean {
  return policy === 'accept' || policy === 'quarantine';
}

/** Whether taking a difference changes the layout, though its rows have every column. */
function rewrites({ kind, policy }: Drift): boolean {
  return kind === 'format' && policy === 'accept';
}

/** Missing columns that are accepted as such, and forms that are read as they are now. */
function acceptedDecisions(drift: readonly Drift[]): Decisions {
  return Object.fromEntries(
    drift
      .filter((one) => one.column !== null && (one.kind === 'missing' || rewrites(one)))
      .map(({ kind, column }) => [column, kind === 'missing' ? ('gone' as const) : ('same' as const)]),
  );
}
