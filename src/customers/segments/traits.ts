import type { ReceivedColumn } from '../features/treatment.ts';
import type { Grouping } from '../models/quality.ts';

/** What sets a group apart from all rows together. */
export interface Trait {
  readonly column: string;
  /** Of a column of texts, the one that the shares are of. */
  readonly is?: string;
  /** The mean of the group, or the share of its rows that have the text, and the same of all rows. */
  readonly value: number;
  readonly base: number;
  /** Of means, their difference in deviations of all rows (Cohen's d); of shares, that of their arcsines (Cohen's h). */
  readonly effect: number;
  /** Rows of the group whose value is known. */
  readonly n: number;
}

/** Smaller effects than this are not worth a word (Cohen, 1988). */
const SMALL = 0.2;
const MOST_TRAITS = 8;
/** Texts of fewer rows than this share of a group or of all say little, and of fewer rows would name somebody. */
const [RARE, FEWEST_ROWS] = [0.05, 5];
/** Columns of more different texts name rows, and do not tell groups. */
const MOST_TEXTS = 1000;

/** Of each group, what sets it apart, the largest effect first. */
export function traitsOf(columns: readonly ReceivedColumn[], grouping: Grouping): Trait[][] {
  return apartOf(profileOf(columns, grouping));
}

/** Of each group's profile, what sets it apart. */
export function apartOf(profile: readonly (readonly Trait[])[]): Trait[][] {
  return profile.map((traits) =>
    traits
      .filter(({ effect }) => Math.abs(effect) >= SMALL)
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || a.column.localeCompare(b.column))
      .slice(0, MOST_TRAITS),
  );
}

/** Of each group, how it stands in every column to all rows, whether that sets it apart or not. */
export function profileOf(columns: readonly ReceivedColumn[], grouping: Grouping): Trait[][] {
  const found = columns.map((column) =>
    'numbers' in column
      ? numberTraits(column.name, column.numbers, grouping)
      : textTraits(column.name, column.texts, grouping),
  );
  return Array.from({ length: grouping.groups }, (_, one) => found.flatMap((traits) => traits[one]!));
}

function numberTraits(column: string, numbers: Float64Array, { groups, labels }: Grouping): Trait[][] {
  const [counts, sums] = [new Float64Array(groups), new Float64Array(groups)];
  let [known, mean, squares] = [0, 0, 0];
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]!;
    if (Number.isNaN(value)) continue;
    counts[labels[row]!]!++;
    sums[labels[row]!]! += value;
    const away = value - mean;
    mean += away / ++known;
    squares += away * (value - mean);
  }
  const deviation = Math.sqrt(squares / known);
  return Array.from(counts, (n, one) => {
    if (n === 0 || !(deviation > 0)) return [];
    const value = sums[one]! / n;
    return [{ column, value, base: mean, effect: (value - mean) / deviation, n }];
  });
}

function textTraits(column: string, texts: readonly (string | null)[], { groups, labels }: Grouping): Trait[][] {
  const known = new Float64Array(groups);
  const counts = new Map<string, Float64Array>();
  for (const [row, text] of texts.entries()) {
    if (text === null) continue;
    const group = labels[row]!;
    known[group]!++;
    if (counts.size > MOST_TEXTS) return Array.from({ length: groups }, () => []);
    const own = counts.get(text) ?? new Float64Array(groups);
    own[group]!++;
    counts.set(text, own);
  }
  const all = known.reduce((sum, n) => sum + n, 0);
  const arc = (share: number) => 2 * Math.asin(Math.sqrt(share));
  return Array.from(known, (n, one) =>
    [...counts].flatMap(([is, own]): Trait[] => {
      const rows = own.reduce((sum, count) => sum + count, 0);
      const base = rows / all;
      const value = n === 0 ? 0 : own[one]! / n;
      if (rows < FEWEST_ROWS) return [];
      return n === 0 || Math.max(value, base) < RARE
        ? []
        : [{ column, is, value, base, effect: arc(value) - arc(base), n }];
    }),
  );
}
