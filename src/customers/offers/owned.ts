/** Which items each customer has: those of customer `c` are `items[offsets[c]]` up to before `items[offsets[c + 1]]`, rising. */
export interface Owned {
  readonly customers: number;
  /** Of the catalogue. */
  readonly size: number;
  readonly offsets: Uint32Array<SharedArrayBuffer>;
  readonly items: Uint32Array<SharedArrayBuffer>;
}

/** The first time that each customer took each item: sorted by customer, then by item, both coded by name from 0. */
export interface Purchases {
  readonly customers: number;
  readonly itemNames: readonly string[];
  readonly customer: Uint32Array;
  readonly item: Uint32Array;
  /** Days since 1970, or the numbers of the file. */
  readonly time: Float64Array;
  /** Of any purchase, also of what a customer had. */
  readonly lastTime: number;
  /** Of each customer, in {@link Purchases.groupNames}; none when the file gives no groups. */
  readonly group: Uint32Array | null;
  readonly groupNames: readonly string[];
}

export const sharedInts = (size: number): Uint32Array<SharedArrayBuffer> =>
  new Uint32Array(new SharedArrayBuffer(4 * size));

export const sharedDoubles = (size: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(8 * size));

/** Rows of items, each without repetition. */
export function ownedOf(rows: readonly (readonly number[])[], size: number): Owned {
  const offsets = sharedInts(rows.length + 1);
  const items = sharedInts(rows.reduce((sum, row) => sum + row.length, 0));
  rows.forEach((row, at) => {
    items.set(
      row.toSorted((a, b) => a - b),
      offsets[at]!,
    );
    offsets[at + 1] = offsets[at]! + row.length;
  });
  return { customers: rows.length, size, offsets, items };
}

/** How many customers have each item. */
export function ownersOf({ items, size }: Owned): Uint32Array {
  const owners = new Uint32Array(size);
  for (const item of items) owners[item]!++;
  return owners;
}

/** The items that customers had before a time, told by their place from the most owned on, names deciding ties. */
export interface History {
  readonly owned: Owned;
  /** The customers of the rows of `owned`, as {@link Purchases} codes them: those who had anything. */
  readonly customers: Uint32Array;
  /** Of each item of the file its place, {@link NO_PLACE} beyond the catalogue. */
  readonly places: Uint32Array;
  /** Items that anybody had, also those beyond the catalogue. */
  readonly known: number;
}

export const NO_PLACE = 0xffffffff;

/** @param most items of a catalogue; the least owned are left out of it. */
export function historyBefore(purchases: Purchases, end: number, most: number): History {
  const { customer, item, time, itemNames } = purchases;
  const owners = new Uint32Array(itemNames.length);
  let [rows, last] = [0, -1];
  for (let at = 0; at < item.length; at++) {
    if (time[at]! >= end) continue;
    owners[item[at]!]!++;
    if (customer[at]! !== last) rows++;
    last = customer[at]!;
  }
  const known = Array.from(owners.keys()).filter((one) => owners[one]! > 0);
  const kept = known.sort((a, b) => owners[b]! - owners[a]! || a - b).slice(0, most);
  const places = new Uint32Array(itemNames.length).fill(NO_PLACE);
  kept.forEach((one, place) => {
    places[one] = place;
  });
  const customers = new Uint32Array(rows);
  const offsets = sharedInts(rows + 1);
  const items = sharedInts(kept.reduce((sum, one) => sum + owners[one]!, 0));
  let [row, into] = [-1, 0];
  last = -1;
  for (let at = 0; at < item.length; at++) {
    if (time[at]! >= end) continue;
    if (customer[at]! !== last) {
      last = customer[at]!;
      customers[++row] = last;
    }
    const place = places[item[at]!]!;
    if (place !== NO_PLACE) items[into++] = place;
    offsets[row + 1] = into;
  }
  for (row = 0; row < rows; row++) items.subarray(offsets[row]!, offsets[row + 1]!).sort();
  return { owned: { customers: rows, size: kept.length, offsets, items }, customers, places, known: known.length };
}
