import { type Lake, literal, type Parameters } from '../../storage/lake.ts';
import type { Bar } from './bar-kinds.ts';
import type { CareOfOne } from './reasons.ts';

/** An offer as its file has it. */
export interface OfferRow extends CareOfOne {
  readonly row: number;
  readonly customer: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly size: string | null;
  readonly seller: string | null;
  readonly group_name: string | null;
  readonly place: number;
  readonly product: string;
  readonly line: string | null;
  readonly score: number;
  readonly mrr: number | null;
  readonly mrr_n: number | null;
  readonly mrr_of: 'segmentAndSize' | 'segment' | 'all' | null;
  readonly first_has: string | null;
  readonly second_has: string | null;
  readonly in_group: boolean;
  readonly n: number;
  readonly also: number;
  /** Of all of the group, or of all customers; nothing of offers that were kept before it was told. */
  readonly of_n?: number;
  readonly of_also?: number;
  /** Bits of REASONS; 0 of an offer that may be made now. */
  readonly reasons: number;
}

export interface OfferFilter {
  /** Only those that may be made now, or only those that may not. */
  readonly held?: boolean | undefined;
  readonly product?: string | undefined;
  readonly segment?: string | undefined;
  /** Null of those without one. */
  readonly seller?: string | null | undefined;
  /** All but those of these sellers, and of none. */
  readonly otherSellersThan?: readonly string[] | undefined;
  /** A customer, by its row of the base. */
  readonly row?: number | undefined;
}

function where({ held, product, segment, seller, otherSellersThan, row }: OfferFilter): {
  sql: string;
  parameters: Parameters;
} {
  const parts = ['true'];
  const parameters: Parameters = {};
  if (held !== undefined) parts.push(held ? 'reasons > 0' : 'reasons = 0');
  if (otherSellersThan) parts.push(`seller NOT IN (${['', ...otherSellersThan].map(literal).join()})`);
  for (const [name, value] of Object.entries({ product, segment, seller, row })) {
    if (value === undefined) continue;
    if (value === null) {
      parts.push(`${name} IS NULL`);
      continue;
    }
    parts.push(`${name} = $${name}`);
    parameters[name] = value;
  }
  return { sql: parts.join(' AND '), parameters };
}

/** Offers in the order of their file: what may be made now first, then by what it would bring. */
export async function offerRows(
  lake: Lake,
  path: string,
  filter: OfferFilter,
  { from = 0, size }: { readonly from?: number; readonly size: number },
): Promise<{ readonly total: number; readonly rows: OfferRow[] }> {
  const { sql, parameters } = where(filter);
  const source = `read_parquet(${literal(path)}, file_row_number = true) WHERE ${sql}`;
  const [counted] = await lake.rows<{ total: number }>(`SELECT count(*) AS total FROM ${source}`, parameters);
  const rows = await lake.rows<OfferRow>(
    `SELECT * EXCLUDE (file_row_number) FROM ${source} ORDER BY file_row_number LIMIT ${size} OFFSET ${from}`,
    parameters,
  );
  return { total: counted!.total, rows };
}

/** The same in blocks, all of them. */
export function offerStream(lake: Lake, path: string, filter: OfferFilter): AsyncGenerator<OfferRow[]> {
  const { sql, parameters } = where(filter);
  return lake.stream<OfferRow>(`SELECT * FROM read_parquet(${literal(path)}) WHERE ${sql}`, parameters);
}

/**
 * Offers by customer, all that the filter leaves of each: first those who would bring most, `size` customers from the
 * place `from` on. `total` counts customers, `offers` offers of all of them.
 */
export async function offersByCustomer(
  lake: Lake,
  path: string,
  filter: OfferFilter,
  { from = 0, size }: { readonly from?: number; readonly size: number },
): Promise<{ readonly total: number; readonly offers: number; readonly customers: OfferRow[][] }> {
  const { sql, parameters } = where(filter);
  const source = `read_parquet(${literal(path)}) WHERE ${sql}`;
  const [counted] = await lake.rows<{ total: number; offers: number }>(
    `SELECT count(DISTINCT row) AS total, count(*) AS offers FROM ${source}`,
    parameters,
  );
  const rows = await lake.rows<OfferRow>(
    `WITH offer AS (SELECT * FROM ${source}),
     seen AS (SELECT row, sum(mrr) AS worth FROM offer GROUP BY row ORDER BY worth DESC NULLS LAST, row LIMIT ${size} OFFSET ${from})
     SELECT offer.* FROM offer JOIN seen USING (row) ORDER BY worth DESC NULLS LAST, row, place`,
    parameters,
  );
  return { ...counted!, customers: [...Map.groupBy(rows, ({ row }) => row).values()] };
}

/** How many of the offers that may be made now each bar would take out. @param holdings who has what, as Parquet. */
export async function takenByBars(
  lake: Lake,
  { path, holdings }: { readonly path: string; readonly holdings: string },
  bars: readonly Bar[],
): Promise<number[]> {
  const same = (column: string, name: string) =>
    `lower(strip_accents(trim(${column}))) = lower(strip_accents(trim($${name})))`;
  const barred = ({ kind }: Bar) => {
    if (kind === 'never') return 'true';
    if (kind !== 'requires') return same(kind, 'value');
    return `customer NOT IN (SELECT CAST(customer AS VARCHAR) FROM read_parquet(${literal(holdings)}) WHERE is_current AND ${same('product', 'value')})`;
  };
  return Promise.all(
    bars.map(async (bar) => {
      const [found] = await lake.rows<{ n: number }>(
        `SELECT count(*) AS n FROM read_parquet(${literal(path)}) WHERE reasons = 0 AND ${same('product', 'product')} AND ${barred(bar)}`,
        { product: bar.product, ...(bar.value === null ? {} : { value: bar.value }) },
      );
      return found!.n;
    }),
  );
}
