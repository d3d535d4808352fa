/** Pauses between tries, in milliseconds. */
export interface Backoff {
  /** The pause after the first failure. @default 1_000 */
  firstMs?: number;
  /** The pause at which it grows no longer. @default 300_000 */
  longestMs?: number;
}

/**
 * The pause after a failure: doubling, a quarter more or less by chance, so that those who failed
 * together do not come back together. With the defaults twenty failures last about an hour.
 *
 * @param failures how many there were, from 1
 * @param random source of chance in [0, 1)
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
