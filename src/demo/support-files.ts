import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellValue } from 'hucre/xlsx';
import { DAY_SECONDS, DAYS, SLOT_SECONDS, SLOTS } from './calendar.ts';
import { writeSheet } from './chat-sheets.ts';
import { REASONS } from './reasons.ts';
import { type Agent, promotions, seniorityOn } from './staff.ts';
import type { World } from './world.ts';

export interface SupportFile {
  path: string;
  rows: number;
}

/** What the contact center knows beside its contacts: each file with the reference tables that it fills, in their order. */
export const SUPPORT = {
  agents: { path: 'support/agentes.xlsx', tables: ['supervisors', 'seniority'] },
  roster: { path: 'support/escala.csv', tables: ['rosters'] },
  deploys: { path: 'support/implantacoes.csv', tables: ['deploys'] },
  reasons: { path: 'support/motivos.csv', tables: ['reasons'] },
  targets: { path: 'support/metas.csv', tables: ['targets'] },
} as const;

/** Writes the files of {@link SUPPORT}. */
export async function writeSupportFiles(world: World, out: string): Promise<SupportFile[]> {
  return [
    await writeAgents(world, out),
    writeRoster(world, out),
    writeDeploys(world, out),
    writeReasons(out),
    writeTargets(out),
  ];
}

const DATE = { numFmt: 'dd/mm/yyyy' };
const AGENT_COLUMNS = ['Código', 'Nome', 'E-mail', 'Senioridade', 'Turno', 'Supervisor', 'De', 'Até'];

/** One row per agent and stretch of time with the same seniority and supervisor; `Até` is the first day after it. */
async function writeAgents(world: World, out: string): Promise<SupportFile> {
  const { path } = SUPPORT.agents;
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

/** One row per agent and stretch of half-hours on the phones, those of the days ahead with them. */
function writeRoster(world: World, out: string): SupportFile {
  const lines = ['DATA;INICIO;FIM;COD_ATENDENTE;CANAL'];
  const { roster, calendar, staff } = world;
  const days = [...calendar.days, ...calendar.ahead.map(({ day }) => day)];
  days.forEach((day, index) => {
    const on = (slot: number) => {
      const half = index * SLOTS + slot;
      return slot < SLOTS ? roster.agents.subarray(roster.starts[half], roster.starts[half + 1]) : [];
    };
    const since = new Map<number, number>();
    for (let slot = 0; slot <= SLOTS; slot++) {
      const now = new Set(on(slot));
      for (const [agent, from] of since) {
        if (now.has(agent)) continue;
        lines.push(`${brazilian(day)};${clock(from)};${clock(slot)};${staff.agents[agent]!.code};VOZ`);
        since.delete(agent);
      }
      for (const agent of now) if (!since.has(agent)) since.set(agent, slot);
    }
  });
  return save(SUPPORT.roster.path, lines, out);
}

function writeDeploys({ calendar }: World, out: string): SupportFile {
  const days = calendar.days.filter((_, day) => calendar.deploys[day]);
  const lines = days.map((day, index) => `${brazilian(day)};Aplicativo;Versão 7.${40 + index} do aplicativo`);
  return save(SUPPORT.deploys.path, ['DATA;SISTEMA;DESCRICAO', ...lines], out);
}

function writeReasons(out: string): SupportFile {
  const lines = REASONS.map(({ text, category, queue }) => `${text};${category};${queue}`);
  return save(SUPPORT.reasons.path, ['MOTIVO;CATEGORIA;FILA', ...lines], out);
}

/** What the company asks of itself: of the service level, more where a call is worth more. */
function writeTargets(out: string): SupportFile {
  const targets = [
    ['Nível de serviço', '', '85'],
    ['Nível de serviço', 'Ouvidoria', '80'],
    ['Nível de serviço', 'Retenção', '90'],
    ['Abandono', '', '5'],
    ['Rechamada', '', '18'],
    ['Satisfação', '', '4'],
  ];
  return save(SUPPORT.targets.path, ['INDICADOR;FILA;META', ...targets.map((one) => one.join(';'))], out);
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
