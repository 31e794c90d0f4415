import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellValue } from 'hucre/xlsx';
import { dayOfNumber } from '../kernel/brazil/dates.ts';
import { DAY_SECONDS, DAYS, SLOT_SECONDS, SLOTS } from './calendar.ts';
import { writeSheet } from './chat-sheets.ts';
import { REASONS } from './reasons.ts';
import { type Agent, promotions, seniorityOn } from './staff.ts';
import type { World } from './world.ts';

export interface SupportFile {
  path: string;
  rows: number;
}

/** Writes what the contact center knows beside its contacts: agents, roster, deploys and holidays, reasons. */
export async function writeSupportFiles(world: World, out: string): Promise<SupportFile[]> {
  return [await writeAgents(world, out), writeRoster(world, out), writeEvents(world, out), writeReasons(out)];
}

const DATE = { numFmt: 'dd/mm/yyyy' };
const AGENT_COLUMNS = ['Código', 'Nome', 'E-mail', 'Senioridade', 'Turno', 'Supervisor', 'De', 'Até'];

/** One row per agent and stretch of time with the same seniority and supervisor; `Até` is the first day after it. */
async function writeAgents(world: World, out: string): Promise<SupportFile> {
  const path = 'support/agentes.xlsx';
  const rows = world.staff.agents.flatMap((agent) => agentRows(world, agent));
  const columns = AGENT_COLUMNS.map((name) => (name === 'De' || name === 'Até' ? DATE : {}));
  await writeSheet(join(out, path), [AGENT_COLUMNS, ...rows], 'Agentes', columns);
  return { path, rows: rows.length };
}

function agentRows(world: World, agent: Agent): CellValue[][] {
  const date = (day: number) => new Date((world.calendar.firstDayNumber + day) * DAY_SECONDS * 1000);
  const changes = [...promotions(agent), ...agent.posts.map(({ from }) => from)];
  const edges = [...new Set([agent.hired, ...changes.filter((day) => day > agent.hired && day < DAYS)])].sort(
    (a, b) => a - b,
  );
  return edges.map((from, index) => {
    const to = edges[index + 1];
    const post = agent.posts.findLast((candidate) => candidate.from <= from) ?? agent.posts[0]!;
    const known: CellValue[] = [
      agent.code,
      agent.name,
      agent.email,
      seniorityOn(agent, from),
      agent.shift,
      post.supervisor,
    ];
    return [...known, date(from), to === undefined ? null : date(to)];
  });
}

/** One row per agent and half-hour on the phones. */
function writeRoster(world: World, out: string): SupportFile {
  const path = 'support/escala.csv';
  const lines = ['DATA;INICIO;FIM;COD_ATENDENTE;CANAL'];
  const { roster, calendar, staff } = world;
  for (let half = 0; half < DAYS * SLOTS; half++) {
    const date = brazilian(calendar.days[Math.floor(half / SLOTS)]!);
    const slot = half % SLOTS;
    for (let at = roster.starts[half]!; at < roster.starts[half + 1]!; at++) {
      lines.push(`${date};${clock(slot)};${clock(slot + 1)};${staff.agents[roster.agents[at]!]!.code};VOZ`);
    }
  }
  return save(path, lines, out);
}

function writeEvents(world: World, out: string): SupportFile {
  const path = 'support/eventos.csv';
  const { calendar } = world;
  const lines = ['DATA;TIPO;DESCRICAO'];
  let version = 40;
  for (let day = 0; day < DAYS; day++) {
    const date = brazilian(dayOfNumber(calendar.firstDayNumber + day));
    if (calendar.deploys[day]) lines.push(`${date};IMPLANTACAO;Versão 7.${version++} do aplicativo`);
    if (calendar.holidayNames[day] !== '') lines.push(`${date};FERIADO;${calendar.holidayNames[day]}`);
  }
  return save(path, lines, out);
}

function writeReasons(out: string): SupportFile {
  const lines = [
    'MOTIVO;CATEGORIA;FILA',
    ...REASONS.map(({ text, category, queue }) => `${text};${category};${queue}`),
  ];
  return save('support/motivos.csv', lines, out);
}

function save(path: string, lines: readonly string[], out: string): SupportFile {
  writeFileSync(join(out, path), Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'));
  return { path, rows: lines.length - 1 };
}

function brazilian(day: string): string {
  return day.split('-').reverse().join('/');
}

function clock(slot: number): string {
  const minutes = (slot * SLOT_SECONDS) / 60;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
