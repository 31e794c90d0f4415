import { agentTime, type Column } from '../../contracts/index.ts';
import { literal } from '../../storage/lake.ts';
import type { Layout } from '../layout.ts';
import { ownedAgent } from './contact.ts';
import { listTarget } from './list.ts';
import type { Check, Target } from './target.ts';

const { agent_id, state, started_at, ended_at } = agentTime.columns;
const MANDATORY = { agent_id, state, started_at, ended_at };
/** What a layout may map: `updated_at` says which version of a row was written last. */
const MAPPED: Readonly<Record<string, Column>> = { ...MANDATORY, updated_at: { ...ended_at, type: 'TIMESTAMP' } };

/** What agents do while logged in: one row per stretch of one agent in one state. */
export const agentTimeTarget: Target = {
  contract: () => agentTime,
  mappable: (name) => name in MAPPED,
  mandatory: () => Object.keys(MANDATORY),
  typeOf: (name) => MAPPED[name]?.type ?? 'VARCHAR',
  isFilled: () => false,
  rowChecks,
  outputs: (layout) => [
    'row_id',
    'CAST(row_id >> 32 AS INTEGER) AS batch_id',
    `${literal(layout.source)} AS source`,
    `${ownedAgent(layout, 'agent_code(agent_id)')} AS agent_id`,
    'state',
    'started_at',
    'ended_at',
  ],
  keyParts: listTarget.keyParts,
  rowKey: listTarget.rowKey,
  day: () => 'CAST(started_at AS DATE)',
  originals: () => [],
};

function rowChecks(layout: Layout, _mapped: ReadonlySet<string>, raw: (name: string) => string): Check[] {
  const from = layout.columns.ended_at?.from ?? [];
  const end = { column: from.join(' + '), value: `concat_ws(' ', ${from.map(raw).join(', ')})` };
  return [
    { when: 'ended_at < started_at', reason: 'ends-before-start', ...end },
    { when: 'ended_at > started_at + INTERVAL 1 DAY', reason: 'longer-than-a-day', ...end },
  ];
}
