import { AliasTable, mix, Random } from '../kernel/random.ts';
import {
  type Calendar,
  callSecond,
  DAY_SECONDS,
  DAYS,
  openSlots,
  SLOT_SECONDS,
  SLOTS,
  writtenSecond,
} from './calendar.ts';
import { ABANDONED, ANSWERED, CALLS, CHAT, type Legs, TICKETS, TRANSFERRED } from './legs.ts';
import { type People, PHONES } from './people.ts';
import { BLANK, DASH, REASONS, UNTAUGHT } from './reasons.ts';
import type { Roster } from './roster.ts';
import { isNovice, type Staff } from './staff.ts';

export const WINDOW_DAYS = 7;

/** Planted chances; what came of them is counted in truth.json. */
export const PLANTED = {
  anonymousPeople: 0.12,
  otherPhone: 0.08,
  otherChannel: 0.06,
  sameReason: 0.65,
  transfer: 0.07,
  redial: 0.7,
  surveyed: 0.28,
  dash: 0.02,
  blank: 0.01,
  ticketShare: 0.1,
  chatShare: 0.05,
  ticketWithoutAgent: 0.03,
};

const EPISODES = new AliasTable([45, 27, 15, 8, 4, 1]);
const EXTRA_REPEATS = new AliasTable([72, 20, 8]);
/** Weight of 0 to 7 days from the anchor's end to a repeat. */
const GAP_DAYS = new AliasTable([30, 20, 13, 9, 8, 7, 7, 6]);
/** Longer than the 15 minutes within which a leg with another agent counts as a transfer. */
const QUIET_SECONDS = 1200;
const PATIENCE_SECONDS = 300;
const CHAT_CAP = 200_000;

/** Draws what one person did in 26 weeks. */
export class Episodes {
  private readonly key: number;
  private readonly random = new Random(0);
  private readonly calendar: Calendar;
  private readonly staff: Staff;
  private readonly roster: Roster;
  private readonly people: People;
  private readonly chatShare: number;
  /** Reasons drawn on [ordinary, deploy] days by [trained, novice] agents. */
  private readonly topics: readonly AliasTable[];
  private readonly novice: Uint8Array;
  private readonly chosenDays = new Int16Array(8);
  private chats = 0;

  constructor(seed: number, contacts: number, calendar: Calendar, staff: Staff, roster: Roster, people: People) {
    this.key = mix(seed ^ 0x65706973);
    this.calendar = calendar;
    this.staff = staff;
    this.roster = roster;
    this.people = people;
    this.chatShare = Math.min(PLANTED.chatShare, (0.96 * CHAT_CAP) / contacts) * 1.16;
    this.topics = [false, true].flatMap((deploy) => [false, true].map((novice) => topicTable(deploy, novice)));
    this.novice = new Uint8Array(staff.agents.length * DAYS);
    staff.agents.forEach((agent, index) => {
      for (let day = 0; day < DAYS; day++) this.novice[index * DAYS + day] = isNovice(agent, day) ? 1 : 0;
    });
  }

  /** Fills `legs` with the life of person `number`; `people` must hold that person. */
  live(number: number, legs: Legs): void {
    const { random } = this;
    legs.clear();
    random.reseed(this.key, number);
    if (number < 3) {
      this.closingContact(number, legs);
      return;
    }
    if (random.uniform() < PLANTED.anonymousPeople) {
      this.contact(legs, CALLS, this.moment(CALLS, this.pickDay()), -1, 0, -1, false);
      return;
    }
    const wanted = 1 + EPISODES.pick(random);
    const days = this.chosenDays;
    for (let index = 0; index < wanted; index++) {
      const day = this.pickDay();
      let at = index;
      while (at > 0 && days[at - 1]! > day) {
        days[at] = days[at - 1]!;
        at--;
      }
      days[at] = day;
    }
    let free = 0;
    for (let index = 0; index < wanted; index++) {
      if (days[index]! < free || legs.full) continue;
      this.episode(legs, days[index]!);
      if (legs.count > 0) free = Math.floor(legs.end[legs.count - 1]! / DAY_SECONDS) + WINDOW_DAYS + 1;
    }
  }

  /** One anonymous contact per source on the last day, so that every source is complete up to it. */
  private closingContact(source: number, legs: Legs): void {
    this.contact(legs, source, this.moment(source, DAYS - 1), -1, 0, -1, true);
  }

  private episode(legs: Legs, day: number): void {
    const { random } = this;
    const source = this.pickSource();
    const phone = random.uniform() < 0.94 ? 0 : random.int(1, PHONES);
    const name = this.people.severalNames ? random.int(0, 4) : 0;
    const opened = this.contact(legs, source, this.moment(source, day), phone, name, -1, false);
    if (opened < 0) return;
    const chance = legs.repeatChance[opened]!;
    if (random.uniform() >= chance) return;
    this.repeats(legs, opened, source, phone, name);
  }

  private repeats(legs: Legs, opened: number, source: number, phone: number, name: number): void {
    const { random, calendar } = this;
    const topic = this.topicOf[opened]!;
    const anchorEnd = legs.end[legs.count - 1]!;
    const anchorDay = Math.floor(anchorEnd / DAY_SECONDS);
    const count = 1 + EXTRA_REPEATS.pick(random);
    let gap = 0;
    for (let index = 0; index < count; index++) {
      let next = GAP_DAYS.pick(random);
      for (let attempt = 0; attempt < 4 && random.uniform() > (calendar.weights[anchorDay + next] ?? 1); attempt++) {
        next = GAP_DAYS.pick(random);
      }
      gap = Math.max(gap, next);
      const channel = random.uniform() < PLANTED.otherChannel ? this.pickSource() : source;
      const line = random.uniform() < PLANTED.otherPhone ? (phone + random.int(1, PHONES)) % PHONES : phone;
      const reason = random.uniform() < PLANTED.sameReason ? topic : -1;
      const from = this.nextOpening(legs, anchorDay + gap, channel);
      if (from < 0) return;
      gap = Math.floor(from / DAY_SECONDS) - anchorDay;
      if (gap > WINDOW_DAYS || anchorDay + gap >= DAYS) return;
      if (this.contact(legs, channel, from, line, name, reason, true) < 0) return;
    }
  }

  /** A moment on a day (or on the next one if it is too late) at least 20 minutes after the person's last contact. */
  private nextOpening(legs: Legs, wantedDay: number, channel: number): number {
    const { random, calendar } = this;
    const earliest = legs.end[legs.count - 1]! + QUIET_SECONDS;
    for (let day = wantedDay; day < DAYS && day <= wantedDay + 1; day++) {
      const { first, end } = openSlots(calendar.kinds[day]!);
      const opens = day * DAY_SECONDS + (channel === CALLS ? first * SLOT_SECONDS : 7 * 3600);
      const closes = day * DAY_SECONDS + (channel === CALLS ? end * SLOT_SECONDS : 22 * 3600) - 1;
      if (earliest >= closes) continue;
      if (earliest > opens) return earliest + Math.floor(random.uniform() * Math.min(closes - earliest, 5 * 3600));
      return this.moment(channel, day);
    }
    return -1;
  }

  private moment(source: number, day: number): number {
    const { random, calendar } = this;
    const second = source === CALLS ? callSecond(calendar, day, random) : writtenSecond(calendar, random);
    return day * DAY_SECONDS + second;
  }

  /**
   * Adds one contact, with redials after an abandoned call and a second leg after a transfer. Returns the index of its
   * first handled leg, or −1 when no human handled it; `forced` contacts always are. A topic of −1 is drawn.
   */
  private contact(
    legs: Legs,
    source: number,
    from: number,
    phone: number,
    name: number,
    topic: number,
    forced: boolean,
  ): number {
    if (source !== CALLS) return this.written(legs, source, from, phone, name, topic, forced);
    const { random, calendar } = this;
    const day = Math.floor(from / DAY_SECONDS);
    const closes = day * DAY_SECONDS + openSlots(calendar.kinds[day]!).end * SLOT_SECONDS;
    let at = from;
    for (let attempt = 0; ; attempt++) {
      const half = day * SLOTS + Math.floor((at % DAY_SECONDS) / SLOT_SECONDS);
      const wait = 2 + this.queueSeconds(half);
      const patience = 4 + random.exponential(PATIENCE_SECONDS);
      const again = at + Math.min(wait, patience) + QUIET_SECONDS + random.uniform() * 2400;
      const lastTry = attempt === 2 || again >= closes;
      if (wait <= patience || (forced && lastTry)) return this.answered(legs, half, at, wait, phone, name, topic);
      this.abandoned(legs, at, patience, phone, name);
      if (lastTry || (!forced && (phone < 0 || random.uniform() >= PLANTED.redial))) return -1;
      at = Math.floor(again);
    }
  }

  private queueSeconds(half: number): number {
    const { random, roster } = this;
    const base = random.uniform() * 6;
    return random.uniform() < roster.queueChance[half]! ? base + random.exponential(roster.queueMean[half]!) : base;
  }

  private abandoned(legs: Legs, at: number, patience: number, phone: number, name: number): void {
    const row = this.row(legs, CALLS, at, phone, name);
    legs.wait[row] = Math.round(patience);
    legs.end[row] = at + legs.wait[row]!;
    legs.status[row] = ABANDONED;
    legs.reason[row] = this.random.uniform() < 0.5 ? DASH : BLANK;
    legs.contacts++;
  }

  private answered(
    legs: Legs,
    half: number,
    at: number,
    wait: number,
    phone: number,
    name: number,
    topic: number,
  ): number {
    const { random, roster } = this;
    const from = roster.starts[half]!;
    const size = roster.starts[half + 1]! - from;
    const pick = random.int(0, size);
    const agent = roster.agents[from + pick]!;
    const day = Math.floor(at / DAY_SECONDS);
    const first = this.row(legs, CALLS, at, phone, name);
    this.handle(legs, first, agent, day, topic);
    legs.wait[first] = Math.min(3600, Math.round(wait));
    legs.wrapup[first] = Math.min(900, 5 + Math.round(random.exponential(30)));
    const other = roster.agents[from + ((pick + 1) % size)]!;
    const transferred = other !== agent && !legs.full && random.uniform() < PLANTED.transfer;
    if (transferred) {
      legs.status[first] = TRANSFERRED;
      legs.wrapup[first] = 0;
      legs.talk[first] = 20 + Math.round(legs.talk[first]! * 0.35);
    }
    legs.end[first] = at + legs.wait[first]! + legs.talk[first]! + legs.wrapup[first]!;
    let last = first;
    if (transferred) last = this.secondLeg(legs, first, other, day);
    this.rate(legs, last, day);
    legs.contacts++;
    return first;
  }

  private secondLeg(legs: Legs, first: number, agent: number, day: number): number {
    const { random } = this;
    const at = legs.end[first]! + random.int(5, 90);
    const row = this.row(legs, CALLS, at, legs.phone[first]!, legs.name[first]!);
    legs.leg[row] = 2;
    this.handle(legs, row, agent, day, this.topicOf[first]!);
    legs.reason[row] = legs.reason[first]!;
    legs.wait[row] = random.int(2, 40);
    legs.wrapup[row] = Math.min(900, 5 + Math.round(random.exponential(30)));
    legs.end[row] = at + legs.wait[row]! + legs.talk[row]! + legs.wrapup[row]!;
    return row;
  }

  private written(
    legs: Legs,
    source: number,
    at: number,
    phone: number,
    name: number,
    topic: number,
    forced: boolean,
  ): number {
    const { random, staff } = this;
    const day = Math.floor(at / DAY_SECONDS);
    const present = staff.present[day]!;
    const agent = present[random.int(0, present.length)]!;
    const row = this.row(legs, source, at, phone, name);
    this.handle(legs, row, agent, day, topic);
    if (source === CHAT) {
      this.chats++;
      legs.wait[row] = Math.min(1800, Math.round(random.exponential(45)));
      legs.talk[row] = Math.min(5400, Math.round(legs.talk[row]! * 2));
      legs.end[row] = at + legs.wait[row]! + legs.talk[row]!;
    } else {
      legs.wait[row] = Math.min(DAY_SECONDS, 60 + Math.round(random.lognormal(5400, 1.2)));
      legs.talk[row] = Math.min(3 * DAY_SECONDS, 300 + Math.round(random.lognormal(28_800, 1.5)));
      legs.end[row] = at + legs.wait[row]! + legs.talk[row]!;
    }
    legs.contacts++;
    const unattended = source === TICKETS && !forced && random.uniform() < PLANTED.ticketWithoutAgent;
    if (unattended) {
      legs.agent[row] = -1;
      legs.repeatChance[row] = 0;
      return -1;
    }
    this.rate(legs, row, day);
    return row;
  }

  /** Topic of each leg before a missing reason hides it. */
  private readonly topicOf = new Uint8Array(512);

  private handle(legs: Legs, row: number, agent: number, day: number, wantedTopic: number): void {
    const { random } = this;
    const novice = this.novice[agent * DAYS + day]!;
    const deploy = this.calendar.deploys[day] ? 2 : 0;
    const topic = wantedTopic >= 0 ? wantedTopic : this.topics[deploy + novice]!.pick(random);
    const reason = REASONS[topic]!;
    const person = this.staff.agents[agent]!;
    const untrained = reason.untaught && novice === 1;
    this.topicOf[row] = topic;
    legs.agent[row] = agent;
    legs.untrained[row] = untrained ? 1 : 0;
    const chance = reason.repeat * person.repeat * (untrained ? UNTAUGHT.repeat : 1);
    legs.repeatChance[row] = Math.min(0.85, chance);
    const talk = reason.talk * person.pace * (untrained ? UNTAUGHT.talk : 1);
    legs.talk[row] = Math.min(5400, Math.max(8, Math.round(random.lognormal(talk, 0.7))));
    const luck = random.uniform();
    legs.reason[row] = luck < PLANTED.dash ? DASH : luck < PLANTED.dash + PLANTED.blank ? BLANK : topic;
  }

  private rate(legs: Legs, row: number, day: number): void {
    const { random } = this;
    if (random.uniform() >= PLANTED.surveyed) return;
    const repeat = row > 0 && legs.end[row - 1]! > legs.start[row]! - 7 * DAY_SECONDS && legs.leg[row] === 1;
    const long = legs.source[row] === CALLS && legs.wait[row]! > 120;
    const mean =
      4.3 -
      (this.calendar.deploys[day] ? 1 : 0) -
      (long ? 0.5 : 0) -
      (repeat ? 0.5 : 0) +
      legs.untrained[row]! * UNTAUGHT.score;
    legs.score[row] = Math.min(5, Math.max(1, Math.round(random.normal(mean, 0.9))));
  }

  private row(legs: Legs, source: number, at: number, phone: number, name: number): number {
    const row = legs.count++;
    legs.source[row] = source;
    legs.start[row] = at;
    legs.agent[row] = -1;
    legs.repeatChance[row] = 0;
    legs.wait[row] = 0;
    legs.talk[row] = 0;
    legs.wrapup[row] = 0;
    legs.status[row] = ANSWERED;
    legs.leg[row] = 1;
    legs.phone[row] = phone;
    legs.name[row] = name;
    legs.score[row] = 0;
    legs.contact[row] = legs.contacts;
    legs.untrained[row] = 0;
    return row;
  }

  private pickSource(): number {
    const luck = this.random.uniform();
    if (luck < this.chatShare) return this.chats < CHAT_CAP ? CHAT : CALLS;
    return luck < this.chatShare + PLANTED.ticketShare * 1.16 ? TICKETS : CALLS;
  }

  /** A day by weight; people whose state has a holiday of its own mostly pick another. */
  private pickDay(): number {
    const { random, calendar, people } = this;
    const day = calendar.dayTable.pick(random);
    const resting = calendar.stateHolidays[people.state * DAYS + day] === 1 && random.uniform() < 0.6;
    return resting ? calendar.dayTable.pick(random) : day;
  }
}

function topicTable(deploy: boolean, novice: boolean): AliasTable {
  return new AliasTable(
    REASONS.map(
      ({ weight, deploy: rise, untaught }) => weight * (deploy ? rise : 1) * (novice && untaught ? UNTAUGHT.topic : 1),
    ),
  );
}
