import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { dayOfNumber } from '../kernel/brazil/dates.ts';
import { formatPhone } from '../kernel/brazil/phone.ts';
import { mix } from '../kernel/random.ts';
import { DAY_SECONDS, DAYS } from './calendar.ts';
import type { DayLegs, DaySpill } from './day-spill.ts';
import type { EventFile } from './event-file.ts';
import { ACCOUNTS } from './names.ts';
import { LANDLINE } from './people.ts';
import { REASONS, reasonText } from './reasons.ts';
import { plain } from './staff.ts';
import { cpfOf, FILES, QUEUES, queueOf, type World } from './world.ts';

export const PER_PAGE = 100;
const CHANNELS = ['email', 'whatsapp', 'webform', 'app'];
const PRIORITIES = ['low', 'normal', 'normal', 'normal', 'high', 'urgent'];

/** Writes a month of tickets as the API gives them, one page of a hundred per line, and what happened to them. */
export function writeTicketMonth(
  world: World,
  spill: DaySpill,
  month: string,
  days: readonly number[],
  out: string,
  events: EventFile,
): { path: string; rows: number } {
  const path = FILES.tickets(month);
  const total = days.reduce((sum, day) => sum + spill.counts[day]!, 0);
  const file = openSync(join(out, path), 'w');
  let page: string[] = [];
  let number = 0;
  const flush = () => {
    number++;
    writeSync(file, `{"page":${number},"perPage":${PER_PAGE},"total":${total},"data":[${page.join(',')}]}\n`);
    page = [];
  };
  for (const day of days) {
    const legs = spill.take(day);
    for (let position = 0; position < legs.count; position++) {
      legs.read(position);
      page.push(ticket(world, legs, day));
      events.add(legs, day, protocolOf(legs));
      if (page.length === PER_PAGE) flush();
    }
  }
  if (page.length > 0) flush();
  closeSync(file);
  return { path, rows: total };
}

/** `2026-05-18T09:12:33-03:00` of a second counted from a day's midnight. */
function stamp(world: World, day: number, second: number): string {
  const later = Math.floor(second / DAY_SECONDS);
  const date = world.calendar.days[day + later] ?? dayOfNumber(world.calendar.firstDayNumber + day + later);
  const rest = second - later * DAY_SECONDS;
  const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);
  return `${date}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}-03:00`;
}

const protocolOf = ({ serial }: DayLegs) => `TK-${String(serial).padStart(9, '0')}`;

function ticket(world: World, legs: DayLegs, day: number): string {
  const { people, staff } = world;
  people.load(legs.person);
  const style = mix(legs.serial ^ 0x7469636b) >>> 0;
  const end = legs.second + legs.wait + legs.talk;
  const closed = day * DAY_SECONDS + end < DAYS * DAY_SECONDS;
  const replied = day * DAY_SECONDS + legs.second + legs.wait < DAYS * DAY_SECONDS;
  const agent = staff.agents[legs.agent];
  const reason = REASONS[legs.reason];
  const anonymous = legs.phone < 0;
  const name = people.name(legs.name);
  const email = `${plain(people.name(legs.name)).replace(/[^a-z0-9]+/g, '.')}.${legs.person}@cliente.example`;
  const cpf = cpfOf(people);
  const fields = [{ name: 'Origem', value: CHANNELS[style & 3] }];
  if (cpf !== null && !anonymous && style % 10 < 8) fields.push({ name: 'CPF', value: cpf });
  return JSON.stringify({
    protocol: protocolOf(legs),
    startedAt: stamp(world, day, legs.second),
    endedAt: closed ? stamp(world, day, end) : null,
    updatedAt: stamp(world, day, closed ? end : legs.second + (replied ? legs.wait : 0)),
    firstReplyAt: agent && replied ? stamp(world, day, legs.second + legs.wait) : null,
    status: closed ? 'closed' : 'open',
    channel: CHANNELS[style & 3],
    priority: PRIORITIES[(style >>> 4) % PRIORITIES.length],
    contact: anonymous
      ? { name: null, phone: null, email: null }
      : { name, phone: writtenPhone(people.phone(legs.phone), legs.phone === LANDLINE, style >>> 8), email },
    user: agent ? { id: agent.code, name: agent.name, email: agent.email } : null,
    department: { name: QUEUES[queueOf(legs.reason, legs.serial)] },
    ticketTopic: { name: reasonText(legs.reason) },
    tags: reason ? [{ label: reason.category }] : [],
    customFields: fields,
    account: { name: ACCOUNTS[people.account]!.name },
    rating: legs.score > 0 && closed ? legs.score : null,
  });
}

function writtenPhone(phone: string, landline: boolean, style: number): string {
  const way = style % 8;
  if (way < 3) return `+55${phone}`;
  if (way < 5) return formatPhone(phone);
  if (way === 5 && !landline) return formatPhone(`${phone.slice(0, 2)}${phone.slice(3)}`);
  return way === 6 ? `0${phone}` : phone;
}
