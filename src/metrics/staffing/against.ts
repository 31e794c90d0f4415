/** Agents needed and rostered in one half-hour. */
export interface Balance {
  readonly needed: number;
  readonly rostered: number;
}

/** Sums over half-hours, in agent-hours. */
export interface BalanceTotals {
  readonly needed: number;
  readonly rostered: number;
  readonly lack: number;
  readonly surplus: number;
}

const HOURS = 0.5;

/** Agents too few in a half-hour. */
export function lackOf({ needed, rostered }: Balance): number {
  return Math.max(0, needed - rostered);
}

/** Agents too many in a half-hour. */
export function surplusOf({ needed, rostered }: Balance): number {
  return Math.max(0, rostered - needed);
}

/** Agent-hours needed and rostered, and of lack and surplus apart: too many in one half-hour make up for none in another. */
export function balanceTotals(halfHours: readonly Balance[]): BalanceTotals {
  const hours = (of: (one: Balance) => number) => HOURS * halfHours.reduce((sum, one) => sum + of(one), 0);
  return {
    needed: hours(({ needed }) => needed),
    rostered: hours(({ rostered }) => rostered),
    lack: hours(lackOf),
    surplus: hours(surplusOf),
  };
}

/** The half-hours by how many agents lack, the most first; of as many lacking, the one that needs fewest, where it shows most. */
export function byLack<T extends Balance>(halfHours: readonly T[]): T[] {
  return halfHours.toSorted((a, b) => lackOf(b) - lackOf(a) || a.needed - b.needed);
}

/** Likewise by how many are too many. */
export function bySurplus<T extends Balance>(halfHours: readonly T[]): T[] {
  return halfHours.toSorted((a, b) => surplusOf(b) - surplusOf(a) || a.needed - b.needed);
}
