/** Cases of a team that are alike: how many, and the sums of what each is worth and of its square. */
export interface CellSums {
  readonly team: string | null;
  readonly cell: string;
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** A team's mean as it would be with the mix of all teams together. */
export interface OnMix {
  readonly value: number;
  /** Its 95 % interval; null while no cell has two cases that differ. */
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  /** The share of the whole's mix in whose cells the team has cases: of the rest nothing is known. */
  readonly coverage: number;
}

const Z = 1.959964;

/**
 * Direct standardisation (Keiding and Clayton, Statistical Science 2014; Kitagawa, 1955): each cell's own mean, weighed
 * as the cell weighs among all teams, over the cells where the team has cases. The interval is that of a stratified
 * mean; a cell of one case takes the spread within the team's other cells.
 */
export function onWholeMix(cells: readonly CellSums[]): (OnMix & { readonly team: string | null })[] {
  const weights = new Map<string, number>();
  const teams = new Map<string | null, Map<string, CellSums>>();
  let all = 0;
  for (const cell of cells) {
    all += cell.n;
    weights.set(cell.cell, (weights.get(cell.cell) ?? 0) + cell.n);
    const own = teams.get(cell.team) ?? new Map<string, CellSums>();
    own.set(cell.cell, plus(own.get(cell.cell), cell));
    teams.set(cell.team, own);
  }
  return [...teams].map(([team, own]) => ({ team, ...mixed([...own.values()], weights, all) }));
}

function mixed(cells: readonly CellSums[], weights: ReadonlyMap<string, number>, all: number): OnMix {
  const weighed = cells.map((cell) => ({ ...cell, weight: weights.get(cell.cell)! }));
  const covered = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const value = weighed.reduce((sum, { weight, n, sum: own }) => sum + (weight / covered) * (own / n), 0);
  const n = cells.reduce((sum, cell) => sum + cell.n, 0);
  const pooled = spread(cells);
  const variance =
    pooled === null
      ? null
      : weighed.reduce(
          (sum, { weight, ...cell }) => sum + (weight / covered) ** 2 * ((spread([cell]) ?? pooled) / cell.n),
          0,
        );
  const margin = variance === null || variance === 0 ? null : Z * Math.sqrt(variance);
  return {
    value,
    low: margin === null ? null : value - margin,
    high: margin === null ? null : value + margin,
    n,
    coverage: covered / all,
  };
}

/** The variance of cases within cells, each about its own mean; null where no cell has two. */
function spread(cells: readonly CellSums[]): number | null {
  const free = cells.reduce((sum, { n }) => sum + n - 1, 0);
  if (free <= 0) return null;
  return cells.reduce((sum, { n, sum: own, squares }) => sum + Math.max(0, squares - (own * own) / n), 0) / free;
}

function plus(one: CellSums | undefined, other: CellSums): CellSums {
  if (!one) return other;
  return { ...one, n: one.n + other.n, sum: one.sum + other.sum, squares: one.squares + other.squares };
}
