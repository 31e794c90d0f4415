export const OUTCOMES = ['accepted', 'refused', 'noAnswer'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of an offer. */
export interface OfferOutcome {
  readonly customer: string;
  readonly product: string;
  readonly outcome: Outcome;
}

/** Why a row of a list of outcomes was not kept; `duplicate` is no refusal: an earlier row told of the same offer. */
export const WHY_NOT = ['otherBase', 'customer', 'product', 'outcome', 'unreadable', 'duplicate'] as const;
export type WhyNot = (typeof WHY_NOT)[number];

/** What became of a list's rows that tell an outcome: `rows` = `kept` + `duplicate` + `refused`. */
export interface OutcomeCounts {
  readonly rows: number;
  readonly kept: number;
  readonly duplicate: number;
  readonly refused: number;
  /** Those not kept by why, those of no row left out. */
  readonly why: Readonly<Partial<Record<WhyNot, number>>>;
  /** Rows beside these that tell no outcome yet. */
  readonly blank: number;
}

/** A row that was not kept, as received. */
export interface NotKept {
  /** Of a workbook of several, from 1 on; null of any other file. */
  readonly sheet: number | null;
  readonly line: number;
  readonly customer: string | null;
  readonly product: string | null;
  readonly outcome: string | null;
  readonly why: WhyNot;
  /** Whether the customer has offers, and whether the product was offered to anybody. */
  readonly knownCustomer: boolean;
  readonly knownProduct: boolean;
  /** Of a duplicate the row that was kept. */
  readonly firstSheet: number | null;
  readonly firstLine: number | null;
}
