import { mkdirSync, rmSync } from 'node:fs';
import { RamalError } from '../../kernel/errors.ts';
import type { Lake } from '../../storage/lake.ts';
import { fillFromNearest, noneAsZero } from '../features/donors.ts';
import { type ColumnsQuestion, type FileColumns, withColumns } from '../features/file-columns.ts';
import { asReceived, type Feature, type ReceivedColumn, type Treatment, treat } from '../features/treatment.ts';
import { Points } from '../models/points.ts';
import { noneIsZeroOf } from '../personas/roles.ts';
import { WARNINGS } from '../warnings.ts';
import { carryNames, type Members, type Migration } from './carry-names.ts';
import { type FitSettings, fitGroups, type Groups, type Method } from './fit-groups.ts';
import { type RuleSplit, ruleSplit } from './rule-split.ts';
import { settle } from './settle.ts';
import { stabilityOf } from './stability.ts';
import { apartOf, profileOf, type Trait } from './traits.ts';

/** Groups of a file at one time, and how they stand to those of another time. */
export interface SegmentedFile {
  readonly rows: number;
  readonly ids: readonly string[];
  readonly features: readonly Feature[];
  /** The compared numbers, by rows and features. */
  readonly points: Points;
  /** Of each row, 1 where no number that groups are made of is missing. */
  readonly sure: Uint8Array;
  /** Of each group and feature, as the file writes it; of texts, the share of rows that have it. */
  readonly means: readonly (readonly number[])[];
  readonly groups: Groups;
  /** Of each group, as {@link stabilityOf} tells; null where it was not asked for. */
  readonly stability: readonly (number | null)[] | null;
  readonly rule: RuleSplit | null;
  /** The same as plain means of the values that are known; null where none is. */
  readonly averages: readonly (readonly (number | null)[])[];
  /** Of each group, its rows. */
  readonly sizes: readonly number[];
  /** Of each group, what sets it apart, in the compared columns and in those that were only asked about. */
  readonly traits: readonly (readonly Trait[])[];
  /** Of each group, all of the columns that were only asked about. */
  readonly profile: readonly (readonly Trait[])[];
  /** Since the labels of before, where there are any; its numbers are those of the groups. */
  readonly migration: Migration | null;
  readonly warnings: readonly string[];
}

/** That of the row most like it, as {@link fillFromNearest} does; or the median, with a column that says so. */
export const MISSING = ['nearest', 'flag'] as const;
export type Missing = (typeof MISSING)[number];

export interface SegmentFileQuestion extends FitSettings, Pick<ColumnsQuestion, 'natures'> {
  readonly path: string;
  readonly columns: readonly { readonly name: string; readonly treatment?: Treatment | undefined }[];
  readonly id?: string | undefined;
  /** Columns that groups are told by and not made of. */
  readonly profile: readonly string[];
  /** What a missing number is; `nearest` unless said. */
  readonly missing?: Missing | undefined;
  /** How often rows are drawn again to tell how stable the groups are; 0: not at all. */
  readonly resamples: number;
  /** The groups of an earlier time, from 1 on, by what names the row. */
  readonly previous?: Members | undefined;
  /** The highest number that any group ever went by: a new one goes by a higher one. */
  readonly numbered?: number | undefined;
}

/** Parts the rows of a file into groups, without loading it. @param folder of its own, removed at the end. */
export async function segmentFile(lake: Lake, question: SegmentFileQuestion, folder: string): Promise<SegmentedFile> {
  const {
    path,
    columns,
    id,
    profile,
    resamples,
    previous,
    missing = 'nearest',
    numbered,
    natures,
    ...settings
  } = question;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = [...new Set([...columns.map(({ name }) => name), ...profile])];
  const read: ReceivedColumn[] = [];
  let file: FileColumns;
  try {
    file = await withColumns(lake, { path, names, id, natures, signal: settings.signal }, folder, async (found) => {
      for (const name of names) read.push(await found.read(name));
      return found;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const rows = file.ids.length;
  const asked = new Map(columns.flatMap(({ name, treatment }) => (treatment ? [[name, treatment] as const] : [])));
  const dividing = read.slice(0, new Set(columns.map(({ name }) => name)).size);
  const { seed, signal } = settings;
  const none = missing === 'nearest' ? noneIsZeroOf(names) : undefined;
  const filled = none ? await fillFromNearest(dividing, asked, { seed, signal, none }) : null;
  const { features, values, warnings } = treat(filled?.columns ?? dividing, asked);
  const points = new Points(rows, features.length);
  values.forEach((column, at) => {
    for (let row = 0; row < rows; row++) points.values[row * points.stride + at] = column[row]!;
  });
  const old = previous ? heldGroups(previous, file.ids) : [];
  const known = previous && file.ids.map((name) => old.indexOf(previous.get(name) ?? 0));
  const begun = old.length > 1 ? known : undefined;
  const fitted = await fitGroups(points, { ...settings, begun });
  const stability = resamples > 0 ? await stabilityOf(points, fitted, settings, resamples) : null;
  const sure = knownRows(dividing, rows);
  const carry = (of: Groups) =>
    previous &&
    carryNames(previous, new Map(file.ids.map((name, row) => [name, of.labels[row]!])), of.groups, numbered);
  const settled = previous ? settle(file.ids, fitted, sure, previous, carry(fitted)!.pairs) : null;
  const groups = settled ? { ...fitted, labels: settled.labels } : fitted;
  const rule = await ruleSplit(points, features, groups, settings.seed, settings.signal);
  const migration = carry(groups) ?? null;
  const means = Array.from({ length: groups.groups }, (_, one) =>
    features.map((feature, at) => asReceived(feature, groups.centers[one * points.stride + at]!)),
  );
  const told = profileOf(read, groups);
  const counted = none ? profileOf(noneAsZero(dividing, none), groups) : told;
  const averages = means.map((own, one) =>
    own.map((mean, at) => {
      const { column, is } = features[at]!;
      const average = counted[one]!.find((trait) => trait.column === column && trait.is === is)?.value;
      return average ?? (is === undefined ? null : mean);
    }),
  );
  const sizes = means.map(() => 0);
  for (let row = 0; row < rows; row++) sizes[groups.labels[row]!]!++;
  return {
    rows,
    ids: file.ids,
    features,
    points,
    sure,
    means,
    averages,
    sizes,
    ...{ groups, stability, rule, migration, traits: apartOf(told) },
    profile: told.map((own) => own.filter(({ column }) => profile.includes(column))),
    warnings: [
      ...file.warnings,
      ...repeatedText(file.ids, id),
      ...[...(filled?.missing ?? [])].map(([name, count]) => filledText(name, count, rows)),
      ...warnings,
      ...textWarnings(features, settings.method),
      ...groups.warnings,
      ...(settled && settled.held > 0 ? [WARNINGS.held(settled.held)] : []),
      ...(migration?.alarms ?? []),
    ],
  };
}

/** Of each row, whether all its numbers are known; who is in no file of usage has none, and that is known. */
function knownRows(columns: readonly ReceivedColumn[], rows: number): Uint8Array {
  const none = noneIsZeroOf(columns.map(({ name }) => name));
  const known = new Uint8Array(rows).fill(1);
  for (const column of columns) {
    if ('texts' in column || none.has(column.name)) continue;
    for (let row = 0; row < rows; row++) if (Number.isNaN(column.numbers[row]!)) known[row] = 0;
  }
  return known;
}

/** Rows of one customer would count as several. */
function repeatedText(ids: readonly string[], id: string | undefined): string[] {
  const again = ids.length - new Set(ids).size;
  if (id === undefined || again === 0) return [];
  return [WARNINGS.repeated(again, id)];
}

function filledText(name: string, count: number, rows: number): string {
  const share = (count / rows).toLocaleString('pt-BR', { style: 'percent', maximumFractionDigits: 1 });
  return WARNINGS.filled(share, name);
}

/** Gaussians around columns of 0 and 1 part the rows by the text alone. */
function textWarnings(features: readonly Feature[], method: Method): string[] {
  const texts = [...new Set(features.filter(({ treatment }) => treatment === 'one-hot').map(({ column }) => column))];
  if (method === 'kmeans' || texts.length === 0) return [];
  return [WARNINGS.textsDivide(texts.join(', '))];
}

/** Groups that an earlier time may have had at most. */
const MOST_GROUPS = 100;

/** The numbers of the earlier groups that some row of now was in. @throws RamalError `usage` when they are too many. */
function heldGroups(previous: Members, ids: readonly string[]): number[] {
  const held = new Set(ids.flatMap((id) => previous.get(id) ?? []));
  if (held.size <= MOST_GROUPS) return [...held].sort((a, b) => a - b);
  throw new RamalError('usage', {
    what: `A divisão anterior tem ${held.size} grupos; o máximo é ${MOST_GROUPS}`,
    todo: 'Use um arquivo que ramal segments fit gravou com --labels',
  });
}
