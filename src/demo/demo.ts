import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { addDays, type Day, parseDay } from '../kernel/brazil/dates.ts';
import { RamalError } from '../kernel/errors.ts';
import { AgentStates } from './agent-states.ts';
import { DAYS } from './calendar.ts';
import { CallReport } from './call-report.ts';
import { writeChatMonth } from './chat-sheets.ts';
import { writeEarlierCustomers } from './customers/earlier-customers.ts';
import { CUSTOMERS_TRUTH, writeCustomers } from './customers/write-customers.ts';
import { DaySpill } from './day-spill.ts';
import { Episodes } from './episodes.ts';
import { EventFile, type EventSource, noEvents } from './event-file.ts';
import { CALLS, CHAT, Legs, SOURCES, type SourceName, TICKETS } from './legs.ts';
import { writeSupportFiles } from './support-files.ts';
import { writeTicketMonth } from './ticket-pages.ts';
import { type Truth, TruthCount } from './truth.ts';
import { FILES, makeWorld, type World } from './world.ts';

export interface DemoOptions {
  /** Good rows over all sources: legs of calls, tickets and chats; 100 to 100 million. */
  contacts: number;
  /** 0 to 4294967295. */
  seed: number;
  /** Folder to write into; a demo that is already there is replaced. */
  out: string;
  /** Last day, by default 2026-11-15; the first is 26 weeks earlier. */
  until?: Day;
  /** Business customers of the company, whose files are in `customers/`; by default 2400, from 100 to 5 million. */
  customers?: number;
  /** A day before the last: the customers' files as they were then come too, into `earlier/`. */
  earlier?: Day;
  /** Called with what is done and what is in all: each row once generated and once written, each customer once. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
  /** Most bytes that one day of one source keeps in memory before it spills to disk. */
  dayBufferBytes?: number;
}

export interface DemoFile {
  /** Relative to the folder. */
  path: string;
  source: SourceName | EventSource | 'demo-agent-states' | 'support' | 'customers';
  /** Good rows that are new; duplicates and defects come on top. Of customers, all rows. */
  rows: number;
  duplicates: number;
  defects: number;
}

export interface DemoManifest {
  contacts: number;
  seed: number;
  from: Day;
  until: Day;
  files: DemoFile[];
  truth: Truth;
}

export const DEFAULT_UNTIL = '2026-11-15';
const FEWEST = 100;
const MOST = 100_000_000;
export const DEFAULT_CUSTOMERS = 2400;
const MOST_CUSTOMERS = 5_000_000;
const LARGEST_SEED = 2 ** 32 - 1;
const DAY_BUFFER_BYTES = 192 * 1024;
const ROWS_A_TURN = 20_000;
const PARTS = ['calls', 'tickets', 'chat', 'events', 'agent-states', 'support', 'customers'] as const;
const EARLIER = 'earlier';

/**
 * Writes the demo company's files and their truth.json, byte for byte the same for the same contacts, customers, seed and
 * last day. Memory does not grow with the number of contacts or customers. A cancelled or failed run leaves the folder as it was.
 */
export async function writeDemo(options: DemoOptions): Promise<DemoManifest> {
  const until = checked(options);
  mkdirSync(options.out, { recursive: true });
  const work = mkdtempSync(join(options.out, '.parcial-'));
  try {
    for (const part of PARTS) mkdirSync(join(work, part));
    const manifest = await generate(options, until, work);
    writeFileSync(join(work, 'truth.json'), `${JSON.stringify(manifest, null, 1)}\n`);
    if (options.earlier === undefined) rmSync(join(options.out, EARLIER), { recursive: true, force: true });
    const earlier = options.earlier === undefined ? [] : [EARLIER];
    for (const part of [...PARTS, ...earlier, CUSTOMERS_TRUTH, 'truth.json']) {
      rmSync(join(options.out, part), { recursive: true, force: true });
      renameSync(join(work, part), join(options.out, part));
    }
    return manifest;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function generate(options: DemoOptions, until: Day, work: string): Promise<DemoManifest> {
  const { contacts, seed, customers = DEFAULT_CUSTOMERS } = options;
  const world = makeWorld(seed, contacts, until);
  const bytes = options.dayBufferBytes ?? DAY_BUFFER_BYTES;
  const spills = SOURCES.map((source) => new DaySpill(work, source, DAYS, bytes));
  const truth = new TruthCount(world);
  const turn = turns(options);
  await populate(world, spills, truth, turn);

  const files: DemoFile[] = [];
  const add = (source: DemoFile['source'], file: { path: string; rows: number }) =>
    files.push({ duplicates: 0, defects: 0, ...file, source });
  const report = new CallReport(world, spills[CALLS]!, work);
  const states = new AgentStates(world, work);
  const defects: Truth['defects'] = [];
  const duplicates: Truth['duplicates'] = [];
  let written = contacts;
  for (let day = 0; day < DAYS; day++) {
    const legs = spills[CALLS]!.take(day);
    const file = report.write(day, legs);
    files.push({ ...file, source: 'demo-calls', defects: file.defects.length });
    const told = states.write(day, legs);
    if (told) add('demo-agent-states', told);
    defects.push(...file.defects);
    if (file.duplicates > 0) duplicates.push({ file: file.path, rows: file.duplicates });
    written += file.rows;
    await turn(written);
  }
  const days = Array.from({ length: DAYS }, (_, day) => day);
  const events = { 'demo-ticket-events': noEvents(), 'demo-chat-events': noEvents() };
  /** Writes the events of a month beside what `write` writes. */
  const beside = async <T>(source: EventSource, path: string, write: (file: EventFile) => T | Promise<T>) => {
    const before = events[source].events;
    const file = new EventFile(world, join(work, path), source, events[source]);
    const written = await write(file);
    file.close();
    return { written, file: { path, rows: events[source].events - before } };
  };
  for (const [month, ofMonth] of Map.groupBy(days, (day) => addDays(world.calendar.from, day).slice(0, 7))) {
    const tickets = await beside('demo-ticket-events', FILES.ticketEvents(month), (file) =>
      writeTicketMonth(world, spills[TICKETS]!, month, ofMonth, work, file),
    );
    add('demo-tickets', tickets.written);
    add('demo-ticket-events', tickets.file);
    written += tickets.written.rows;
    await turn(written);
    const chats = await beside('demo-chat-events', FILES.chatEvents(month), (file) =>
      writeChatMonth(world, spills[CHAT]!, month, ofMonth, work, file),
    );
    add('demo-chat', chats.written);
    add('demo-chat-events', chats.file);
    written += chats.written.rows;
    await turn(written);
  }
  for (const file of await writeSupportFiles(world, work)) add('support', file);
  const told = await writeCustomers(work, { seed, until, customers }, (done) => turn(2 * contacts + done));
  for (const { path, rows } of told.files) add('customers', { path, rows });
  if (options.earlier !== undefined) {
    mkdirSync(join(work, EARLIER, 'customers'), { recursive: true });
    const asked = { seed, until, customers, day: options.earlier };
    await writeEarlierCustomers(join(work, EARLIER), asked, () => turn(2 * contacts + customers));
  }
  return {
    contacts,
    seed,
    from: world.calendar.from,
    until,
    files,
    truth: truth.result({ defects, duplicates, events, agentTime: states.result, customers: told }),
  };
}

/** Generates people one after the other until the rows are complete. */
async function populate(
  world: World,
  spills: readonly DaySpill[],
  truth: TruthCount,
  turn: (done: number) => Promise<void>,
): Promise<void> {
  const { contacts, people } = world;
  const episodes = new Episodes(world.seed, contacts, world.calendar, world.staff, world.roster, people);
  const legs = new Legs();
  let rows = 0;
  let serial = 0;
  let announced = 0;
  for (let person = 0; rows < contacts; person++) {
    people.load(person);
    episodes.live(person, legs);
    legs.truncate(contacts - rows);
    truth.add(legs);
    for (let row = 0; row < legs.count; row++) {
      spills[legs.source[row]!]!.add(legs, row, person, serial + legs.contact[row]!);
    }
    rows += legs.count;
    serial += legs.contacts;
    if (rows - announced < ROWS_A_TURN) continue;
    announced = rows;
    await turn(rows);
  }
}

/** Between pieces of work: reports progress, lets others run and stops when cancelled. */
function turns({
  contacts,
  customers = DEFAULT_CUSTOMERS,
  onProgress,
  signal,
}: DemoOptions): (done: number) => Promise<void> {
  return async (done) => {
    onProgress?.(done, 2 * contacts + customers);
    await setImmediate();
    if (signal?.aborted) throw new RamalError('cancelled', { what: 'a criação dos arquivos de demonstração' });
  };
}

function checked({ contacts, seed, until = DEFAULT_UNTIL, customers = DEFAULT_CUSTOMERS, earlier }: DemoOptions): Day {
  const wrong = (what: string, todo: string) => new RamalError('usage', { what, todo });
  if (!Number.isInteger(contacts) || contacts < FEWEST || contacts > MOST) {
    throw wrong(`Recebido --contacts ${contacts}`, 'Use um número inteiro de 100 a 100000000.');
  }
  if (!Number.isInteger(customers) || customers < FEWEST || customers > MOST_CUSTOMERS) {
    throw wrong(`Recebido --customers ${customers}`, 'Use um número inteiro de 100 a 5000000.');
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > LARGEST_SEED) {
    throw wrong(`Recebido --seed ${seed}`, 'Use um número inteiro de 0 a 4294967295.');
  }
  const day = parseDay(until);
  if (day === null) throw wrong(`Recebido --until ${until}`, 'Use uma data como 2026-11-15.');
  if (earlier !== undefined && !(parseDay(earlier) !== null && earlier < day))
    throw wrong(`Recebido --earlier ${earlier}`, `Use uma data antes de ${day}, como ${addDays(day, -91)}.`);
  return day;
}
