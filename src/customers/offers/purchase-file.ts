import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RamalError } from '../../kernel/errors.ts';
import { type Lake, type LakeSession, literal, quoted } from '../../storage/lake.ts';
import { type FileRows, withFileRows } from '../features/file-rows.ts';
import { type TimeForm, timeForm } from '../features/time-form.ts';
import type { Purchases } from './owned.ts';

/** Why a row is left out, in the order in which it is asked. */
export const REASONS = ['unread', 'noCustomer', 'noItem', 'noTime', 'timeUnread', 'noQuantity', 'returned'] as const;
export type Reason = (typeof REASONS)[number];

/** What became of a file's rows: `rows` = `used` + all of `leftOut`. */
export interface RowAccount {
  readonly rows: number;
  readonly used: number;
  readonly leftOut: Readonly<Partial<Record<Reason, number>>>;
}

export interface PurchaseColumns {
  readonly customer: string;
  readonly item: string;
  readonly time?: string | undefined;
  /** Rows of 0 or less are returns. */
  readonly quantity?: string | undefined;
  readonly group?: string | undefined;
}

export interface PurchaseFile {
  readonly account: RowAccount;
  readonly purchases: Purchases;
  /** What the times are, as they were read. */
  readonly timeForm: TimeForm['name'] | null;
  readonly warnings: readonly string[];
}

/** Pairs of a customer and an item that fit in 2 GB. */
export const MOST_PAIRS = 50_000_000;
const MOST_GROUPS = 1000;

/**
 * The first time that each customer took each item, of a file of any form that the intake recognises.
 * @param folder of its own, removed at the end.
 * @throws RamalError `usage` for columns that are not there or too many groups, `offersTimeUnread`, `offersNoRows`,
 * `offersTooMany`.
 */
export async function readPurchases(
  lake: Lake,
  path: string,
  columns: PurchaseColumns,
  folder: string,
  signal?: AbortSignal,
): Promise<PurchaseFile> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = Object.values(columns).filter((name) => name !== undefined);
  try {
    return await withFileRows(
      ...([lake, path, names, folder] as const),
      (session, rows) => purchasesOf(session, rows, columns, join(folder, 'bought.parquet')),
      signal,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function purchasesOf(
  session: LakeSession,
  rows: FileRows,
  { customer, item, time, quantity, group }: PurchaseColumns,
  path: string,
): Promise<PurchaseFile> {
  const warnings: string[] = [];
  const form = time === undefined ? null : await timeForm(session, rows, time, warnings);
  const amount =
    quantity &&
    `coalesce(try_cast(${quoted(quantity)} AS DOUBLE), try_cast(brazilian_number(${quoted(quantity)}) AS DOUBLE))`;
  const asked: (readonly [Reason, string])[] = [
    ['noCustomer', `${quoted(customer)} IS NULL`],
    ['noItem', `${quoted(item)} IS NULL`],
    ...(time && form
      ? ([
          ['noTime', `${quoted(time)} IS NULL`],
          ['timeUnread', `${form.sql} IS NULL`],
        ] as const)
      : []),
    ...(amount
      ? ([
          ['noQuantity', `${amount} IS NULL`],
          ['returned', `${amount} <= 0`],
        ] as const)
      : []),
  ];
  const fate = `CASE ${asked.map(([reason, when]) => `WHEN ${when} THEN '${reason}'`).join(' ')} ELSE 'used' END`;
  const found = await session.rows<{ fate: Reason | 'used'; rows: number }>(
    `SELECT ${fate} AS fate, count(*) AS rows FROM ${rows.sql} GROUP BY 1`,
  );
  const counts = new Map([...found.map(({ fate: one, rows: own }) => [one, own] as const), ['unread', rows.unread]]);
  const account: RowAccount = {
    rows: [...counts.values()].reduce((sum, own) => sum + own, 0),
    used: counts.get('used') ?? 0,
    leftOut: Object.fromEntries(REASONS.flatMap((one) => (counts.get(one) ? [[one, counts.get(one)!]] : []))),
  };
  if (account.used === 0) throw new RamalError('offersNoRows', { rows: account.rows, what: leftOutText(account) });
  await session.run(
    `COPY (
       SELECT ${quoted(customer)} AS customer, ${quoted(item)} AS item, min(${form?.sql ?? '0'}) AS first_time, max(${form?.sql ?? '0'}) AS last_time,
         ${group ? `min({'at': ${form?.sql ?? '0'}, 'name': ${quoted(group)}}) FILTER (${quoted(group)} IS NOT NULL)` : 'NULL'} AS grouped
       FROM ${rows.sql} WHERE ${fate} = 'used' GROUP BY ALL
     ) TO ${literal(path)} (FORMAT parquet)`,
  );
  return { account, purchases: await coded(session, literal(path), group), timeForm: form?.name ?? null, warnings };
}

/** Names as places in their order, and pairs by customer and item. */
async function coded(session: LakeSession, path: string, group: string | undefined): Promise<Purchases> {
  const bought = `read_parquet(${path})`;
  const { pairs, customers, last } = await session.row<{ pairs: number; customers: number; last: number }>(
    `SELECT count(*) AS pairs, count(DISTINCT customer) AS customers, CAST(max(last_time) AS DOUBLE) AS last FROM ${bought}`,
  );
  if (pairs > MOST_PAIRS) throw new RamalError('offersTooMany', { received: pairs, most: MOST_PAIRS });
  const itemNames = await names(session, `SELECT DISTINCT item FROM ${bought} ORDER BY item`);
  const purchases = {
    ...{ customers, itemNames, customer: new Uint32Array(pairs), item: new Uint32Array(pairs) },
    ...{ time: new Float64Array(pairs), lastTime: last },
  };
  let at = 0;
  const ranked = `SELECT dense_rank() OVER (ORDER BY customer) - 1 AS customer_code,
      dense_rank() OVER (ORDER BY item) - 1 AS item_code, first_time FROM ${bought}`;
  for await (const chunk of session.chunks(
    `SELECT CAST(customer_code AS INTEGER), CAST(item_code AS INTEGER), CAST(first_time AS DOUBLE)
     FROM (${ranked}) ORDER BY customer_code, item_code`,
  )) {
    purchases.customer.set(chunk.getColumnValues(0) as number[], at);
    purchases.item.set(chunk.getColumnValues(1) as number[], at);
    purchases.time.set(chunk.getColumnValues(2) as number[], at);
    at += chunk.rowCount;
  }
  if (group === undefined) return { ...purchases, group: null, groupNames: [] };
  const grouped = `SELECT customer, coalesce(min(grouped).name, '') AS grouped FROM ${bought} GROUP BY customer`;
  const groupNames = await names(session, `SELECT DISTINCT grouped FROM (${grouped}) ORDER BY grouped`);
  if (groupNames.length > MOST_GROUPS)
    throw new RamalError('usage', {
      what: `A coluna ${group} tem ${groupNames.length} valores, e grupos são até ${MOST_GROUPS}`,
      todo: 'Use em --group uma coluna de poucos valores, como o segmento ou o estado',
    });
  const own = new Uint32Array(customers);
  at = 0;
  for await (const chunk of session.chunks(
    `SELECT CAST(dense_rank() OVER (ORDER BY grouped) - 1 AS INTEGER) FROM (${grouped}) ORDER BY customer`,
  )) {
    own.set(chunk.getColumnValues(0) as number[], at);
    at += chunk.rowCount;
  }
  return { ...purchases, group: own, groupNames };
}

async function names(session: LakeSession, sql: string): Promise<string[]> {
  const found: string[] = [];
  for await (const chunk of session.chunks(sql)) found.push(...(chunk.getColumnValues(0) as string[]));
  return found;
}

const REASON_WORDS: Readonly<Record<Reason, string>> = {
  unread: 'que não puderam ser lidas',
  noCustomer: 'sem cliente',
  noItem: 'sem produto',
  noTime: 'sem data',
  timeUnread: 'com data que não se lê',
  noQuantity: 'sem quantidade',
  returned: 'de devolução (quantidade 0 ou menos)',
};

/** `135.080 sem cliente, 8.905 de devolução`. */
export function leftOutText({ leftOut }: RowAccount): string {
  const counted = REASONS.flatMap((one) => {
    const rows = leftOut[one];
    return rows ? [`${rows.toLocaleString('pt-BR')} ${REASON_WORDS[one]}`] : [];
  });
  return counted.join(', ');
}
