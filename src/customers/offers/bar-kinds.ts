/** What a product may not be offered to, or only after another one. */
export const BAR_KINDS = ['never', 'segment', 'size', 'requires'] as const;
export type BarKind = (typeof BAR_KINDS)[number];

export interface Bar {
  readonly product: string;
  readonly kind: BarKind;
  /** The segment, the size or the product that is asked for; null of `never`. */
  readonly value: string | null;
}
