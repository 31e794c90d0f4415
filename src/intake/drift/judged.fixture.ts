import { sourceColumns } from '../layout.ts';
import { valuesOf } from '../recognise/cells.ts';
import { type ChangeKind, type Client, type ClientFile, fileOf, type Planted } from './clients.fixture.ts';
import { compare } from './compare.ts';
import { DRIFT_KINDS, DRIFT_POLICIES, type Drift, type DriftPolicy } from './drift.ts';
import { type FileAtHand, judge } from './judge.ts';
import { type FileProfile, profileOf } from './profile.ts';
import { heldColumns } from './refused.ts';

/** What a client's file is like. */
export function profileOfFile({ columns, rows, delimiter, encoding }: ClientFile): FileProfile {
  return {
    ...{ rows: rows.length, sampled: rows.length, delimiter, encoding, width: null, firstDay: null, lastDay: null },
    columns: columns.map((name, index) =>
      profileOf(name, index + 1, valuesOf(rows.map((row) => row[index]!)), rows.length),
    ),
  };
}

/** What was said of a planted change. */
export interface DriftJudged {
  readonly kind: ChangeKind;
  readonly drifts: readonly Drift[];
  readonly suggested: number;
  readonly right: number;
  readonly planted: number;
  /**
   * Mandatory columns that broke while the file would have loaded without a question, over every policy; not those
   * whose rows quarantine takes because their values are no longer understood.
   */
  readonly silent: number;
  /** A file in which nothing that matters changed is asked about. */
  readonly needless: boolean;
  /** Rows with a value never seen that were planted, and those that quarantine takes where the policy is so. */
  readonly unseen: readonly [planted: number, quarantined: number, wrongly: number];
}

const HARMLESS: ReadonlySet<ChangeKind> = new Set(['nothing', 'moved', 'new column', 'delimiter and encoding']);

export function judgeDrift(client: Client, { kind, file, renamed, broken, unseen }: Planted, days = 3): DriftJudged {
  const known = Array.from({ length: days }, (_, date) => profileOfFile(fileOf(client, date)));
  const at = { profile: profileOfFile(file), columns: file.columns, writtenOn: '2026-11-20' };
  const drifts = compare(client.layout, known, at.profile, at.writtenOn);
  const suggestions = drifts.filter(({ kind: one, suggestion }) => one === 'renamed' && suggestion);
  const asked = drifts.some(({ policy }) => policy === 'ask' || policy === 'stop');
  const mandatory = [...client.kinds.keys()].slice(0, 2).filter((name) => broken.has(name));
  const silent = DRIFT_POLICIES.reduce((sum, policy) => sum + silentUnder(client, policy, known, at, mandatory), 0);
  return {
    kind,
    drifts,
    suggested: suggestions.length,
    right: suggestions.filter(({ column, suggestion }) => renamed.get(column ?? '') === suggestion?.to).length,
    planted: renamed.size,
    silent,
    needless: HARMLESS.has(kind) && asked,
    unseen: unseenUnder(client, known, at.profile, file, unseen),
  };
}

/** What becomes of planted values under the policy that quarantines them. */
function unseenUnder(
  { layout }: Client,
  known: readonly FileProfile[],
  profile: FileProfile,
  { columns, rows }: ClientFile,
  planted: Planted['unseen'],
): DriftJudged['unseen'] {
  if (!planted) return [0, 0, 0];
  const policed = { ...layout, policies: { columns: { [planted.column]: 'quarantine' as const } } };
  const held = heldColumns(policed, known, compare(policed, known, profile, '2026-11-20'));
  const seen = held.find(({ reason }) => reason === 'never-seen')?.known;
  const place = columns.indexOf(planted.column);
  const refused = rows.flatMap((row, index) => (seen && row[place] !== '' && !seen.includes(row[place]!) ? index : []));
  const right = refused.filter((index) => planted.rows.has(index)).length;
  return [planted.rows.size, right, refused.length - right];
}

/** Broken mandatory columns of a file that would load under a policy for every kind of change. */
function silentUnder(
  { layout }: Client,
  policy: DriftPolicy,
  known: readonly FileProfile[],
  at: FileAtHand,
  broken: readonly string[],
): number {
  if (broken.length === 0) return 0;
  const kinds = Object.fromEntries(DRIFT_KINDS.map((kind) => [kind, policy]));
  const version = { layout: { ...layout, policies: { kinds } }, known };
  const verdict = judge(version, [], at);
  if (verdict.is !== 'load') return 0;
  const read = new Set(sourceColumns(verdict.layout));
  const refused = policy === 'quarantine' && broken.every((name) => read.has(name));
  return refused ? 0 : broken.length;
}
