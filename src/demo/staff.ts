import { mix, Random } from '../kernel/random.ts';
import { type Calendar, DAYS, type DayKind } from './calendar.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { NOVICE_DAYS } from './reasons.ts';

export type Shift = 'manhã' | 'tarde' | 'integral';
export type Seniority = 'Júnior' | 'Pleno' | 'Sênior';

/** Who an agent answers to from a day (index in the calendar) on. */
export interface Post {
  from: number;
  supervisor: string;
}

export interface Agent {
  code: string;
  name: string;
  email: string;
  /** Day index of hiring; negative before the demo's first day. */
  hired: number;
  shift: Shift;
  posts: readonly Post[];
  /** Multiplies the chance that a contact comes back. */
  repeat: number;
  /** Multiplies talk time. */
  pace: number;
}

/** People of the contact center and who is at work on which day. */
export interface Staff {
  agents: readonly Agent[];
  supervisors: readonly string[];
  /** Agents at work, by day and those ahead, in the order in which they are put on the phones. */
  present: readonly (readonly number[])[];
}

export const DEFAULT_CONTACTS = 120_000;
export const DEFAULT_AGENTS = 60;
const SENIOR_DAYS = 365;

/** How many agents a demo of that many contacts has: 60 at the default size, ten times as many at 100 million. */
export function agentCount(contacts: number): number {
  return Math.max(12, Math.round(DEFAULT_AGENTS * (contacts / DEFAULT_CONTACTS) ** 0.35));
}

/** Hires the agents, gives them shifts and supervisors, and decides who works on which day. */
export function makeStaff(seed: number, contacts: number, calendar: Calendar): Staff {
  const random = new Random(seed, 'staff');
  const count = agentCount(contacts);
  const names = distinctNames(random, count + Math.ceil(count / 12));
  const supervisors = names.slice(count);
  const agents = Array.from({ length: count }, (_, index) => hire(random, index, names[index]!, supervisors));
  const kinds = [...calendar.kinds, ...calendar.ahead.map(({ kind }) => kind)];
  const present = kinds.map((kind, day) => atWork(seed, agents, day, kind));
  return { agents, supervisors, present };
}

/** Whether an agent was hired less than 90 days before a day. */
export function isNovice(agent: Pick<Agent, 'hired'>, day: number): boolean {
  return day - agent.hired < NOVICE_DAYS;
}

/** Seniority on a day. */
export function seniorityOn(agent: Agent, day: number): Seniority {
  if (isNovice(agent, day)) return 'Júnior';
  return day - agent.hired < SENIOR_DAYS ? 'Pleno' : 'Sênior';
}

/** Day indexes at which an agent's seniority changes. */
export function promotions(agent: Agent): number[] {
  return [agent.hired + NOVICE_DAYS, agent.hired + SENIOR_DAYS];
}

/** Whether an agent's shift covers a half-hour (an 'integral' agent has lunch from 12:00 to 13:00). */
export function onShift(agent: Agent, kind: number, slot: number): boolean {
  if (kind !== 0) return true;
  if (agent.shift === 'manhã') return slot < 28;
  if (agent.shift === 'tarde') return slot >= 28;
  return slot >= 18 && slot < 36 && slot !== 24 && slot !== 25;
}

function hire(random: Random, index: number, name: string, supervisors: readonly string[]): Agent {
  const recent = index % 3 === 2;
  const hired = recent ? -60 + 40 * random.int(0, 6) : -random.int(120, 900);
  const shifts: Shift[] = ['manhã', 'tarde', 'manhã', 'tarde', 'integral'];
  const posts: Post[] = [{ from: Math.max(hired, -900), supervisor: supervisors[index % supervisors.length]! }];
  for (let change = 0; change < 2; change++) {
    const from = random.int(20, DAYS - 10);
    const supervisor = supervisors[random.int(0, supervisors.length)]!;
    const last = posts.at(-1)!;
    if (random.chance(0.4) && from > last.from + 30 && supervisor !== last.supervisor) posts.push({ from, supervisor });
  }
  const planted = index % 20 === 7 ? 1.8 : index % 20 === 13 ? 0.5 : 1;
  const repeat = planted * Math.max(0.7, random.normal(1, 0.08));
  const [first = '', ...rest] = plain(name).split(' ');
  return {
    code: `A${String(1001 + index)}`,
    name,
    email: `${first}.${rest.at(-1)}${index + 1}@aurora.example`,
    hired,
    shift: shifts[(index * 7 + 3) % 5]!,
    posts,
    repeat,
    pace: Math.max(0.75, random.normal(1, 0.1)),
  };
}

/** Lower case without accents. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Everyone on weekdays but for 5 % of absences, a third on Saturdays, a fifth on Sundays and holidays; never fewer than four. */
function atWork(seed: number, agents: readonly Agent[], day: number, kind: DayKind): number[] {
  const share = kind === 0 ? 0.95 : kind === 1 ? 0.34 : 0.2;
  const key = mix(mix(seed) + day);
  const order = agents.map((agent, index) => ({
    index,
    agent,
    luck: mix(key ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0,
  }));
  const hired = order.filter(({ agent }) => agent.hired <= day).sort((a, b) => a.luck - b.luck || a.index - b.index);
  return hired.slice(0, Math.max(4, Math.round(hired.length * share))).map(({ index }) => index);
}

function distinctNames(random: Random, count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const first = FIRST_NAMES[random.int(0, FIRST_NAMES.length)]!;
    const last = LAST_NAMES[random.int(0, LAST_NAMES.length)]!;
    const other = LAST_NAMES[random.int(0, LAST_NAMES.length)]!;
    if (last !== other) names.add(`${first} ${last} ${other}`);
  }
  return [...names];
}
