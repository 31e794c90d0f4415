import type { BaseFacts } from './base-facts.ts';
import type { OfferOutcome } from './outcomes.ts';

/** Whether an item was answered by a customer (by its row). */
export function answeredOf(
  answered: readonly OfferOutcome[],
  { keys, purchases }: Pick<BaseFacts, 'keys' | 'purchases'>,
): (item: number, row: number) => boolean {
  const products = Map.groupBy(answered, ({ customer }) => customer);
  const items = new Map(purchases.itemNames.map((name, item) => [name, item]));
  const known = new Map<number, ReadonlySet<number | undefined>>();
  if (answered.length > 0)
    for (const [row, key] of keys.entries()) {
      const own = products.get(key);
      if (own) known.set(row, new Set(own.map(({ product }) => items.get(product))));
    }
  return (item: number, row: number): boolean => known.get(row)?.has(item) ?? false;
}
