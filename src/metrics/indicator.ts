/** The unit of an indicator's value: a number of things, seconds, days, a share of one, or a score. */
export type Unit = 'count' | 's' | 'd' | 'ratio' | 'score';

/** A quotient of sums of the contact mart's measures: so a total is recomputed, never summed or averaged. */
export interface Indicator {
  readonly name: string;
  readonly unit: Unit;
  readonly label: { readonly pt: string; readonly en: string };
  readonly help: { readonly pt: string; readonly en: string };
  /** As people write it. */
  readonly formula: string;
  readonly better: 'higher' | 'lower' | 'neither';
  /** SQL over the mart's measures, to be summed. */
  readonly numerator: string;
  /** Likewise; absent for a count. Its sum is the figure's n. */
  readonly denominator?: string;
  /** What it counts instead where columns in which the legs of one contact differ split or filter it. */
  readonly perLeg?: {
    readonly columns: readonly string[];
    readonly numerator: string;
    readonly denominator?: string;
  };
  /** It takes every offered contact to tell: a source of answered ones only gives no value. */
  readonly needsUnanswered?: true;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly version: number;
}

export function indicator(definition: Indicator): Indicator {
  return definition;
}
