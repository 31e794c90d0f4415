import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RamalError } from '../../kernel/errors.ts';
import { asRamalError } from '../../kernel/thrown.ts';
import { type TableSnapshot, withSnapshot } from '../../storage/table-snapshot.ts';
import { referenceKind } from '../reference/registry.ts';
import type { Connection } from './connections.ts';
import { loadScope, rowsOf, WHOLE_TABLE, withdrawScope } from './load-scope.ts';
import type { Pulled, PulledTable, Pulling, PullOptions } from './pulling.ts';
import { rowsInForce, supplyReference } from './supply-reference.ts';
import { type TableFile, writeTable } from './table-file.ts';
import { tableLayout } from './table-layout.ts';
import { serverOf } from './table-server.ts';
import { listSource, type TableSetting } from './table-setting.ts';

/**
 * Reads the tables of a connection at one moment of its database, each whole or not at all, and then loads each as one
 * batch that stands for the table. A table that failed is told and keeps what it had. Resolves also when it ended early,
 * with the reason.
 * @throws RamalError `usage`, `cancelled`.
 */
export async function pullTables(pulling: Pulling, connection: Connection, options: PullOptions): Promise<Pulled> {
  const { connections, config } = pulling;
  const { name } = connection;
  const run = new TableRun(pulling, connection, options, join(config.home, 'tmp', `pull-${name}`));
  try {
    await run.all(wantedTables(connection, options));
  } catch (thrown) {
    const error = asRamalError(thrown);
    if (error.code === 'cancelled' || error.code === 'usage') throw error;
    run.error = error;
  } finally {
    run.clear();
    const failed = run.pulled.filter(({ message }) => message !== null);
    await connections.pulled(name, run.error?.message ?? failed.at(-1)?.message ?? null);
  }
  const order = connection.tables.map(({ table }) => table);
  const tables = run.pulled.toSorted((a, b) => order.indexOf(a.table) - order.indexOf(b.table));
  return { days: [], tables, changed: run.changed, error: run.error };
}

function wantedTables({ name, tables }: Connection, { tables: asked, ...days }: PullOptions): readonly TableSetting[] {
  const day = (['from', 'to', 'limit'] as const).find((option) => days[option] !== undefined);
  if (day !== undefined)
    throw new RamalError('usage', {
      what: `A conexão ${name} lê tabelas inteiras, e não dias`,
      todo: 'Use só --table, para uma tabela',
    });
  if (asked === undefined) return tables;
  const stray = asked.find((one) => !tables.some(({ table }) => table === one));
  if (stray === undefined) return tables.filter(({ table }) => asked.includes(table));
  throw new RamalError('usage', {
    what: `A conexão ${name} não lê a tabela ${stray}`,
    todo: `Use ${tables.map(({ table }) => table).join(', ')}`,
  });
}

/** One run over a connection's tables. */
class TableRun {
  readonly pulled: PulledTable[] = [];
  changed = false;
  error: RamalError | null = null;
  readonly #pulling: Pulling;
  readonly #connection: Connection;
  readonly #options: PullOptions;
  readonly #folder: string;

  constructor(pulling: Pulling, connection: Connection, options: PullOptions, folder: string) {
    this.#pulling = pulling;
    this.#connection = connection;
    this.#options = options;
    this.#folder = folder;
  }

  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async all(tables: readonly TableSetting[]): Promise<void> {
    const { connections, io, config } = this.#pulling;
    const { signal, progress } = this.#options;
    const { name } = this.#connection;
    // A killed run may have left what it read.
    this.clear();
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const ready = await this.#withoutWaiting(tables);
    if (ready.length === 0) return;
    const files = new Map<TableSetting, TableFile>();
    const askedAt = io.clock.now();
    let broken: unknown;
    const server = serverOf(this.#connection, connections.secrets(name), config.timeZone);
    const read = async (snapshot: TableSnapshot) => {
      for (const [index, setting] of ready.entries()) {
        progress({ step: `${name}: lendo ${setting.table}`, done: index, total: ready.length * 2 });
        const file = await this.#read(snapshot, setting, index, ready.length);
        if (file) files.set(setting, file);
      }
    };
    // What was read whole before the connection broke is good.
    await withSnapshot(server, read, { limits: io.tableLimits, signal }).catch((thrown) => {
      broken = thrown;
    });
    if (broken && asRamalError(broken).code === 'cancelled') throw broken;
    for (const [setting, file] of files) {
      if (signal?.aborted) throw new RamalError('cancelled', { what: `extração de ${name}` });
      progress({ step: `${name}: carregando ${setting.table}`, done: ready.length, total: ready.length * 2 });
      await this.#keep(setting, file, askedAt);
    }
    if (broken) throw broken;
  }

  /** Those of which no file waits for a person; one that a person asks for is read all the same. */
  async #withoutWaiting(tables: readonly TableSetting[]): Promise<TableSetting[]> {
    const { batches } = this.#pulling;
    const { name } = this.#connection;
    const ready: TableSetting[] = [];
    for (const setting of tables) {
      const source = listSource(name, setting.table);
      const known = await batches.ofScope(source, WHOLE_TABLE, ['waiting', 'loaded']);
      const last = known.at(-1);
      if (this.#options.tables === undefined && last?.state === 'waiting')
        await this.#lack(setting, this.#waits(setting, last.batch_id));
      else ready.push(setting);
    }
    return ready;
  }

  /** Brings a table into a file; null when this one cannot be had and others may. */
  async #read(snapshot: TableSnapshot, setting: TableSetting, index: number, of: number): Promise<TableFile | null> {
    const { layouts } = this.#pulling;
    const { name } = this.#connection;
    const source = listSource(name, setting.table);
    try {
      return await writeTable(snapshot, name, setting, {
        folder: this.#folder,
        source,
        known: setting.reference === null && layouts.newest().some((layout) => layout.source === source),
        onRows: (rows) =>
          this.#options.progress({ step: `${name}: ${setting.table}, linha ${rows}`, done: index, total: of * 2 }),
      });
    } catch (thrown) {
      if (this.#options.signal?.aborted) throw thrown;
      const ownFault = thrown instanceof RamalError;
      await this.#lack(setting, ownFault ? thrown : this.#broken(setting, thrown));
      if (ownFault && thrown.code !== 'diskFull') return null;
      throw thrown;
    }
  }

  /** Loads a table that was read whole. */
  async #keep(setting: TableSetting, file: TableFile, askedAt: Date): Promise<void> {
    const { tables, write } = this.#pulling;
    const { name } = this.#connection;
    const { table, reference } = setting;
    try {
      const vanished = await this.#vanished(setting, file);
      if (vanished) return await this.#lack(setting, vanished);
      const batch = await write(async () => {
        if (reference === null) return this.#load(setting, file, askedAt);
        const { by } = this.#options;
        if (await supplyReference(this.#pulling, name, { table, reference }, file.path, by)) this.changed = true;
        return null;
      });
      await tables.had(name, table, { rows: file.rows, batch, at: askedAt });
      this.pulled.push({ table, state: file.rows > 0 ? 'extracted' : 'empty', rows: file.rows, message: null });
    } catch (thrown) {
      const error = asRamalError(thrown);
      if (error.code === 'cancelled') throw error;
      await this.#lack(setting, error);
    }
  }

  async #load(setting: TableSetting, { path, rows, columns }: TableFile, askedAt: Date): Promise<number | null> {
    const { layouts } = this.#pulling;
    const { by, progress, signal } = this.#options;
    const { name } = this.#connection;
    const source = listSource(name, setting.table);
    if (!layouts.newest().some((layout) => layout.source === source))
      await layouts.save(tableLayout(source, `${setting.table} (${name})`, columns), { by });
    if (rows === 0) {
      if (await withdrawScope(this.#pulling, source, WHOLE_TABLE)) this.changed = true;
      return null;
    }
    const options = { layout: layouts.get(source), by, progress, askedAt, ...(signal ? { signal } : {}) };
    const { batch, already } = await loadScope(this.#pulling, path, WHOLE_TABLE, options);
    if (batch.state === 'waiting' || batch.state === 'refused') throw this.#waits(setting, batch.batch_id);
    if (!already) this.changed = true;
    return batch.batch_id;
  }

  /**
   * Why a table that had rows is not believed to be empty; null when a person asked for it. One that is all that a
   * reference table says is never: figures rest on what it would end.
   */
  async #vanished({ table, reference }: TableSetting, { rows }: TableFile): Promise<RamalError | null> {
    if (rows > 0) return null;
    const { name } = this.#connection;
    if (reference !== null) {
      const received = await rowsInForce(this.#pulling, reference);
      const kind = referenceKind(reference).label.pt;
      return received === 0 ? null : new RamalError('referenceVanished', { source: name, table, received, kind });
    }
    if (this.#options.tables !== undefined) return null;
    const before = await rowsOf(this.#pulling, listSource(name, table), WHOLE_TABLE);
    return before === 0 ? null : new RamalError('tableVanished', { source: name, table, received: before });
  }

  #waits({ table }: TableSetting, batch: number): RamalError {
    return new RamalError('tableWaits', { source: this.#connection.name, table, batch });
  }

  #broken({ table }: TableSetting, cause: unknown): RamalError {
    const code = String((cause as { code?: unknown } | null)?.code ?? 'conexão interrompida');
    return new RamalError('tableFailed', { source: this.#connection.name, table, code }, cause);
  }

  async #lack({ table }: TableSetting, { message }: RamalError): Promise<void> {
    await this.#pulling.tables.lacked(this.#connection.name, table, message);
    this.pulled.push({ table, state: 'failed', rows: 0, message });
  }
}
