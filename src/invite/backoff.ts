const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/**
 * The pause after a failure of the portal's making: doubling from a second to five minutes, so
 * that twenty attempts last about an hour; a quarter more or less by chance, so that workers do
 * not come back together.
 *
 * @param attempt how many failures there were, from 1
 * @param random source of chance in [0, 1)
 * @returns milliseconds
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const pause = Math.min(FIRST_MS * 2 ** Math.max(0, attempt - 1), LONGEST_MS);
  return Math.round(pause * (0.75 + random() / 2));
}
