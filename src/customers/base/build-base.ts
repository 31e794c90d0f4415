import { mkdirSync, rmSync } from 'node:fs';
import type { Day } from '../../kernel/brazil/dates.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Progress } from '../../kernel/progress.ts';
import { type Lake, type LakeSession, literal, quoted } from '../../storage/lake.ts';
import { careAt, holdingsAt } from './beside.ts';
import { type Care, writeCare } from './care.ts';
import { type Holdings, type HoldingsQuestion, writeHoldings } from './holdings.ts';
import { type KeyedTable, type KeyQuestion, keySql, keyTables } from './keys.ts';
import type { LeftOut, Notes } from './left-out.ts';
import { gatherPurchases, PURCHASE_NAMES, purchasesOf } from './purchases.ts';
import type { BaseColumn, BaseTable } from './tables.ts';
import {
  type ColumnKind,
  PURCHASE_TAKES,
  type PurchaseTake,
  TAKE_SUFFIX,
  TAKES_OF,
  type Take,
  takeSql,
  USUAL_TAKES,
} from './takes.ts';

/** A column of the base: something about each customer at the snapshot day. */
export interface BaseField {
  readonly name: string;
  readonly table: string;
  /** What it is taken from; null of how many rows a customer has and of purchases, which are of several. */
  readonly column: string | null;
  readonly take: Take | 'rows' | PurchaseTake;
  readonly kind: ColumnKind;
  /** Of the base's customers, the share that has a value. */
  readonly coverage: number;
}

/** What became of a table's rows: `rows` + `unread` = `used` + `noCustomer` + `otherRows` + `unread`. */
export interface TableAccount {
  readonly name: string;
  readonly files: number;
  readonly key: string;
  readonly rows: number;
  readonly unread: number;
  readonly used: number;
  /** Rows that name no customer. */
  readonly noCustomer: number;
  /** Rows of customers that the base has not, and how many those are. */
  readonly otherRows: number;
  readonly others: number;
  /** Of the base's customers, the share that has a row. */
  readonly coverage: number;
  /** It has one row of each customer at most. */
  readonly once: boolean;
}

/** One row per customer at a day, as a Parquet file. */
export interface CustomerBase {
  readonly day: Day;
  readonly customers: number;
  /** The column of the file that names them. */
  readonly key: string;
  readonly tables: readonly TableAccount[];
  readonly fields: readonly BaseField[];
  /** What was given and is not in it. */
  readonly leftOut: readonly LeftOut[];
  /** Which product customers have, and whether they are content, of a base that is kept; null where no table tells it. */
  readonly holdings: Holdings | null;
  readonly care: Care | null;
  readonly warnings: readonly string[];
}

export interface BaseQuestion extends KeyQuestion {
  /** Gives what is put side by side, which may lie in the folder. */
  readonly tables: (folder: string, notes: Notes, progress: Progress) => Promise<readonly BaseTable[]>;
  readonly day: Day;
  /** What to take of columns; without it, what is usual of each. */
  readonly takes?: readonly AskedTake[] | undefined;
  /** Where the base is written. */
  readonly out: string;
  /** Also writes what stands beside its rows. */
  readonly beside?: { readonly holdings?: HoldingsQuestion['asked'] } | undefined;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}

export interface AskedTake {
  readonly table: string;
  readonly column: string;
  readonly take: Take;
}

/**
 * Puts what several tables say of customers side by side, one row for each customer of one of them.
 * @param folder of its own, removed at the end.
 * @throws RamalError as {@link keyTables}; `usage` for takes of columns that are not there or that have no such meaning.
 */
export async function buildBase(lake: Lake, question: BaseQuestion, folder: string): Promise<CustomerBase> {
  const { tables: given, day, takes, out, beside, progress, signal, ...keys } = question;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const notes: Notes = { warnings: [], leftOut: [] };
  const { warnings } = notes;
  try {
    const read = await given(folder, notes, progress);
    return await lake.use(async (session) => {
      const keyed = await keyTables(session, read, keys);
      const { base, tables } = keyed;
      const leftOut = [...keyed.leftOut, ...notes.leftOut];
      refuseOthers(tables, takes ?? []);
      await session.run(
        `CREATE OR REPLACE TEMP TABLE base_customer AS SELECT DISTINCT ${keySql(base.key)} AS key FROM ${base.sql} WHERE ${keySql(base.key)} IS NOT NULL`,
      );
      await session.run(
        'CREATE OR REPLACE TEMP TABLE base_place AS SELECT key, CAST(row_number() OVER (ORDER BY key) AS INTEGER) AS place FROM base_customer ORDER BY place',
      );
      const { customers } = await session.row<{ customers: number }>('SELECT count(*) AS customers FROM base_customer');
      const names = new Set([base.key.toLowerCase(), ...OWN_NAMES]);
      const [accounts, fields]: [TableAccount[], Field[]] = [[], []];
      const relations: Relation[] = [];
      for (const [index, table] of tables.entries()) {
        progress({ step: `juntando ${table.name}`, done: index, total: tables.length });
        const account = await countRows(session, table, customers);
        accounts.push(account);
        const asked = takes?.filter((one) => one.table === table.name);
        const own = fieldsOf(table, account.once, asked, names);
        relations.push(...(await gather(session, table, index, own, { day, customers })));
        fields.push(...own);
      }
      const known = tables.map((table, at) => ({ ...table, once: accounts[at]!.once }));
      const bought = takes ? null : purchasesOf(known);
      if (bought) {
        const own = PURCHASE_TAKES.map((take) => ({ take, name: freeName(PURCHASE_NAMES[take], bought.table, names) }));
        const called = Object.fromEntries(own.map(({ take, name }) => [take, name])) as Record<PurchaseTake, string>;
        const table = known.find(({ name }) => name === bought.table)!;
        await gatherPurchases(session, table, bought, { names: called, until: day, mostRows: MOST_ROWS });
        await session.run(
          'CREATE OR REPLACE TEMP TABLE base_bought AS SELECT place, base_purchase.* EXCLUDE (key) FROM base_purchase JOIN base_place USING (key) ORDER BY place',
        );
        relations.push({ name: 'base_bought', fields: own.map(({ name }) => name) });
        for (const { take, name } of own)
          fields.push({ name, table: table.name, column: null, take, kind: take === 'rfm' ? 'text' : 'number' });
      }
      await joinAll(session, base.key, fields, relations, customers);
      await session.run(`COPY base_row TO ${literal(out)} (FORMAT parquet, COMPRESSION zstd)`);
      if (beside)
        progress({ step: 'produtos, chamados e notas de cada cliente', done: tables.length, total: tables.length });
      const own = { asked: beside?.holdings, out: holdingsAt(out), until: day, mostRows: MOST_ROWS };
      const holdings = beside ? await writeHoldings(session, known, own) : null;
      const care = beside ? await writeCare(session, known, day, careAt(out)) : null;
      warnings.push(...(await staleText(session, fields)));
      const filled = await session.row<Record<string, number>>(
        `SELECT ${['count(*) AS n', ...fields.map(({ name }, at) => `count(${quoted(name)}) AS f${at}`)].join(', ')} FROM read_parquet(${literal(out)})`,
      );
      return {
        ...{ day, customers, key: base.key, tables: accounts, leftOut, holdings, care, warnings },
        fields: fields.map((field, at) => ({ ...field, coverage: filled[`f${at}`]! / customers })),
      };
    }, signal);
  } catch (thrown) {
    for (const path of [out, holdingsAt(out), careAt(out)]) rmSync(path, { force: true });
    throw thrown;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Field = Omit<BaseField, 'coverage'>;
/** What is made of one column. */
type ColumnField = Field & { readonly take: Take | 'rows' };

/** What the tables that a base is made in call who a row is of, and where. */
const OWN_NAMES = ['key', 'place'];

/** A temporary table with one row for each customer at most, and the fields that it has. */
interface Relation {
  readonly name: string;
  readonly fields: readonly string[];
}

/** @throws RamalError `usage` for takes of tables that are not there. */
function refuseOthers(tables: readonly KeyedTable[], takes: readonly AskedTake[]): void {
  const known = tables.map(({ name }) => name);
  const other = takes.find(({ table }) => !known.includes(table));
  if (other)
    throw new RamalError('usage', { what: `Não há tabela ${other.table}`, todo: `Use entre ${known.join(', ')}` });
}

/** Counts a table's rows by whose they are. */
async function countRows(session: LakeSession, table: KeyedTable, customers: number): Promise<TableAccount> {
  const { name, files, key, rows, unread } = table;
  const found = await session.row<Record<'used' | 'no_customer' | 'known' | 'others', number>>(
    `SELECT coalesce(CAST(sum(times) FILTER (base.key IS NOT NULL) AS BIGINT), 0) AS used,
       coalesce(CAST(sum(times) FILTER (own.key IS NULL) AS BIGINT), 0) AS no_customer,
       count(base.key) AS known, count(own.key) - count(base.key) AS others
     FROM (SELECT ${keySql(key)} AS key, count(*) AS times FROM ${table.sql} GROUP BY 1) AS own
     LEFT JOIN base_customer AS base USING (key)`,
  );
  return {
    ...{ name, files, key, rows, unread, used: found.used, noCustomer: found.no_customer, others: found.others },
    otherRows: rows - found.used - found.no_customer,
    coverage: customers > 0 ? found.known / customers : 0,
    once: found.used === found.known,
  };
}

/** What is taken of a table, each under a name of its own. */
function fieldsOf(
  table: KeyedTable,
  once: boolean,
  asked: readonly AskedTake[] | undefined,
  names: Set<string>,
): ColumnField[] {
  const field = ({ name: column, kind }: BaseColumn, take: Take) => ({
    ...{ name: freeName(`${column}${TAKE_SUFFIX[take]}`, table.name, names), table: table.name, column, take },
    kind: take === 'distinct' || kind === 'day' ? ('number' as const) : kind,
  });
  if (asked)
    return asked.map(({ column: name, take }) => {
      const column = table.columns.find((one) => one.name === name);
      if (!column)
        throw new RamalError('usage', {
          what: `${table.name} não tem a coluna ${name}`,
          todo: `Use entre ${table.columns.map((one) => one.name).join(', ')}`,
        });
      if (!TAKES_OF[column.kind].includes(take) || (take === 'value' && !once))
        throw new RamalError('usage', {
          what: `De ${table.name}.${name} não se toma ${take}`,
          todo: `Use ${TAKES_OF[column.kind].filter((one) => once || one !== 'value').join(', ')}`,
        });
      return field(column, take);
    });
  const usual = USUAL_TAKES[once ? 'one' : 'many'];
  const columns = table.columns.filter(({ name }) => name !== table.key);
  const taken = columns.flatMap((column) => usual[column.kind].map((take) => field(column, take)));
  const count = {
    name: freeName(`${table.name}_linhas`, table.name, names),
    table: table.name,
    column: null,
    take: 'rows',
    kind: 'number',
  };
  return once ? taken : [count as ColumnField, ...taken];
}

/** Days after which the newest date of a base says that the base may be of another day. */
const STALE = 60;

async function staleText(session: LakeSession, fields: readonly Field[]): Promise<string[]> {
  const days = fields.filter(({ take }) => take === 'days' || take === 'daysLast');
  if (days.length === 0) return [];
  const ages = days.map(({ name }) => `min(${quoted(name)})`);
  const { newest } = await session.row<{ newest: number | null }>(
    `SELECT floor(least(${ages.join(', ')})) AS newest FROM base_row`,
  );
  if (newest === null || newest <= STALE) return [];
  return [`a data mais nova é de ${newest} dias antes do dia da base; se ela é de outro dia, diga-o com --day`];
}

/** A name that no other field has, in any case of letters: the engine does not tell `UF` from `uf`. */
function freeName(wanted: string, table: string, names: Set<string>): string {
  const isTaken = (name: string) => names.has(name.toLowerCase());
  const unique = isTaken(wanted) ? `${table}_${wanted}` : wanted;
  for (let copy = 1; ; copy++) {
    const one = copy === 1 ? unique : `${unique}_${copy}`;
    if (isTaken(one)) continue;
    names.add(one.toLowerCase());
    return one;
  }
}

/** Rows that are put together at a time, and cells of the base that are joined at a time: memory holds so many. */
const [MOST_ROWS, MOST_CELLS] = [6_000_000, 6_000_000];

/** Takes a table's fields: one row per customer, by its place, in each of the temporary tables that it makes, in the places' order. */
async function gather(
  session: LakeSession,
  table: KeyedTable,
  index: number,
  fields: readonly ColumnField[],
  { day, customers }: { readonly day: Day; readonly customers: number },
): Promise<Relation[]> {
  if (fields.length === 0) return [];
  const used = [...new Set(fields.flatMap(({ column }) => column ?? []))];
  const at = (column: string | null) => `c${used.indexOf(column ?? '')}`;
  const columns = used.map((column) => `${table.columns.find(({ name }) => name === column)!.sql} AS ${at(column)}`);
  const key = keySql(table.key);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE base_rows AS
     SELECT * EXCLUDE (key) FROM (SELECT ${[`${key} AS key`, ...columns].join(', ')} FROM ${table.sql}) JOIN base_place USING (key)`,
  );
  const { rows } = await session.row<{ rows: number }>('SELECT count(*) AS rows FROM base_rows');
  const slices = Math.max(1, Math.ceil(rows / MOST_ROWS));
  const made: Relation[] = [];
  const make = async (own: readonly ColumnField[], select: (rows: string) => string) => {
    const name = `base_of_${index}_${made.length}`;
    for (let slice = 0; slice < slices; slice++) {
      const bounds = [slice, slice + 1].map((bound) => Math.floor((bound * customers) / slices));
      const some = slices === 1 ? 'base_rows' : `(FROM base_rows WHERE place > ${bounds[0]} AND place <= ${bounds[1]})`;
      await session.run(
        `${slice === 0 ? `CREATE OR REPLACE TEMP TABLE ${name} AS` : `INSERT INTO ${name}`} ${select(some)} ORDER BY place`,
      );
    }
    made.push({ name, fields: own.map((field) => field.name) });
  };
  const summed = fields.flatMap((field) => (field.take === 'mode' ? [] : [{ ...field, take: field.take }]));
  if (summed.length > 0)
    await make(summed, (some) => {
      const sums = summed.map(
        ({ name, column, take }) =>
          `${take === 'rows' ? 'CAST(count(*) AS DOUBLE)' : takeSql(take, at(column), day)} AS ${quoted(name)}`,
      );
      return `SELECT ${['place', ...sums].join(', ')} FROM ${some} GROUP BY place`;
    });
  for (const mode of fields.filter(({ take }) => take === 'mode')) {
    const value = at(mode.column);
    // Of values equally frequent, the first in order: the engine's own would depend on how rows are shared out.
    await make(
      [mode],
      (some) => `WITH counted AS MATERIALIZED (
          SELECT place, ${value} AS value, count(*) AS times FROM ${some} WHERE ${value} IS NOT NULL GROUP BY ALL
        ), most AS (SELECT place, max(times) AS times FROM counted GROUP BY place)
        SELECT place, min(value) AS ${quoted(mode.name)} FROM counted SEMI JOIN most USING (place, times) GROUP BY place`,
    );
  }
  await session.run('DROP TABLE base_rows');
  return made;
}

/** Of who has no row there is none. */
const NONE_IS_ZERO: readonly BaseField['take'][] = ['rows', 'frequency', 'money'];

/** Puts all fields of each customer in a row of temporary table `base_row`, in the order of what names them. */
async function joinAll(
  session: LakeSession,
  key: string,
  fields: readonly Field[],
  relations: readonly Relation[],
  customers: number,
): Promise<void> {
  const selected = fields.map(({ name, take }) => {
    const value = `of_${relations.findIndex((one) => one.fields.includes(name))}.${quoted(name)}`;
    return `${NONE_IS_ZERO.some((one) => one === take) ? `coalesce(${value}, 0)` : value} AS ${quoted(name)}`;
  });
  const size = Math.max(1, Math.floor(MOST_CELLS / (fields.length + 1)));
  for (let from = 0; from === 0 || from < customers; from += size) {
    const own = (name: string) => `(FROM ${name} WHERE place > ${from} AND place <= ${from + size})`;
    const joins = relations.map(({ name }, at) => `LEFT JOIN ${own(name)} AS of_${at} USING (place)`);
    await session.run(
      `${from === 0 ? 'CREATE OR REPLACE TEMP TABLE base_row AS' : 'INSERT INTO base_row'}
       SELECT ${[`chosen.key AS ${quoted(key)}`, ...selected].join(', ')} FROM ${own('base_place')} AS chosen ${joins.join(' ')} ORDER BY place`,
    );
  }
}
