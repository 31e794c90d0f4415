import type { Day } from '../kernel/brazil/dates.ts';
import type { Lake } from '../storage/lake.ts';

/** A source that has contacts: its days, and what it holds. */
export interface SourceFacts {
  readonly source: string;
  readonly holds: 'all' | 'answered';
  /** Kinds of identification, as `phone+email`, or `none`. */
  readonly identity: string;
  readonly first_day: Day;
  readonly last_day: Day;
  readonly contacts: number;
  readonly identified: number;
}

/** What every figure of one lake version needs to know. */
export interface LakeFacts {
  readonly version: number;
  readonly sources: readonly SourceFacts[];
  readonly agents: ReadonlyMap<string, string>;
}

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
    SELECT mart.source, any_value(known.holds) AS holds, any_value(known.identity) AS identity,
      CAST(min(day) AS VARCHAR) AS first_day, CAST(max(day) AS VARCHAR) AS last_day,
      CAST(sum(contacts) AS BIGINT) AS contacts, coalesce(any_value(marked.eligible), 0) AS identified
    FROM gold.contact_mart AS mart
    JOIN gold.source AS known USING (source)
    LEFT JOIN (
      SELECT source, CAST(sum(eligible) AS BIGINT) AS eligible FROM gold.repeat_mart
      WHERE grain = 'source' AND rule = 'previous-7d' GROUP BY source
    ) AS marked USING (source)
    WHERE grain = 'source' GROUP BY mart.source ORDER BY mart.source`);
  const agents = await lake.rows<{ agent_id: string; agent_name: string }>('FROM gold.agent');
  return { version, sources, agents: new Map(agents.map(({ agent_id, agent_name }) => [agent_id, agent_name])) };
}
