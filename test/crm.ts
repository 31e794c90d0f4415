import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Pulled, Pulling, PullOptions } from '../src/intake/connectors/pulling.ts';
import type { TableSetting } from '../src/intake/connectors/table-setting.ts';
import { instantIo, pullingOf, pullNow, setClock } from './connectors.ts';
import { useHome } from './home.ts';
import { usePostgres } from './services/postgres.ts';

export const CRM_USER = 'leitura';
export const CRM_PASSWORD = 'Senha-Do-Crm-7719';
export const CRM_SECRETS = { username: CRM_USER, password: CRM_PASSWORD };

/** A table read whole into a list. */
export function table(name: string, columns: readonly string[] = [], reference: string | null = null): TableSetting {
  return { table: name, columns: [...columns], reference };
}

export interface Crm {
  /** The CRM's own people, who may do everything. */
  readonly sql: Sql;
  /** As a connection says it. */
  readonly url: string;
}

/**
 * A CRM on a real server: `contratos` and `vendas."Clientes"`, and a user with a password who may also write, so that
 * only the connection's own session keeps it from writing.
 */
export function useCrm(): () => Crm {
  const server = usePostgres();
  let crm: Crm | undefined;
  beforeAll(async () => {
    const owner = await server().database();
    const sql = postgres(owner, { max: 4, onnotice: () => {} });
    await sql.unsafe(`
      CREATE ROLE ${CRM_USER} LOGIN PASSWORD '${CRM_PASSWORD}';
      CREATE TABLE contratos (numero text PRIMARY KEY, cpf text, saldo numeric(12, 2), vencimento date, parcelas int,
        mudou timestamptz, ativo boolean, obs text);
      CREATE SCHEMA vendas;
      CREATE TABLE vendas."Clientes" ("Código" bigint, "Nome do Cliente" text);
      GRANT ALL ON SCHEMA public, vendas TO ${CRM_USER};
      GRANT ALL ON ALL TABLES IN SCHEMA public, vendas TO ${CRM_USER}`);
    const [{ file } = { file: '' }] = await sql<{ file: string }[]>`SELECT current_setting('hba_file') AS file`;
    await sql.unsafe(
      `COPY (SELECT unnest(ARRAY['host all ${CRM_USER} 127.0.0.1/32 scram-sha-256', 'host all all 127.0.0.1/32 trust']))
       TO '${file}'`,
    );
    await sql`SELECT pg_reload_conf()`;
    const { host, pathname } = new URL(owner);
    crm = { sql, url: `postgres://${host}${pathname}` };
  }, 60_000);
  afterAll(async () => {
    await crm?.sql.end({ timeout: 1 });
  });
  return () => {
    if (crm === undefined) throw new Error('The CRM is made in beforeAll: ask for it inside a test.');
    return crm;
  };
}

/** A home with a connection `crm` to a CRM whose contracts are the same before each test. */
export function useCrmBench() {
  const home = useHome();
  const crm = useCrm();
  let pulling: Pulling;
  const sql = (text: string) => crm().sql.unsafe(text);
  const pull = (options: Partial<PullOptions> = {}) => pullNow(pulling, 'crm', options);
  const connect = (tables = [table('contratos')], more = {}) =>
    pulling.connections.create(
      'crm',
      { connector: 'crm-postgres', baseUrl: crm().url, tables, ...more },
      CRM_SECRETS,
      'teste',
    );
  const states = (pulled: Pulled) => pulled.tables.map(({ table: name, state, rows }) => [name, state, rows]);
  const list = async (columns = 'numero') => {
    await home().build();
    return home().rows(`SELECT ${columns} FROM silver.list_crm_contratos ORDER BY 1`);
  };
  const batches = async () => (await home().batches.list({ page: 1, size: 100 })).rows.toReversed();

  beforeEach(async () => {
    await home().reset();
    await home().ledger.sql`DELETE FROM connection_table`;
    await home().ledger.sql`DELETE FROM connection`;
    await home().ledger.sql`DELETE FROM layout WHERE source LIKE 'crm%' OR source LIKE 'carteira%'`;
    // What others of the ledger knew is read anew.
    await home().know(home().layouts.get('call-report'));
    pulling = pullingOf(home(), instantIo(setClock()));
    await sql(`
      TRUNCATE contratos, vendas."Clientes";
      INSERT INTO contratos VALUES
        ('A-1', '529.982.247-25', 1234.56, '2026-04-10', 12, '2026-04-10 03:30+00', true, 'linha 1' || chr(10) || '"linha"; 2'),
        ('A-2', '11222333000181', 0.10, '2026-12-31', NULL, NULL, false, NULL),
        ('A-3', '000', -5, NULL, 0, '2026-04-10 12:00:00.9-03', NULL, ' ç ')`);
  });

  return { home, crm, sql, pull, connect, states, list, batches, pulling: () => pulling };
}
