const Z = 1.959964;

/** How long callers wait before they give up, with its 95 % interval; seconds. */
export interface PatienceEstimate {
  /** Null where nobody gave up. */
  readonly seconds: number | null;
  readonly low: number;
  /** Null where nobody gave up: there is no upper bound. */
  readonly high: number | null;
  readonly abandons: number;
}

/**
 * Mean patience of callers whose waits were either ended by an answer (censored) or by giving up: all time waited over
 * the number that gave up, the maximum likelihood of an exponential under censoring (Brown et al., 2005). The interval
 * is that of the Poisson number of abandons in that time, by Byar's approximation to the exact one (Breslow & Day,
 * 1987). Null where nobody waited.
 */
export function patienceOf(waitedSeconds: number, abandons: number): PatienceEstimate | null {
  if (waitedSeconds <= 0) return null;
  const most = (abandons + 1) * (1 - 1 / (9 * (abandons + 1)) + Z / (3 * Math.sqrt(abandons + 1))) ** 3;
  const low = waitedSeconds / most;
  if (abandons === 0) return { seconds: null, low, high: null, abandons };
  const least = abandons * (1 - 1 / (9 * abandons) - Z / (3 * Math.sqrt(abandons))) ** 3;
  return { seconds: waitedSeconds / abandons, low, high: waitedSeconds / least, abandons };
}
