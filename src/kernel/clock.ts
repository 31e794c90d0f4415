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

/**
 * The instant of a wall time (`HH:MM` or `HH:MM:SS`) on a day in a time zone: the first of two where clocks go back;
 * where they jump over it, the moment at which the old reckoning would have shown it.
 */
export function instantOf(day: string, time: string, timeZone: string): Date {
  const wanted = `${day}T${time.length === 5 ? `${time}:00` : time}`;
  const guess = Date.parse(`${wanted}Z`);
  const offset = (at: number) => Date.parse(`${wallTime(new Date(at), timeZone)}Z`) - Math.floor(at / 1000) * 1000;
  const before = new Date(guess - offset(guess - 86_400_000));
  const after = new Date(guess - offset(guess + 86_400_000));
  const right = [before, after].filter((at) => wallTime(at, timeZone) === wanted);
  return right.sort((a, b) => a.getTime() - b.getTime())[0] ?? before;
}
