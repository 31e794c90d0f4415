import { folded } from '../../intake/reference/value.ts';
import type { Lake } from '../../storage/lake.ts';
import type { SourceFacts } from '../facts.ts';
import { conditions, type Scope } from '../scope.ts';
import { type Demand, type DemandQuestion, demandOf, type HalfHourDemand } from '../staffing/demand.ts';
import { type DaySums, type HalfSums, halfSums } from './day-sums.ts';

export type PastDemand = Pick<Demand, 'halfHours' | 'queues'>;
export type PastQuestion = DemandQuestion & { readonly scope: Required<Pick<Scope, 'from' | 'to'>> & Scope };

/**
 * What `demandOf` says of past days, from the mart where it can: of sources whose contacts are all of the channel and
 * either answered, abandoned or void, when no filter asks for what the mart's half-hours do not know.
 */
export async function pastDemand(lake: Lake, question: PastQuestion): Promise<PastDemand> {
  const { scope, sources } = question;
  const plain = (scope.where ?? []).length > 0 ? [] : await plainSources(lake, question);
  const others = sources.filter((one) => !plain.includes(one));
  const parts = await Promise.all([
    ...(plain.length > 0 ? [fromMart(lake, { ...question, sources: plain })] : []),
    ...(others.length > 0 ? [demandOf(lake, { ...question, sources: others })] : []),
  ]);
  return {
    halfHours: addedUp(parts.flatMap(({ halfHours }) => halfHours)),
    queues: [...new Set(parts.flatMap(({ queues }) => queues))],
  };
}

async function plainSources(lake: Lake, { scope, sources, channel }: PastQuestion): Promise<SourceFacts[]> {
  const { sql, parameters } = conditions({ from: scope.from, to: scope.to }, sources);
  const rows = await lake.rows<{ source: string }>(
    `SELECT source FROM gold.contact_mart WHERE grain = 'status' AND ${sql} GROUP BY source
     HAVING bool_and(lower(strip_accents(channel)) = $channel AND status IN ('answered', 'abandoned', 'void'))`,
    { ...parameters, channel: folded(channel) },
  );
  const plain = new Set(rows.map(({ source }) => source));
  return sources.filter(({ source, holds, has_time }) => plain.has(source) && holds === 'all' && has_time);
}

type MartRow = HalfSums & { readonly day: string; readonly half: number; readonly excluded: boolean };

async function fromMart(lake: Lake, { scope, sources, channel, view }: PastQuestion): Promise<PastDemand> {
  const { sql, parameters } = conditions({ from: scope.from, to: scope.to }, sources);
  const [rows, queues] = await Promise.all([
    lake.rows<MartRow>(
      `SELECT CAST(day AS VARCHAR) AS day, CAST(half_hour AS INTEGER) AS half, excluded, ${halfSums()}
       FROM gold.contact_mart WHERE grain = 'half_hour' AND half_hour IS NOT NULL AND ${sql} GROUP BY ALL ORDER BY ALL`,
      parameters,
    ),
    lake.rows<{ queue: string }>(
      `SELECT DISTINCT queue FROM gold.contact_mart
       WHERE grain = 'queue' AND lower(strip_accents(channel)) = $channel AND ${sql} ORDER BY queue`,
      { ...parameters, channel: folded(channel) },
    ),
  ]);
  const halfHours = rows.map((row) => demandHalf(row.day, row.half, row, view === 'net' && row.excluded));
  return { halfHours, queues: queues.map(({ queue }) => queue) };
}

/** The sums of a half-hour as staffing has them. */
export function demandHalf(day: string, half: number, sums: HalfSums, leftOut: boolean): HalfHourDemand {
  const { offered, handled, handle_s } = sums;
  const none = { offered: 0, abandoned: 0, in_time: 0, waits: 0, given_up: 0, waited_s: 0, handled: 0, handle_s: 0 };
  if (leftOut) return { day, half, ...none, left_out: offered };
  return {
    day,
    half,
    offered,
    abandoned: sums.abandoned,
    in_time: sums.answered_in_time,
    waits: sums.offered_timed,
    given_up: sums.abandoned_timed,
    waited_s: sums.wait_s + sums.abandoned_wait_s,
    handled,
    handle_s,
    left_out: 0,
  };
}

/** The half-hours of a channel among a day's sums. */
export function demandIn(sums: readonly DaySums[], day: string, channel: string, view: 'net' | 'gross') {
  const own = sums.filter((one) => one.channel === folded(channel));
  return addedUp(own.map((one) => demandHalf(day, one.half, one, view === 'net' && one.excluded)));
}

/** One row for each half-hour. */
function addedUp(rows: readonly HalfHourDemand[]): HalfHourDemand[] {
  const sums = new Map<string, HalfHourDemand>();
  for (const row of rows) {
    const key = `${row.day} ${row.half}`;
    const known = sums.get(key);
    sums.set(key, known ? plus(known, row) : row);
  }
  return [...sums.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.half - b.half));
}

function plus(a: HalfHourDemand, b: HalfHourDemand): HalfHourDemand {
  return {
    day: a.day,
    half: a.half,
    offered: a.offered + b.offered,
    abandoned: a.abandoned + b.abandoned,
    in_time: a.in_time + b.in_time,
    waits: a.waits + b.waits,
    given_up: a.given_up + b.given_up,
    waited_s: a.waited_s + b.waited_s,
    handled: a.handled + b.handled,
    handle_s: a.handle_s + b.handle_s,
    left_out: a.left_out + b.left_out,
  };
}
