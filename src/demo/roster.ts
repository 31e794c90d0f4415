import { Random } from '../kernel/random.ts';
import { type Calendar, callShare, DAYS, DEPLOY_WEIGHT, openSlots, SLOT_SECONDS, SLOTS } from './calendar.ts';
import { DEFAULT_AGENTS, DEFAULT_CONTACTS, onShift, type Staff } from './staff.ts';

/** A half-hour that was staffed against the forecast on purpose. */
export interface PlantedHalfHour {
  day: number;
  slot: number;
  kind: 'few' | 'many';
  needed: number;
  staffed: number;
}

/** Who is on the phones in each half-hour and what waiting follows from it. */
export interface Roster {
  /** Agents of half-hour h = day × 48 + slot are `agents[starts[h] … starts[h + 1])`, those of days ahead at the end. */
  starts: Int32Array;
  agents: Uint16Array;
  /** Agents that the forecast asks for, by half-hour. */
  needed: Uint16Array;
  /** Chance that a call has to queue. */
  queueChance: Float32Array;
  /** Mean wait of a call that queues, seconds. */
  queueMean: Float32Array;
  planted: readonly PlantedHalfHour[];
  /** Planted in days that have not happened. */
  ahead: readonly PlantedHalfHour[];
}

const CALL_SHARE = 0.85;
const HANDLE_SECONDS = 330;
const TARGET_LEVEL = 0.85;
const TARGET_SECONDS = 20;
const LONGEST_MEAN_WAIT = 240;
/** Agents called in on a deploy day, against the usual forecast. */
const OVERTIME = 1.3;
const PLANTED_DAYS = 12;
const PLANTED_SLOTS = 3;

/**
 * Plans the phones by Erlang C for the default size; other sizes keep its load per agent, so that waits look the same
 * at any size. Above the default the number of agents is therefore too small for the calls: a bench, not a company.
 */
export function makeRoster(seed: number, calendar: Calendar, staff: Staff): Roster {
  const scale = staff.agents.length / DEFAULT_AGENTS;
  const days = plannedDays(calendar);
  const starts = new Int32Array(days.length * SLOTS + 1);
  const needed = new Uint16Array(DAYS * SLOTS);
  const queueChance = new Float32Array(DAYS * SLOTS);
  const queueMean = new Float32Array(DAYS * SLOTS);
  const agents: number[] = [];
  const planted: PlantedHalfHour[] = [];
  const plan = plantHalfHours(seed, calendar);
  const totalWeight = calendar.weights.reduce((sum, weight) => sum + weight, 0);
  days.forEach(({ kind, weight, deploy }, day) => {
    const { first, end } = openSlots(kind);
    for (let slot = 0; slot < SLOTS; slot++) {
      const half = day * SLOTS + slot;
      starts[half] = agents.length;
      if (slot < first || slot >= end) continue;
      const calls = DEFAULT_CONTACTS * CALL_SHARE * (weight / totalWeight) * callShare(kind, slot);
      const load = (calls * HANDLE_SECONDS) / SLOT_SECONDS;
      const forecast = deploy ? (load * OVERTIME) / DEPLOY_WEIGHT : load;
      const need = agentsNeeded(forecast);
      const kindOfPlant = plan.get(half);
      const wanted = kindOfPlant === 'few' ? Math.max(1, need * 0.65) : kindOfPlant === 'many' ? need * 2.2 : need;
      const available = staff.present[day]!.filter((agent) => onShift(staff.agents[agent]!, kind, slot));
      const pool = available.length >= 2 ? available : staff.present[day]!;
      const count = Math.min(pool.length, Math.max(2, Math.round(wanted * scale)));
      for (let index = 0; index < count; index++) agents.push(pool[index]!);
      const asked = Math.max(2, Math.round(need * scale));
      if (kindOfPlant) planted.push({ day, slot, kind: kindOfPlant, needed: asked, staffed: count });
      if (day >= DAYS) continue;
      needed[half] = asked;
      const working = kindOfPlant === undefined ? need : wanted;
      queueChance[half] = erlangC(load, working);
      queueMean[half] = Math.min(LONGEST_MEAN_WAIT, HANDLE_SECONDS / Math.max(0.3, working - load));
    }
  });
  starts[days.length * SLOTS] = agents.length;
  const [happened, ahead] = [planted.filter(({ day }) => day < DAYS), planted.filter(({ day }) => day >= DAYS)];
  return { starts, agents: Uint16Array.from(agents), needed, queueChance, queueMean, planted: happened, ahead };
}

/** The days of the calendar and those ahead of it. */
function plannedDays({ kinds, weights, deploys, ahead }: Calendar) {
  const happened = kinds.map((kind, day) => ({ kind, weight: weights[day]!, deploy: deploys[day]! }));
  return [...happened, ...ahead.map(({ kind, weight }) => ({ kind, weight, deploy: false }))];
}

/** Chance that a call has to wait, with `load` erlangs and that many agents (fractions interpolate). */
export function erlangC(load: number, agents: number): number {
  if (load >= agents) return 0.95;
  const below = Math.floor(agents);
  const part = agents - below;
  const lower = below > load ? waitChance(load, below) : 1;
  return Math.min(0.95, part === 0 ? lower : lower * (1 - part) + waitChance(load, below + 1) * part);
}

function waitChance(load: number, agents: number): number {
  let blocked = 1;
  for (let line = 1; line <= agents; line++) blocked = (load * blocked) / (line + load * blocked);
  return (agents * blocked) / (agents - load * (1 - blocked));
}

/** Fewest agents that answer 85 % of calls within 20 seconds. */
function agentsNeeded(load: number): number {
  for (let agents = Math.floor(load) + 1; ; agents++) {
    const late = waitChance(load, agents) * Math.exp((-(agents - load) * TARGET_SECONDS) / HANDLE_SECONDS);
    if (1 - late >= TARGET_LEVEL) return agents;
  }
}

/**
 * Twelve ordinary weekdays with 90 minutes too thin and twelve others with 90 minutes too thick; of those ahead, the first
 * too thin from 10:00 and the second too thick from 14:00.
 */
function plantHalfHours(seed: number, calendar: Calendar): Map<number, PlantedHalfHour['kind']> {
  const random = new Random(seed, 'half-hours');
  const ordinary = calendar.kinds.flatMap((kind, day) => (kind === 0 && !calendar.deploys[day] ? [day] : []));
  const days = random.shuffle(ordinary).slice(0, 2 * PLANTED_DAYS);
  const plan = new Map<number, PlantedHalfHour['kind']>();
  days.forEach((day, index) => {
    const first = random.int(18, 34);
    for (let slot = first; slot < first + PLANTED_SLOTS; slot++) {
      plan.set(day * SLOTS + slot, index < PLANTED_DAYS ? 'few' : 'many');
    }
  });
  const [thin, thick] = calendar.ahead.flatMap(({ kind }, index) => (kind === 0 ? [DAYS + index] : []));
  for (let slot = 0; slot < PLANTED_SLOTS; slot++) {
    plan.set(thin! * SLOTS + 20 + slot, 'few');
    plan.set(thick! * SLOTS + 28 + slot, 'many');
  }
  return plan;
}
