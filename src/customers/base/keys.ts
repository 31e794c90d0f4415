import { RamalError } from '../../kernel/errors.ts';
import { type LakeSession, quoted } from '../../storage/lake.ts';
import { LEAST_KNOWN, type LeftOut } from './left-out.ts';
import { isCodeName, isCustomerName } from './names.ts';
import type { BaseColumn, BaseTable } from './tables.ts';

/**
 * Who a row is of (SQL, over a table's texts): spaces and case do not tell customers apart, nor `.0` after a number, nor
 * the signs of a CPF or CNPJ.
 */
export function keySql(column: string): string {
  const text = `upper(trim(${quoted(column)}))`;
  // Of millions of rows few look like either: the patterns are tried on those alone.
  const taxpayer = `length(${text}) IN (14, 18) AND contains(${text}, '-')`;
  const number = `ends_with(${text}, '0') AND (contains(${text}, '.') OR contains(${text}, ','))`;
  return `nullif(CASE
    WHEN ${taxpayer} AND regexp_full_match(${text}, '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}|\\d{2}\\.\\d{3}\\.\\d{3}/\\d{4}-\\d{2}')
    THEN regexp_replace(${text}, '\\D', '', 'g')
    WHEN ${number} THEN regexp_replace(${text}, '^(\\d+)[.,]0+$', '\\1')
    ELSE ${text} END, '')`;
}

/** A table with the column that names its customers. */
export interface KeyedTable extends BaseTable {
  readonly key: string;
  /** Customers that it names, of the base or not. */
  readonly customers: number;
}

export interface Keyed {
  /** The table whose customers the base has. */
  readonly base: KeyedTable;
  /** All tables, the base among them, in the order they came. */
  readonly tables: readonly KeyedTable[];
  /** Those without rows and, where that is allowed, those that name no customer of the base. */
  readonly leftOut: readonly LeftOut[];
}

export interface KeyQuestion {
  /** The name of the table whose customers the base has; without it, the one that names most, each once. */
  readonly base?: string | undefined;
  /** Columns of customers by table. */
  readonly keys?: ReadonlyMap<string, string> | undefined;
  /** Tables without customers of the base are left out. */
  readonly loose?: boolean | undefined;
}

/**
 * The column of each table that names customers: the one asked for or, of those that may, the one whose values are
 * customers of the base most often.
 * @throws RamalError `usage` for a table or column that is not there, and for a table that names no customer of the
 * base; `noCustomerList` where tables may be left out and none names customers.
 */
export async function keyTables(
  session: LakeSession,
  tables: readonly BaseTable[],
  { base: asked, keys = new Map(), loose = false }: KeyQuestion,
): Promise<Keyed> {
  const known = tables.map(({ name }) => name);
  for (const name of [...keys.keys(), ...(asked === undefined ? [] : [asked])])
    if (!known.includes(name))
      throw new RamalError('usage', { what: `Não há tabela ${name}`, todo: `Use entre ${known.join(', ')}` });
  const candidates = new Map(tables.map((table) => [table, candidatesOf(table, keys.get(table.name))]));
  const counts: Counted[] = [];
  for (const table of tables)
    for (const column of candidates.get(table)!) {
      const { customers, filled } = await session.row<{ customers: number; filled: number }>(
        `SELECT count(DISTINCT key) AS customers, count(key) AS filled FROM (SELECT ${keySql(column.name)} AS key FROM ${table.sql})`,
      );
      counts.push({ table, column, customers, filled });
    }
  const first = baseOf(counts, asked);
  if (!first && loose) throw new RamalError('noCustomerList', { lists: tables.length });
  if (!first)
    throw new RamalError('usage', {
      what: 'Nenhuma coluna parece nomear clientes',
      todo: 'Diga qual é, com --key TABELA=COLUNA',
    });
  const base: KeyedTable = { ...first.table, key: first.column.name, customers: first.customers };
  const [found, leftOut]: [KeyedTable[], LeftOut[]] = [[], []];
  for (const table of tables) {
    if (table === first.table) {
      found.push(base);
      continue;
    }
    const named = counts.filter((one) => one.table === table);
    const own = await sharedKey(session, named, base);
    if (!own && (loose || table.rows === 0)) {
      const most = named.toSorted((a, b) => b.customers - a.customers)[0]?.column.name ?? null;
      const why = table.rows === 0 ? 'noRows' : most === null ? 'noKey' : 'noCustomer';
      leftOut.push({ name: table.name, table: null, why, column: why === 'noCustomer' ? most : null });
      continue;
    }
    if (!own && !keys.has(table.name))
      throw new RamalError('usage', {
        what: `Nenhuma coluna de ${table.name} tem clientes de ${base.name} (${base.key})`,
        todo: `Diga qual é, com --key ${table.name}=COLUNA, ou deixe o arquivo de fora`,
      });
    const chosen = own ?? named[0]!;
    found.push({ ...table, key: chosen.column.name, customers: chosen.customers });
  }
  return { base, tables: found, leftOut };
}

interface Counted {
  readonly table: BaseTable;
  readonly column: BaseColumn;
  readonly customers: number;
  readonly filled: number;
}

function candidatesOf({ name, columns }: BaseTable, asked: string | undefined): readonly BaseColumn[] {
  if (asked === undefined) {
    const named = columns.filter((column) => isCustomerName(column.name) && column.kind !== 'day');
    return named.length > 0 ? named : columns.filter(({ kind }) => kind === 'code');
  }
  const column = columns.find((one) => one.name === asked);
  if (column) return [column];
  throw new RamalError('usage', {
    what: `${name} não tem a coluna ${asked}`,
    todo: `Use entre ${columns.map((one) => one.name).join(', ')}`,
  });
}

/** The table that names each of its customers once, and most of them; where none does, the one that names most. */
function baseOf(counts: readonly Counted[], asked: string | undefined): Counted | undefined {
  const once = ({ table, customers, filled }: Counted) => customers === filled && filled === table.rows;
  const rank = (one: Counted) => [
    Number(once(one)),
    one.customers,
    Number(one.column.kind !== 'number'),
    Number(isCodeName(one.column.name)),
  ];
  return counts
    .filter(({ table, customers }) => customers > 0 && (asked === undefined || table.name === asked))
    .toSorted((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      const at = x.findIndex((value, index) => value !== y[index]);
      return at < 0 ? 0 : y[at]! - x[at]!;
    })[0];
}

/** Of a table's columns, the one whose values are customers of the base most often. */
async function sharedKey(session: LakeSession, counts: readonly Counted[], base: KeyedTable): Promise<Counted | null> {
  let best: { readonly one: Counted; readonly share: number } | null = null;
  for (const one of counts) {
    if (one.customers === 0) continue;
    const { known } = await session.row<{ known: number }>(
      `SELECT count(DISTINCT key) AS known FROM (SELECT ${keySql(one.column.name)} AS key FROM ${one.table.sql})
       WHERE key IN (SELECT ${keySql(base.key)} FROM ${base.sql})`,
    );
    const share = known / one.customers;
    if (share >= LEAST_KNOWN && share > (best?.share ?? 0)) best = { one, share };
  }
  return best?.one ?? null;
}
