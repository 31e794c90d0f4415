import { RamalError } from '../../kernel/errors.ts';
import { type LakeSession, literal } from '../../storage/lake.ts';
import { type KeyedTable, keySql } from './keys.ts';
import { isCustomerName, plainName } from './names.ts';
import type { BaseColumn } from './tables.ts';

/** Where it is told which customer has which product, and what else that table says of it. */
export interface Holdings {
  readonly table: string;
  readonly product: string;
  /** When it was contracted. */
  readonly day: string | null;
  readonly amount: string | null;
  /** The amount is of a month; else of a contract, which counts as one of twelve months. */
  readonly monthly: boolean;
  /** Whether it still stands. */
  readonly state: string | null;
  readonly line: string | null;
  readonly customers: number;
  readonly products: number;
  /** Of a customer and a product that it has or had. */
  readonly pairs: number;
}

export interface HoldingsQuestion {
  /** Without it, the table that looks most like one. */
  readonly asked?: { readonly table: string; readonly column: string } | undefined;
  /** Where they are written, as Parquet: customer, product, line, first_day, last_day, amount (a month), is_current. */
  readonly out: string;
  /** The day of the base: what came after it is not known yet. */
  readonly until: string;
  /** Rows that are put together at a time. */
  readonly mostRows: number;
}

/** How exports call what is sold, the surest first. */
const PRODUCTS = [
  /^(ds|nm|nome|desc|descricao)_(do_)?prod/,
  /^produto$|^product$|^product_name$/,
  /(^|_)prod(uto|uct)?(_|$)|(^|_)sku(_|$)|^modulo/,
];
const DAYS = /assinatura|contrat|inicio|ativacao|compra|venda|fatura|desde|purchase|signed|start/;
const AMOUNTS = /(^|_)(vl|vlr|valor|total|preco|receita|mrr|mensalidade|amount|price|value)(_|$)/;
const NO_AMOUNTS = /desconto|discount|(^|_)(pct|perc|qtd|qtde|quant)/;
const MONTHLY = /mrr|mensal|recorrente|monthly/;
const STATES = /situacao|status|state/;
const LINES = /lin_rec|(^|_)(linha|familia|categoria)(_|$)|product_line/;
const CONTRACTS = /contrat|assinatura|fatura|invoice|venda|purchase|subscription|mrr/;
/** What is said of a product without having it: answers about it, and what was only proposed. */
const NO_HOLDINGS = /nps|(^|_)nota|resposta|respond|proposta|orcamento|cotacao|oportunidade|proposal|quote/;
/** What ended, as states say it: from the beginning of a word, as “indeterminado” does not. */
const ENDED =
  '(^|[^a-z])(cancel|inac?tiv|desativ|encerr|rescind|rescis|distrat|churn|expir|termin|extint|nao renov|lost|perdid)';

/**
 * Writes which customer of temporary table `base_customer` has which product, if any table of several rows per customer
 * tells it.
 * @throws RamalError `usage` for an asked table or column that is not there.
 */
export async function writeHoldings(
  session: LakeSession,
  tables: readonly (KeyedTable & { readonly once: boolean })[],
  { asked, out, until, mostRows }: HoldingsQuestion,
): Promise<Holdings | null> {
  const found = asked ? askedColumn(tables, asked) : likeliest(tables);
  if (!found) return null;
  const { table, product } = found;
  const others = table.columns.filter(({ name }) => name !== product.name && name !== table.key);
  const day = named(others, 'day', DAYS) ?? others.find(({ kind }) => kind === 'day');
  const amounts = others.filter(({ name }) => !NO_AMOUNTS.test(plainName(name)));
  const amount = named(amounts, 'number', MONTHLY) ?? named(amounts, 'number', AMOUNTS);
  const state = named(others, 'text', STATES);
  const line = named(others, 'text', LINES);
  const monthly = amount !== undefined && MONTHLY.test(plainName(amount.name));
  const ended = state ? `coalesce(regexp_matches(lower(strip_accents(${state.sql})), '${ENDED}'), false)` : 'false';
  const read = `SELECT ${keySql(table.key)} AS customer, trim(CAST(${product.sql} AS VARCHAR)) AS product,
    ${line ? `trim(${line.sql})` : 'CAST(NULL AS VARCHAR)'} AS line, ${day?.sql ?? 'CAST(NULL AS DOUBLE)'} AS day,
    ${amount ? `${amount.sql}${monthly ? '' : ' / 12'}` : 'CAST(NULL AS DOUBLE)'} AS amount, NOT ${ended} AS is_current
    FROM ${table.sql}`;
  const slices = Math.max(1, Math.ceil(table.rows / mostRows));
  const date = (of: 'min' | 'max') => `CAST(DATE '1970-01-01' + CAST(${of}(day) AS INTEGER) AS DATE)`;
  for (let slice = 0; slice < slices; slice++)
    await session.run(
      `${slice === 0 ? 'CREATE OR REPLACE TEMP TABLE base_holding AS' : 'INSERT INTO base_holding'}
       SELECT customer, product, min(line) AS line, ${date('min')} AS first_day, ${date('max')} AS last_day,
         sum(amount) FILTER (is_current) AS amount, bool_or(is_current) AS is_current
       FROM (${read}) SEMI JOIN (SELECT key AS customer FROM base_customer) USING (customer)
       WHERE product <> '' AND coalesce(floor(day) <= DATE '${until}' - DATE '1970-01-01', true)${slices === 1 ? '' : ` AND hash(customer) % ${slices} = ${slice}`} GROUP BY customer, product`,
    );
  await session.run(
    `COPY (FROM base_holding ORDER BY customer, product) TO ${literal(out)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  const counts = await session.row<Record<'customers' | 'products' | 'pairs', number>>(
    'SELECT count(DISTINCT customer) AS customers, count(DISTINCT product) AS products, count(*) AS pairs FROM base_holding',
  );
  await session.run('DROP TABLE base_holding');
  const name = (column: BaseColumn | undefined) => column?.name ?? null;
  return {
    ...{ table: table.name, product: product.name, day: name(day), amount: name(amount), monthly },
    ...{ state: name(state), line: name(line), ...counts },
  };
}

interface Found {
  readonly table: KeyedTable;
  readonly product: BaseColumn;
}

function askedColumn(tables: readonly KeyedTable[], asked: { readonly table: string; readonly column: string }): Found {
  const table = tables.find(({ name }) => name === asked.table);
  const product = table?.columns.find(({ name }) => name === asked.column);
  if (table && product) return { table, product };
  const known = table ? table.columns : tables;
  throw new RamalError('usage', {
    what: table ? `${table.name} não tem a coluna ${asked.column}` : `Não há tabela ${asked.table}`,
    todo: `Use entre ${known.map(({ name }) => name).join(', ')}`,
  });
}

/** The table of several rows per customer whose columns are most like those of contracts, and its product. */
function likeliest(tables: readonly (KeyedTable & { readonly once: boolean })[]): Found | null {
  let best: { readonly found: Found; readonly likeness: number } | null = null;
  for (const table of tables) {
    if (table.once) continue;
    const columns = table.columns.filter(
      ({ name, kind }) => name !== table.key && !isCustomerName(name) && (kind === 'text' || kind === 'code'),
    );
    const rank = PRODUCTS.findIndex((pattern) => columns.some(({ name }) => pattern.test(plainName(name))));
    if (rank < 0) continue;
    const product = columns.find(({ name }) => PRODUCTS[rank]!.test(plainName(name)))!;
    const names = [table.name, ...table.columns.map(({ name }) => name)].map(plainName);
    const has = (pattern: RegExp) => Number(names.some((name) => pattern.test(name)));
    const kinds = (kind: BaseColumn['kind']) => Number(table.columns.some((one) => one.kind === kind));
    const likeness =
      PRODUCTS.length - rank + 2 * has(CONTRACTS) + has(AMOUNTS) + has(STATES) + kinds('day') - 6 * has(NO_HOLDINGS);
    if (likeness > (best?.likeness ?? 0)) best = { found: { table, product }, likeness };
  }
  return best?.found ?? null;
}

const named = (columns: readonly BaseColumn[], kind: BaseColumn['kind'], pattern: RegExp): BaseColumn | undefined =>
  columns.find((one) => one.kind === kind && pattern.test(plainName(one.name)));
