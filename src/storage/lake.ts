import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BIGINT,
  BOOLEAN,
  DATE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBVector,
  ENUM,
  INTEGER,
  UBIGINT,
  VARCHAR,
} from '@duckdb/node-api';
import type { ColumnType, Table } from '../contracts/index.ts';
import { MONDAY_WEEKS, type WeekCount } from '../kernel/brazil/weeks.ts';
import { RamalError } from '../kernel/errors.ts';
import { packed, plainValue, unpacked } from './row-values.ts';

export type Parameters = Record<string, string | number | bigint | boolean | DuckDBDateValue | null>;
export type LakeRow = Record<string, unknown>;

/** Rows of a block: the engine's vector size. */
const BLOCK = 2048;
const MOST_CONNECTIONS = 8;
/** Downloads at a time: each holds a connection for as long as its reader takes. */
const MOST_STREAMS = 3;

interface LakeSettings {
  readonly home: string;
  readonly memoryMb: number;
  readonly threads: number;
  readonly timeZone: string;
}

/** The analytical store of a home: one DuckDB instance, connections for screens, one at a time for long work. */
export class Lake {
  readonly #instance: DuckDBInstance;
  readonly #idle: DuckDBConnection[] = [];
  readonly #waiting: PromiseWithResolvers<DuckDBConnection>[] = [];
  readonly #streamsWaiting: (() => void)[] = [];
  #open = 0;
  #streams = 0;
  /** The integer that every change of gold raises; answers are kept by it. */
  version = 0;
  /** When weeks begin, and their numbers. */
  week: WeekCount = MONDAY_WEEKS;

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  static async open({ home, memoryMb, threads, timeZone }: LakeSettings): Promise<Lake> {
    mkdirSync(join(home, 'tmp'), { recursive: true });
    const path = join(home, 'lake.duckdb');
    try {
      const instance = await DuckDBInstance.create(path, {
        memory_limit: `${memoryMb}MB`,
        threads: String(threads),
        temp_directory: join(home, 'tmp', 'spill'),
        preserve_insertion_order: 'true',
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      });
      const first = await instance.connect();
      await first.run(`SET GLOBAL TimeZone = ${literal(timeZone)}`);
      first.closeSync();
      return new Lake(instance);
    } catch (cause) {
      throw translate('abrir a base', cause);
    }
  }

  /** Lends a connection for one piece of work, whose temporary tables end with it; at most eight are open. When `signal` aborts, what runs is interrupted and nothing more is run. */
  async use<T>(work: (session: LakeSession) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const connection = await this.#take();
    const interrupt = () => connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    const session = new LakeSession(connection, signal);
    try {
      return await work(session);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      await session.tidy().then(
        () => this.#give(connection),
        () => this.#drop(connection),
      );
    }
  }

  /** Rows of one statement on a lent connection. */
  rows<T extends object = LakeRow>(sql: string, parameters?: Parameters): Promise<T[]> {
    return this.use((session) => session.rows<T>(sql, parameters));
  }

  /** Rows in blocks, on a connection lent until the last one is read; few at a time, so that others find one. */
  async *stream<T extends object = LakeRow>(sql: string, parameters?: Parameters): AsyncGenerator<T[]> {
    while (this.#streams >= MOST_STREAMS) await new Promise<void>((resolve) => this.#streamsWaiting.push(resolve));
    this.#streams++;
    const connection = await this.#take().catch((error: unknown) => {
      this.#endStream();
      throw error;
    });
    let whole = false;
    try {
      yield* new LakeSession(connection).stream<T>(sql, parameters);
      whole = true;
    } finally {
      if (whole) this.#give(connection);
      else this.#drop(connection);
      this.#endStream();
    }
  }

  close(): void {
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    this.#instance.closeSync();
  }

  #endStream(): void {
    this.#streams--;
    this.#streamsWaiting.shift()?.();
  }

  async #take(): Promise<DuckDBConnection> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#open < MOST_CONNECTIONS) {
      this.#open++;
      return this.#instance.connect().catch((cause: unknown) => {
        this.#open--;
        throw translate('abrir uma conexão', cause);
      });
    }
    const next = Promise.withResolvers<DuckDBConnection>();
    this.#waiting.push(next);
    return next.promise;
  }

  /** Ends a connection whose statement was left unfinished; one that waits gets a new one. */
  #drop(connection: DuckDBConnection): void {
    connection.interrupt();
    connection.closeSync();
    this.#open--;
    const next = this.#waiting.shift();
    if (next) this.#take().then(next.resolve, next.reject);
  }

  #give(connection: DuckDBConnection): void {
    const next = this.#waiting.shift();
    if (next) next.resolve(connection);
    else this.#idle.push(connection);
  }
}

const MAKES_TEMPORARY = /\bTEMP(ORARY)? (TABLE|VIEW)\b/;

/** One connection's statements, all with `$named` parameters. */
export class LakeSession {
  readonly #connection: DuckDBConnection;
  readonly #signal: AbortSignal | undefined;
  #inTransaction = false;
  #temporary = false;

  constructor(connection: DuckDBConnection, signal?: AbortSignal) {
    this.#connection = connection;
    this.#signal = signal;
  }

  /** Runs a statement; resolves to the number of rows it changed, where it changed any. */
  async run(sql: string, parameters: Parameters = {}): Promise<number> {
    try {
      this.#signal?.throwIfAborted();
      this.#temporary ||= MAKES_TEMPORARY.test(sql);
      const result = await this.#connection.run(sql, bound(sql, parameters));
      return Number(result.rowsChanged);
    } catch (cause) {
      throw translate(sql, cause);
    }
  }

  async rows<T extends object = LakeRow>(sql: string, parameters: Parameters = {}): Promise<T[]> {
    try {
      this.#signal?.throwIfAborted();
      const reader = await this.#connection.runAndReadAll(sql, bound(sql, parameters));
      return reader.getRowObjectsJS().map(plain) as T[];
    } catch (cause) {
      throw translate(sql, cause);
    }
  }

  async row<T extends object = LakeRow>(sql: string, parameters: Parameters = {}): Promise<T> {
    return (await this.rows<T>(sql, parameters))[0] as T;
  }

  /** Rows in blocks of 2,048, so that an export of any size holds one block in memory. */
  async *stream<T extends object = LakeRow>(sql: string, parameters: Parameters = {}): AsyncGenerator<T[]> {
    try {
      const { names, texts } = await this.#columns(sql, parameters);
      const others = names.filter((name) => !texts.includes(name));
      const result = await this.#connection.stream(
        packed(sql, texts.map(quoted), others.map(quoted)),
        bound(sql, parameters),
      );
      for await (const rows of result.yieldRowsJs())
        yield rows.map((row) => unpacked(row, names, texts, others)) as T[];
    } catch (cause) {
      throw translate(sql, cause);
    }
  }

  /** What a statement gives, and which of it are texts. */
  async #columns(sql: string, parameters: Parameters): Promise<{ names: string[]; texts: string[] }> {
    const none = await this.#connection.run(`FROM (${sql}) LIMIT 0`, bound(sql, parameters));
    const names = none.columnNames();
    return { names, texts: names.filter((_, index) => none.columnTypeId(index) === VARCHAR.typeId) };
  }

  /** Column vectors in blocks of up to 2,048 rows, for folds that touch every row. */
  async *chunks(sql: string, parameters: Parameters = {}): AsyncGenerator<DuckDBDataChunk> {
    try {
      this.#signal?.throwIfAborted();
      const result = await this.#connection.stream(sql, bound(sql, parameters));
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
        yield chunk;
    } catch (cause) {
      throw translate(sql, cause);
    }
  }

  /** A writer of whole blocks of columns, in the contract's order, into a table that has them. */
  async blockWriter(contract: Table, { catalog, schema, name }: TableName): Promise<BlockWriter> {
    const types = Object.values(contract.columns).map(({ type }) => blockType(type));
    try {
      const appender = await this.#connection.createAppender(name, schema, catalog);
      return {
        write(columns, rows) {
          for (let from = 0; from < rows; from += BLOCK) {
            const size = Math.min(BLOCK, rows - from);
            const chunk = DuckDBDataChunk.create(types, size);
            for (const [index, values] of columns.entries()) fill(chunk.getColumnVector(index), values, rows, from);
            appender.appendDataChunk(chunk);
          }
        },
        close() {
          appender.flushSync();
          appender.closeSync();
        },
      };
    } catch (cause) {
      throw translate(`escrever em ${schema}.${name}`, cause);
    }
  }

  /** Drops the temporary tables and views that the work made, if it made any. */
  async tidy(): Promise<void> {
    if (!this.#temporary) return;
    const left = await this.#connection.runAndReadAll(
      `SELECT 'TABLE' AS kind, table_name AS name FROM duckdb_tables() WHERE temporary
       UNION ALL SELECT 'VIEW', view_name FROM duckdb_views() WHERE temporary AND NOT internal`,
    );
    for (const { kind, name } of left.getRowObjectsJS())
      await this.#connection.run(`DROP ${kind} temp.main.${quoted(String(name))}`);
  }

  /** All or nothing: commits what `work` did, or rolls it back when it throws. Inside another it is part of that. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inTransaction) return work();
    await this.run('BEGIN TRANSACTION');
    this.#inTransaction = true;
    try {
      const result = await work();
      await this.run('COMMIT');
      return result;
    } catch (error) {
      await this.#connection.run('ROLLBACK').catch(() => {});
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }
}

/** A table; without a catalog, one of the lake's own. */
export interface TableName {
  readonly catalog?: string;
  readonly schema: string;
  readonly name: string;
}

/** A column of a block: 64-bit values as pairs of 32-bit words, the rest as they are. */
export type BlockColumn = Uint32Array | Int32Array | Uint8Array;

export interface BlockWriter {
  write(columns: readonly BlockColumn[], rows: number): void;
  close(): void;
}

/** A 64-bit column read as pairs of 32-bit words (low, high), without an allocation per row. */
export function words(vector: DuckDBVector): Uint32Array {
  const items = (vector as unknown as { items: BigInt64Array }).items;
  return new Uint32Array(items.buffer, items.byteOffset, items.length * 2);
}

/** An INTEGER or smaller column as its typed array. */
export function integers(vector: DuckDBVector): Int32Array {
  return (vector as unknown as { items: Int32Array }).items;
}

/** A column of one byte a value as its typed array. */
export function bytes(vector: DuckDBVector): Uint8Array {
  return (vector as unknown as { items: Uint8Array }).items;
}

interface Items {
  readonly buffer: ArrayBuffer;
  readonly byteOffset: number;
  readonly byteLength: number;
}

function fill(vector: DuckDBVector, values: BlockColumn, rows: number, from: number): void {
  const { items, dataView } = vector as unknown as { items?: Items; dataView?: Items };
  const target = (items ?? dataView) as Items;
  const width = values.byteLength / rows;
  const bytes = new Uint8Array(values.buffer, values.byteOffset + from * width, target.byteLength);
  new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(bytes);
  vector.flush();
}

function blockType(type: ColumnType): DuckDBType {
  const values = /^ENUM\((.*)\)$/.exec(type)?.[1];
  if (values !== undefined) return ENUM(values.split(',').map((value) => value.trim().slice(1, -1)));
  const known: Partial<Record<ColumnType, DuckDBType>> = { BIGINT, UBIGINT, INTEGER, DATE, BOOLEAN };
  const found = known[type];
  if (!found) throw new RamalError('unexpected', { what: `escrita em bloco de ${type}` });
  return found;
}

/** Reads a statement kept in a file beside its module; what it calls `FROM name` is read from the relation given for that name. */
export function sqlFile(folder: string, name: string, relations: Readonly<Record<string, string>> = {}): string {
  return Object.entries(relations).reduce(
    // A function, for in a replacement text `$` has a meaning of its own.
    (sql, [called, relation]) => sql.replace(`FROM ${called}`, () => `FROM ${relation}`),
    readFileSync(join(folder, name), 'utf8'),
  );
}

/** A text as an SQL literal: for what becomes part of a statement that is put together, as a layout's constants and an exclusion's value. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A day (ISO 8601) as a DATE parameter: given as text, the statement would be planned once more for it. */
export function dateParameter(day: string): DuckDBDateValue {
  return new DuckDBDateValue(Date.parse(day) / 86_400_000);
}

/** A name as an SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Only the parameters that the statement names: DuckDB refuses the others. */
function bound(sql: string, parameters: Parameters): Record<string, DuckDBValue> {
  const named = new Set([...sql.matchAll(/\$([a-z_]\w*)/gi)].map((match) => match[1]));
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => named.has(name)));
}

function plain(row: Record<string, unknown>): LakeRow {
  for (const name in row) row[name] = plainValue(row[name]);
  return row;
}

function translate(sql: string, cause: unknown): RamalError {
  if (cause instanceof RamalError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/INTERRUPT/i.test(message) || (cause as Error)?.name === 'AbortError')
    return new RamalError('cancelled', { what: 'consulta' }, cause);
  if (/No space left|disk full|ENOSPC/i.test(message))
    return new RamalError('diskFull', { where: 'RAMAL_HOME' }, cause);
  const statement = withoutValues(sql.replace(/\s+/g, ' ').trim());
  return new RamalError(
    'query',
    { statement, cause: withoutValues((message.split('\n')[0] ?? '').replace(/"[^"]*"/g, '…')) },
    cause,
  );
}

/** A statement or the engine's message on it without literals and long numbers, for they may be personal. */
function withoutValues(text: string): string {
  return text.replace(/'(?:[^']|'')*'|\d{5,}/g, '…').slice(0, 300);
}
