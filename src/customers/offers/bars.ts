import type { Bar } from './bar-kinds.ts';
import type { BaseFacts } from './base-facts.ts';

/** Names as people compare them. */
const same = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** Whether a product may not be offered to a customer (by its row) who now has some; products nobody has are asked for in vain. */
export function barsOf(
  bars: readonly Bar[],
  { purchases, segment, size }: Pick<BaseFacts, 'purchases' | 'segment' | 'size'>,
): (item: number, row: number, has: ReadonlySet<number>) => boolean {
  const place = (names: readonly string[], name: string | null) =>
    names.findIndex((one) => same(one) === same(name ?? ''));
  const byItem = new Map<number, ((row: number, has: ReadonlySet<number>) => boolean)[]>();
  for (const { product, kind, value } of bars) {
    const item = place(purchases.itemNames, product);
    if (item < 0) continue;
    const own = byItem.get(item) ?? [];
    byItem.set(item, own);
    if (kind === 'never') own.push(() => true);
    else if (kind === 'requires') {
      const needed = place(purchases.itemNames, value);
      own.push((_, has) => !has.has(needed));
    } else {
      const { of, names } = kind === 'segment' ? segment : size;
      const barred = place(names, value);
      own.push((row) => of[row] === barred);
    }
  }
  return (item, row, has) => byItem.get(item)?.some((is) => is(row, has)) ?? false;
}
