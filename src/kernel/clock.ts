/** The only source of "now": tests pass their own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** The business day of an instant, as `YYYY-MM-DD` in the time zone. */
export function businessDay(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}

/** Business wall time of an instant, as `YYYY-MM-DDTHH:MM:SS` in the time zone. */
export function wallTime(instant: Date, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });
  return `${businessDay(instant, timeZone)}T${time.format(instant)}`;
}
