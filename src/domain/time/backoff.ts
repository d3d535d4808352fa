/** Pauses between attempts, in milliseconds. */
export interface Backoff {
  /** The pause after the first failure. @default 1_000 */
  firstMs?: number;
  /** The longest pause. @default 300_000 */
  longestMs?: number;
}

/**
 * The pause after a failure: exponential backoff with 25 % jitter, so that attempts that failed together
 * are not repeated together. With the defaults twenty failures last about an hour.
 *
 * @param failures number of failures so far, from 1
 * @param random random source in [0, 1)
 * @returns whole milliseconds
 */
export function backoffMs(
  failures: number,
  { firstMs = 1_000, longestMs = 300_000 }: Backoff,
  random: () => number,
): number {
  const pause = Math.min(firstMs * 2 ** Math.max(0, failures - 1), longestMs);
  return Math.round(pause * (0.75 + random() / 2));
}
