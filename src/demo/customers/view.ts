/** What of a customer's life is written: days are numbers since 1970. */
export interface View {
  /** The day that what is drawn ends with. */
  readonly until: number;
  /** The day that the files are of: nothing later is known. */
  readonly known: number;
  /** Whether a row of a day is written, of a file that goes so many days back. */
  readonly keeps: (day: number, window: number) => boolean;
  /** The number of the ticket that is drawn next. */
  readonly tickets: { next: number };
}

/** All that is drawn until a day. */
export const wholeView = (until: number): View => ({
  until,
  known: until,
  keeps: () => true,
  tickets: { next: 1_000_000 },
});
