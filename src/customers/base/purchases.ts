import { type LakeSession, quoted } from '../../storage/lake.ts';
import { type KeyedTable, keySql } from './keys.ts';
import { plainName } from './names.ts';
import type { BaseColumn } from './tables.ts';
import type { PurchaseTake } from './takes.ts';

export const PURCHASE_NAMES: Readonly<Record<PurchaseTake, string>> = {
  recency: 'compras_recencia',
  frequency: 'compras_frequencia',
  money: 'compras_valor',
  rfm: 'compras_rfm',
};

/** Where purchases are told line by line: whose order, of which day, how much of what price. */
export interface Purchases {
  readonly table: string;
  readonly order: string;
  readonly day: string;
  /** What a line came to; null where it is quantity × price. */
  readonly amount: string | null;
  /** Of 0 or less it is a return; without it, what the line came to says so. */
  readonly quantity: string | null;
  readonly price: string | null;
}

const ORDERS = /invoice|nota_fiscal|(^|_)nf(_|$)|pedido|cupom|fatura|(^|_)venda(_|$)|order|transac|(^|_)compra(_|$)/;
const QUANTITIES = /(^|_)(qtd|qtde|quant|quantidade|quantity|qty)(_|$)/;
const PRICES = /(preco|valor|vl|vlr|price|prc)_?(unit|de_venda)|unit_?(price|value)|^(preco|price)$/;
const AMOUNTS = /(^|_)(total|valor|vl|vlr|amount|receita|subtotal)(_|$)/;
const NO_AMOUNTS = /unit|preco|price|desconto|discount|frete|imposto|(^|_)(pct|perc)(_|$)/;
const DAYS = /invoice|compra|venda|fatura|pedido|emissao|order|purchase|(^|_)(data|dt|date)(_|$)/;
/** Proposals are not purchases, and what is paid each month is no order. */
const NO_PURCHASES = /proposta|orcamento|cotacao|proposal|quote|mrr|recorrente/;

/** The table with lines of orders, if there is one: several rows per customer, an order's number, a day and amounts. */
export function purchasesOf(tables: readonly (KeyedTable & { readonly once: boolean })[]): Purchases | null {
  for (const { name: table, columns, key, once } of tables) {
    const others = columns.filter(({ name }) => name !== key);
    if (once || [table, ...others.map(({ name }) => name)].some((name) => NO_PURCHASES.test(plainName(name)))) continue;
    const named = (kinds: readonly BaseColumn['kind'][], pattern: RegExp, not?: RegExp) =>
      others.find(
        ({ name, kind }) => kinds.includes(kind) && pattern.test(plainName(name)) && !not?.test(plainName(name)),
      )?.name;
    const order = named(['code', 'text'], ORDERS);
    const day = named(['day'], DAYS);
    const amount = named(['number'], AMOUNTS, NO_AMOUNTS) ?? null;
    const quantity = named(['number'], QUANTITIES) ?? null;
    const price = named(['number'], PRICES) ?? null;
    if (order === undefined || day === undefined) continue;
    if (amount !== null || (quantity !== null && price !== null)) return { table, order, day, amount, quantity, price };
  }
  return null;
}

/** What each number or group of purchases is called in the base. */
export type PurchaseNames = Readonly<Record<PurchaseTake, string>>;

/**
 * Makes temporary table `base_purchase`: `key` and what each customer of `base_customer` bought until a day. The last
 * order's age in days and the count of orders leave returns out; what they came to has them taken off.
 * @param mostRows that are put together at a time.
 */
export async function gatherPurchases(
  session: LakeSession,
  table: KeyedTable,
  { order, day, amount, quantity, price }: Purchases,
  { names, until, mostRows }: { readonly names: PurchaseNames; readonly until: string; readonly mostRows: number },
): Promise<void> {
  const sqlOf = (name: string) => table.columns.find((one) => one.name === name)!.sql;
  const came = amount === null ? `${sqlOf(quantity!)} * ${sqlOf(price!)}` : sqlOf(amount);
  const lines = `SELECT ${keySql(table.key)} AS key, ${sqlOf(order)} AS order_code, ${sqlOf(day)} AS day, ${came} AS amount,
    coalesce(${quantity === null ? came : sqlOf(quantity)} > 0, false) AS is_bought FROM ${table.sql}`;
  const slices = Math.max(1, Math.ceil(table.rows / mostRows));
  for (let slice = 0; slice < slices; slice++)
    await session.run(
      `${slice === 0 ? 'CREATE OR REPLACE TEMP TABLE base_purchase AS' : 'INSERT INTO base_purchase'}
       SELECT key, CAST(DATE '${until}' - DATE '1970-01-01' AS DOUBLE) - max(floor(day)) FILTER (is_bought) AS ${quoted(names.recency)},
         CAST(count(DISTINCT order_code) FILTER (is_bought) AS DOUBLE) AS ${quoted(names.frequency)},
         round(CAST(sum(amount) AS DOUBLE), 2) AS ${quoted(names.money)}
       FROM (${lines}) SEMI JOIN base_customer USING (key)
       WHERE floor(day) <= DATE '${until}' - DATE '1970-01-01'${slices === 1 ? '' : ` AND hash(key) % ${slices} = ${slice}`} GROUP BY key`,
    );
  await addRfm(session, names);
}

/**
 * The customary groups of recency and frequency, by what each fifth of the customers is: the cells of a 5 × 5 grid, each
 * in one. Hughes 1994, Strategic Database Marketing; names as Putler's, in Portuguese.
 */
const GROUPS: readonly { readonly name: string; readonly recency: number[]; readonly frequency: number[] }[] = [
  { name: 'Campeões', recency: [5], frequency: [4, 5] },
  { name: 'Fiéis', recency: [3, 4], frequency: [4, 5] },
  { name: 'Fiéis em potencial', recency: [4, 5], frequency: [2, 3] },
  { name: 'Novos', recency: [5], frequency: [1] },
  { name: 'Promissores', recency: [4], frequency: [1] },
  { name: 'Pedem atenção', recency: [3], frequency: [3] },
  { name: 'Quase dormindo', recency: [3], frequency: [1, 2] },
  { name: 'Não perder', recency: [1, 2], frequency: [5] },
  { name: 'Em risco', recency: [1, 2], frequency: [3, 4] },
  { name: 'Hibernando', recency: [1, 2], frequency: [1, 2] },
];

/** Adds each buyer's group to `base_purchase`, by fifths of the buyers; equal numbers are in the same fifth. */
async function addRfm(session: LakeSession, names: PurchaseNames): Promise<void> {
  const [recency, frequency] = [quoted(names.recency), quoted(names.frequency)];
  // The share of who bought longer ago, or less often: the fifth that a customer is in, from 1.
  const fifth = (order: string) =>
    `1 + CAST(floor(5.0 * (rank() OVER (ORDER BY ${order}) - 1) / count(*) OVER ()) AS INTEGER)`;
  const cells = GROUPS.map(
    (group) => `WHEN r IN (${group.recency}) AND f IN (${group.frequency}) THEN '${group.name}'`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE base_purchase AS FROM base_purchase LEFT JOIN (
       SELECT key, CASE ${cells.join(' ')} END AS ${quoted(names.rfm)}
       FROM (SELECT key, ${fifth(`${recency} DESC`)} AS r, ${fifth(frequency)} AS f
         FROM base_purchase WHERE ${recency} IS NOT NULL)
     ) USING (key)`,
  );
}
