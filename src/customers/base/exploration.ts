/** How much two columns rise together. */
export interface Correlation {
  readonly one: string;
  readonly other: string;
  /** Spearman's rank correlation, from −1 to 1, over the rows where both are known. */
  readonly rho: number;
  readonly n: number;
}

/** How the known values of a column of numbers lie. */
export interface NumberSpread {
  readonly kind: 'number';
  readonly mean: number;
  readonly deviation: number;
  /** Least, 1 %, quarter, middle, three quarters, 99 % and most. */
  readonly quantiles: readonly [number, number, number, number, number, number, number];
  readonly zeros: number;
  /** Values further from the middle half than three times its width (Tukey, 1977). */
  readonly outliers: number;
  /** Customers between each of eleven equally distant bounds from 1 % to 99 %, those beyond in the first and the last. */
  readonly bins: readonly number[];
  /** The middle of each group, of the groups in order, where groups were asked for; null of none known. */
  readonly medians: readonly (number | null)[] | null;
}

/** What a column of words says, the most frequent first. */
export interface TextSpread {
  readonly kind: 'text';
  /** Of few customers none is told: it could name one. */
  readonly values: readonly { readonly is: string; readonly customers: number }[];
}

export interface Explored {
  readonly name: string;
  /** Customers whose value is known, and different values. */
  readonly known: number;
  readonly distinct: number;
  readonly spread: NumberSpread | TextSpread | null;
}

export interface Exploration {
  readonly rows: number;
  readonly columns: readonly Explored[];
  /** Pairs of columns that go together, the strongest first. */
  readonly correlations: readonly Correlation[];
  /** Values of the asked column with their customers, in order. */
  readonly groups: readonly { readonly is: string; readonly customers: number }[] | null;
}
