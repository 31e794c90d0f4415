import type { Day } from '../../kernel/brazil/dates.ts';
import { type HouseRule, maturityDays, repeatRule } from '../../lake/rules/rules.ts';
import { dateParameter, type Lake, type LakeSession } from '../../storage/lake.ts';
import { lakeFacts } from '../facts.ts';
import { chosenSources, conditions, type Scope, watermarkOf } from '../scope.ts';

/** Days from an agent's first on which it is new. */
export const NOVICE_DAYS = 90;

/** What the house knows beside its contacts, on the days in view. */
export interface Knowledge {
  readonly deploys: readonly { readonly day: Day; readonly name: string }[];
  readonly holidays: ReadonlySet<Day>;
  /** Each agent's first day, where it is known. */
  readonly hired: readonly { readonly agent: string; readonly day: Day }[];
  /** Half-hours with the agents that demand needs and those rostered. */
  readonly staffing: readonly HalfHour[];
}

export interface HalfHour {
  readonly day: Day;
  /** From midnight, in half-hours. */
  readonly halfHour: number;
  readonly needed: number;
  readonly rostered: number;
}

export interface DaySums {
  readonly day: Day;
  readonly contacts: number;
  readonly scores: number;
  readonly score: number;
}

/** A subject's closed week, Monday first. */
export interface WeekSums {
  readonly by: 'agent' | 'reason' | 'account';
  readonly subject: string;
  readonly week: Day;
  readonly legs: number;
  readonly handle_s: number;
  readonly matured: number;
  readonly repeated: number;
}

export interface AgentReason {
  readonly agent: string;
  readonly reason: string;
  readonly novice: boolean;
  readonly legs: number;
  readonly handle_s: number;
  /** Sum of the logarithms of handle times. */
  readonly log_s: number;
  readonly matured: number;
  readonly repeated: number;
}

export interface DddWeek {
  readonly ddd: string;
  readonly week: Day;
  readonly contacts: number;
}

/** Repeats by whether another agent than the anchor's took them. */
export interface Handover {
  readonly other: boolean;
  readonly n: number;
  readonly mean_s: number;
  readonly log_mean: number;
  readonly log_squares: number;
}

/** Customers who are registered under several names. */
export interface SeveralNames {
  readonly customers: number;
  readonly contacts: number;
  /** Repeats that a register of names would not show, and their handle time. */
  readonly hidden: number;
  readonly hidden_s: number;
  readonly repeats: number;
}

export interface MixSums {
  readonly day: Day;
  readonly halfHour: number;
  readonly legs: number;
  readonly novices: number;
}

/** Everything that causes are looked for in: sums alone, nothing of one person. */
export interface CauseInputs extends Knowledge {
  readonly from: Day;
  readonly to: Day;
  readonly watermark: Day;
  /** Mean handle time, in seconds. */
  readonly handle: number;
  readonly days: readonly DaySums[];
  readonly weeks: readonly WeekSums[];
  readonly agentReasons: readonly AgentReason[];
  readonly ddds: readonly DddWeek[];
  readonly handovers: readonly Handover[];
  readonly names: SeveralNames | null;
  readonly mix: readonly MixSums[];
  /** What agents are called. */
  readonly agents: ReadonlyMap<string, string>;
}

/** The sums of a scope that causes are looked for in; null without contacts. */
export async function causeInputs(lake: Lake, scope: Scope, knowledge: Knowledge): Promise<CauseInputs | null> {
  return lake.use(async (session) => {
    const read = await readLegs(lake, session, scope);
    return read ? sumLegs(session, scope, knowledge, read) : null;
  });
}

interface LegsRead {
  readonly watermark: Day;
  /** What agents are called. */
  readonly agents: ReadonlyMap<string, string>;
}

/**
 * The legs of a scope, with what the house rule says of them, in temporary table `cause_leg`; null without contacts.
 * Nothing but {@link sumLegs} reads them.
 */
export async function readLegs(lake: Lake, session: LakeSession, scope: Scope): Promise<LegsRead | null> {
  const facts = await lakeFacts(lake);
  const sources = chosenSources(facts.sources, scope);
  const watermark = watermarkOf(sources);
  if (!watermark || !scope.from || !scope.to) return null;
  const { sql: condition, parameters } = conditions(scope, sources, 'contact');
  const { parameters: rule } = repeatRule('house') as HouseRule;
  const handled = 'talk_s IS NOT NULL AND human_handled(status, agent_id, answered_at, first_reply_at)';
  const name = 'lower(strip_accents(contact_name))';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE cause_leg AS
     SELECT row_id, day, CAST(hour(started_at) * 2 + minute(started_at) // 30 AS INTEGER) AS half_hour, agent_id AS agent,
       reason, account, ddd, channel, leg_no, coalesce(person.person, contact.identity) AS person, hash(${name}) AS name,
       CAST(satisfaction AS DOUBLE) AS score, ${handled} AS handled,
       CASE WHEN ${handled} THEN CAST(talk_s AS BIGINT) + coalesce(hold_s, 0) + coalesce(wrapup_s, 0) END AS handle_s,
       mark."house.role" = 'repeat' AS repeats, mark."house-linked.role" = 'repeat' AS repeats_linked,
       mark."house.anchor_row_id" AS anchor_row_id,
       mark."house.role" = 'anchor' AND mark."house.ended_on" + ${maturityDays(rule)} <= $watermark AS ripe,
       mark."house.repeats" > 0 AS repeated
     FROM gold.contact AS contact LEFT JOIN gold.mark AS mark USING (row_id)
     LEFT JOIN gold.person AS person ON person.identity = contact.identity
     WHERE ${condition} AND row_id NOT IN (SELECT row_id FROM gold.excluded)`,
    { ...parameters, watermark: dateParameter(watermark) },
  );
  return { watermark, agents: facts.agents };
}

const HIRED = `(SELECT agent, CAST(day AS DATE) AS hired FROM (
  SELECT unnest(from_json_strict($hired, '[{"agent":"VARCHAR","day":"VARCHAR"}]'), recursive := true)))`;
/** Handled legs, and whether their agent was new. */
const HANDLED = `(SELECT leg.*, coalesce(leg.day < hired.hired + ${NOVICE_DAYS}, false) AS novice
  FROM cause_leg AS leg LEFT JOIN ${HIRED} AS hired USING (agent) WHERE agent <> 'desconhecido')`;
const WEEK = 'CAST(week_start(day) AS VARCHAR)';
const TIMES = `count(*) FILTER (handled) AS legs, coalesce(sum(handle_s), 0)::DOUBLE AS handle_s`;
const REPEATS = 'count(*) FILTER (ripe) AS matured, count(*) FILTER (ripe AND repeated) AS repeated';

/** What {@link readLegs} read, in sums. */
export async function sumLegs(
  session: LakeSession,
  { from, to }: Scope,
  knowledge: Knowledge,
  { watermark, agents }: LegsRead,
): Promise<CauseInputs | null> {
  const hired = JSON.stringify(knowledge.hired);
  const rows = <T extends object>(sql: string) => session.rows<T>(sql, { hired });
  const days = await rows<DaySums>(
    `SELECT CAST(day AS VARCHAR) AS day, count(*) FILTER (leg_no = 1) AS contacts, count(score) AS scores,
       coalesce(sum(score), 0) AS score
     FROM cause_leg GROUP BY day ORDER BY day`,
  );
  if (days.length === 0) return null;
  const weeks = (['agent', 'reason', 'account'] as const).map(
    (by) => `SELECT '${by}' AS by, ${by} AS subject, ${WEEK} AS week, ${TIMES}, ${REPEATS} FROM cause_leg GROUP BY ALL`,
  );
  const mean = await session.row<{ handle: number | null }>('SELECT avg(handle_s)::DOUBLE AS handle FROM cause_leg');
  return {
    ...knowledge,
    from: from!,
    to: to!,
    watermark,
    agents,
    handle: mean.handle ?? 0,
    days,
    weeks: await rows<WeekSums>(`${weeks.join(' UNION ALL ')} ORDER BY ALL`),
    agentReasons: await rows<AgentReason>(
      `SELECT agent, reason, novice, ${TIMES}, coalesce(sum(ln(greatest(handle_s, 1))), 0)::DOUBLE AS log_s, ${REPEATS}
       FROM ${HANDLED} GROUP BY ALL ORDER BY ALL`,
    ),
    ddds: await rows<DddWeek>(
      `SELECT ddd, ${WEEK} AS week, count(*) AS contacts FROM cause_leg WHERE ddd IS NOT NULL AND leg_no = 1
       GROUP BY ALL ORDER BY ALL`,
    ),
    handovers: await rows<Handover>(
      `SELECT own.agent <> anchor.agent_id AS other, count(*) AS n, avg(handle_s)::DOUBLE AS mean_s,
         avg(ln(handle_s))::DOUBLE AS log_mean, coalesce(var_samp(ln(handle_s)) * (count(*) - 1), 0)::DOUBLE AS log_squares
       FROM cause_leg AS own JOIN silver.contact AS anchor ON anchor.row_id = own.anchor_row_id
       WHERE own.repeats AND own.handle_s > 0 GROUP BY ALL ORDER BY ALL`,
    ),
    names: await session.row<SeveralNames>(
      `WITH several AS (
         SELECT person FROM cause_leg WHERE person IS NOT NULL GROUP BY person HAVING count(DISTINCT name) BETWEEN 2 AND 8
       ), own AS (
         SELECT leg.*, repeats_linked AND NOT coalesce(repeats AND anchor.name = leg.name, false) AS hidden
         FROM cause_leg AS leg SEMI JOIN several USING (person)
         LEFT JOIN (SELECT row_id, name FROM cause_leg) AS anchor ON anchor.row_id = leg.anchor_row_id
       )
       SELECT count(DISTINCT person) AS customers, count(*) FILTER (leg_no = 1) AS contacts,
         count(*) FILTER (hidden) AS hidden, coalesce(sum(handle_s) FILTER (hidden), 0)::DOUBLE AS hidden_s,
         count(*) FILTER (repeats_linked) AS repeats FROM own`,
    ),
    mix: await rows<MixSums>(
      `SELECT CAST(day AS VARCHAR) AS day, half_hour AS "halfHour", count(*) AS legs, count(*) FILTER (novice) AS novices
       FROM ${HANDLED} WHERE handled AND channel = 'voz' GROUP BY ALL ORDER BY ALL`,
    ),
  };
}
