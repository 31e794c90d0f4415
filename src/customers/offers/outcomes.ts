export const OUTCOMES = ['accepted', 'refused', 'noAnswer'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of an offer. */
export interface OfferOutcome {
  readonly customer: string;
  readonly product: string;
  readonly outcome: Outcome;
}
