import { DAY_SECONDS, DAYS } from './calendar.ts';
import { WINDOW_DAYS } from './episodes.ts';
import { type Legs, SOURCES } from './legs.ts';
import { BLANK, REASONS, reasonText } from './reasons.ts';

/** Counts of one agent or reason over matured anchors. */
export interface RepeatCounts {
  anchors: number;
  repeatedAnchors: number;
  repeats: number;
}

/** What the house rule (W = 7) must find. */
export interface RepeatTruth extends RepeatCounts {
  /** All contacts after merging transfers, anonymous and abandoned ones too. */
  contacts: number;
  /** Human-handled and identified contacts. */
  eligible: number;
  /** Anchors and repeats matured or not. */
  allAnchors: number;
  allRepeats: number;
  /** Repeats of matured anchors by calendar days from the anchor's end. */
  D0: number;
  D1_3: number;
  D4_W: number;
  sameReasonRepeatedAnchors: number;
  /** repeatedAnchors / anchors. */
  repeatRate: number | null;
  byAgent: Record<string, RepeatCounts>;
  byReason: Record<string, RepeatCounts>;
}

const TRANSFER_SECONDS = 900;
const REASON_COUNT = BLANK + 1;
/** Groups of matured anchors by training: untaught topic handled by others, and by novices. */
export const TRAINED = 1;
export const UNTRAINED = 2;

class Tally {
  contacts = 0;
  eligible = 0;
  allAnchors = 0;
  allRepeats = 0;
  sameReason = 0;
  readonly buckets = new Int32Array(3);
  readonly agents: Int32Array;
  readonly reasons = new Int32Array(REASON_COUNT * 3);
  readonly training = new Int32Array(3 * 3);
  readonly expectedByAgent: Float64Array;
  readonly expectedByReason = new Float64Array(REASON_COUNT);

  constructor(agents: number) {
    this.agents = new Int32Array(agents * 3);
    this.expectedByAgent = new Float64Array(agents);
  }
}

/**
 * Folds each person's legs by the house rule as GLOSSARY states it, from the legs themselves and not from what was
 * planned. Identity is the canonical phone, and beside it the true person, which shows what callbacks from another
 * phone hide.
 */
export class RepeatFold {
  private readonly tallies: { phone: Tally; person: Tally }[];
  private readonly targets: Tally[] = [];

  private open = false;
  private start = 0;
  private end = 0;
  private firstAgent = -1;
  private lastAgent = -1;
  private reason = 0;
  private chance = 0;
  private training = 0;

  private anchored = false;
  private anchorAgent = 0;
  private anchorReason = 0;
  private anchorDay = 0;
  private anchorChance = 0;
  private anchorTraining = 0;
  private repeats = 0;
  private same = false;
  private readonly buckets = new Int32Array(3);

  constructor(agents: number) {
    const scopes = [...SOURCES, 'all'];
    this.tallies = scopes.map(() => ({ phone: new Tally(agents), person: new Tally(agents) }));
  }

  /** Adds one person's legs, in order of time. */
  add(legs: Legs): void {
    if (legs.count === 0) return;
    let sources = 0;
    let phones = 0;
    for (let row = 0; row < legs.count; row++) {
      sources |= 1 << legs.source[row]!;
      phones |= 1 << (legs.phone[row]! + 1);
    }
    const everything = this.tallies[SOURCES.length]!;
    const onePhone = (phones & (phones - 1)) === 0;
    const oneSource = (sources & (sources - 1)) === 0;
    if (onePhone && oneSource) {
      const only = this.tallies[31 - Math.clz32(sources)]!;
      this.fold(legs, -1, -2, everything.phone, everything.person, only.phone, only.person);
      return;
    }
    this.scope(legs, -1, phones, everything);
    for (let source = 0; source < SOURCES.length; source++) {
      if ((sources & (1 << source)) !== 0) this.scope(legs, source, phones, this.tallies[source]!);
    }
  }

  /** What was found, by scope (a source name or `all`). */
  result(codes: readonly string[]): { phone: Record<string, RepeatTruth>; person: Record<string, RepeatTruth> } {
    const scopes = [...SOURCES, 'all'];
    const of = (identity: 'phone' | 'person') =>
      Object.fromEntries(scopes.map((scope, index) => [scope, truthOf(this.tallies[index]![identity], codes)]));
    return { phone: of('phone'), person: of('person') };
  }

  /** Sums of planted chances over matured anchors (identity person, all sources): what the counts scatter around. */
  expected(codes: readonly string[]): { byAgent: Record<string, number>; byReason: Record<string, number> } {
    const { person } = this.tallies[SOURCES.length]!;
    const round = (value: number) => Math.round(value * 1000) / 1000;
    const byAgent = Object.fromEntries(codes.map((code, agent) => [code, round(person.expectedByAgent[agent]!)]));
    const byReason: Record<string, number> = {};
    for (let reason = 0; reason < REASON_COUNT; reason++) {
      byReason[reasonText(reason)] = round(person.expectedByReason[reason]!);
    }
    return { byAgent, byReason };
  }

  /** Matured anchors on untaught topics (identity person, all sources), handled by others or by novices. */
  trainingCounts(group: typeof TRAINED | typeof UNTRAINED): RepeatCounts {
    return counts(this.tallies[SOURCES.length]!.person.training, group);
  }

  private scope(legs: Legs, source: number, phones: number, tallies: { phone: Tally; person: Tally }): void {
    this.fold(legs, source, -2, tallies.person);
    for (let phone = -1; phone < 3; phone++) {
      if ((phones & (1 << (phone + 1))) !== 0) this.fold(legs, source, phone, tallies.phone);
    }
  }

  /** Source −1 and phone −2 take everything. */
  private fold(legs: Legs, source: number, phone: number, ...targets: Tally[]): void {
    this.targets.length = 0;
    this.targets.push(...targets);
    this.open = false;
    this.anchored = false;
    let identified = true;
    for (let row = 0; row < legs.count; row++) {
      if ((source >= 0 && legs.source[row] !== source) || (phone >= -1 && legs.phone[row] !== phone)) continue;
      const agent = legs.agent[row]!;
      const start = legs.start[row]!;
      const transfer =
        start - this.end <= TRANSFER_SECONDS && agent >= 0 && this.lastAgent >= 0 && agent !== this.lastAgent;
      if (this.open && (start < this.end || transfer)) {
        this.end = Math.max(this.end, legs.end[row]!);
        if (this.firstAgent < 0) this.firstAgent = agent;
      } else {
        this.close(identified);
        this.open = true;
        this.start = start;
        this.end = legs.end[row]!;
        this.firstAgent = agent;
        this.reason = legs.reason[row]!;
        this.chance = legs.repeatChance[row]!;
        this.training = REASONS[this.reason]?.untaught === true ? (legs.untrained[row] === 1 ? UNTRAINED : TRAINED) : 0;
      }
      this.lastAgent = agent;
      identified = legs.phone[row]! >= 0;
    }
    this.close(identified);
    this.closeAnchor();
  }

  private close(identified: boolean): void {
    if (!this.open) return;
    this.open = false;
    for (const tally of this.targets) tally.contacts++;
    if (!identified || this.firstAgent < 0) return;
    const days = Math.floor(this.start / DAY_SECONDS) - this.anchorDay;
    const repeat = this.anchored && days <= WINDOW_DAYS;
    for (const tally of this.targets) tally.eligible++;
    if (repeat) {
      this.repeats++;
      this.buckets[days === 0 ? 0 : days <= 3 ? 1 : 2]!++;
      if (this.reason === this.anchorReason && this.reason < REASONS.length) this.same = true;
      return;
    }
    this.closeAnchor();
    this.anchored = true;
    this.anchorAgent = this.firstAgent;
    this.anchorReason = this.reason;
    this.anchorDay = Math.floor(this.end / DAY_SECONDS);
    this.anchorChance = this.chance;
    this.anchorTraining = this.training;
    this.repeats = 0;
    this.same = false;
    this.buckets.fill(0);
  }

  private closeAnchor(): void {
    if (!this.anchored) return;
    this.anchored = false;
    const matured = this.anchorDay + WINDOW_DAYS <= DAYS - 1;
    for (const tally of this.targets) {
      tally.allAnchors++;
      tally.allRepeats += this.repeats;
      if (!matured) continue;
      count(tally.agents, this.anchorAgent, this.repeats);
      count(tally.reasons, this.anchorReason, this.repeats);
      count(tally.training, this.anchorTraining, this.repeats);
      tally.expectedByAgent[this.anchorAgent]! += this.anchorChance;
      tally.expectedByReason[this.anchorReason]! += this.anchorChance;
      for (let bucket = 0; bucket < 3; bucket++) tally.buckets[bucket]! += this.buckets[bucket]!;
      if (this.same) tally.sameReason++;
    }
  }
}

function count(table: Int32Array, item: number, repeats: number): void {
  table[item * 3]!++;
  if (repeats > 0) table[item * 3 + 1]!++;
  table[item * 3 + 2]! += repeats;
}

function counts(table: Int32Array, item: number): RepeatCounts {
  return { anchors: table[item * 3]!, repeatedAnchors: table[item * 3 + 1]!, repeats: table[item * 3 + 2]! };
}

function truthOf(tally: Tally, codes: readonly string[]): RepeatTruth {
  const total = { anchors: 0, repeatedAnchors: 0, repeats: 0 };
  const byReason: Record<string, RepeatCounts> = {};
  for (let reason = 0; reason < REASON_COUNT; reason++) {
    const found = counts(tally.reasons, reason);
    byReason[reasonText(reason)] = found;
    total.anchors += found.anchors;
    total.repeatedAnchors += found.repeatedAnchors;
    total.repeats += found.repeats;
  }
  return {
    contacts: tally.contacts,
    eligible: tally.eligible,
    allAnchors: tally.allAnchors,
    allRepeats: tally.allRepeats,
    ...total,
    D0: tally.buckets[0]!,
    D1_3: tally.buckets[1]!,
    D4_W: tally.buckets[2]!,
    sameReasonRepeatedAnchors: tally.sameReason,
    repeatRate: total.anchors === 0 ? null : total.repeatedAnchors / total.anchors,
    byAgent: Object.fromEntries(codes.map((code, agent) => [code, counts(tally.agents, agent)])),
    byReason,
  };
}
