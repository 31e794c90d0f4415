import { canonicalCpf, cpfCheckDigits } from '../kernel/brazil/cpf.ts';
import { type Day, dayOfNumber } from '../kernel/brazil/dates.ts';
import { mix } from '../kernel/random.ts';
import { type Calendar, DAY_SECONDS, makeCalendar } from './calendar.ts';
import { People } from './people.ts';
import { REASONS } from './reasons.ts';
import { makeRoster, type Roster } from './roster.ts';
import { makeStaff, type Staff } from './staff.ts';

/** Everything that is fixed before the first contact. */
export interface World {
  seed: number;
  contacts: number;
  calendar: Calendar;
  staff: Staff;
  roster: Roster;
  people: People;
}

/** Builds the company, its calendar and its people from a seed and a size. */
export function makeWorld(seed: number, contacts: number, until: Day): World {
  const calendar = makeCalendar(seed, until);
  const staff = makeStaff(seed, contacts, calendar);
  const roster = makeRoster(seed, calendar, staff);
  return { seed, contacts, calendar, staff, roster, people: new People(seed) };
}

export const QUEUES = [...new Set(REASONS.map(({ queue }) => queue))];

/** Queue of a reason, by number; a contact without reason landed in any. */
export function queueOf(reason: number, serial: number): number {
  const known = REASONS[reason];
  return known ? QUEUES.indexOf(known.queue) : (mix(serial) >>> 0) % QUEUES.length;
}

/** The person's CPF, or null for the few people (firms, repeated digits) who have none. */
export function cpfOf(people: People): string | null {
  if (people.firm) return null;
  const nine = String(people.cpfBase).padStart(9, '0');
  return canonicalCpf(nine + cpfCheckDigits(nine));
}

/** `18/05/2026 09:12:33` of a second counted from the calendar's first midnight. */
export function momentOf({ calendar }: World, second: number): string {
  const number = Math.floor(second / DAY_SECONDS);
  const [year, month, day] = (calendar.days[number] ?? dayOfNumber(calendar.firstDayNumber + number)).split('-');
  const rest = second - number * DAY_SECONDS;
  const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);
  return `${day}/${month}/${year} ${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
}

/** File names of the demo by kind. */
export const FILES = {
  calls: (day: Day) => `calls/ligacoes-${day}.csv`,
  tickets: (month: string) => `tickets/chamados-${month}.jsonl`,
  chat: (month: string) => `chat/chat-${month}.xlsx`,
  ticketEvents: (month: string) => `events/chamados-${month}.csv`,
  chatEvents: (month: string) => `events/chat-${month}.csv`,
  states: (day: Day) => `agent-states/estados-${day}.csv`,
};
