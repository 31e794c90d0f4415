import { RamalError } from '../../kernel/errors.ts';
import { TLS_MODES, type TlsMode } from '../../storage/table-snapshot.ts';
import { REFERENCE_KINDS } from '../reference/registry.ts';

/** A table or view of a CRM that a connection reads. */
export interface TableSetting {
  /** `name`, of the schema `public`, or `schema.name`, as the database writes it. */
  readonly table: string;
  /** The columns wanted; none said is all of them. */
  readonly columns: readonly string[];
  /** The reference table that it is, or null for a list of its own. */
  readonly reference: string | null;
}

/** Where a database is, as its address tells. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly tls: TlsMode;
}

const NAME = /^[\p{L}\p{N}_$ -]{1,63}$/u;
const MOST_TABLES = 50;

const refuse = (what: string, todo: string) => new RamalError('usage', { what, todo });

/** The source that a table's rows are a list of: `crm` and `vendas.Contratos` make `crm-vendas-contratos`. */
export function listSource(connection: string, table: string): string {
  const plain = table.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return `${connection}-${plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')}`;
}

/** @throws RamalError `usage` that says which table, and what is wrong with it. */
export function checkTables(connection: string, tables: readonly TableSetting[]): void {
  if (tables.length === 0) throw refuse(`A conexão ${connection} não diz que tabelas ler`, 'Informe ao menos uma');
  if (tables.length > MOST_TABLES) throw refuse(`Mais de ${MOST_TABLES} tabelas`, 'Faça outra conexão para as demais');
  const seen = new Map<string, string>();
  for (const { table, columns, reference } of tables) {
    const parts = table.split('.');
    if (parts.length > 2 || !parts.every((part) => NAME.test(part)))
      throw refuse(`Nome de tabela inválido: ${table}`, 'Use tabela ou esquema.tabela, sem aspas nem consulta');
    const bad = columns.find((column) => !NAME.test(column));
    if (bad !== undefined)
      throw refuse(`Nome de coluna inválido em ${table}: ${bad}`, 'Use o nome que ela tem no banco');
    if (new Set(columns).size < columns.length) throw refuse(`Coluna repetida em ${table}`, 'Diga cada uma uma vez');
    if (reference !== null && !REFERENCE_KINDS.some(({ name }) => name === reference))
      throw refuse(
        `Tabela de apoio desconhecida: ${reference}`,
        `Use uma de ${REFERENCE_KINDS.map(({ name }) => name).join(', ')}`,
      );
    const source = listSource(connection, table);
    const other = seen.get(source);
    if (other !== undefined) throw refuse(`${table} e ${other} seriam a mesma fonte, ${source}`, 'Tire uma das duas');
    seen.set(source, table);
  }
}

/**
 * `postgres://host:5432/database?sslmode=require`, without a user or a password.
 * @throws RamalError `usage`; nothing of a wrong address is repeated, for it may hold a password.
 */
export function databaseAddress(text: string): DatabaseAddress {
  const todo = 'Use um endereço como postgres://crm.exemplo.com.br:5432/vendas?sslmode=verify-full';
  const url = URL.parse(text);
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol) || url.hostname === '' || url.hash !== '')
    throw refuse('Endereço do banco inválido', todo);
  if (url.username !== '' || url.password !== '')
    throw refuse('O endereço da fonte traz usuário ou senha', 'Guarde-os como segredos da conexão');
  const stray = [...url.searchParams.keys()].find((name) => name !== 'sslmode');
  if (stray !== undefined) throw refuse('O endereço do banco só aceita o parâmetro sslmode', todo);
  const tls = (url.searchParams.get('sslmode') ?? 'prefer') as TlsMode;
  if (!TLS_MODES.includes(tls)) throw refuse(`sslmode desconhecido: ${tls}`, `Use um de ${TLS_MODES.join(', ')}`);
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === '' || database.includes('/')) throw refuse('O endereço não diz o nome do banco', todo);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 5432), database, tls };
}
