const Z = 1.959964;

/** Wilson's 95 % interval of a rate (Wilson, 1927); null without trials. */
export function wilson(successes: number, trials: number): { low: number; high: number } | null {
  if (trials <= 0) return null;
  const rate = successes / trials;
  const z2 = Z * Z;
  const centre = rate + z2 / (2 * trials);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/**
 * The 95 % interval of a mean by the central limit, of the sum and the sum of squares of so many values; null of fewer
 * than two. Of values 100, 0 and −100 the variance is the multinomial one of a net promoter score.
 */
export function meanInterval(sum: number, squares: number, count: number): { low: number; high: number } | null {
  if (count < 2) return null;
  const mean = sum / count;
  const spread = Z * Math.sqrt(Math.max(0, squares / count - mean * mean) / count);
  return { low: mean - spread, high: mean + spread };
}

export interface Trials {
  readonly successes: number;
  readonly trials: number;
}

/**
 * Each group's rate drawn towards the common one by as much as its size warrants: the mean of a beta posterior whose
 * prior is fitted to the groups by moments (Casella, 1985). Groups without trials get the common rate.
 */
export function shrink(groups: readonly Trials[]): number[] {
  const counted = groups.filter(({ trials }) => trials > 0);
  const trials = counted.reduce((sum, group) => sum + group.trials, 0);
  if (trials === 0) return groups.map(() => 0);
  const common = counted.reduce((sum, group) => sum + group.successes, 0) / trials;
  const strength = priorStrength(counted, common, trials);
  if (!Number.isFinite(strength)) return groups.map(() => common);
  return groups.map((group) => (group.successes + common * strength) / (group.trials + strength));
}

/** Trials that the prior is worth; infinite when the groups differ no more than chance does. */
function priorStrength(groups: readonly Trials[], common: number, total: number): number {
  if (groups.length < 2) return Number.POSITIVE_INFINITY;
  const noise = common * (1 - common);
  const spread = groups.reduce((sum, { successes, trials }) => sum + trials * (successes / trials - common) ** 2, 0);
  const effective = total - groups.reduce((sum, { trials }) => sum + trials ** 2, 0) / total;
  const between = (spread - (groups.length - 1) * noise) / effective;
  return between <= 0 ? Number.POSITIVE_INFINITY : Math.max(0, noise / between - 1);
}
