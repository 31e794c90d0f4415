import type { Day } from '../kernel/brazil/dates.ts';
import type { AgentTimeTruth } from './agent-states.ts';
import { DAY_SECONDS, DAYS, SLOT_SECONDS, SLOTS } from './calendar.ts';
import type { Defect } from './call-report.ts';
import type { CustomersTruth } from './customers/customer-truth.ts';
import { WINDOW_DAYS } from './episodes.ts';
import type { EventSource, EventTruth } from './event-file.ts';
import { ABANDONED, CALLS, type Legs, SOURCES, type SourceName, TRANSFERRED } from './legs.ts';
import { REASONS } from './reasons.ts';
import { type RepeatCounts, RepeatFold, type RepeatTruth, TRAINED, UNTRAINED } from './repeat-truth.ts';
import { isNovice } from './staff.ts';
import type { World } from './world.ts';

/** Sums over the good rows of one source; durations in seconds. */
export interface SourceTotals {
  rows: number;
  answered: number;
  abandoned: number;
  transferred: number;
  waitOfAnswered: number;
  talk: number;
  wrapup: number;
  ratings: number;
  ratingSum: number;
}

export interface HalfHourTruth {
  halfHours: number;
  offered: number;
  abandoned: number;
  /** Mean wait of answered calls, seconds. */
  meanWait: number | null;
  abandonRate: number | null;
}

export interface TopicTruth {
  legs: number;
  /** Share of these agents' legs that are on untaught topics. */
  share: number | null;
  /** Mean talk of calls on untaught topics, seconds. */
  meanTalk: number | null;
  repeats: RepeatCounts;
}

/** What was planted, counted from what was generated. See truths.md. */
export interface Truth {
  totals: Record<SourceName, SourceTotals>;
  repeats: {
    rule: 'house';
    windowDays: number;
    watermark: Day;
    phone: Record<string, RepeatTruth>;
    person: Record<string, RepeatTruth>;
    expected: { byAgent: Record<string, number>; byReason: Record<string, number> };
  };
  /** Contacts of each deploy day beside the mean of the same weekday one and two weeks before and after. */
  deploys: { days: { day: Day; contacts: number; usual: number; score: number | null }[]; usualScore: number | null };
  severalNames: { customers: number; servedBySeveralAgents: number; rows: number; examples: SeveralNames[] };
  staffing: {
    planted: PlantedRow[];
    ahead: PlantedRow[];
    few: HalfHourTruth;
    many: HalfHourTruth;
    other: HalfHourTruth;
  };
  training: { topics: string[]; novices: TopicTruth; others: TopicTruth };
  events: Record<EventSource, EventTruth>;
  anonymousRows: number;
  defects: Defect[];
  duplicates: { file: string; rows: number }[];
  agentTime: AgentTimeTruth;
  customers: CustomersTruth;
}

interface SeveralNames {
  phones: string[];
  names: string[];
  agents: string[];
}

interface PlantedRow {
  day: Day;
  from: string;
  kind: 'few' | 'many';
  needed: number;
  staffed: number;
}

const EXAMPLES = 50;
const KINDS = ['other', 'few', 'many'] as const;

/** Counts the truths while people are generated. */
export class TruthCount {
  private readonly world: World;
  private readonly repeats: RepeatFold;
  private readonly totals = SOURCES.map(
    (): SourceTotals => ({
      rows: 0,
      answered: 0,
      abandoned: 0,
      transferred: 0,
      waitOfAnswered: 0,
      talk: 0,
      wrapup: 0,
      ratings: 0,
      ratingSum: 0,
    }),
  );
  private readonly dayContacts = new Int32Array(DAYS);
  private readonly dayRatings = new Int32Array(DAYS);
  private readonly dayRatingSums = new Int32Array(DAYS);
  private readonly halfKinds = new Uint8Array(DAYS * SLOTS);
  private readonly offered = new Int32Array(3);
  private readonly lost = new Int32Array(3);
  private readonly waits = new Float64Array(3);
  /** [other, novice]: legs, legs on untaught topics, calls on them, their talk. */
  private readonly topics = [new Float64Array(4), new Float64Array(4)] as const;
  private readonly hired: Int16Array;
  private severalNames = { customers: 0, servedBySeveralAgents: 0, rows: 0, examples: [] as SeveralNames[] };
  private anonymousRows = 0;

  constructor(world: World) {
    this.world = world;
    this.repeats = new RepeatFold(world.staff.agents.length);
    this.hired = Int16Array.from(world.staff.agents, ({ hired }) => hired);
    for (const { day, slot, kind } of world.roster.planted) this.halfKinds[day * SLOTS + slot] = KINDS.indexOf(kind);
  }

  /** Counts one person's legs; the world's `people` must hold that person. */
  add(legs: Legs): void {
    this.repeats.add(legs);
    for (let row = 0; row < legs.count; row++) this.addRow(legs, row);
    if (this.world.people.severalNames && legs.count > 1) this.addNames(legs);
  }

  /** The truths, once everything is generated and written. */
  result(written: Pick<Truth, 'defects' | 'duplicates' | 'events' | 'agentTime' | 'customers'>): Truth {
    const { world, repeats } = this;
    const codes = world.staff.agents.map(({ code }) => code);
    return {
      totals: Object.fromEntries(SOURCES.map((source, index) => [source, this.totals[index]])) as Truth['totals'],
      repeats: {
        rule: 'house',
        windowDays: WINDOW_DAYS,
        watermark: world.calendar.until,
        ...repeats.result(codes),
        expected: repeats.expected(codes),
      },
      deploys: this.deploys(),
      severalNames: this.severalNames,
      staffing: {
        planted: world.roster.planted.map(({ day, slot, ...rest }) => ({
          day: world.calendar.days[day]!,
          from: halfHour(slot),
          ...rest,
        })),
        ahead: world.roster.ahead.map(({ day, slot, ...rest }) => ({
          day: world.calendar.ahead[day - DAYS]!.day,
          from: halfHour(slot),
          ...rest,
        })),
        few: this.halfHours(1),
        many: this.halfHours(2),
        other: this.halfHours(0),
      },
      training: {
        topics: REASONS.filter(({ untaught }) => untaught).map(({ text }) => text),
        novices: this.topicTruth(1, repeats.trainingCounts(UNTRAINED)),
        others: this.topicTruth(0, repeats.trainingCounts(TRAINED)),
      },
      anonymousRows: this.anonymousRows,
      ...written,
    };
  }

  private addRow(legs: Legs, row: number): void {
    const source = legs.source[row]!;
    const total = this.totals[source]!;
    const start = legs.start[row]!;
    const day = Math.floor(start / DAY_SECONDS);
    const agent = legs.agent[row]!;
    const score = legs.status[row] === TRANSFERRED ? 0 : legs.score[row]!;
    const rated = score > 0 && (source === CALLS || legs.end[row]! < DAYS * DAY_SECONDS);
    total.rows++;
    if (legs.leg[row] === 1) this.dayContacts[day]!++;
    if (legs.phone[row]! < 0) this.anonymousRows++;
    if (legs.status[row] === ABANDONED) total.abandoned++;
    if (legs.status[row] === TRANSFERRED) total.transferred++;
    if (agent >= 0) {
      total.answered++;
      total.waitOfAnswered += legs.wait[row]!;
      total.talk += legs.talk[row]!;
      total.wrapup += legs.wrapup[row]!;
      this.addTopic(legs, row, day, agent);
    }
    if (rated) {
      total.ratings++;
      total.ratingSum += score;
      this.dayRatings[day]!++;
      this.dayRatingSums[day]! += score;
    }
    if (source === CALLS && legs.leg[row] === 1) {
      const kind = this.halfKinds[day * SLOTS + Math.floor((start % DAY_SECONDS) / SLOT_SECONDS)]!;
      this.offered[kind]!++;
      if (agent < 0) this.lost[kind]!++;
      else this.waits[kind]! += legs.wait[row]!;
    }
  }

  private addTopic(legs: Legs, row: number, day: number, agent: number): void {
    const novice = isNovice({ hired: this.hired[agent]! }, day) ? 1 : 0;
    const counts = this.topics[novice]!;
    counts[0]!++;
    if (REASONS[legs.reason[row]!]?.untaught !== true) return;
    counts[1]!++;
    if (legs.source[row] !== CALLS || legs.status[row] === TRANSFERRED) return;
    counts[2]!++;
    counts[3]! += legs.talk[row]!;
  }

  private addNames(legs: Legs): void {
    const { people, staff } = this.world;
    const names = new Set<string>();
    const agents = new Set<string>();
    const phones = new Set<string>();
    for (let row = 0; row < legs.count; row++) {
      if (legs.phone[row]! < 0) continue;
      names.add(people.name(legs.name[row]!));
      phones.add(people.phone(legs.phone[row]!));
      if (legs.agent[row]! >= 0) agents.add(staff.agents[legs.agent[row]!]!.code);
    }
    if (names.size < 2) return;
    const found = this.severalNames;
    found.customers++;
    found.rows += legs.count;
    if (agents.size < 2) return;
    found.servedBySeveralAgents++;
    if (found.examples.length < EXAMPLES)
      found.examples.push({ phones: [...phones], names: [...names], agents: [...agents] });
  }

  private deploys(): Truth['deploys'] {
    const { calendar } = this.world;
    let ratings = 0;
    let sum = 0;
    calendar.deploys.forEach((deploy, day) => {
      if (deploy) return;
      ratings += this.dayRatings[day]!;
      sum += this.dayRatingSums[day]!;
    });
    const days = calendar.deploys.flatMap((deploy, day) => {
      if (!deploy) return [];
      const around = [day - 14, day - 7, day + 7, day + 14].filter(
        (other) => calendar.kinds[other] === 0 && !calendar.deploys[other],
      );
      const usual = around.reduce((sum, other) => sum + this.dayContacts[other]!, 0) / around.length;
      return [
        {
          day: calendar.days[day]!,
          contacts: this.dayContacts[day]!,
          usual,
          score: ratio(this.dayRatingSums[day]!, this.dayRatings[day]!),
        },
      ];
    });
    return { days, usualScore: ratio(sum, ratings) };
  }

  private halfHours(kind: number): HalfHourTruth {
    const offered = this.offered[kind]!;
    const abandoned = this.lost[kind]!;
    const planted = this.world.roster.planted.filter((half) => KINDS.indexOf(half.kind) === kind).length;
    const halfHours = kind === 0 ? openHalfHours(this.world) - this.world.roster.planted.length : planted;
    const meanWait = ratio(this.waits[kind]!, offered - abandoned);
    return { halfHours, offered, abandoned, meanWait, abandonRate: ratio(abandoned, offered) };
  }

  private topicTruth(group: 0 | 1, repeats: RepeatCounts): TopicTruth {
    const [legs = 0, untaught = 0, calls = 0, talk = 0] = this.topics[group];
    return { legs: untaught, share: ratio(untaught, legs), meanTalk: ratio(talk, calls), repeats };
  }
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function openHalfHours({ roster }: World): number {
  let open = 0;
  for (let half = 0; half < DAYS * SLOTS; half++) if (roster.starts[half + 1]! > roster.starts[half]!) open++;
  return open;
}

function halfHour(slot: number): string {
  return `${String(slot >> 1).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
}
