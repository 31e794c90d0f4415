import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { streamXlsxRows } from 'hucre/xlsx';
import { parseWallTime } from '../kernel/brazil/dates.ts';
import { canonicalPhone } from '../kernel/brazil/phone.ts';

/** One leg as a stranger reads it from the demo's files; for tests only, it shares nothing with the writers. */
export interface ReadLeg {
  source: string;
  key: string;
  phone: string | null;
  name: string;
  cpf: string;
  agent: string;
  reason: string;
  status: string;
  /** Seconds since 1970, wall time; an open ticket ends never. */
  start: number;
  end: number;
  wait: number;
  talk: number;
  score: number;
}

export interface Reading {
  legs: ReadLeg[];
  rejected: { file: string; line: number }[];
  duplicates: Map<string, number>;
}

/** Reads the call report: rejects what is no row, counts rows seen before. */
export function readCalls(out: string): Reading {
  const reading: Reading = { legs: [], rejected: [], duplicates: new Map() };
  const seen = new Set<string>();
  for (const name of readdirSync(join(out, 'calls')).sort()) {
    const file = `calls/${name}`;
    const text = new TextDecoder('windows-1252').decode(readFileSync(join(out, file)));
    const [header = '', ...lines] = text.split('\r\n');
    const columns = header.split(';');
    if (lines.pop() !== '') throw new Error(`${file} does not end with a line end`);
    lines.forEach((line, index) => {
      const fields = splitQuoted(line);
      const row = Object.fromEntries(columns.map((column, at) => [column, fields[at] ?? '']));
      const leg = fields.length === columns.length ? callLeg(row) : null;
      if (leg === null) {
        reading.rejected.push({ file, line: index + 2 });
      } else if (seen.has(leg.key)) {
        reading.duplicates.set(file, (reading.duplicates.get(file) ?? 0) + 1);
      } else {
        seen.add(leg.key);
        reading.legs.push(leg);
      }
    });
  }
  return reading;
}

/** A stretch of an agent in a state, in seconds since 1970 of wall time. */
export interface ReadStretch {
  agent: string;
  word: string;
  from: number;
  to: number;
}

/** Reads what agents did, file by file. */
export function readStates(out: string): ReadStretch[] {
  return readdirSync(join(out, 'agent-states'))
    .sort()
    .flatMap((name) => {
      const [, ...lines] = readFileSync(join(out, 'agent-states', name), 'latin1')
        .trimEnd()
        .split('\r\n');
      return lines.map((line) => {
        const [date = '', start = '', length = '', agent = '', word = ''] = line.split(';');
        const from = seconds(`${date.split('/').reverse().join('-')}T${start}`);
        return { agent, word, from, to: from + clockSeconds(length)! };
      });
    });
}

/** The half-hours of the roster until its last day of contacts: agent and start, in seconds since 1970 of wall time. */
export function readRoster(out: string, until: string): { agent: string; from: number }[] {
  const [, ...lines] = readFileSync(join(out, 'support', 'escala.csv'), 'latin1')
    .trimEnd()
    .split('\r\n');
  return lines.flatMap((line) => {
    const [date = '', start = '', end = '', agent = ''] = line.split(';');
    const day = date.split('/').reverse().join('-');
    const [from, to] = [seconds(`${day}T${start}:00`), seconds(`${day}T${end}:00`)];
    return day > until
      ? []
      : Array.from({ length: (to - from) / 1800 }, (_, half) => ({ agent, from: from + half * 1800 }));
  });
}

/** Reads every ticket of every page, and checks that the pages count themselves right. */
export function readTickets(out: string): ReadLeg[] {
  const legs: ReadLeg[] = [];
  for (const name of readdirSync(join(out, 'tickets'))) {
    const pages = readFileSync(join(out, 'tickets', name), 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean);
    let rows = 0;
    pages.forEach((line, index) => {
      const page = JSON.parse(line);
      const last = index === pages.length - 1;
      if (page.page !== index + 1 || (!last && page.data.length !== page.perPage))
        throw new Error(`page ${index} of ${name}`);
      rows += page.data.length;
      if (last && rows !== page.total) throw new Error(`${name}: ${rows} of ${page.total}`);
      for (const ticket of page.data) {
        const start = seconds(ticket.startedAt);
        legs.push({
          source: 'demo-tickets',
          key: ticket.protocol,
          phone: canonicalPhone(ticket.contact.phone ?? ''),
          name: ticket.contact.name ?? '',
          cpf: ticket.customFields.find((field: { name: string }) => field.name === 'CPF')?.value ?? '',
          agent: ticket.user?.id ?? '',
          reason: ticket.ticketTopic.name,
          status: ticket.status,
          start,
          end: ticket.endedAt === null ? Number.POSITIVE_INFINITY : seconds(ticket.endedAt),
          wait: ticket.firstReplyAt === null ? 0 : seconds(ticket.firstReplyAt) - start,
          talk: 0,
          score: ticket.rating ?? 0,
        });
      }
    });
  }
  return legs;
}

/** Reads every chat below title and header. */
export async function readChats(out: string): Promise<ReadLeg[]> {
  const legs: ReadLeg[] = [];
  for (const name of readdirSync(join(out, 'chat'))) {
    let columns: string[] = [];
    for await (const { values } of streamXlsxRows(readFileSync(join(out, 'chat', name)))) {
      if (values[0] === 'Protocolo') {
        columns = values.map(String);
        continue;
      }
      if (columns.length === 0) continue;
      const cell = (column: string) => values[columns.indexOf(column)] ?? '';
      const when = (column: string) => {
        const moment = cell(column);
        if (!(moment instanceof Date)) throw new Error(`${column} is no native date`);
        return Math.round(moment.getTime() / 1000);
      };
      legs.push({
        source: 'demo-chat',
        key: String(cell('Protocolo')),
        phone: canonicalPhone(String(cell('Telefone'))),
        name: String(cell('Contato')),
        cpf: '',
        agent: String(cell('Código')),
        reason: String(cell('Assunto')),
        status: '',
        start: when('Início'),
        end: when('Fim'),
        wait: Number(cell('Espera (s)')),
        talk: Number(cell('Conversa (s)')),
        score: Number(cell('Nota')),
      });
    }
  }
  return legs;
}

/** One event as a stranger reads it; seconds since 1970, wall time. */
export interface ReadEvent {
  id: string;
  key: string;
  at: number;
  word: string;
}

/** Reads every event of the files of that name, by contact. */
export function readEvents(out: string, name: 'chamados' | 'chat'): Map<string, ReadEvent[]> {
  const events = readdirSync(join(out, 'events'))
    .filter((file) => file.startsWith(`${name}-`))
    .flatMap((file) =>
      readFileSync(join(out, 'events', file), 'utf8')
        .trim()
        .split('\r\n')
        .slice(1),
    )
    .map((line): ReadEvent => {
      const [id = '', key = '', when = '', word = ''] = line.split(';');
      return { id, key, at: seconds(when), word };
    });
  return Map.groupBy(events, ({ key }) => key);
}

function callLeg(row: Record<string, string>): ReadLeg | null {
  const moment = parseWallTime(`${row.DATA} ${row.HORA}`);
  const wait = clockSeconds(row.TEMPO_ESPERA!);
  const talk = clockSeconds(row.TEMPO_CONVERSA!);
  const wrapup = clockSeconds(row.TEMPO_POS!);
  if (moment === null || wait === null || talk === null || wrapup === null) return null;
  const start = Date.parse(`${moment.replace(' ', 'T')}Z`) / 1000;
  return {
    source: 'demo-calls',
    key: `${row.PROTOCOLO}/${row.PERNA}`,
    phone: canonicalPhone(`${row.DDD}${row.TELEFONE}`),
    name: row.CLIENTE!,
    cpf: row.CPF!,
    agent: row.COD_ATENDENTE!,
    reason: row.MOTIVO!,
    status: row.STATUS!,
    start,
    end: start + wait + talk + wrapup,
    wait,
    talk,
    score: Number(row.NOTA),
  };
}

function clockSeconds(text: string): number | null {
  const match = /^(\d\d):([0-5]\d):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) : null;
}

function seconds(stamp: string): number {
  return Date.parse(`${parseWallTime(stamp)!.replace(' ', 'T')}Z`) / 1000;
}

function splitQuoted(line: string): string[] {
  return [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare!,
  );
}
