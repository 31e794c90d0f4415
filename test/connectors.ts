import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import { CALLS_PASSWORD, CALLS_USER, type FakeCallsServer, serveCalls } from '../src/demo/fake-calls-server.ts';
import type { FakeOptions } from '../src/demo/fake-http.ts';
import { type FakeTicketsServer, serveTickets, TICKETS_TOKEN } from '../src/demo/fake-tickets-server.ts';
import { type FakeWorld, fakeWorld } from '../src/demo/fake-world.ts';
import type { ConnectionSettings } from '../src/intake/connectors/connections.ts';
import { Connections } from '../src/intake/connectors/connections.ts';
import { DayLedger } from '../src/intake/connectors/day-ledger.ts';
import { pull } from '../src/intake/connectors/pull.ts';
import type { Pulled, Pulling, PullOptions } from '../src/intake/connectors/pulling.ts';
import type { SourceIo } from '../src/intake/connectors/source.ts';
import { TableLedger } from '../src/intake/connectors/table-ledger.ts';
import { References } from '../src/intake/reference/references.ts';
import { silent } from '../src/kernel/progress.ts';
import { Random } from '../src/kernel/random.ts';
import type { SetClock } from './app.ts';
import { type Home, useHome } from './home.ts';
import { ROOT } from './tree.ts';

const SHIPPED = join(ROOT, 'src', 'intake', 'connectors', 'shipped');

/** A Friday at noon in São Paulo; the fake world goes on for two days after it. */
export const NOON = new Date('2026-11-20T15:00:00Z');
export const UNTIL = '2026-11-22';

let made: Promise<FakeWorld> | undefined;

/** The sources' world, made once for a test file. */
export function sourceWorld(): Promise<FakeWorld> {
  made ??= fakeWorld({ contacts: 6000, seed: 3, until: UNTIL });
  return made;
}

export function setClock(at = NOON): SetClock {
  const clock = { at, now: () => clock.at };
  return clock;
}

/** Waits by turning the clock; what was waited for is in `waits`, in milliseconds. */
export function instantIo(clock: SetClock, seed = 1): SourceIo & { readonly waits: number[] } {
  const random = new Random(seed, 'jitter');
  const waits: number[] = [];
  return {
    fetch,
    clock,
    random: () => random.uniform(),
    waits,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
      clock.at = new Date(clock.at.getTime() + ms);
    },
  };
}

export function pullingOf(home: Home, io: SourceIo): Pulling {
  return {
    ...home,
    layouts: home.layouts,
    connections: new Connections(home.ledger, home.layouts, io.clock, home.folder),
    days: new DayLedger(home.ledger, io.clock),
    tables: new TableLedger(home.ledger, io.clock),
    references: new References(home.ledger, io.clock),
    io,
    write: (work) => work(),
  };
}

export const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ticket-platform': { token: TICKETS_TOKEN },
  'call-report': { username: CALLS_USER, password: CALLS_PASSWORD },
};

/** Puts the shipped declarations into the home with small pages, so that a day has several. */
export function smallPages(home: Home, change: (declaration: Record<string, unknown>) => object = () => ({})): void {
  mkdirSync(join(home.folder, 'connectors'), { recursive: true });
  for (const [name, perPage] of [
    ['ticket-platform', 2],
    ['call-report', 9],
  ] as const) {
    const declaration = JSON.parse(readFileSync(join(SHIPPED, `${name}.json`), 'utf8'));
    const small = { ...declaration, timeoutMs: 2000, paging: { ...declaration.paging, perPage } };
    writeFileSync(join(home.folder, 'connectors', `${name}.json`), JSON.stringify({ ...small, ...change(small) }));
  }
}

/** Makes a connection that knows the fake's secrets. */
export async function connect(
  pulling: Pulling,
  name: string,
  connector: 'ticket-platform' | 'call-report',
  settings: Omit<ConnectionSettings, 'connector'>,
): Promise<void> {
  await pulling.connections.create(name, { connector, ...settings }, SECRETS[connector]!, 'teste');
}

export function pullNow(pulling: Pulling, name: string, options: Partial<PullOptions> = {}): Promise<Pulled> {
  return pull(pulling, name, { by: 'teste', progress: silent, ...options });
}

/** What the day ledger says, without its times. */
export async function ledgerOf(pulling: Pulling, name: string) {
  return (await pulling.days.entries(name)).map(({ day, state, rows, provisional, corrected }) => ({
    ...{ day, state, rows, provisional, corrected },
  }));
}

/** What of a source counts in the lake, whatever the batches' numbers. */
export async function lakeOf(home: Home, source: string) {
  await home.build();
  return home.rows(
    `SELECT contact_id, leg_no, CAST(day AS VARCHAR) AS day, queue, status, talk_s, reason, agent_id, contact_name, phone, tags, custom_fields,
       CAST(started_at AS VARCHAR) AS started_at, CAST(ended_at AS VARCHAR) AS ended_at, CAST(updated_at AS VARCHAR) AS updated_at
     FROM silver.contact WHERE source = $source ORDER BY contact_id, leg_no`,
    { source },
  );
}

/** Both fakes on ports of their own; close them with the function. */
export async function serveBoth(
  options: FakeOptions,
): Promise<{ tickets: FakeTicketsServer; calls: FakeCallsServer; close: () => Promise<void> }> {
  const world = await sourceWorld();
  const [tickets, calls] = [await serveTickets(world, options), await serveCalls(world, options)];
  return { tickets, calls, close: async () => void (await Promise.all([tickets.close(), calls.close()])) };
}

type Settings = Partial<Omit<ConnectionSettings, 'connector' | 'firstDay'>>;

/** A home, both sources and a clock, all new for each test. */
export class Bench {
  readonly #home: () => Home;
  clock = setClock();
  io = instantIo(this.clock);
  servers!: Awaited<ReturnType<typeof serveBoth>>;
  pulling!: Pulling;

  constructor(home: () => Home) {
    this.#home = home;
  }

  get home(): Home {
    return this.#home();
  }

  /** Begins anew: an empty home, sources that answer as the options say. */
  async begin(options: Partial<FakeOptions> = {}): Promise<void> {
    await this.servers?.close();
    this.clock = setClock();
    this.io = instantIo(this.clock);
    await this.home.reset();
    await this.home.ledger.sql`DELETE FROM connection_day`;
    await this.home.ledger.sql`DELETE FROM connection_table`;
    await this.home.ledger.sql`DELETE FROM connection`;
    smallPages(this.home);
    this.servers = await serveBoth({ clock: this.clock, slowMs: 2500, ...options });
    this.pulling = pullingOf(this.home, this.io);
  }

  tickets(firstDay: string, settings: Settings = {}): Promise<void> {
    const baseUrl = this.servers.tickets.url;
    return connect(this.pulling, 'chamados', 'ticket-platform', { baseUrl, firstDay, ...settings });
  }

  calls(firstDay: string, settings: Settings = {}): Promise<void> {
    const baseUrl = this.servers.calls.url;
    return connect(this.pulling, 'ligacoes', 'call-report', { baseUrl, firstDay, ...settings });
  }

  pull(name: 'chamados' | 'ligacoes', options: Partial<PullOptions> = {}): Promise<Pulled> {
    return pullNow(this.pulling, name, options);
  }

  ledger(name: 'chamados' | 'ligacoes') {
    return ledgerOf(this.pulling, name);
  }

  lake(name: 'chamados' | 'ligacoes') {
    return lakeOf(this.home, name);
  }
}

/** A bench for the tests of one file. */
export function useBench(): Bench {
  const bench = new Bench(useHome());
  beforeAll(() => sourceWorld());
  beforeEach(() => bench.begin());
  afterEach(() => bench.servers.close());
  return bench;
}
