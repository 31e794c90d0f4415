import { type Reason, reason, told } from '../reasons.ts';
import type { Suggestion } from './drift.ts';
import { contentLikeness, nameLikeness } from './likeness.ts';
import type { ColumnProfile } from './profile.ts';

/** A column that a file lacks; without a profile only its name is known. */
export interface Lost {
  readonly name: string;
  readonly profile: ColumnProfile | null;
  /** Of a column of codes: every value that its files had. */
  readonly seen?: ReadonlySet<string>;
}

/** Below it nothing is suggested. */
const LIKELY = 0.72;
/** How much likelier than any other the suggested one must be. */
const AHEAD = 0.12;

/**
 * Which column of a file each lost one seems to be, by name and by what is in it. Where two could be, none is suggested.
 */
export function matchesOf(lost: readonly Lost[], found: readonly ColumnProfile[]): Map<string, Suggestion> {
  const scores = lost.flatMap((one) => found.map((column) => ({ one, column, ...likenessOf(one, column) })));
  const best = scores.toSorted((a, b) => b.score - a.score);
  const matches = new Map<string, Suggestion>();
  const taken = new Set<string>();
  for (const { one, column, score, reasons } of best) {
    if (score < LIKELY || matches.has(one.name) || taken.has(column.name)) continue;
    const rival = best.find(
      (other) =>
        (other.one === one) !== (other.column === column) &&
        !matches.has(other.one.name) &&
        !taken.has(other.column.name) &&
        other.score > score - AHEAD,
    );
    taken.add(column.name);
    if (rival) continue;
    matches.set(one.name, suggestionOf(column, score, reasons));
  }
  return matches;
}

/** Every column that one which is gone may be now, the likeliest first, with what speaks for it. */
export function candidatesOf(one: Lost, found: readonly ColumnProfile[]): Suggestion[] {
  return found
    .map((column) => ({ column, ...likenessOf(one, column) }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ column, score, reasons }) => suggestionOf(column, score, reasons));
}

function suggestionOf({ name }: ColumnProfile, score: number, reasons: readonly Reason[]): Suggestion {
  return { to: name, confidence: Math.round(100 * score) / 100, ...told(...reasons) };
}

function likenessOf({ name, profile, seen }: Lost, column: ColumnProfile): { score: number; reasons: Reason[] } {
  const named = nameLikeness(name, column.name);
  const place = profile?.place === column.place;
  if (profile === null) return { score: 0.85 * named, reasons: reasonsOf(named, null, false, 0) };
  const known = seen && column.values && isTelling(column.values) ? knownShare(seen, column.values) : 0;
  const content = Math.max(contentLikeness(profile, column), known);
  // What holds other things is another column, whatever it is called.
  const score = content < 0.35 ? 0.4 * named : 1 - (1 - 0.8 * named) * (1 - 0.85 * content) * (1 - (place ? 0.25 : 0));
  return {
    score: named < 0.3 && content < 0.7 ? Math.min(score, 0.6) : score,
    reasons: reasonsOf(named, content, place, known),
  };
}

/** Different values from which on it tells that a column's were all seen in another; fewer are in many. */
const SEVERAL = 5;

/** Codes that are not counts or marks, which any column may hold. */
function isTelling(values: Readonly<Record<string, number>>): boolean {
  return Object.keys(values).filter((value) => value.length > 2).length >= SEVERAL;
}

function knownShare(seen: ReadonlySet<string>, values: Readonly<Record<string, number>>): number {
  return Object.entries(values).reduce((sum, [value, share]) => sum + (seen.has(value) ? share : 0), 0);
}

function reasonsOf(named: number, content: number | null, place: boolean, known: number): Reason[] {
  return [
    ...(named >= 0.5 ? [reason(named === 1 ? 'same-name' : 'alike-name')] : []),
    ...(known >= 0.5 ? [reason('known-values', { share: Math.min(100, Math.round(100 * known)) })] : []),
    ...(content !== null && content >= 0.5 && known < 0.5
      ? [reason(content >= 0.75 ? 'same-content' : 'alike-content')]
      : []),
    ...(place ? [reason('same-place')] : []),
  ];
}
