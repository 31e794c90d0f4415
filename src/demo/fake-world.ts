import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Day } from '../kernel/brazil/dates.ts';
import { writeDemo } from './demo.ts';

/** A ticket as the demo world wrote it. */
export interface WorldTicket {
  readonly protocol: string;
  readonly startedAt: string;
  readonly firstReplyAt: string | null;
  readonly endedAt: string | null;
  readonly updatedAt: string;
  readonly status: string;
  readonly channel: string;
  readonly priority: string;
  readonly rating: number | null;
  readonly contact: { readonly name: string | null; readonly phone: string | null; readonly email: string | null };
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly department: { readonly name: string };
  readonly ticketTopic: { readonly name: string };
  readonly tags: readonly { readonly label: string }[];
  readonly customFields: readonly { readonly name: string; readonly value: string }[];
  readonly account: { readonly name: string };
}

/** A leg of the call report as the demo world wrote it, by its columns. */
export type WorldCall = Readonly<Record<string, string>>;

/** What the demo world's sources would answer. */
export interface FakeWorld {
  readonly from: Day;
  readonly until: Day;
  readonly tickets: readonly WorldTicket[];
  readonly calls: readonly WorldCall[];
}

/** The demo world that ends on `until`, in order of time; its files are written, read and thrown away. */
export async function fakeWorld(options: { contacts: number; seed: number; until: Day }): Promise<FakeWorld> {
  const out = mkdtempSync(join(tmpdir(), 'ramal-fake-'));
  try {
    const { from, until } = await writeDemo({ customers: 100, ...options, out });
    return { from, until, tickets: readTickets(join(out, 'tickets')), calls: readCalls(join(out, 'calls')) };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function readTickets(folder: string): WorldTicket[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean))
    .flatMap((line) => (JSON.parse(line) as { data: WorldTicket[] }).data);
}

/** Legs of each file's own day; lines that are no rows, and rows of the day before sent again, are left out. */
function readCalls(folder: string): WorldCall[] {
  const calls: WorldCall[] = [];
  for (const name of readdirSync(folder).sort()) {
    const day = name.slice('ligacoes-'.length, -'.csv'.length);
    const date = day.split('-').reverse().join('/');
    const [header = '', ...lines] = readFileSync(join(folder, name), 'latin1').split('\r\n');
    const columns = header.split(';');
    for (const line of lines) {
      const cells = line.includes('"') ? quotedCells(line) : line.split(';');
      const row = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
      const invented = row.PROTOCOLO?.slice(8, 10) === '99';
      if (cells.length === columns.length && row.DATA === date && !invented) calls.push({ ...row, day });
    }
  }
  return calls;
}

function quotedCells(line: string): string[] {
  return [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
