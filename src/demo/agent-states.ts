import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT_STATES, type AgentState } from '../contracts/index.ts';
import type { Day } from '../kernel/brazil/dates.ts';
import { Random } from '../kernel/random.ts';
import { DAY_SECONDS, DAYS, SLOT_SECONDS, SLOTS } from './calendar.ts';
import type { DayLegs } from './day-spill.ts';
import { FILES, type World } from './world.ts';

/** Days at the end of the world whose agents' states are written. */
export const AGENT_DAYS = 28;

const HEADER = 'DATA;INICIO;DURACAO;COD_ATENDENTE;ESTADO';
const WORDS: Readonly<Record<AgentState, string>> = {
  handling: 'EM ATENDIMENTO',
  available: 'DISPONIVEL',
  pause: 'PAUSA',
  other: 'TREINAMENTO',
};
/** What a second of an agent's day holds: nothing while logged out, otherwise a state's place plus one. */
const LOGGED_OUT = 0;
const CODES = Object.fromEntries(AGENT_STATES.map((state, index) => [state, index + 1])) as Record<AgentState, number>;
/** Minutes of pause in shifts of so many half-hours: two of ten and one of twenty in those of six hours. */
const PAUSES = [
  { halves: 8, minutes: [10, 20, 10] },
  { halves: 4, minutes: [10] },
] as const;
const TRAINING_MINUTES = 30;
const TRIES = 8;

/** Seconds of each state, of all agents and of each. */
export interface AgentTimeTruth {
  from: Day;
  rows: number;
  totals: Record<AgentState, number>;
  byAgent: Record<string, Record<AgentState, number>>;
}

const none = (): Record<AgentState, number> => ({ handling: 0, available: 0, pause: 0, other: 0 });

/**
 * Writes what agents on the phones did in each second of the last four weeks, one file a day: their own calls, from a
 * stream of draws of its own pauses and training, and for the rest of the roster they were available.
 */
export class AgentStates {
  private readonly world: World;
  private readonly out: string;
  private readonly random: Random;
  private readonly truth: AgentTimeTruth;
  private readonly seconds = new Uint8Array(DAY_SECONDS);

  constructor(world: World, out: string) {
    this.world = world;
    this.out = out;
    this.random = new Random(world.seed, 'agent-states');
    this.truth = { from: world.calendar.days[DAYS - AGENT_DAYS]!, rows: 0, totals: none(), byAgent: {} };
  }

  /** What was written. */
  get result(): AgentTimeTruth {
    return this.truth;
  }

  /** Writes the file of a day with its calls; null for a day before those that are told. */
  write(day: number, legs: DayLegs): { path: string; rows: number } | null {
    if (day < DAYS - AGENT_DAYS) return null;
    const { calendar, staff } = this.world;
    const slots = this.slotsOf(day);
    const calls = callsOf(legs);
    const lines = [HEADER];
    const date = calendar.days[day]!.split('-').reverse().join('/');
    for (const [agent, { code }] of staff.agents.entries()) {
      const own = slots.get(agent) ?? [];
      const handled = calls.get(agent) ?? [];
      if (own.length === 0 && handled.length === 0) continue;
      this.paint(day, agent, own, handled);
      for (const { state, from, to } of this.stretches()) {
        lines.push(`${date};${clock(from)};${clock(to - from)};${code};${WORDS[state]}`);
        this.truth.totals[state] += to - from;
        this.truth.byAgent[code] ??= none();
        this.truth.byAgent[code][state] += to - from;
      }
    }
    const rows = lines.length - 1;
    this.truth.rows += rows;
    const path = FILES.states(calendar.days[day]!);
    writeFileSync(join(this.out, path), Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'));
    return { path, rows };
  }

  /** The half-hours of each agent on the phones. */
  private slotsOf(day: number): Map<number, number[]> {
    const { starts, agents } = this.world.roster;
    const slots = new Map<number, number[]>();
    for (let slot = 0; slot < SLOTS; slot++) {
      const half = day * SLOTS + slot;
      for (let at = starts[half]!; at < starts[half + 1]!; at++) {
        const agent = agents[at]!;
        slots.set(agent, [...(slots.get(agent) ?? []), slot]);
      }
    }
    return slots;
  }

  /** Fills the seconds of an agent's day; a call goes before everything. */
  private paint(day: number, agent: number, slots: readonly number[], calls: readonly Call[]): void {
    const { seconds, random } = this;
    seconds.fill(LOGGED_OUT);
    for (const slot of slots) seconds.fill(CODES.available, slot * SLOT_SECONDS, (slot + 1) * SLOT_SECONDS);
    for (const { from, to } of calls) seconds.fill(CODES.handling, from, to);
    const leave = (state: AgentState, minutes: number) => {
      const length = 60 * minutes;
      for (let tries = 1; tries <= TRIES; tries++) {
        const from = slots[random.int(0, slots.length)]! * SLOT_SECONDS + random.int(0, SLOT_SECONDS - length + 1);
        const there = seconds.subarray(from, from + length);
        if (tries < TRIES && there.some((code) => code !== CODES.available)) continue;
        for (let at = 0; at < length; at++) if (there[at] === CODES.available) there[at] = CODES[state];
        return;
      }
    };
    const shift = PAUSES.find(({ halves }) => slots.length >= halves);
    for (const minutes of shift?.minutes ?? []) leave('pause', minutes);
    if (shift && (day + agent) % 7 === 0) leave('other', TRAINING_MINUTES);
  }

  private *stretches(): Generator<{ state: AgentState; from: number; to: number }> {
    const { seconds } = this;
    for (let from = 0; from < DAY_SECONDS; ) {
      let to = from + 1;
      while (to < DAY_SECONDS && seconds[to] === seconds[from]) to++;
      if (seconds[from] !== LOGGED_OUT) yield { state: AGENT_STATES[seconds[from]! - 1]!, from, to };
      from = to;
    }
  }
}

interface Call {
  readonly from: number;
  readonly to: number;
}

/** From answer to the end of the work after it, by agent, in seconds of the day. */
function callsOf(legs: DayLegs): Map<number, Call[]> {
  const calls = new Map<number, Call[]>();
  for (let position = 0; position < legs.count; position++) {
    legs.read(position);
    if (legs.agent < 0) continue;
    const from = legs.second + legs.wait;
    const call = { from, to: from + legs.talk + legs.wrapup };
    calls.set(legs.agent, [...(calls.get(legs.agent) ?? []), call]);
  }
  return calls;
}

function clock(second: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(two).join(':');
}
