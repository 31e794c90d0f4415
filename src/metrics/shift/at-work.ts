import { agentTimeMart } from '../../contracts/index.ts';
import { folded } from '../../intake/reference/value.ts';
import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import type { Lake } from '../../storage/lake.ts';
import type { SourceFacts } from '../facts.ts';
import { askedColumns, conditions, grainFor, type Scope } from '../scope.ts';
import { USUAL_DAYS } from '../staffing/periods.ts';

const HALF_S = 1800;

interface AtWorkQuestion {
  readonly where: Scope['where'];
  readonly sources: readonly SourceFacts[];
  readonly channel: string;
  readonly day: Day;
  readonly isToday: boolean;
}

/**
 * How many agents were on average handling or available in each half-hour of a day, by what sources of agents' time tell
 * of those who handled a contact in view, of a source with the channel, on the day or in the four weeks before. Of a day
 * that goes on, the last half-hour told may be told in part, and is left out. Null where no source tells of the day, or
 * no cut knows the filters.
 */
export async function atWork(
  lake: Lake,
  { where, sources, channel, day, isToday }: AtWorkQuestion,
): Promise<ReadonlyMap<number, number> | null> {
  const grain = grainFor(askedColumns({ where }, ['agent']));
  if (!grain) return null;
  const { sql, parameters } = conditions({ where, from: addDays(day, -USUAL_DAYS), to: addDays(day, 1) }, sources);
  const rows = await lake.rows<{ half: number; people: number; told: number }>(
    `SELECT half_hour AS half, coalesce(sum(handling_s + available_s) FILTER (own), 0) / ${HALF_S} AS people,
       count(*) FILTER (own) AS told
     FROM (
       SELECT half_hour, handling_s, available_s, agent IN (
         SELECT agent FROM gold.contact_mart WHERE grain = '${grain}' AND ${sql} AND source IN (
           SELECT source FROM gold.contact_mart WHERE grain = 'queue' AND lower(strip_accents(channel)) = $channel)) AS own
       FROM gold.${agentTimeMart.name} WHERE day = CAST($to_day AS DATE) - 1
     ) GROUP BY half ORDER BY half`,
    { ...parameters, channel: folded(channel) },
  );
  if (rows.every(({ told }) => told === 0)) return null;
  return new Map((isToday ? rows.slice(0, -1) : rows).map(({ half, people }) => [half, people]));
}
