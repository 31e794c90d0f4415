import { type Day, daysBetween } from '../kernel/brazil/dates.ts';
import { builtContacts, inBuilt } from '../lake/reference/resolved.ts';
import type { Lake } from '../storage/lake.ts';

/** A source and the days it has data of. */
export interface SourceDays {
  readonly source: string;
  readonly first_day: Day;
  readonly last_day: Day;
  /** The last day of which all may have come: not the day on which the numbers were made. */
  readonly complete_to: Day;
}

/** A source that has contacts: its days, and what it holds. */
export interface SourceFacts extends SourceDays {
  readonly holds: 'all' | 'answered';
  /** Its contacts have a time of day. */
  readonly has_time: boolean;
  /** Its contacts come when they ended, none before. */
  readonly ended_only: boolean;
  /** It says of some abandoned contact how long it waited, or has none. */
  readonly times_abandoned: boolean;
  /** Its scores go beyond 5 and not beyond 10: they are from 0 to 10. */
  readonly ten_points: boolean;
  /** Its events tell that some contact was reopened. */
  readonly tells_reopenings: boolean;
  /** Kinds of identification, as `phone+email`, or `none`. */
  readonly identity: string;
  readonly contacts: number;
}

/** A source that ended longer than this before the newest is history, not the current operation. */
const CURRENT_DAYS = 92;

/** Those of the sources that are part of the current operation. */
export function currentSources<One extends SourceDays>(sources: readonly One[]): One[] {
  const newest = sources
    .map(({ last_day }) => last_day)
    .sort()
    .at(-1);
  return sources.filter(({ last_day }) => newest !== undefined && daysBetween(last_day, newest) <= CURRENT_DAYS);
}

/** What every figure of one lake version needs to know. */
export interface LakeFacts {
  readonly version: number;
  readonly sources: readonly SourceFacts[];
  /** The sources that tell the time of agents. */
  readonly agentTime: readonly SourceDays[];
  readonly agents: ReadonlyMap<string, string>;
  /** Which contacts are built: a condition. */
  readonly built: string;
}

const MADE_ON = '(SELECT made_on FROM gold.version)';
/** A day after the numbers were made is a mistake of the source, and not its last while it has others. */
const LAST_DAY = `coalesce(max(day) FILTER (day <= ${MADE_ON}), max(day))`;
/** The days of a source, of rows that have one each. */
const DAYS = `CAST(min(day) AS VARCHAR) AS first_day, CAST(${LAST_DAY} AS VARCHAR) AS last_day,
  CAST(${LAST_DAY} - CAST(${LAST_DAY} IS NOT DISTINCT FROM ${MADE_ON} AS INTEGER) AS VARCHAR) AS complete_to`;

const kept = new WeakMap<Lake, { version: number; facts: Promise<LakeFacts> }>();

/** The facts of the lake as it is now; read once per lake version. */
export function lakeFacts(lake: Lake): Promise<LakeFacts> {
  const known = kept.get(lake);
  if (known?.version === lake.version) return known.facts;
  const facts = readFacts(lake, lake.version);
  kept.set(lake, { version: lake.version, facts });
  facts.catch(() => kept.delete(lake));
  return facts;
}

async function readFacts(lake: Lake, version: number): Promise<LakeFacts> {
  const sources = await lake.rows<SourceFacts>(`
    SELECT mart.source, any_value(known.holds) AS holds, any_value(known.has_time) AS has_time,
      any_value(known.ended_only) AS ended_only, any_value(known.identity) AS identity,
      sum(abandoned) = 0 OR sum(abandoned_timed) > 0 AS times_abandoned, sum(reopenings) > 0 AS tells_reopenings,
      ${DAYS},
      CAST(sum(contacts) AS BIGINT) AS contacts,
      coalesce(any_value(scored.best) > 5 AND any_value(scored.best) <= 10, false) AS ten_points
    FROM gold.contact_mart AS mart
    JOIN gold.source AS known USING (source)
    LEFT JOIN (SELECT source, max(satisfaction) AS best FROM ${builtContacts([])} GROUP BY source) AS scored USING (source)
    WHERE grain = 'source' GROUP BY mart.source ORDER BY mart.source`);
  const agentTime = await lake.rows<SourceDays>(`
    SELECT source, ${DAYS}
    FROM gold.agent_time_mart WHERE stretches > 0 GROUP BY source ORDER BY source`);
  const agents = await lake.rows<{ agent_id: string; agent_name: string }>('FROM gold.agent');
  const batches = await lake.rows<{ batch_id: number }>('SELECT batch_id FROM gold.built ORDER BY batch_id');
  return {
    version,
    sources,
    agentTime,
    agents: new Map(agents.map(({ agent_id, agent_name }) => [agent_id, agent_name])),
    built: inBuilt(batches.map(({ batch_id }) => batch_id)),
  };
}
