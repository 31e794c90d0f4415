/** Why nothing is to be sold to a customer for now, each a bit. */
export const REASONS = ['lowNps', 'openTickets', 'manyTickets', 'lessUse'] as const;
export type HeldReason = (typeof REASONS)[number];

/** What is known of whether a customer is content; null where no table tells it. */
export interface CareOfOne {
  readonly last_nps: number | null;
  readonly median_nps: number | null;
  readonly open_tickets: number | null;
  readonly recent_tickets: number | null;
  /** Rows of use of the last 30 days, and of the 60 before. */
  readonly recent_use: number | null;
  readonly earlier_use: number | null;
}

/** Up to it a customer would not recommend (Reichheld, 2003). */
const DETRACTOR = 6;
/** Tickets of the last 90 days that are many. */
export const MANY_TICKETS = 5;
/** One in a hundred falls so far by chance. */
const Z = 2.326;

/** The bits of {@link REASONS} that hold. */
export function reasonsOf(one: CareOfOne): number {
  const low = (score: number | null) => score !== null && score <= DETRACTOR;
  const holds = [
    low(one.last_nps) || low(one.median_nps),
    (one.open_tickets ?? 0) > 0,
    (one.recent_tickets ?? 0) >= MANY_TICKETS,
    usesLess(one.recent_use ?? 0, one.earlier_use ?? 0),
  ];
  return holds.reduce((bits, is, at) => (is ? bits | (1 << at) : bits), 0);
}

/** Less than half a month’s use before, and by more than chance: of as much use, a third is of the last of three months. */
function usesLess(recent: number, earlier: number): boolean {
  const all = recent + earlier;
  return recent < earlier / 4 && recent - all / 3 < -Z * Math.sqrt((all * 2) / 9);
}

export const reasonNames = (bits: number): HeldReason[] => REASONS.filter((_, at) => (bits & (1 << at)) !== 0);
