import type { Bar } from './bar-kinds.ts';
import type { BaseFacts } from './base-facts.ts';
import { placesOf } from './places-of.ts';

/** Whether a product may not be offered to a customer (by its row) who now has some; products nobody has are asked for in vain. */
export function barsOf(
  bars: readonly Bar[],
  { purchases, segment, size }: Pick<BaseFacts, 'purchases' | 'segment' | 'size'>,
): (item: number, row: number, has: ReadonlySet<number>) => boolean {
  const byItem = new Map<number, ((row: number, has: ReadonlySet<number>) => boolean)[]>();
  for (const { product, kind, value } of bars) {
    const is = barOf(kind, value ?? '');
    for (const item of placesOf(purchases.itemNames, product)) byItem.set(item, [...(byItem.get(item) ?? []), is]);
  }
  return (item, row, has) => byItem.get(item)?.some((is) => is(row, has)) ?? false;

  function barOf(kind: Bar['kind'], value: string): (row: number, has: ReadonlySet<number>) => boolean {
    if (kind === 'never') return () => true;
    if (kind === 'requires') {
      const needed = placesOf(purchases.itemNames, value);
      return (_, has) => !needed.some((item) => has.has(item));
    }
    const { of, names } = kind === 'segment' ? segment : size;
    const barred = new Set(placesOf(names, value));
    return (row) => barred.has(of[row]!);
  }
}
