import { textLines } from '../../intake/readers/text-lines.ts';
import { sniff, splitRecord } from '../../intake/sniff.ts';
import { lookAtFile, readHead } from '../../intake/source-file.ts';
import { RamalError } from '../../kernel/errors.ts';
import type { Lake } from '../../storage/lake.ts';
import { type Owned, ownedOf, sharedInts } from './owned.ts';
import { leftOutText, MOST_PAIRS, type PurchaseColumns, type RowAccount, readPurchases } from './purchase-file.ts';

/** What each customer, or each basket, holds. */
export interface Baskets {
  readonly account: RowAccount;
  readonly owned: Owned;
  readonly itemNames: readonly string[];
}

/** Bytes of a line that is a basket. */
const LONGEST = 1 << 20;

/**
 * Lines of a text file, each a basket of names parted by the sign that the file parts them by; `.gz` is unpacked.
 * @throws RamalError `offersNoRows`, or what says why the file cannot be read.
 */
export async function readBaskets(path: string, signal?: AbortSignal): Promise<Baskets> {
  const file = await lookAtFile(path);
  const { encoding, bom, delimiter, quote } = sniff(await readHead(file), file.name);
  const codes = new Map<string, number>();
  const rows: number[][] = [];
  let [read, unread, empty, pairs] = [0, 0, 0, 0];
  for await (const { text, cut } of textLines(file, { encoding, start: bom ? 3 : 0, longest: LONGEST })) {
    signal?.throwIfAborted();
    read++;
    const names = cut ? [] : splitRecord(text, delimiter, quote).map((name) => name.trim());
    const own = new Set(names.filter((name) => name !== ''));
    pairs += own.size;
    if (pairs > MOST_PAIRS) throw new RamalError('offersTooMany', { received: pairs, most: MOST_PAIRS });
    if (cut) unread++;
    else if (own.size === 0) empty++;
    else
      rows.push(
        Array.from(own, (name) => {
          const code = codes.get(name) ?? codes.size;
          codes.set(name, code);
          return code;
        }),
      );
  }
  const account = {
    rows: read,
    used: rows.length,
    leftOut: { ...(unread ? { unread } : {}), ...(empty ? { noItem: empty } : {}) },
  };
  if (rows.length === 0) throw new RamalError('offersNoRows', { rows: read, what: leftOutText(account) });
  const itemNames = [...codes.keys()].sort();
  const places = new Map(itemNames.map((name, place) => [codes.get(name)!, place]));
  return {
    ...{ account, itemNames },
    owned: ownedOf(
      rows.map((row) => row.map((code) => places.get(code)!)),
      itemNames.length,
    ),
  };
}

/** What each customer took at any time, of a file with a customer and an item in each row. */
export async function readCustomerBaskets(
  ...asked: [lake: Lake, path: string, columns: PurchaseColumns, folder: string, signal?: AbortSignal]
): Promise<Baskets> {
  const { account, purchases } = await readPurchases(...asked);
  const { customers, customer, item, itemNames } = purchases;
  const offsets = sharedInts(customers + 1);
  for (const one of customer) offsets[one + 1]!++;
  for (let one = 0; one < customers; one++) offsets[one + 1]! += offsets[one]!;
  const items = sharedInts(item.length);
  items.set(item);
  return { account, itemNames, owned: { customers, size: itemNames.length, offsets, items } };
}
