import { HEARTBEAT_MS } from '../../server/schemas/event-schema.ts';

/** Longest wait for the first event of a connection, in milliseconds; the server sends one at once. */
const FIRST_MS = 5_000;
/** Longest silence between events, in milliseconds. */
const SILENCE_MS = 2.5 * HEARTBEAT_MS;
/** Events that were held back arrive all at once; events over a longer time than this do come through. */
const STEADY_MS = HEARTBEAT_MS / 2;
/** A longer pause between two checks means that the computer was suspended, in milliseconds. */
const SUSPENDED_MS = 5_000;

/**
 * Decides whether something between the server and the page holds events back, such as a proxy that
 * waits for the end of the answer. Times are milliseconds of a monotonic clock.
 */
export class EventFlow {
  #since: number;
  #checkedAt: number;
  #hasReceived = false;
  #isHeldBack = false;
  /** When this connection delivered its first event, while events count as held back. */
  #resumedAt: number | undefined;

  constructor(now: number) {
    this.#since = now;
    this.#checkedAt = now;
  }

  /** Waits again for the first event. */
  restart(now: number): void {
    this.#since = now;
    this.#checkedAt = now;
    this.#hasReceived = false;
    this.#isHeldBack = false;
    this.#resumedAt = undefined;
  }

  /** The connection was lost: its last events can be those that were held back. */
  disconnected(): void {
    this.#resumedAt = undefined;
  }

  /** @returns whether events come through again, after they were held back */
  received(now: number): boolean {
    this.#since = now;
    this.#hasReceived = true;
    if (!this.#isHeldBack) return false;
    this.#resumedAt ??= now;
    if (now - this.#resumedAt < STEADY_MS) return false;
    this.#isHeldBack = false;
    this.#resumedAt = undefined;
    return true;
  }

  /** @returns whether events are held back; call it about once a second */
  isHeldBack(now: number): boolean {
    if (now - this.#checkedAt > SUSPENDED_MS) this.#since = now;
    this.#checkedAt = now;
    const longest = this.#hasReceived ? SILENCE_MS : FIRST_MS;
    if (now - this.#since > longest) this.#isHeldBack = true;
    return this.#isHeldBack;
  }
}
