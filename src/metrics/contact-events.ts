import { agent, type Column, contactEvent } from '../contracts/index.ts';
import type { Layout } from '../intake/layout.ts';
import { type Lake, type LakeRow, literal } from '../storage/lake.ts';

/** Events of a contact that are told; the latest where there are more. */
const MOST_EVENTS = 200;

/** Columns of an event, as they are masked. */
export const EVENT_COLUMNS: Readonly<Record<string, Column>> = {
  ...contactEvent.columns,
  agent_name: agent.columns.agent_name,
};

/**
 * What happened to a built contact, in time order, and how many events it has; values as stored. Whoever acts is one of
 * the agents whose codes the layout of the contact's source uses.
 */
export async function contactEvents(
  lake: Lake,
  layouts: readonly Layout[],
  row: number,
): Promise<{ rows: LakeRow[]; total: number }> {
  const owner = layouts
    .filter(({ agents }) => agents !== undefined)
    .reduce(
      (others, { source, agents }) => `if(told.source = ${literal(source)}, ${literal(`${agents}/`)}, ${others})`,
      `''`,
    );
  const found = await lake.rows<LakeRow & { total: number }>(
    `SELECT row_id, strftime(happened_at, '%Y-%m-%dT%H:%M:%S') AS happened_at, kind, agent_name,
       CASE WHEN agent_name IS NULL THEN actor END AS actor, value, total
     FROM (
       SELECT event.*, count(*) OVER () AS total
       FROM silver.contact_event AS event JOIN gold.contact AS own USING (source, contact_id)
       WHERE own.row_id = $row AND event.batch_id IN (FROM gold.built)
       ORDER BY happened_at DESC, event.row_id DESC LIMIT ${MOST_EVENTS}
     ) AS told LEFT JOIN gold.agent AS agent ON agent.agent_id = ${owner} || agent_code(told.actor)
     ORDER BY told.happened_at, row_id`,
    { row: BigInt(row) },
  );
  return { rows: found.map(({ total: _, ...one }) => one), total: found[0]?.total ?? 0 };
}
