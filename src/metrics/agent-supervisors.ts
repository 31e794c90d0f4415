import type { Lake } from '../storage/lake.ts';
import type { SourceFacts } from './facts.ts';
import { conditions, type Scope } from './scope.ts';

/**
 * The supervisor of each agent on most of the days on which the agent worked in the scope; of as many days, the one of
 * the latest day.
 */
export async function agentSupervisors(
  lake: Lake,
  scope: Scope,
  sources: readonly SourceFacts[],
): Promise<ReadonlyMap<string, string>> {
  const where = (scope.where ?? []).filter(({ column }) => ['agent', 'supervisor'].includes(column));
  const { sql: condition, parameters } = conditions({ ...scope, where }, sources);
  const rows = await lake.rows<{ agent: string; supervisor: string }>(
    `SELECT agent, supervisor FROM (
       SELECT agent, supervisor, count(*) AS days, max(day) AS latest FROM (
         SELECT agent, supervisor, day FROM gold.contact_mart WHERE grain = 'agent' AND ${condition}
         GROUP BY ALL HAVING sum(legs) > 0
       ) GROUP BY ALL
     ) QUALIFY row_number() OVER (PARTITION BY agent ORDER BY days DESC, latest DESC, supervisor) = 1`,
    parameters,
  );
  return new Map(rows.map(({ agent, supervisor }) => [agent, supervisor]));
}
