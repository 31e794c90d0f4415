import type { Day } from '../../kernel/brazil/dates.ts';
import { builtContacts } from '../../lake/reference/resolved.ts';
import { type HouseRule, maturityDays, repeatRule } from '../../lake/rules/rules.ts';
import { dateParameter, type Lake, type LakeSession, type Parameters } from '../../storage/lake.ts';
import { lakeFacts, type SourceFacts } from '../facts.ts';
import { askedColumns, chosenSources, conditions, grainFor, type Scope, watermarkOf } from '../scope.ts';

/** Days from an agent's first on which it is new. */
export const NOVICE_DAYS = 90;

/** Days after its end until an anchor has had its whole window. */
const MATURITY = maturityDays((repeatRule('house') as HouseRule).parameters);

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
  const found = await findLegs(lake, scope);
  return found && lake.use((session) => sumLegs(session, scope, knowledge, found));
}

/** The legs of a scope, what is known of them, and what the parameters of their relations are. */
export interface FoundLegs {
  readonly watermark: Day;
  /** What agents are called. */
  readonly agents: ReadonlyMap<string, string>;
  readonly legs: Legs;
  /** What subjects' weeks sum up to, as the marts know it (SQL); null where the legs have to tell. */
  readonly weeks: string | null;
  readonly parameters: Parameters;
}

/** Legs as SQL expressions: alone, and with the person of each. */
export interface Legs {
  readonly plain: string;
  readonly named: string;
}

/** The legs of a scope; null where no source has any. Nothing is joined to all of them that only some questions need. */
export async function findLegs(lake: Lake, scope: Scope): Promise<FoundLegs | null> {
  const facts = await lakeFacts(lake);
  const sources = chosenSources(facts.sources, scope);
  const watermark = watermarkOf(sources);
  if (!watermark || !scope.from || !scope.to) return null;
  const { sql: condition, parameters } = conditions(scope, sources, 'contact');
  const handled = 'talk_s IS NOT NULL AND human_handled(status, agent_id, answered_at, first_reply_at)';
  const plain = `(
    SELECT row_id, day, CAST(hour(started_at) * 2 + minute(started_at) // 30 AS INTEGER) AS half_hour, agent_id AS agent,
      reason, account, ddd, channel, leg_no, identity, contact_name, CAST(satisfaction AS DOUBLE) AS score,
      ${handled} AS handled,
      CASE WHEN ${handled} THEN CAST(talk_s AS BIGINT) + coalesce(hold_s, 0) + coalesce(wrapup_s, 0) END AS handle_s
    FROM ${builtContacts([...askedColumns(scope), 'reason', 'account'])} AS contact WHERE ${condition} AND NOT contact.excluded)`;
  return {
    watermark,
    agents: facts.agents,
    legs: {
      plain,
      named: `(SELECT own.*, coalesce(person.person, own.identity) AS person
        FROM ${plain} AS own LEFT JOIN gold.person AS person ON person.identity = own.identity)`,
    },
    weeks: weeksOfMarts(scope, sources),
    parameters: { ...parameters, watermark: dateParameter(watermark) },
  };
}

const SUBJECTS = ['agent', 'reason', 'account'] as const;

/** The weeks of subjects from the marts; null where no grain knows a subject beside what filters. */
function weeksOfMarts(scope: Scope, sources: readonly SourceFacts[]): string | null {
  const { sql: condition } = conditions(scope, sources);
  const parts = SUBJECTS.map((by) => {
    const grain = grainFor(askedColumns(scope, [by]));
    const from = (mart: string) => `FROM gold.${mart} WHERE grain = '${grain}' AND ${condition}`;
    return (
      grain &&
      `SELECT '${by}' AS by, ${by} AS subject, week_start(day) AS week, handled_legs AS legs, handle_s::DOUBLE AS handle_s,
         0 AS matured, 0 AS repeated ${from('contact_mart')} AND NOT excluded
       UNION ALL
       SELECT '${by}', ${by}, week_start(day), 0, 0, anchors, repeated
       ${from('repeat_mart')} AND rule = 'house' AND ended_on + ${MATURITY} <= $watermark`
    );
  });
  return parts.includes(null) ? null : parts.join(' UNION ALL ');
}

const HIRED = `(SELECT agent, CAST(day AS DATE) AS hired FROM (
  SELECT unnest(from_json_strict($hired, '[{"agent":"VARCHAR","day":"VARCHAR"}]'), recursive := true)))`;
/** Anchors that have had their whole window, and whether somebody came back. */
const RIPE = `(SELECT row_id, "house.repeats" > 0 AS repeated FROM gold.mark
  WHERE "house.role" = 'anchor' AND "house.ended_on" + ${MATURITY} <= $watermark)`;
const WEEK = 'CAST(week_start(day) AS VARCHAR)';

/** Legs with whether their agent was new; where nobody's first day is known, nobody was. */
const withNovice = (legs: string, { hired }: Knowledge) =>
  hired.length === 0
    ? `(SELECT *, false AS novice FROM ${legs})`
    : `(SELECT leg.*, coalesce(leg.day < hired.hired + ${NOVICE_DAYS}, false) AS novice
        FROM ${legs} AS leg LEFT JOIN ${HIRED} AS hired USING (agent))`;

/** What legs sum up to; null without any. */
export async function sumLegs(
  session: LakeSession,
  { from, to }: Scope,
  knowledge: Knowledge,
  { watermark, agents, legs, weeks, parameters }: FoundLegs,
): Promise<CauseInputs | null> {
  const bound = { ...parameters, hired: JSON.stringify(knowledge.hired) };
  const rows = <T extends object>(sql: string) => session.rows<T>(sql, bound);
  const days = await rows<DaySums>(
    `SELECT CAST(day AS VARCHAR) AS day, count(*) FILTER (leg_no = 1) AS contacts, count(score) AS scores,
       coalesce(sum(score), 0) AS score
     FROM ${legs.plain} GROUP BY day ORDER BY day`,
  );
  if (days.length === 0) return null;
  const cell = 'agent, reason, novice';
  const ripe = `(SELECT agent, reason, day, repeated FROM ${legs.plain} JOIN ${RIPE} USING (row_id))`;
  const worked = `count(*) FILTER (handled) AS legs, coalesce(sum(handle_s), 0)::DOUBLE AS handle_s`;
  const came = 'count(*) AS matured, count(*) FILTER (repeated) AS repeated';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE cause_cell AS
     SELECT ${cell}, ${worked}, coalesce(sum(ln(greatest(handle_s, 1))), 0)::DOUBLE AS log_s, 0 AS matured, 0 AS repeated
     FROM ${withNovice(legs.plain, knowledge)} GROUP BY ALL
     UNION ALL BY NAME
     SELECT ${cell}, 0 AS legs, 0 AS handle_s, 0 AS log_s, ${came}
     FROM ${withNovice(ripe, knowledge)} GROUP BY ALL`,
    bound,
  );
  const total = (...names: string[]) => names.map((name) => `CAST(sum(${name}) AS BIGINT) AS ${name}`).join(', ');
  const cells = `${total('legs')}, sum(handle_s) AS handle_s, ${total('matured', 'repeated')}`;
  const ofLegs = SUBJECTS.map((by) => {
    const week = `'${by}' AS by, ${by} AS subject, week_start(day) AS week`;
    return `SELECT ${week}, ${worked}, 0 AS matured, 0 AS repeated FROM ${legs.plain} GROUP BY ALL
      UNION ALL SELECT ${week}, 0, 0, ${came} FROM ${legs.plain} JOIN ${RIPE} USING (row_id) GROUP BY ALL`;
  }).join(' UNION ALL ');
  const mean = await session.row<{ handle: number | null }>(
    'SELECT sum(handle_s) / sum(legs) AS handle FROM cause_cell',
  );
  return {
    ...knowledge,
    from: from!,
    to: to!,
    watermark,
    agents,
    handle: mean.handle ?? 0,
    days,
    weeks: await rows<WeekSums>(
      `SELECT "by", subject, CAST(week AS VARCHAR) AS week, ${cells} FROM (${weeks ?? ofLegs}) GROUP BY ALL ORDER BY ALL`,
    ),
    agentReasons: await rows<AgentReason>(
      `SELECT agent, reason, novice, ${cells}, sum(log_s) AS log_s FROM cause_cell WHERE agent <> 'desconhecido'
       GROUP BY ALL ORDER BY ALL`,
    ),
    ddds: await rows<DddWeek>(
      `SELECT ddd, ${WEEK} AS week, count(*) AS contacts FROM ${legs.plain} WHERE ddd IS NOT NULL AND leg_no = 1
       GROUP BY ALL ORDER BY ALL`,
    ),
    handovers: await rows<Handover>(
      `SELECT own.agent <> anchor.agent_id AS other, count(*) AS n, avg(handle_s)::DOUBLE AS mean_s,
         avg(ln(handle_s))::DOUBLE AS log_mean, coalesce(var_samp(ln(handle_s)) * (count(*) - 1), 0)::DOUBLE AS log_squares
       FROM ${legs.plain} AS own
       JOIN (SELECT row_id, "house.anchor_row_id" AS anchor_row_id FROM gold.mark WHERE "house.role" = 'repeat') AS mark
         ON mark.row_id = own.row_id
       JOIN silver.contact AS anchor ON anchor.row_id = mark.anchor_row_id
       WHERE own.handle_s > 0 GROUP BY ALL ORDER BY ALL`,
    ),
    names: await severalNames(session, legs, bound),
    mix: await rows<MixSums>(
      `SELECT CAST(day AS VARCHAR) AS day, half_hour AS "halfHour", count(*) AS legs, count(*) FILTER (novice) AS novices
       FROM ${withNovice(legs.plain, knowledge)} WHERE handled AND channel = 'voz' AND agent <> 'desconhecido'
       GROUP BY ALL ORDER BY ALL`,
    ),
  };
}

/** Customers whom different names hide. Names are folded only of those whose names differ at all: it costs the most. */
async function severalNames(session: LakeSession, { named }: Legs, bound: Parameters): Promise<SeveralNames> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE cause_differing AS
     SELECT person FROM ${named} WHERE person IS NOT NULL GROUP BY person
     HAVING min(hash(contact_name)) <> max(hash(contact_name))`,
    bound,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE cause_named AS
     SELECT row_id, person, hash(lower(strip_accents(contact_name))) AS name, leg_no, handle_s
     FROM ${named} AS leg SEMI JOIN cause_differing USING (person)`,
    bound,
  );
  // Who repeats, by the house rule, is of one identity with whom it repeats: both are among these.
  return session.row<SeveralNames>(
    `WITH several AS (
       SELECT person FROM cause_named GROUP BY person HAVING count(DISTINCT name) BETWEEN 2 AND 8
     ), own AS (
       SELECT leg.*, mark."house-linked.role" = 'repeat' AS repeats_linked,
         mark."house-linked.role" = 'repeat'
           AND NOT coalesce(mark."house.role" = 'repeat' AND anchor.name = leg.name, false) AS hidden
       FROM cause_named AS leg SEMI JOIN several USING (person)
       LEFT JOIN gold.mark AS mark ON mark.row_id = leg.row_id
       LEFT JOIN (SELECT row_id, name FROM cause_named) AS anchor ON anchor.row_id = mark."house.anchor_row_id"
     )
     SELECT count(DISTINCT person) AS customers, count(*) FILTER (leg_no = 1) AS contacts,
       count(*) FILTER (hidden) AS hidden, coalesce(sum(handle_s) FILTER (hidden), 0)::DOUBLE AS hidden_s,
       count(*) FILTER (repeats_linked) AS repeats FROM own`,
  );
}
