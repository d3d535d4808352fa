import { setTimeout as sleep } from 'node:timers/promises';
import type { PortalFailure } from './failure.ts';
import { pauseMs } from './repeat.ts';
import { unusablePortal } from './unusable.ts';

export interface PatienceOptions {
  signal: AbortSignal;
  /** Hears in words why it takes longer. */
  onWait?: ((why: string) => void) | undefined;
  /**
   * Milliseconds after which somebody whom the portal puts off gives up. A method that has used its
   * server seconds up is closed for ten minutes at most ("REST API Limits"). @default 660_000
   */
  patienceMs?: number | undefined;
}

const PATIENCE_MS = 660_000;

/** Waits while a portal puts us off, and says so. */
export class Patience {
  readonly #portal: string;
  readonly #options: PatienceOptions;
  #told = '';

  /** @param portal host of the portal */
  constructor(portal: string, options: PatienceOptions) {
    this.#portal = portal;
    this.#options = options;
  }

  /**
   * @param failures how often the same was asked in vain, from 1
   * @param since when it was put off first, in `performance.now()`
   * @throws Problem when the patience is at its end; the signal's reason when it aborts
   */
  async wait(failure: PortalFailure, failures: number, since: number): Promise<void> {
    const { signal, patienceMs = PATIENCE_MS } = this.#options;
    const pause = pauseMs(failures);
    if (performance.now() + pause > since + patienceMs) throw unusablePortal(this.#portal, failure);
    this.#tell(whyWaiting(failure));
    await sleep(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
  }

  /** The portal has answered: the next wait is a new one. */
  reward(): void {
    this.#told = '';
  }

  #tell(why: string): void {
    if (why !== this.#told) this.#options.onWait?.(why);
    this.#told = why;
  }
}

function whyWaiting({ kind }: PortalFailure): string {
  switch (kind) {
    case 'operating_limited':
      return 'The portal has used up the server time of this method, some of it is free again within ten minutes: waiting.';
    case 'rate_limited':
      return 'The portal gets too many requests: waiting.';
    case 'unanswered':
    case 'not_sent':
    case 'held':
    case 'refused':
      return 'The portal does not answer: trying again.';
    default:
      return kind satisfies never;
  }
}
