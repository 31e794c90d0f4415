import type { Declaration } from './declaration.ts';

/** A failure that may pass: it is worth asking again, at once or later. */
export class PassingFault extends Error {
  override readonly name = 'PassingFault';
  /** The wait that the source asked for, in milliseconds. */
  readonly waitMs: number | null;

  /** @param what happened, in Portuguese and without anything that the source wrote. */
  constructor(what: string, { waitMs = null, cause }: { waitMs?: number | null; cause?: unknown } = {}) {
    super(what, cause === undefined ? undefined : { cause });
    this.waitMs = waitMs;
  }
}

/** Statuses after which the same request may succeed. */
export function passes(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/**
 * Milliseconds before an attempt is repeated: anywhere up to a ceiling that doubles (full jitter), and never less than
 * the source asked for, which jitter only lengthens by as much.
 * @param failed attempts that failed so far, from 1.
 * @param random gives a number in [0, 1).
 */
export function retryDelay(
  failed: number,
  waitMs: number | null,
  { firstMs, mostMs }: Pick<Declaration['retry'], 'firstMs' | 'mostMs'>,
  random: () => number,
): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** (failed - 1));
  const jitter = Math.floor(random() * ceiling);
  return waitMs === null ? jitter : waitMs + Math.min(jitter, firstMs);
}

/**
 * The wait that `Retry-After` asks for, in milliseconds, or null when it asks for none that is understood. A date is
 * counted from the answer's own `Date`, so that a source whose clock is wrong is still obeyed (RFC 9110, 10.2.3).
 */
export function retryAfter(headers: Headers, now: Date): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const until = httpDate(text);
  if (until === null) return null;
  return Math.max(0, until - (httpDate(headers.get('date') ?? '') ?? now.getTime()));
}

function httpDate(text: string): number | null {
  const at = /GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
