import { type Lake, literal, quoted } from '../../storage/lake.ts';

/** The customers of one time: their groups and their base, both Parquet. */
export interface Time {
  readonly groups: string;
  readonly base: string;
  /** The base's column that names customers. */
  readonly key: string;
  /** The column of what a customer is worth; null where there is none. */
  readonly value: string | null;
}

/** Customers who went from one group to another; null stands for outside the base. */
export interface Flow {
  readonly from: number | null;
  readonly to: number | null;
  readonly customers: number;
  /** What they were worth before, and are now; customers whose worth is not known count nothing. */
  readonly before: number;
  readonly now: number;
}

/** One that moved. */
export interface Mover {
  /** Its place in the base of now, from 1 on; null of who left. */
  readonly row: number | null;
  readonly customer: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly before: number | null;
  readonly now: number | null;
}

/** Each customer at both times (SQL), with the names of {@link Mover}. */
function both(before: Time, now: Time): string {
  const at = ({ groups, base, key, value }: Time) => `
    SELECT own.id, own."group" AS number, ${value === null ? 'NULL' : `told.${quoted(value)}`} AS worth, told.file_row_number + 1 AS row
    FROM read_parquet(${literal(groups)}) AS own
    JOIN read_parquet(${literal(base)}, file_row_number = true) AS told ON CAST(told.${quoted(key)} AS VARCHAR) = own.id`;
  return `(
    SELECT now.row, coalesce(now.id, was.id) AS customer, was.number AS "from", now.number AS "to",
      CAST(was.worth AS DOUBLE) AS before, CAST(now.worth AS DOUBLE) AS now
    FROM (${at(before)}) AS was FULL JOIN (${at(now)}) AS now ON now.id = was.id)`;
}

/** All that moved or stayed between two times, by where from and where to. */
export function flowsOf(lake: Lake, before: Time, now: Time): Promise<Flow[]> {
  return lake.rows<Flow>(
    `SELECT "from", "to", count(*) AS customers, coalesce(sum(before), 0) AS before, coalesce(sum(now), 0) AS now
     FROM ${both(before, now)} GROUP BY "from", "to" ORDER BY "from", "to"`,
  );
}

/** Customers listed at most. */
const MOST_MOVERS = 100;

/** The customers who came to a group or left it, those of the largest worth first. */
export function moversOf(lake: Lake, before: Time, now: Time, number: number): Promise<Mover[]> {
  return lake.rows<Mover>(
    `SELECT * FROM ${both(before, now)}
     WHERE ("from" IS DISTINCT FROM "to") AND ("from" = $number OR "to" = $number)
     ORDER BY greatest(coalesce(before, 0), coalesce(now, 0)) DESC, customer LIMIT ${MOST_MOVERS}`,
    { number },
  );
}
