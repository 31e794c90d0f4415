import { bestPairs, crossing } from '../models/agreement.ts';
import { WARNINGS } from '../warnings.ts';

/** The group of each customer at one time, by what names the customer. */
export type Members = ReadonlyMap<string, number>;

/** A group that is one of before: both hold mostly the same customers. */
export interface Pair {
  readonly was: number;
  readonly is: number;
  /** Customers in both over customers in either, of those known at both times. */
  readonly jaccard: number;
}

export interface Migration {
  readonly pairs: readonly Pair[];
  /** Groups of now, from 0 on, by the number that they go by: that of before, or the next free one. */
  readonly numbers: readonly number[];
  /** Customers from each group of before to each of now, both by number; none that stayed are left out. */
  readonly flows: readonly { readonly from: number; readonly to: number; readonly customers: number }[];
  /** Of the customers known at both times, the share whose group goes by the same number. */
  readonly stayed: number | null;
  readonly arrived: number;
  readonly left: number;
  /** Population stability index of the groups' shares. */
  readonly stability: number;
  readonly alarms: readonly string[];
}

/** Groups of less in common are not the same: most of one went elsewhere (Hennig, 2007). */
const SAME = 0.5;
/** A population stability index from which shares are said to have changed. */
const CHANGED = 0.25;
/** A share of nobody, so that the index is finite. */
const NOBODY = 1e-4;

/**
 * Pairs groups with those of before, so that a name stays with the customers that it was given to, and tells who moved.
 * @param before groups by any numbers from 1 on.
 * @param now groups from 0 on.
 * @param numbered the highest number in use, or that ever was.
 */
export function carryNames(before: Members, now: Members, groups: number, numbered = 0): Migration {
  const known = [...now.keys()].filter((id) => before.has(id));
  const old = [...new Set(before.values())].sort((a, b) => a - b);
  const one = { groups, labels: known.map((id) => now.get(id)!) };
  const other = { groups: old.length, labels: known.map((id) => old.indexOf(before.get(id)!)) };
  const counts = crossing(one, other);
  const ofNow = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const ofOld = old.map((_, at) => counts.reduce((sum, row) => sum + row[at]!, 0));
  const alike = counts.map((row, is) => Array.from(row, (both, at) => both / (ofNow[is]! + ofOld[at]! - both || 1)));
  const paired = bestPairs(alike);
  const pairs = paired.flatMap((at, is): Pair[] => {
    const jaccard = at < 0 ? 0 : alike[is]![at]!;
    return jaccard >= SAME ? [{ was: old[at]!, is, jaccard }] : [];
  });
  let free = Math.max(numbered, ...old) + 1;
  const numbers = Array.from({ length: groups }, (_, is) => pairs.find((pair) => pair.is === is)?.was ?? free++);
  const flows = counts.flatMap((row, is) =>
    Array.from(row).flatMap((customers, at) =>
      customers > 0 ? [{ from: old[at]!, to: numbers[is]!, customers }] : [],
    ),
  );
  const stayed = flows.filter(({ from, to }) => from === to).reduce((sum, { customers }) => sum + customers, 0);
  const index = stabilityIndex(
    shares(before, (was) => was),
    shares(now, (is) => numbers[is]!),
  );
  const dissolved = old.filter((was) => !pairs.some((pair) => pair.was === was));
  return {
    ...{ pairs, numbers, stability: index },
    flows: flows.toSorted((a, b) => b.customers - a.customers || a.from - b.from || a.to - b.to),
    stayed: known.length > 0 ? stayed / known.length : null,
    arrived: now.size - known.length,
    left: before.size - known.length,
    alarms: [
      ...(known.length === 0 ? [WARNINGS.nobodyTwice()] : []),
      ...(known.length > 0 && dissolved.length > 0 ? [WARNINGS.dissolved(dissolved.join(', '))] : []),
      ...(index > CHANGED ? [WARNINGS.otherShares()] : []),
    ],
  };
}

function shares(members: Members, number: (group: number) => number): Map<number, number> {
  const found = new Map<number, number>();
  for (const group of members.values()) found.set(number(group), (found.get(number(group)) ?? 0) + 1 / members.size);
  return found;
}

/** Sum over groups of (now − before) · ln(now / before). */
function stabilityIndex(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): number {
  return [...new Set([...before.keys(), ...now.keys()])].reduce((sum, group) => {
    const [was, is] = [Math.max(NOBODY, before.get(group) ?? 0), Math.max(NOBODY, now.get(group) ?? 0)];
    return sum + (is - was) * Math.log(is / was);
  }, 0);
}
