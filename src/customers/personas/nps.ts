import { meanInterval } from '../../metrics/interval.ts';
import { type Lake, literal } from '../../storage/lake.ts';

/** The net promoter score of some customers, by the last grade of each, from 0 to 10 (Reichheld, 2003). */
export interface Nps {
  readonly customers: number;
  /** Who gave a grade: `n` = `promoters` (9 and 10) + `passives` + `detractors` (0 to 6). */
  readonly n: number;
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
  /** In points from −100 to 100; null where nobody gave a grade. */
  readonly score: number | null;
  /** 95 %, of the multinomial variance; null of fewer than two. */
  readonly interval: readonly [low: number, high: number] | null;
}

export interface NpsByGroup {
  readonly base: Nps;
  readonly groups: readonly (Nps & { readonly group: number })[];
}

/**
 * The score of each group and of all. Of a customer whose answers have no day the median counts.
 * @param groups the groups of customers, and @param care what they answered, both Parquet. @returns null where nobody
 * answered.
 */
export async function npsByGroup(lake: Lake, groups: string, care: string): Promise<NpsByGroup | null> {
  const counted = await lake.rows<Pick<Nps, 'customers' | 'promoters' | 'passives' | 'detractors'> & { group: number }>(
    `SELECT "group", count(*) AS customers, count(*) FILTER (grade >= 9) AS promoters,
       count(*) FILTER (grade > 6 AND grade < 9) AS passives, count(*) FILTER (grade <= 6) AS detractors
     FROM (
       SELECT "group", coalesce(last_nps, median_nps) AS grade FROM read_parquet(${literal(groups)}) AS own
       LEFT JOIN read_parquet(${literal(care)}) AS told ON CAST(told.customer AS VARCHAR) = CAST(own.id AS VARCHAR)
     ) GROUP BY "group" ORDER BY "group"`,
  );
  const base = npsOf({
    customers: sum(counted.map((one) => one.customers)),
    promoters: sum(counted.map((one) => one.promoters)),
    passives: sum(counted.map((one) => one.passives)),
    detractors: sum(counted.map((one) => one.detractors)),
  });
  if (base.n === 0) return null;
  return { base, groups: counted.map(({ group, ...counts }) => ({ group, ...npsOf(counts) })) };
}

const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0);

export function npsOf(counts: Pick<Nps, 'customers' | 'promoters' | 'passives' | 'detractors'>): Nps {
  const { promoters, passives, detractors } = counts;
  const n = promoters + passives + detractors;
  const bounds = meanInterval(100 * (promoters - detractors), 10_000 * (promoters + detractors), n);
  return {
    ...counts,
    n,
    score: n === 0 ? null : (100 * (promoters - detractors)) / n,
    interval: bounds && [Math.max(-100, bounds.low), Math.min(100, bounds.high)],
  };
}
