import { type Owned, sharedInts } from '../src/customers/offers/owned.ts';
import { AliasTable, Random } from '../src/kernel/random.ts';

const TASTES = 12;
/** A customer has from 2 to 14 items. */
const [FEWEST, MOST] = [2, 14];

/** Customers of a few tastes, each with about eight of the items, some items far more frequent; the same each time. */
export function owners(customers: number, size: number): Owned {
  const random = new Random(1);
  const tables = Array.from(
    { length: TASTES },
    (_, taste) =>
      new AliasTable(Array.from({ length: size }, (_, item) => (item % TASTES === taste ? 8 : 1) / (item + 9))),
  );
  const offsets = sharedInts(customers + 1);
  const items = sharedInts(customers * MOST);
  const own = new Set<number>();
  let at = 0;
  for (let row = 0; row < customers; row++) {
    const table = tables[random.int(0, TASTES)]!;
    own.clear();
    for (const count = random.int(FEWEST, MOST + 1); own.size < count; ) own.add(table.pick(random));
    for (const item of [...own].sort((a, b) => a - b)) items[at++] = item;
    offsets[row + 1] = at;
  }
  return { customers, size, offsets, items };
}
