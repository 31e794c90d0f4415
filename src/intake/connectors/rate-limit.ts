/**
 * Milliseconds to wait before one more request, so that no stretch of `seconds` holds more than `requests` of them.
 * @param sentMs when the last requests were sent, oldest first.
 */
export function waitForTurn(
  sentMs: readonly number[],
  nowMs: number,
  { requests, seconds }: { readonly requests: number; readonly seconds: number },
): number {
  const first = sentMs.at(-requests);
  return first === undefined ? 0 : Math.max(0, first + seconds * 1000 - nowMs);
}
