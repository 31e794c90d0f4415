import { type LinearProgram, solveLinear } from './simplex.ts';

/** What shifts of one day may be; times and lengths in half-hours, of the day from 0 (00:00) to 48 (24:00). */
export interface ShiftRules {
  /** From coming to leaving, the break included. */
  readonly lengths: readonly number[];
  readonly earliest: number;
  /** Nobody is there at this half-hour or later. */
  readonly latest: number;
  /** A break of so many half-hours that begins no sooner and no later than so long after coming. */
  readonly rest?: { readonly length: number; readonly from: number; readonly to: number } | undefined;
  readonly people?: number | undefined;
  /** What an agent too few costs, where one too many costs 1. */
  readonly lackWeight: number;
}

/** People who come and go together. */
export interface Shift {
  readonly start: number;
  readonly end: number;
  /** First half-hour of the break; null without one. */
  readonly rest: number | null;
  readonly people: number;
}

export interface ShiftPlan {
  readonly shifts: readonly Shift[];
  /** People there in each half-hour. */
  readonly covered: readonly number[];
  readonly people: number;
  /** Half-hours of agents too few and too many. */
  readonly lack: number;
  readonly surplus: number;
  /** lackWeight × lack + surplus, and what no plan can be below. */
  readonly cost: number;
  readonly bound: number;
  readonly optimal: boolean;
  readonly nodes: number;
}

/** A shift without its people, and the half-hours it covers. */
interface Pattern {
  readonly start: number;
  readonly end: number;
  readonly rest: number | null;
  readonly halves: readonly number[];
}

/** A rule that a branch adds: so many people, at most or at least, on these patterns together. */
interface Branch {
  readonly patterns: readonly number[];
  readonly atLeast: boolean;
  readonly people: number;
}

interface Open {
  readonly bound: number;
  readonly x: Float64Array;
  readonly branches: readonly Branch[];
}

const TINY = 1e-6;
/** Weights are taken to hundredths, so that costs are whole multiples of a unit and bounds can be rounded up. */
const CENTS = 100;

/** Every shift that the rules allow. */
export function patternsOf({ lengths, earliest, latest, rest }: ShiftRules): Pattern[] {
  const patterns: Pattern[] = [];
  for (const length of new Set(lengths)) {
    for (let start = earliest; start + length <= latest; start++) {
      const all = Array.from({ length }, (_, index) => start + index);
      if (!rest) patterns.push({ start, end: start + length, rest: null, halves: all });
      // Nobody ends on a break.
      const last = rest ? Math.min(rest.to, length - rest.length - 1) : -1;
      for (let after = rest?.from ?? 0; rest && after <= last; after++) {
        const at = start + after;
        const halves = all.filter((half) => half < at || half >= at + rest.length);
        patterns.push({ start, end: start + length, rest: at, halves });
      }
    }
  }
  return patterns;
}

/** The plan that {@link shiftSearch} ends with. `needed`: agents in each half-hour of the day, whole numbers. */
export function planShifts(needed: readonly number[], rules: ShiftRules, mostNodes = 2000): ShiftPlan {
  const search = shiftSearch(needed, rules, mostNodes);
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
  }
}

/**
 * How many people on each shift make lack × its weight + surplus least: the covering program of Dantzig (1954), solved
 * by branch and bound on its linear relaxation, the best bound first; it branches on the people of one start, then of
 * one shift. After `mostNodes` relaxations it ends with the best plan found and the bound, which tells how much better
 * another could be. Yields after each relaxation, so that others may run.
 */
export function* shiftSearch(
  needed: readonly number[],
  rules: ShiftRules,
  mostNodes: number,
): Generator<number, ShiftPlan, void> {
  const patterns = patternsOf(rules);
  const day = dayOf(needed, patterns, rules);
  let best = improved(day, new Int32Array(patterns.length));
  let nodes = 0;
  const open: Open[] = [];
  const visit = (branches: readonly Branch[]) => {
    nodes++;
    const relaxed = relaxation(day, branches);
    if (!relaxed || relaxed.bound >= best.cost) return;
    const rounded = improved(
      day,
      Int32Array.from(relaxed.x, (value) => Math.floor(value + TINY)),
    );
    if (rounded.cost < best.cost) best = rounded;
    if (relaxed.bound < best.cost) open.push({ ...relaxed, branches });
  };
  visit([]);
  yield nodes;
  while (open.length > 0 && nodes < mostNodes) {
    open.sort((a, b) => b.bound - a.bound || a.branches.length - b.branches.length);
    const node = open.pop()!;
    if (node.bound >= best.cost) break;
    const [less, more] = splitOf(patterns, node.x);
    for (const branch of [less, more]) {
      visit([...node.branches, branch]);
      yield nodes;
    }
  }
  const bound = open.reduce((least, node) => Math.min(least, node.bound), best.cost);
  return told(day, best, bound, nodes);
}

interface DayProblem {
  readonly needed: readonly number[];
  readonly patterns: readonly Pattern[];
  readonly people: number;
  /** Cost of a half-hour of lack and of surplus, and what both are multiples of; hundredths. */
  readonly lack: number;
  readonly surplus: number;
  readonly unit: number;
  /** What the half-hours cost that no pattern covers. */
  readonly beyond: number;
  /** Half-hours that some pattern covers. */
  readonly halves: readonly number[];
}

function dayOf(needed: readonly number[], patterns: readonly Pattern[], rules: ShiftRules): DayProblem {
  const lack = Math.max(1, Math.round(rules.lackWeight * CENTS));
  const reached = new Set(patterns.flatMap(({ halves }) => halves));
  const beyond = needed.reduce((sum, count, half) => sum + (reached.has(half) ? 0 : count * lack), 0);
  return {
    needed,
    patterns,
    people: rules.people ?? Number.POSITIVE_INFINITY,
    lack,
    surplus: CENTS,
    unit: commonDivisor(lack, CENTS),
    beyond,
    halves: [...reached].sort((a, b) => a - b),
  };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** The relaxation of a node, its bound rounded up to what a plan can cost; null where its branches allow no plan. */
function relaxation(day: DayProblem, branches: readonly Branch[]): { bound: number; x: Float64Array } | null {
  const { needed, patterns, halves, people, lack, surplus, unit, beyond } = day;
  const limited = Number.isFinite(people);
  const count = patterns.length;
  const rows = halves.length + (limited ? 1 : 0) + branches.length;
  // Patterns, a lack and a surplus for each half-hour, the people left, a slack and an excuse for each branch.
  const columns = count + 2 * halves.length + (limited ? 1 : 0) + 2 * branches.length;
  const matrix = Array.from({ length: rows }, () => new Float64Array(columns));
  const cost = new Float64Array(columns);
  const right = new Float64Array(rows);
  const basis: number[] = [];
  const rowOf = new Map(halves.map((half, row) => [half, row]));
  for (const [index, pattern] of patterns.entries())
    for (const half of pattern.halves) matrix[rowOf.get(half)!]![index] = 1;
  for (const [row, half] of halves.entries()) {
    const at = count + 2 * row;
    matrix[row]![at] = 1;
    matrix[row]![at + 1] = -1;
    cost[at] = lack;
    cost[at + 1] = surplus;
    right[row] = needed[half] ?? 0;
    basis.push(at);
  }
  let next = count + 2 * halves.length;
  if (limited) {
    const row = halves.length;
    matrix[row]!.fill(1, 0, count);
    matrix[row]![next] = 1;
    right[row] = people;
    basis.push(next++);
  }
  const excuse = (lack + surplus) * (halves.length + 1);
  const excuses: number[] = [];
  for (const [index, branch] of branches.entries()) {
    const row = halves.length + (limited ? 1 : 0) + index;
    for (const pattern of branch.patterns) matrix[row]![pattern] = 1;
    matrix[row]![next] = branch.atLeast ? -1 : 1;
    right[row] = branch.people;
    if (branch.atLeast) {
      matrix[row]![next + 1] = 1;
      cost[next + 1] = excuse;
      excuses.push(next + 1);
    }
    basis.push(branch.atLeast ? next + 1 : next);
    next += 2;
  }
  const { value, x } = solveLinear({ cost, matrix, right, basis } satisfies LinearProgram);
  if (excuses.some((column) => x[column]! > TINY)) return null;
  const units = Math.ceil((value + beyond) / unit - TINY);
  return { bound: Math.max(0, units * unit), x: x.subarray(0, count) };
}

/** The two halves that a fraction leaves: of the people who come at one moment, else of one shift. */
function splitOf(patterns: readonly Pattern[], x: Float64Array): [Branch, Branch] {
  const starts = Map.groupBy(patterns.keys(), (index) => patterns[index]!.start);
  const groups = [...starts.values()];
  const group = mostBroken(groups, x) ??
    mostBroken(
      [...patterns.keys()].map((index) => [index]),
      x,
    ) ?? [0];
  const people = Math.floor(sumOf(group, x) + TINY);
  return [
    { patterns: group, atLeast: false, people },
    { patterns: group, atLeast: true, people: people + 1 },
  ];
}

function mostBroken(groups: readonly (readonly number[])[], x: Float64Array): readonly number[] | null {
  let found: readonly number[] | null = null;
  let most = TINY;
  for (const group of groups) {
    const sum = sumOf(group, x);
    const broken = Math.abs(sum - Math.round(sum));
    if (broken <= most) continue;
    most = broken;
    found = group;
  }
  return found;
}

function sumOf(group: readonly number[], x: Float64Array): number {
  return group.reduce((sum, index) => sum + x[index]!, 0);
}

interface Plan {
  readonly x: Int32Array;
  readonly cost: number;
}

/** A plan made no worse by one person more, less, or elsewhere, until none of these helps. */
function improved(day: DayProblem, from: Int32Array): Plan {
  const { patterns, halves, needed, lack, surplus, people, beyond } = day;
  const x = new Int32Array(from.length);
  const over = new Map(halves.map((half) => [half, -(needed[half] ?? 0)]));
  let there = 0;
  const put = (index: number, change: 1 | -1) => {
    x[index]! += change;
    there += change;
    for (const half of patterns[index]!.halves) over.set(half, over.get(half)! + change);
  };
  for (const [index, count] of from.entries()) for (let one = 0; one < count; one++) put(index, 1);
  const change = (index: number, by: 1 | -1) =>
    patterns[index]!.halves.reduce((sum, half) => {
      const now = over.get(half)!;
      if (by > 0) return sum + (now < 0 ? -lack : surplus);
      return sum + (now > 0 ? -surplus : lack);
    }, 0);
  const bestOf = (by: 1 | -1) => {
    let [found, least] = [-1, 0];
    for (const index of patterns.keys()) {
      if (by < 0 && x[index] === 0) continue;
      const worth = change(index, by);
      if (worth < least) [found, least] = [index, worth];
    }
    return { found, least };
  };
  const moved = () => {
    for (const from of patterns.keys()) {
      if (x[from] === 0) continue;
      const lost = change(from, -1);
      put(from, -1);
      const { found, least } = bestOf(1);
      if (found >= 0 && lost + least < 0) {
        put(found, 1);
        return true;
      }
      put(from, 1);
    }
    return false;
  };
  for (;;) {
    const more = there < people ? bestOf(1) : { found: -1, least: 0 };
    if (more.found >= 0) put(more.found, 1);
    else {
      const fewer = bestOf(-1);
      if (fewer.found >= 0) put(fewer.found, -1);
      else if (!moved()) break;
    }
  }
  const cost = halves.reduce((sum, half) => {
    const now = over.get(half)!;
    return sum + (now < 0 ? -now * lack : now * surplus);
  }, beyond);
  return { x, cost };
}

function told({ patterns, needed }: DayProblem, { x, cost }: Plan, bound: number, nodes: number): ShiftPlan {
  const shifts = patterns.flatMap(({ start, end, rest }, index) =>
    x[index]! > 0 ? [{ start, end, rest, people: x[index]! }] : [],
  );
  const covered = needed.map(() => 0);
  for (const [index, { halves }] of patterns.entries()) for (const half of halves) covered[half]! += x[index]!;
  const gaps = covered.map((there, half) => there - (needed[half] ?? 0));
  return {
    shifts: shifts.sort((a, b) => a.start - b.start || a.end - b.end || (a.rest ?? 0) - (b.rest ?? 0)),
    covered,
    people: shifts.reduce((sum, { people }) => sum + people, 0),
    lack: gaps.reduce((sum, gap) => sum + Math.max(0, -gap), 0),
    surplus: gaps.reduce((sum, gap) => sum + Math.max(0, gap), 0),
    cost: cost / CENTS,
    bound: Math.min(bound, cost) / CENTS,
    optimal: bound >= cost,
    nodes,
  };
}
