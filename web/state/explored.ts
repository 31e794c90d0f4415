import type { Exploration, Explored, NumberSpread } from '../../src/customers/base/exploration.ts';

export interface NumberField extends Explored {
  readonly spread: NumberSpread;
}
export type TextField = Explored & { readonly spread: Exclude<Explored['spread'], NumberSpread> };

export const isNumberField = (one: Explored): one is NumberField => one.spread?.kind === 'number';
export const isTextField = (one: Explored): one is TextField => one.spread?.kind !== 'number';

/** Texts by which customers may be told apart in groups: of two to so many values that repeat. */
const MOST_VALUES = 20;
export const mayGroup = ({ distinct, known, spread }: Explored): boolean =>
  spread?.kind === 'text' && distinct >= 2 && distinct <= MOST_VALUES && known > 5 * distinct;

/** How far the groups' medians are apart, in widths of the middle half of all; null where nothing can be told. */
export function apart({ spread: { medians, quantiles } }: NumberField): number | null {
  const known = medians?.filter((median) => median !== null) ?? [];
  const width = quantiles[4] - quantiles[2];
  if (known.length < 2 || width <= 0) return null;
  return (Math.max(...known) - Math.min(...known)) / width;
}

/** The fields in which groups differ most, the most different first. */
export function mostApart({ columns }: Pick<Exploration, 'columns'>, most: number): NumberField[] {
  return columns
    .filter(isNumberField)
    .flatMap((field) => {
      const by = apart(field);
      return by === null || by === 0 ? [] : [{ field, by }];
    })
    .toSorted((a, b) => b.by - a.by)
    .slice(0, most)
    .map(({ field }) => field);
}
