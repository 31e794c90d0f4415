import { type History, NO_PLACE, type Owned, type Purchases, sharedInts } from './owned.ts';

/** Customers with a history who took something new in a period. */
export interface Cases {
  /** As {@link Purchases} codes them. */
  readonly customers: Uint32Array;
  /** What each had, in the places of the history. */
  readonly owned: Owned;
  /** The places of what each took, {@link NO_PLACE} beyond the catalogue: those of `places` from its start to the next. */
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
  /** Of what was taken, how much is beyond the catalogue. */
  readonly unseen: number;
}

/** Those of a period, which may not begin before the history ends: what is then first taken is new. */
export function casesOf(purchases: Purchases, history: History, from: number, to: number): Cases {
  const { customer, item, time } = purchases;
  const { customers, places } = history;
  const [rows, starts, found]: [number[], number[], number[]] = [[], [0], []];
  let [row, unseen] = [0, 0];
  for (let at = 0; at < item.length; ) {
    const one = customer[at]!;
    while (row < customers.length && customers[row]! < one) row++;
    const known = customers[row] === one;
    for (; at < item.length && customer[at] === one; at++) {
      if (!known || time[at]! < from || time[at]! >= to) continue;
      const place = places[item[at]!]!;
      found.push(place);
      if (place === NO_PLACE) unseen++;
    }
    if (found.length === starts.at(-1)) continue;
    rows.push(row);
    starts.push(found.length);
  }
  return {
    ...rowsOf(history, rows),
    ...{ starts: Uint32Array.from(starts), places: Uint32Array.from(found), unseen },
  };
}

/** Some customers of a history, by their rows, with nothing new. */
export function casesWithout(history: History, rows: readonly number[]): Cases {
  return { ...rowsOf(history, rows), starts: new Uint32Array(rows.length + 1), places: new Uint32Array(0), unseen: 0 };
}

function rowsOf({ owned, customers }: History, rows: readonly number[]): Pick<Cases, 'customers' | 'owned'> {
  const offsets = sharedInts(rows.length + 1);
  rows.forEach((one, into) => {
    offsets[into + 1] = offsets[into]! + owned.offsets[one + 1]! - owned.offsets[one]!;
  });
  const items = sharedInts(offsets[rows.length]!);
  rows.forEach((one, into) => {
    items.set(owned.items.subarray(owned.offsets[one]!, owned.offsets[one + 1]!), offsets[into]!);
  });
  return {
    customers: Uint32Array.from(rows, (one) => customers[one]!),
    owned: { customers: rows.length, size: owned.size, offsets, items },
  };
}
