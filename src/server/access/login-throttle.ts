import { networkOf } from './network-of.ts';

/** Wrong tokens that one address may try within the window. */
const LIMIT = 10;
const WINDOW_MS = 5 * 60_000;
/** More addresses than this at once are an attack; the oldest are dropped first. */
const ADDRESSES = 10_000;

/**
 * Counts wrong tokens per address, for IPv6 per network, to prevent guessing. After too many, the
 * address must wait, even with the right token.
 */
export class LoginThrottle {
  readonly #clock: () => number;
  readonly #wrong = new Map<string, { count: number; until: number }>();

  /** @param clock in milliseconds */
  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /** @returns seconds until the address may try again; 0: now */
  secondsToWait(address: string): number {
    const found = this.#wrong.get(networkOf(address));
    if (found === undefined || found.count < LIMIT) return 0;
    return Math.max(0, Math.ceil((found.until - this.#clock()) / 1_000));
  }

  fail(address: string): void {
    const key = networkOf(address);
    const now = this.#clock();
    const found = this.#wrong.get(key);
    const isFresh = found !== undefined && found.until > now;
    this.#wrong.delete(key);
    this.#wrong.set(key, { count: isFresh ? found.count + 1 : 1, until: now + WINDOW_MS });
    if (this.#wrong.size <= ADDRESSES) return;
    const oldest = this.#wrong.keys().next();
    if (oldest.done === false) this.#wrong.delete(oldest.value);
  }
}
