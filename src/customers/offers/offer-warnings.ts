/** What is to be known of offers before they are used. */
export const OFFER_WARNINGS = ['undated', 'noSegment', 'noUsualSegment', 'beyondCap', 'unpriced'] as const;

export interface OfferWarning {
  readonly code: (typeof OFFER_WARNINGS)[number];
  /** How many, or the names of which; empty where nothing more is to be said. */
  readonly detail: string;
}
