import { join } from 'node:path';
import { agentTimeMart } from '../contracts/index.ts';
import { addDays, type Day } from '../kernel/brazil/dates.ts';
import { type LakeSession, literal, sqlFile } from '../storage/lake.ts';

const SQL = join(import.meta.dirname, 'sql');

/** Stretches summed at a time. */
const SLICE = 2_000_000;

/**
 * Seconds by agent and half-hour (an SQL statement), of the source-days of a relation (source, day), out of stretches
 * with the columns of `silver.agent_time`.
 */
export function agentTimeSums(stretches: string, days: string): string {
  return sqlFile(SQL, 'agent-time.sql', { stretches, days });
}

/** Begins to note source-days whose agents' time is to be summed anew, in temporary table `agent_days`. */
export async function noAgentDays(session: LakeSession): Promise<void> {
  await session.run('CREATE OR REPLACE TEMP TABLE agent_days (source VARCHAR, day DATE)');
}

/** Notes the source-days that stretches reach into, of those that a condition chooses: only there can figures differ. */
export async function noteAgentDays(session: LakeSession, where: string): Promise<void> {
  await session.run(
    `INSERT INTO agent_days SELECT source, CAST(unnest(range(first, last + 1, INTERVAL 1 DAY)) AS DATE) FROM (
       SELECT DISTINCT source, CAST(started_at AS DATE) AS first, CAST(ended_at AS DATE) AS last FROM silver.agent_time WHERE ${where}
     )`,
  );
}

/** Sums the noted source-days, as silver is now, into a table of the mart's columns; resolves to how many they are. */
export async function sumAgentDays(session: LakeSession, into: string): Promise<number> {
  await session.run('CREATE OR REPLACE TEMP TABLE summed_days AS SELECT DISTINCT source, day FROM agent_days');
  const [span] = await session.rows<{ first: string | null; last: string }>(
    'SELECT CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last FROM summed_days',
  );
  if (!span?.first) return 0;
  const slices = await session.rows<{ first: string; last: string; days: number }>(
    `SELECT CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last, CAST(sum(days) AS BIGINT) AS days FROM (
       SELECT day, days, sum(coalesce(stretches, 0)) OVER (ORDER BY day) // ${SLICE} AS slice
       FROM (SELECT day, count(*) AS days FROM summed_days GROUP BY day)
       LEFT JOIN (
         SELECT CAST(started_at AS DATE) AS day, count(*) AS stretches FROM ${stretchesOn(span.first, span.last)} GROUP BY 1
       ) USING (day)
     ) GROUP BY slice ORDER BY slice`,
  );
  for (const { first, last } of slices) {
    const days = `(SELECT source, day FROM summed_days WHERE day BETWEEN ${literal(first)} AND ${literal(last)})`;
    const sums = agentTimeSums(stretchesOn(addDays(first, -2), last), days);
    await session.run(`INSERT INTO ${into} BY NAME ${sums} ORDER BY day`);
  }
  return slices.reduce((sum, { days }) => sum + days, 0);
}

/** Stretches that begin on days, both ends in. */
function stretchesOn(first: Day, last: Day): string {
  return `(SELECT * FROM silver.agent_time WHERE started_at >= ${literal(first)} AND started_at < ${literal(addDays(last, 1))})`;
}

/** Puts the sums of the noted source-days in the place of gold's, in the caller's transaction. */
export async function keepAgentDays(session: LakeSession, from: string): Promise<void> {
  await session.run(`DELETE FROM gold.${agentTimeMart.name} WHERE (source, day) IN (FROM summed_days)`);
  await session.run(`INSERT INTO gold.${agentTimeMart.name} BY NAME FROM ${from}`);
}
