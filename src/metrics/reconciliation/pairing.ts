import type { LakeSession } from '../../storage/lake.ts';

/** A protocol that more lines, or more contacts, have is none: a source writes something where it has no protocol. */
export const MOST_ALIKE = 100;
/** Further than any start: one of the two is not known. */
const UNKNOWN_DISTANCE = 1e12;

export interface Pairing {
  /** Temporary table of contacts: row_id, key, phone, started_at. */
  readonly rows: string;
  /** Temporary table that the pairs go to: line, row_id, how. */
  readonly into: string;
}

/** Pairs lines with contacts of the same protocol, each with one, the nearest starts first. */
export async function pairByProtocol(session: LakeSession, pairing: Pairing): Promise<void> {
  const { lines, rows } = free(pairing);
  const shared = `SELECT key FROM ${pairing.rows} GROUP BY key HAVING count(*) > ${MOST_ALIKE}`;
  await pairNearest(
    session,
    `SELECT line, row_id, coalesce(abs(epoch(one.started_at) - epoch(other.started_at)), ${UNKNOWN_DISTANCE}) AS distance
     FROM ${lines} AS one JOIN (FROM ${rows} ANTI JOIN (${shared}) USING (key)) AS other USING (key)`,
    pairing.into,
    'protocol',
  );
}

/** How far apart two starts of one contact may be, in seconds; `daily`: a list without times is held against days. */
export interface Tolerance {
  readonly seconds: number;
  readonly daily: boolean;
}

/** The lines that are paired or known to be there twice (an SQL expression). */
export const SETTLED = '(SELECT line FROM matched UNION ALL SELECT line FROM found UNION ALL SELECT line FROM again)';

/** The stretch of time that a moment falls into (an SQL expression): what is near enough is in the same or in the next. */
export function stretchOf(moment: string, { seconds, daily }: Tolerance): string {
  return `CAST(floor(epoch(${moment}) / ${daily ? 86_400 : Math.max(1, seconds)}) AS BIGINT)`;
}

/**
 * Pairs lines with contacts of the same phone whose starts are near enough, each with one, the nearest first. A phone that
 * very many have in one stretch of time is nobody's: of it only equal starts are paired.
 */
export async function pairByPhone(session: LakeSession, pairing: Pairing, tolerance: Tolerance): Promise<void> {
  const { seconds, daily } = tolerance;
  const { lines, rows } = free(pairing);
  const [line, row] = [lines, rows].map((from) => `(FROM ${from} WHERE phone IS NOT NULL AND started_at IS NOT NULL)`);
  const moment = daily ? 'CAST(started_at AS DATE)' : 'started_at';
  const placed = (from: string, last: string) =>
    `(SELECT ${last}, phone, ${moment} AS moment,
       row_number() OVER (PARTITION BY phone, ${moment} ORDER BY started_at, ${last}) AS place FROM ${from})`;
  await session.run(
    `INSERT INTO ${pairing.into} SELECT line, row_id, 'phone'
     FROM ${placed(line!, 'line')} AS one JOIN ${placed(row!, 'row_id')} AS other USING (phone, moment, place)`,
  );
  if (daily) return;
  const stretch = stretchOf('started_at', tolerance);
  const few = (from: string) =>
    `(SELECT *, ${stretch} AS stretch FROM ${from} QUALIFY count(*) OVER (PARTITION BY phone, ${stretch}) <= ${MOST_ALIKE})`;
  await pairNearest(
    session,
    `SELECT line, row_id, abs(epoch(one.started_at) - epoch(other.started_at)) AS distance
     FROM (SELECT * REPLACE (unnest([stretch - 1, stretch, stretch + 1]) AS stretch) FROM ${few(line!)}) AS one
     JOIN ${few(row!)} AS other USING (phone, stretch)
     WHERE distance <= ${seconds}`,
    pairing.into,
    'phone',
  );
}

/** The lines and the rows that have no pair yet. */
function free({ rows, into }: Pairing): { lines: string; rows: string } {
  return {
    lines: `(FROM listed WHERE line NOT IN ${SETTLED})`,
    rows: `(FROM ${rows} WHERE row_id NOT IN (SELECT row_id FROM ${into}))`,
  };
}

/** Takes, again and again, the pairs that are the nearest to both of theirs: what a pass over all in order of distance would. */
async function pairNearest(session: LakeSession, pairs: string, into: string, how: string): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE pair AS ${pairs}`);
  for (;;) {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE nearest AS SELECT line, row_id FROM (
         SELECT line, row_id, row_number() OVER (PARTITION BY line ORDER BY distance, row_id) AS of_line,
           row_number() OVER (PARTITION BY row_id ORDER BY distance, line) AS of_row
         FROM pair
       ) WHERE of_line = 1 AND of_row = 1`,
    );
    const taken = await session.run(`INSERT INTO ${into} SELECT line, row_id, '${how}' FROM nearest`);
    if (taken === 0) return;
    await session.run(
      `DELETE FROM pair WHERE line IN (SELECT line FROM nearest) OR row_id IN (SELECT row_id FROM nearest)`,
    );
  }
}
