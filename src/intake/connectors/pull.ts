import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, type Day } from '../../kernel/brazil/dates.ts';
import { businessDay } from '../../kernel/clock.ts';
import { type ErrorCode, RamalError } from '../../kernel/errors.ts';
import { asRamalError } from '../../kernel/thrown.ts';
import type { Connection } from './connections.ts';
import { changedDays } from './corrections.ts';
import type { DayEntry } from './day-ledger.ts';
import type { Zones } from './day-window.ts';
import type { Declaration } from './declaration.ts';
import { extractDay } from './extract-day.ts';
import { dayScope, loadScope, rowsOf, waitingBatch, withdrawScope } from './load-scope.ts';
import { pullTables } from './pull-tables.ts';
import type { Pulled, PulledDay, Pulling, PullOptions } from './pulling.ts';
import { Source } from './source.ts';
import { wantedDays } from './wanted-days.ts';

/** Failures that the next day would meet too. */
const ENDING: ReadonlySet<ErrorCode> = new Set(['connectionDenied', 'sourceRefused']);
/** Days in a row that may fail before a source is left alone until the next run. */
const MOST_FAILURES = 3;

/**
 * Fetches days of a connection, oldest first, each whole or not at all, and loads each as one batch that stands for its
 * day. A failed day is told and tried again by the next run. Resolves also when it ended early, with the reason.
 * @throws RamalError `notFound`, `usage`, `cancelled`.
 */
export async function pull(pulling: Pulling, name: string, options: PullOptions): Promise<Pulled> {
  const { connections, config, io } = pulling;
  const connection = await connections.get(name);
  if (connections.kind(connection.connector).reads === 'tables') return pullTables(pulling, connection, options);
  if (options.tables !== undefined)
    throw new RamalError('usage', { what: `${name} é lida por dias, não por tabelas`, todo: 'Informe um período' });
  const declaration = connections.declaration(connection.connector);
  const today = businessDay(io.clock.now(), config.timeZone);
  checkPeriod(options, today);
  const run = new Run(pulling, connection, declaration, options);
  const folder = join(config.home, 'tmp', `pull-${name}`);
  try {
    const source = new Source(connection, declaration, connections.secrets(name), io);
    await run.days(source, today, folder);
  } catch (thrown) {
    const error = asRamalError(thrown);
    if (error.code === 'cancelled') throw error;
    run.error = error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    const failed = run.pulled.filter(({ message }) => message !== null);
    await connections.pulled(name, run.error?.message ?? failed.at(-1)?.message ?? null);
  }
  return { days: run.pulled, tables: [], changed: run.changed, error: run.error };
}

function checkPeriod({ from, to, today: only }: PullOptions, today: Day): void {
  const refuse = (what: string, todo: string) => new RamalError('usage', { what, todo });
  if (from === undefined && to !== undefined) throw refuse('--to sem --from', 'Informe o primeiro dia');
  if (from === undefined) return;
  if (only) throw refuse('Período e só hoje ao mesmo tempo', 'Escolha um');
  if (from > today) throw refuse(`O dia ${from} ainda não começou`, 'Use um dia até hoje');
  if (to !== undefined && to <= from)
    throw refuse(
      `O período de ${from} a ${to} não tem dias, porque o de --to não entra`,
      'Para um dia só, --to é o dia seguinte',
    );
}

/** One run of a connection. */
class Run {
  readonly pulled: PulledDay[] = [];
  changed = false;
  error: RamalError | null = null;
  readonly #pulling: Pulling;
  readonly #connection: Connection;
  readonly #declaration: Declaration;
  readonly #options: PullOptions;
  readonly #zones: Zones;

  constructor(pulling: Pulling, connection: Connection, declaration: Declaration, options: PullOptions) {
    this.#pulling = pulling;
    this.#connection = connection;
    this.#declaration = declaration;
    this.#options = options;
    const business = pulling.config.timeZone;
    this.#zones = { business, source: connection.timeZone ?? business, skewMs: connection.skewSeconds * 1000 };
  }

  async days(source: Source, today: Day, folder: string): Promise<void> {
    const { signal, progress } = this.#options;
    const { name } = this.#connection;
    const days = await this.#wanted(source, today);
    let failures = 0;
    for (const [index, day] of days.entries()) {
      if (signal?.aborted) throw new RamalError('cancelled', { what: `extração de ${name}` });
      const step = (pages: number, of: number | null) => {
        const told = `${name}: dia ${day.split('-').reverse().join('/')}, página ${pages}${of ? ` de ${of}` : ''}`;
        progress({ step: told, done: index + (of ? pages / of : 0), total: days.length });
      };
      step(0, null);
      const failure = await this.#day(source, day, folder, step);
      failures = failure ? failures + 1 : 0;
      if (failure && (ENDING.has(failure.code) || failures >= MOST_FAILURES)) throw failure;
    }
  }

  async #wanted(source: Source, today: Day): Promise<Day[]> {
    const { days } = this.#pulling;
    const { from, to = today, limit, today: only } = this.#options;
    const { name, firstDay, daysPerRun } = this.#connection;
    const most = limit ?? daysPerRun;
    if (only) return [today];
    if (from !== undefined) {
      const asked: Day[] = [];
      const end = from === today && this.#options.to === undefined ? addDays(today, 1) : to;
      for (let day = from; day < end && day <= today; day = addDays(day, 1)) asked.push(day);
      return asked.slice(0, limit ?? asked.length);
    }
    const { corrections } = this.#declaration;
    if (corrections?.kind === 'changed') {
      const seen = await changedDays(
        source,
        this.#connection,
        this.#zones,
        this.#pulling.io.clock,
        this.#options.signal,
      );
      if (seen) await days.corrected(name, seen.changes, seen.until);
    }
    return wantedDays({
      firstDay,
      today,
      timeZone: this.#zones.business,
      entries: await days.entries(name),
      recheckDays: corrections?.kind === 'recheck' ? corrections.days : 0,
      limit: most,
    });
  }

  /** Fetches and keeps a day; resolves to why it could not be had, or null. */
  async #day(
    source: Source,
    day: Day,
    folder: string,
    onPage: (pages: number, of: number | null) => void,
  ): Promise<RamalError | null> {
    const { days, io, layouts, config } = this.#pulling;
    const { name } = this.#connection;
    const { signal } = this.#options;
    const askedAt = io.clock.now();
    const provisional = day >= businessDay(askedAt, config.timeZone);
    const layout = layouts.get(name);
    const undecided = this.#options.from === undefined ? await waitingBatch(this.#pulling, name, day) : null;
    if (undecided !== null) {
      const error = new RamalError('dayWaits', { source: name, day, batch: undecided });
      await days.lacked(name, day, 'failed', provisional, error.message);
      this.pulled.push({ day, state: 'failed', rows: 0, message: error.message });
      return null;
    }
    const extracted = await extractDay(source, day, { folder, key: layout.key, zones: this.#zones, onPage, signal });
    const [before] = await days.entries(name, { from: day, to: addDays(day, 1) });
    const lack = async (state: 'failed' | 'partial', error: RamalError) => {
      await days.lacked(name, day, state, provisional, error.message);
      this.pulled.push({ day, state, rows: 0, message: error.message });
      return error;
    };
    if (extracted.state === 'failed' || extracted.state === 'partial') return lack(extracted.state, extracted.error);
    if (extracted.state === 'empty') {
      const vanished = await this.#vanished(day, before);
      if (vanished) return lack('failed', vanished);
    }
    try {
      const { rows, path } = extracted.state === 'extracted' ? extracted : { rows: 0, path: null };
      const batch = await this.#pulling.write(async () => {
        await days.reopen(name, day);
        if (path === null) {
          if (await withdrawScope(this.#pulling, name, dayScope(day))) this.changed = true;
          return null;
        }
        const { by, progress } = this.#options;
        const options = { layout, by, progress, askedAt, ...(signal ? { signal } : {}) };
        const loaded = await loadScope(this.#pulling, path, dayScope(day), options);
        const { state, batch_id } = loaded.batch;
        if (state === 'waiting' || state === 'refused')
          throw new RamalError('dayWaits', { source: name, day, batch: batch_id });
        if (!loaded.already) this.changed = true;
        return loaded.batch.batch_id;
      });
      await days.had(name, day, { rows, batch, provisional, askedAt });
      this.pulled.push({ day, state: extracted.state, rows, message: null });
      return null;
    } catch (thrown) {
      const error = asRamalError(thrown);
      if (error.code === 'cancelled') throw error;
      return lack('failed', error);
    }
  }

  /** Why a day that was over, and whose rows are loaded, is not believed to be empty; null when a person asked for it. */
  async #vanished(day: Day, before: DayEntry | undefined): Promise<RamalError | null> {
    if (before?.provisional || this.#options.from !== undefined) return null;
    const rows = await rowsOf(this.#pulling, this.#connection.name, dayScope(day));
    return rows === 0 ? null : new RamalError('dayVanished', { source: this.#connection.name, day, received: rows });
  }
}
