import postgres, { type TransactionSql } from 'postgres';
import { RamalError } from '../kernel/errors.ts';
import { asRamalError } from '../kernel/thrown.ts';

export const TLS_MODES = ['disable', 'prefer', 'require', 'verify-full'] as const;
/** `require` demands TLS; only `verify-full` also looks at who answers. */
export type TlsMode = (typeof TLS_MODES)[number];

/** A PostgreSQL database of somebody else's. */
export interface TableServer {
  /** The connection, for errors. */
  readonly source: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  readonly tls: TlsMode;
  /** Moments with an offset are read as wall times of this zone. */
  readonly timeZone: string;
}

/** How long one statement, a lock and a silence of ours may take, in milliseconds. */
export interface TableLimits {
  readonly connectMs: number;
  readonly statementMs: number;
  readonly lockMs: number;
  readonly idleMs: number;
}

export const TABLE_LIMITS: TableLimits = { connectMs: 10_000, statementMs: 300_000, lockMs: 15_000, idleMs: 300_000 };

export interface TableColumn {
  readonly name: string;
  /** The engine's name of its type, such as `numeric` or `timestamptz`. */
  readonly type: string;
  /** Part of the primary key. */
  readonly key: boolean;
}

/** Rows that are in memory at once. */
const ROWS_AT_ONCE = 1000;

/**
 * Works on one moment of a database: everything that is read of it is as it was when reading began, whatever others
 * write meanwhile. The transaction is read only, so the server itself refuses any change, also by a function behind a
 * view. What the server says goes into no error: it may quote a row or a password.
 * @throws RamalError `databaseUnreachable`, `connectionDenied`, `placeCertificate`, `certificateName`, `cancelled`, and
 * what `work` throws.
 */
export async function withSnapshot<T>(
  server: TableServer,
  work: (snapshot: TableSnapshot) => Promise<T>,
  { limits = TABLE_LIMITS, signal }: { limits?: TableLimits | undefined; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const { source, host, port, database, username, password, tls, timeZone } = server;
  const sql = postgres({
    ...{ host, port, database, username, password },
    // The driver takes an address for the name of this machine: it is told whom the certificate must name.
    ssl: tls === 'verify-full' ? { host, rejectUnauthorized: true } : tls !== 'disable' && tls,
    max: 1,
    connect_timeout: limits.connectMs / 1000,
    max_lifetime: null,
    fetch_types: false,
    prepare: false,
    onnotice: () => {},
    connection: { application_name: 'ramal' },
  });
  const stop = () => void sql.end({ timeout: 0 }).catch(() => {});
  signal?.addEventListener('abort', stop);
  try {
    signal?.throwIfAborted();
    const result = await sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (transaction) => {
      await transaction.unsafe(
        `SET LOCAL statement_timeout = ${limits.statementMs}; SET LOCAL lock_timeout = ${limits.lockMs};
         SET LOCAL idle_in_transaction_session_timeout = ${limits.idleMs};
         SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex';
         SET LOCAL timezone = ${text(timeZone)}`,
      );
      return { kept: await work(new TableSnapshot(source, transaction, signal)) };
    });
    return result.kept;
  } catch (cause) {
    if (signal?.aborted) throw new RamalError('cancelled', { what: `extração de ${source}` }, cause);
    throw databaseError(cause, server);
  } finally {
    signal?.removeEventListener('abort', stop);
    await sql.end({ timeout: 1 }).catch(() => {});
  }
}

/** The tables and views of a database at one moment; one named without a schema is of `public`. */
export class TableSnapshot {
  readonly #source: string;
  readonly #sql: TransactionSql;
  readonly #signal: AbortSignal | undefined;

  constructor(source: string, sql: TransactionSql, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#sql = sql;
    this.#signal = signal;
  }

  /** The columns of a table in its order. @throws RamalError `tableMissing`. */
  async columns(table: string): Promise<TableColumn[]> {
    const [schema, name] = partsOf(table);
    const found = await this.#sql<TableColumn[]>`
      SELECT a.attname AS name, t.typname AS type, coalesce(a.attnum = ANY (i.indkey), false) AS key
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE n.nspname = ${schema} AND c.relname = ${name} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY a.attnum`;
    if (found.length === 0) throw new RamalError('tableMissing', { source: this.#source, table });
    return [...found];
  }

  /**
   * Gives every row of a table as texts, some at a time, in an order that depends on the rows alone. Failing leaves the
   * snapshot good for other tables.
   * @throws RamalError `tableDenied`, `tableTimeout`, `tableChanges` or `tableFailed`.
   */
  async read(
    table: string,
    columns: readonly TableColumn[],
    take: (rows: readonly (readonly (string | null)[])[]) => void,
    { most = Number.POSITIVE_INFINITY }: { most?: number } = {},
  ): Promise<void> {
    const keys = columns.filter(({ key }) => key).map(({ name }) => `t.${identifier(name)}`);
    const order = keys.length > 0 ? keys : columns.map((_, index) => index + 1);
    const from = partsOf(table).map(identifier).join('.');
    const query = `SELECT ${columns.map(asText).join(', ')} FROM ${from} AS t ORDER BY ${order.join(', ')}`;
    try {
      await this.#sql.savepoint(async (sql) => {
        await sql.unsafe(`DECLARE ramal_rows NO SCROLL CURSOR FOR ${query}`);
        for (let left = most; left > 0; ) {
          this.#signal?.throwIfAborted();
          const rows = await sql.unsafe(`FETCH ${Math.min(ROWS_AT_ONCE, left)} FROM ramal_rows`).values();
          if (rows.length === 0) break;
          take(rows as unknown as (string | null)[][]);
          left -= rows.length;
        }
        await sql.unsafe('CLOSE ramal_rows');
      });
    } catch (cause) {
      throw tableError(cause, this.#source, table);
    }
  }
}

function asText({ name, type }: TableColumn): string {
  const column = `t.${identifier(name)}`;
  return type === 'timestamp' || type === 'timestamptz' ? `${column}::timestamp(0)::text` : `${column}::text`;
}

function partsOf(table: string): [string, string] {
  const [first = '', second] = table.split('.');
  return second === undefined ? ['public', first] : [first, second];
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** What is wrong with one table, by the server's code; anything else ends the whole reading. */
function tableError(cause: unknown, source: string, table: string): unknown {
  if (!(cause instanceof postgres.PostgresError)) return cause;
  const { code } = cause;
  if (/^(08|57P|53|28)/.test(code) || code === '25P03') return cause;
  const details = { source, table, code };
  if (code === '42P01') return new RamalError('tableMissing', details, cause);
  if (code === '42501') return new RamalError('tableDenied', details, cause);
  if (code === '57014' || code === '55P03') return new RamalError('tableTimeout', details, cause);
  if (code === '25006') return new RamalError('tableChanges', details, cause);
  return new RamalError('tableFailed', details, cause);
}

/** What the usual codes of a network and a server mean. */
const MEANING: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'ninguém atende nesta porta',
  ENOTFOUND: 'o nome do servidor não existe',
  CONNECT_TIMEOUT: 'sem resposta',
  '3D000': 'o banco não existe no servidor',
  '53300': 'o servidor não aceita mais conexões',
};

function databaseError(cause: unknown, { source, host, port, database }: TableServer): RamalError {
  if (cause instanceof RamalError) return cause;
  const code = String((cause as { code?: unknown } | null)?.code ?? 'sem código');
  const where = `${host}:${port}/${database}`;
  if (code === 'ENOSPC') return asRamalError(cause);
  if (code === '28P01' || code === '28000')
    return new RamalError('connectionDenied', { source, received: code }, cause);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return new RamalError('certificateName', { where }, cause);
  if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(code))
    return new RamalError('placeCertificate', { where, cause: code }, cause);
  const meaning = MEANING[code];
  const told = meaning ? `${meaning}, ${code}` : code;
  return new RamalError('databaseUnreachable', { source, where, cause: told }, cause);
}
