import { type Reason, reason, told } from '../reasons.ts';
import type { Suggestion } from './drift.ts';
import { contentLikeness, nameLikeness } from './likeness.ts';
import type { ColumnProfile } from './profile.ts';

/** A column that a file lacks; without a profile only its name is known. */
export interface Lost {
  readonly name: string;
  readonly profile: ColumnProfile | null;
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
    matches.set(one.name, { to: column.name, confidence: Math.round(100 * score) / 100, ...told(...reasons) });
  }
  return matches;
}

function likenessOf({ name, profile }: Lost, column: ColumnProfile): { score: number; reasons: Reason[] } {
  const named = nameLikeness(name, column.name);
  const place = profile?.place === column.place;
  if (profile === null) return { score: 0.85 * named, reasons: reasonsOf(named, null, false) };
  const content = contentLikeness(profile, column);
  // What holds other things is another column, whatever it is called.
  const score = content < 0.35 ? 0.4 * named : 1 - (1 - 0.8 * named) * (1 - 0.85 * content) * (1 - (place ? 0.25 : 0));
  return {
    score: named < 0.3 && content < 0.7 ? Math.min(score, 0.6) : score,
    reasons: reasonsOf(named, content, place),
  };
}

function reasonsOf(named: number, content: number | null, place: boolean): Reason[] {
  return [
    ...(named >= 0.5 ? [reason(named === 1 ? 'same-name' : 'alike-name')] : []),
    ...(content !== null && content >= 0.5 ? [reason(content >= 0.75 ? 'same-content' : 'alike-content')] : []),
    ...(place ? [reason('same-place')] : []),
  ];
}
