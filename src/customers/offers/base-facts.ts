import { type LakeSession, literal, quoted } from '../../storage/lake.ts';
import type { KeptBase } from '../base/kept-bases.ts';
import { nameField, plainName } from '../base/names.ts';
import { rolesOf } from '../personas/roles.ts';
import type { Purchases } from './owned.ts';
import { type CareOfOne, reasonsOf } from './reasons.ts';

/** Fields of a base that offers are told by; null of none. */
export interface OfferFields {
  readonly segment: string | null;
  readonly size: string | null;
  readonly name: string | null;
  readonly seller: string | null;
}

/** Texts of the rows as places in `names`; the place `names.length` is of rows that say nothing. */
export interface Coded {
  readonly of: Uint32Array;
  readonly names: readonly string[];
}

/** What a base tells of its customers, by their row. */
export interface BaseFacts {
  readonly customers: number;
  readonly fields: OfferFields;
  readonly keys: readonly string[];
  readonly segment: Coded;
  readonly size: Coded;
  /** What customers have or had, coded by row, and whether each pair stands. */
  readonly purchases: Purchases;
  readonly stands: Uint8Array;
  /** Customers and products without a day, where others have one. */
  readonly undated: number;
  readonly lines: readonly (string | null)[];
  /** Rows of use in the last 90 days; null where no table tells use. */
  readonly usage: Float64Array | null;
  /** As `reasonsOf`. */
  readonly reasons: Uint8Array;
}

const SELLERS =
  /vendedor|executivo|(^|_)(esn|hunter|closer|farmer)(_|$)|consultor|gerente_(de_)?conta|account_(exec|manager)|seller|sales_rep/;

export function offerFields({ fields }: Pick<KeptBase, 'fields'>): OfferFields {
  const words = fields.filter(({ kind }) => kind === 'text' || kind === 'code');
  const roles = rolesOf(fields.map(({ name }) => name));
  return {
    segment: roles.get('segment') ?? null,
    size: roles.get('size') ?? null,
    name: nameField(words)?.name ?? null,
    seller: words.find(({ name }) => SELLERS.test(plainName(name)))?.name ?? null,
  };
}

/** Where the rows of a kept base and of what stands beside it are. */
export interface BasePaths {
  readonly base: string;
  readonly holdings: string;
  /** Null where no table tells it. */
  readonly care: string | null;
}

/** Makes temporary tables `offer_customer` (row, customer, segment, size) and `offer_item` (item, product, line). */
export async function readFacts(
  session: LakeSession,
  { key, fields: told }: KeptBase,
  { base, holdings, care }: BasePaths,
): Promise<BaseFacts> {
  const fields = offerFields({ fields: told });
  const text = (name: string | null) =>
    name === null ? 'CAST(NULL AS VARCHAR)' : `nullif(trim(CAST(${quoted(name)} AS VARCHAR)), '')`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE offer_customer AS
     SELECT CAST(file_row_number AS INTEGER) AS row, CAST(${quoted(key)} AS VARCHAR) AS customer,
       ${text(fields.segment)} AS segment, ${text(fields.size)} AS size, ${text(fields.name)} AS name, ${text(fields.seller)} AS seller
     FROM read_parquet(${literal(base)}, file_row_number = true)`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE offer_item AS
     SELECT CAST(row_number() OVER (ORDER BY product) - 1 AS INTEGER) AS item, product, min(line) AS line
     FROM read_parquet(${literal(holdings)}) GROUP BY product`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE offer_pair AS
     SELECT row, item, segment, size, CAST(first_day - DATE '1970-01-01' AS DOUBLE) AS day, CAST(amount AS DOUBLE) AS amount,
       CAST(is_current AS INTEGER) AS is_current
     FROM read_parquet(${literal(holdings)}) JOIN offer_customer USING (customer) JOIN offer_item USING (product)`,
  );
  const keys: string[] = [];
  for await (const chunk of session.chunks('SELECT customer FROM offer_customer ORDER BY row'))
    keys.push(...(chunk.getColumnValues(0) as string[]));
  const customers = keys.length;
  const items = await session.rows<{ product: string; line: string | null }>(
    'SELECT product, line FROM offer_item ORDER BY item',
  );
  const { pairs, undated, first, last } = await session.row<Record<'pairs' | 'undated' | 'first' | 'last', number>>(
    `SELECT count(*) AS pairs, count(*) FILTER (day IS NULL) AS undated, coalesce(min(day), 0) AS first,
       coalesce(max(day), 0) AS last FROM offer_pair`,
  );
  const purchases = {
    ...{ customers, itemNames: items.map(({ product }) => product) },
    ...{ customer: new Uint32Array(pairs), item: new Uint32Array(pairs), time: new Float64Array(pairs) },
    ...{ lastTime: last, group: null, groupNames: [] },
  };
  const stands = new Uint8Array(pairs);
  let at = 0;
  for await (const chunk of session.chunks(
    `SELECT row, item, coalesce(day, ${first}), is_current FROM offer_pair ORDER BY row, item`,
  )) {
    purchases.customer.set(chunk.getColumnValues(0) as number[], at);
    purchases.item.set(chunk.getColumnValues(1) as number[], at);
    purchases.time.set(chunk.getColumnValues(2) as number[], at);
    stands.set(chunk.getColumnValues(3) as number[], at);
    at += chunk.rowCount;
  }
  return {
    ...{ customers, fields, keys, purchases, stands, undated: undated === pairs ? 0 : undated },
    ...{ segment: await coded(session, 'segment', customers), size: await coded(session, 'size', customers) },
    lines: items.map(({ line }) => line),
    ...(await readCare(session, care, customers)),
  };
}

async function coded(session: LakeSession, column: 'segment' | 'size', customers: number): Promise<Coded> {
  const names = (
    await session.rows<{ name: string }>(
      `SELECT DISTINCT ${column} AS name FROM offer_customer WHERE ${column} IS NOT NULL ORDER BY name`,
    )
  ).map(({ name }) => name);
  const of = new Uint32Array(customers).fill(names.length);
  for await (const chunk of session.chunks(
    `SELECT row, CAST(dense_rank() OVER (ORDER BY ${column}) - 1 AS INTEGER) FROM offer_customer WHERE ${column} IS NOT NULL`,
  )) {
    const [rows, places] = [chunk.getColumnValues(0) as number[], chunk.getColumnValues(1) as number[]];
    for (const [one, row] of rows.entries()) of[row] = places[one]!;
  }
  return { of, names };
}

const CARE = ['last_nps', 'median_nps', 'open_tickets', 'recent_tickets', 'recent_use', 'earlier_use'] as const;

async function readCare(session: LakeSession, care: string | null, customers: number) {
  const reasons = new Uint8Array(customers);
  if (care === null) return { reasons, usage: null };
  const usage = new Float64Array(customers);
  let known = false;
  const columns = CARE.map((name) => `CAST(${name} AS DOUBLE)`);
  for await (const chunk of session.chunks(
    `SELECT row, ${columns.join(', ')} FROM read_parquet(${literal(care)}) JOIN offer_customer USING (customer)`,
  )) {
    const values = CARE.map((_, column) => chunk.getColumnValues(column + 1) as (number | null)[]);
    for (const [one, row] of (chunk.getColumnValues(0) as number[]).entries()) {
      const own = Object.fromEntries(CARE.map((name, column) => [name, values[column]![one]!])) as unknown as CareOfOne;
      reasons[row] = reasonsOf(own);
      usage[row] = (own.recent_use ?? 0) + (own.earlier_use ?? 0);
      known ||= own.recent_use !== null;
    }
  }
  return { reasons, usage: known ? usage : null };
}

/** What a product brings a month: the median of its present holders. */
export interface Worth {
  readonly amount: number;
  readonly n: number;
  /** Of which holders: of the customer's segment and size, of its segment, of all. */
  readonly of: (typeof WORTH_OF)[number];
}
export const WORTH_OF = ['segmentAndSize', 'segment', 'all'] as const;
/** Holders whose median is said of a segment. */
const FEWEST_HOLDERS = 20;

/** Medians over `offer_pair`: those of the customer's segment and size where there are enough, else of more. */
export async function readWorths(
  session: LakeSession,
  { segment, size }: Pick<BaseFacts, 'segment' | 'size'>,
): Promise<(item: number, row: number) => Worth | null> {
  const found = await session.rows<{
    item: number;
    segment: string | null;
    size: string | null;
    depth: number;
    amount: number;
    n: number;
  }>(
    `SELECT item, segment, size, CAST(grouping(segment, size) AS INTEGER) AS depth, median(amount) AS amount, count(*) AS n
     FROM offer_pair WHERE is_current = 1 AND amount > 0
     GROUP BY GROUPING SETS ((item, segment, size), (item, segment), (item))`,
  );
  // grouping() is 0 of all columns, 1 without size, 3 without either.
  const place = ({ names }: Coded, name: string | null) => (name === null ? names.length : names.indexOf(name));
  const key = (depth: number, item: number, of: number, band: number) =>
    [depth, item, depth < 3 ? of : '', depth < 1 ? band : ''].join();
  const worths = new Map(
    found.map(({ depth, amount, n, item, ...of }) => [
      key(depth, item, place(segment, of.segment), place(size, of.size)),
      { amount, n, of: WORTH_OF[depth === 3 ? 2 : depth]! },
    ]),
  );
  return (item, row) => {
    for (const depth of [0, 1]) {
      const own = worths.get(key(depth, item, segment.of[row]!, size.of[row]!));
      const told = segment.of[row]! < segment.names.length && (depth > 0 || size.of[row]! < size.names.length);
      if (told && own && own.n >= FEWEST_HOLDERS) return own;
    }
    return worths.get(key(3, item, 0, 0)) ?? null;
  };
}
