import fc from 'fast-check';
import type { Layout } from '../src/intake/layout.ts';
import { parseLayout } from '../src/intake/parse-layout.ts';
import { mix } from '../src/kernel/random.ts';

/** Tickets and what happened to them, as two sources give it; both are corrected by files written later. */
export const TICKETS = parseLayout(
  {
    source: 'tickets',
    version: 1,
    label: { pt: 'Chamados', en: 'Tickets' },
    holds: 'answered',
    format: { kind: 'delimited', header: true },
    key: ['protocol'],
    columns: {
      protocol: { from: ['protocol'], as: 'text' },
      phone: { from: ['phone'], as: 'phone' },
      agent_id: { from: ['agent'], as: 'text' },
      queue: { from: ['queue'], as: 'text' },
      status: { from: ['status'], as: 'text' },
      opened_at: { from: ['opened'], as: 'date-time', format: 'iso' },
      started_at: { from: ['opened'], as: 'date-time', format: 'iso' },
      ended_at: { from: ['ended'], as: 'date-time', format: 'iso' },
    },
  },
  'tickets',
);

export function eventLayout(more: Partial<Layout> = {}): Layout {
  return parseLayout(
    {
      source: 'ticket-events',
      version: 1,
      label: { pt: 'Eventos', en: 'Events' },
      into: 'event',
      of: 'tickets',
      holds: 'all',
      format: { kind: 'delimited', header: true },
      key: ['id'],
      columns: {
        contact_id: { from: ['ticket'], as: 'text' },
        happened_at: { from: ['when'], as: 'date-time', format: 'iso' },
        kind: {
          ...{ from: ['what'], as: 'codes', otherwise: 'other' },
          codes: { cliente: 'message', equipe: 'reply', fila: 'transfer', reaberto: 'reopening', fechado: 'closing' },
        },
        actor: { from: ['who'], as: 'text' },
        value: { from: ['more'], as: 'text' },
      },
      ...more,
    },
    'ticket-events',
  );
}

/** One thing that happened: its name at the source, the ticket, day and time of March 2026, and what. */
export type Happened = readonly [id: string, ticket: string, when: string, what: string];

export function eventFile(rows: readonly Happened[]): string {
  const lines = rows.map(([id, ticket, when, what]) => `${id};${ticket};2026-03-${when};${what};A1;`);
  return `id;ticket;when;what;who;more\n${lines.join('\n')}\n`;
}

/** One ticket: day and time in March 2026 of its opening and end. */
export function ticketFile(rows: readonly (readonly [protocol: string, opened: string, ended: string])[]): string {
  const lines = rows.map(([protocol, opened, ended], index) =>
    [protocol, `1198765432${index % 10}`, 'A1', 'Suporte', ended ? 'closed' : 'open', day(opened), day(ended)].join(
      ';',
    ),
  );
  return `protocol;phone;agent;queue;status;opened;ended\n${lines.join('\n')}\n`;
}

const day = (text: string) => (text === '' ? '' : `2026-03-${text}`);

const KINDS = ['cliente', 'cliente', 'equipe', 'equipe', 'fechado', 'reaberto', 'fila', 'nota'];
const two = (value: number) => String(value).padStart(2, '0');

/** The event of a number: everything follows from it, but what it says, which a correction changes. */
export function event(number: number, version = 0): Happened {
  const pick = mix(number * 4 + version) >>> 0;
  const when = `${two(1 + (number % 9))} ${two(8 + (pick % 5))}:00:0${(pick >>> 3) % 3}`;
  return [`e${number}`, `t${number % 5}`, when, number % 41 === 0 ? '' : KINDS[(pick >>> 5) % KINDS.length]!];
}

/** The ticket of a number, ended or not by a version of it. */
export function ticket(number: number, version = 0): readonly [string, string, string] {
  const from = 1 + (number % 4);
  return [`t${number}`, `${two(from)} 08:30:00`, version % 2 === 0 ? `${two(from + 4)} 10:00:00` : ''];
}

export const eventNumbers = fc.array(fc.nat({ max: 160 }), { minLength: 12, maxLength: 60 });
