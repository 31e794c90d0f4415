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
  let all = 0;
  for (const { cell, n } of cells) {
    all += n;
    weights.set(cell, (weights.get(cell) ?? 0) + n);
  }
  return [...Map.groupBy(cells, ({ team }) => team)].map(([team, own]) => ({
    team,
    ...mixed(whole(own), weights, all),
  }));
}

function mixed(cells: readonly CellSums[], weights: ReadonlyMap<string, number>, all: number): OnMix {
  let [n, covered, worth, free, within] = [0, 0, 0, 0, 0];
  for (const one of cells) {
    const weight = weights.get(one.cell)!;
    n += one.n;
    covered += weight;
    worth += (weight * one.sum) / one.n;
    free += one.n - 1;
    within += aboutMean(one);
  }
  // The variance of the mean; null where no cell has two cases.
  let variance = 0;
  for (const one of cells) {
    const spread = one.n > 1 ? aboutMean(one) / (one.n - 1) : within / free;
    variance += (weights.get(one.cell)! / covered) ** 2 * (spread / one.n);
  }
  const value = worth / covered;
  const margin = free <= 0 || variance === 0 ? null : Z * Math.sqrt(variance);
  return {
    value,
    low: margin === null ? null : value - margin,
    high: margin === null ? null : value + margin,
    n,
    coverage: covered / all,
  };
}

/** What cases differ by from their own mean, squared. */
const aboutMean = ({ n, sum, squares }: CellSums): number => Math.max(0, squares - (sum * sum) / n);

/** Each cell once. */
function whole(cells: readonly CellSums[]): readonly CellSums[] {
  const once = new Map<string, CellSums>();
  for (const one of cells) {
    const known = once.get(one.cell);
    once.set(
      one.cell,
      known ? { ...one, n: one.n + known.n, sum: one.sum + known.sum, squares: one.squares + known.squares } : one,
    );
  }
  return once.size === cells.length ? cells : [...once.values()];
}
