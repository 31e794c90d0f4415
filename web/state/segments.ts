/** From it on a group is stable (Hennig, 2007). */
export const STABLE = 0.75;
/** Below it a group dissolves. */
export const DISSOLVES = 0.5;

/** The stability of the least stable of some groups; null where none is told. */
export function leastStable(groups: readonly { readonly stability: number | null }[]): number | null {
  const known = groups.flatMap(({ stability }) => (stability === null ? [] : [stability]));
  return known.length > 0 ? Math.min(...known) : null;
}
