import { existsSync } from 'node:fs';
import type { Division } from '../customers/segments/divisions.ts';
import { literal } from '../storage/lake.ts';
import type { App } from './app.ts';
import type { SegmentsView } from './schema-segments.ts';

/** What using a division would change: it beside the one in use; null of that one, and where none is. */
export async function besideInUse(
  { lake, divisions }: App,
  division: Division,
): Promise<NonNullable<SegmentsView['beside']> | null> {
  const current = await divisions.current();
  if (!current || current.id === division.id) return null;
  const [own, other] = [divisions.pathOf(division.id), divisions.pathOf(current.id)];
  if (!existsSync(own) || !existsSync(other)) return null;
  const [moves] = await lake.rows<Record<'both' | 'changed' | 'arrived' | 'left_it', number>>(
    `SELECT count(*) FILTER (now.id IS NOT NULL AND used.id IS NOT NULL) AS "both",
       count(*) FILTER (now."group" <> used."group") AS changed,
       count(*) FILTER (used.id IS NULL) AS arrived, count(*) FILTER (now.id IS NULL) AS left_it
     FROM read_parquet(${literal(own)}) AS now FULL JOIN read_parquet(${literal(other)}) AS used ON now.id = used.id`,
  );
  const { both, changed, arrived, left_it: left } = moves!;
  const { id, day, customers, silhouette, groups } = current;
  const numbers = new Set(groups.map(({ number }) => number));
  return {
    ...{ id, day, customers, silhouette, groups: groups.length },
    stability: leastStability(groups),
    ...{ both, changed, arrived, left },
    anew: !division.groups.some(({ number }) => numbers.has(number)),
  };
}

/** The stability of the least stable of some groups; null where none is told. */
function leastStability(groups: Division['groups']): number | null {
  const known = groups.flatMap(({ stability }) => stability ?? []);
  return known.length > 0 ? Math.min(...known) : null;
}
