import { agentTimeMart, UNMAPPED } from '../contracts/index.ts';
import { RamalError } from '../kernel/errors.ts';
import { dateParameter, literal, quoted } from '../storage/lake.ts';
import type { Receipt } from './answers.ts';
import type { LakeFacts, SourceDays } from './facts.ts';
import type { Asked, Figure, Found } from './found.ts';
import type { AgentTime } from './indicator.ts';
import { askedColumns, chosenSources, conditions, missingSources, type Scope, splitSql } from './scope.ts';
import { inOrder, refuseMany } from './sums.ts';

/** The dimensions that the time of agents is told by. */
export const AGENT_DIMENSIONS: readonly string[] = [
  ...['day', 'week', 'month', 'weekday', 'hour', 'half_hour', 'agent', 'supervisor', 'source'],
];

/** A scope by what its sources hold: contacts, or the time of agents, which all of them tell where none is named. */
export function scopesOf(
  { agentTime }: Pick<LakeFacts, 'agentTime'>,
  scope: Scope,
): { contacts: Scope; agents: Scope } {
  if (!scope.sources) return { contacts: scope, agents: scope };
  const [agents, contacts] = [true, false].map((wanted) =>
    scope.sources!.filter((name) => agentTime.some(({ source }) => source === name) === wanted),
  );
  return {
    contacts: { ...scope, sources: contacts },
    agents: { ...scope, sources: agents!.length > 0 ? agents : undefined },
  };
}

/**
 * Shares of the time of agents; n is the seconds that they are shares of. What an agent does between contacts belongs to
 * no source of contacts: those that a scope names choose the agents who ever handled one of theirs.
 * @throws RamalError `usage` by what only contacts have.
 */
export async function agentTimes(asked: Asked, indicators: readonly AgentTime[]): Promise<Found[]> {
  const { lake, facts, agentScope: scope, question } = asked;
  const { by = [] } = question;
  const wrong = by.find((name) => !AGENT_DIMENSIONS.includes(name));
  if (wrong !== undefined)
    throw new RamalError('usage', {
      what: `O tempo dos agentes não se divide por ${wrong}`,
      todo: `Use ${AGENT_DIMENSIONS.join(', ')}`,
    });
  const [chosen, missing] = [chosenSources(facts.agentTime, scope), missingSources(facts.agentTime, scope)];
  const columns = askedColumns(scope, by);
  const told = columns.every((name) => AGENT_DIMENSIONS.includes(name));
  const { sql: condition, parameters } = conditions(scope, chosen);
  const served = question.scope.sources ?? [];
  for (const [index, source] of served.entries()) parameters[`served_${index}`] = source;
  const whose = `agent IN (SELECT agent FROM gold.contact_mart WHERE grain = 'agent' AND source IN (${served.map((_, index) => `$served_${index}`).join(', ')}))`;
  const states = [...new Set(indicators.flatMap(({ of }) => of))];
  const selected = [
    ...by.map((name, index) => `${splitSql(name)} AS ${quoted(`split_${index}`)}`),
    ...states.map((state) => `CAST(sum(${state}_s) AS DOUBLE) AS ${state}`),
  ];
  const statement = `
    SELECT ${selected.join(', ')} FROM ${timesOf(columns)}
    WHERE ${condition}${served.length > 0 ? ` AND ${whose}` : ''} GROUP BY ALL`;
  const rows = told ? await lake.rows<Record<string, number | string | null>>(statement, parameters) : [];
  if (by.length > 0) refuseMany(rows.length);
  const slices = rows
    .map((row) => ({ key: by.map((_, index) => row[`split_${index}`]!), row }))
    .sort((a, b) => inOrder(a.key, b.key));
  const figure = ({ share, of }: AgentTime, some: typeof rows): Figure => {
    const seconds = (state: string) => some.reduce((sum, row) => sum + Number(row[state]), 0);
    const n = of.reduce((sum, state) => sum + seconds(state), 0);
    return { value: n > 0 ? seconds(share) / n : null, n };
  };
  return indicators.map((one) => {
    const whole = figure(one, rows);
    return {
      statement,
      sources: [],
      whole,
      gross: whole.value,
      excluded: 0,
      rows: by.length > 0 ? slices.map(({ key, row }) => ({ key, ...figure(one, [row]) })) : [],
      reason: told ? 'not-given' : 'agents-only',
      own: { scope, chosen, missing, receipt: () => agentReceipt(asked, one.formula.pt, statement, chosen) },
    };
  });
}

/** The mart (an SQL expression), with the supervisor of each agent's day where that is asked for. */
function timesOf(columns: readonly string[]): string {
  const mart = `gold.${agentTimeMart.name}`;
  if (!columns.includes('supervisor')) return mart;
  return `(SELECT time.*, coalesce(post.supervisor, ${literal(UNMAPPED)}) AS supervisor FROM ${mart} AS time
    LEFT JOIN gold.supervised AS post
      ON post.agent_id = time.agent AND time.day >= post.valid_from AND time.day < post.valid_to)`;
}

/** What a figure rests on. Exclusions are of contacts: they leave out no time. */
async function agentReceipt(
  { lake, facts, agentScope: { from, to } }: Asked,
  formula: string,
  statement: string,
  chosen: readonly SourceDays[],
): Promise<Receipt> {
  const sources = chosen.map(({ source }) => source);
  const within = [
    `source IN (${sources.map(literal).join(', ') || 'NULL'})`,
    ...(from ? ['ended_at > $from_day'] : []),
    ...(to ? ['started_at < $to_day'] : []),
  ];
  const [counted] = await lake.rows<{ batches: number }>(
    `SELECT count(DISTINCT batch_id) AS batches FROM silver.agent_time
     WHERE ${within.join(' AND ')} AND batch_id IN (FROM gold.built)`,
    { ...(from ? { from_day: dateParameter(from) } : {}), ...(to ? { to_day: dateParameter(to) } : {}) },
  );
  return {
    formula,
    statement: statement.replace(/\s+/g, ' ').trim(),
    exclusions: [],
    lakeVersion: facts.version,
    sources,
    batches: counted?.batches ?? 0,
  };
}
