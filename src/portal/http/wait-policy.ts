import { setTimeout as sleep } from 'node:timers/promises';
import type { WaitReason } from '../../domain/imports/wait-reason.ts';
import { backoffMs } from '../../domain/time/backoff.ts';
import type { PortalFailure } from './failure.ts';
import { unusablePortal } from './portal-problem.ts';

export interface WaitOptions {
  signal: AbortSignal;
  /** Called with the reason for a wait, in words and as a code. */
  onWait?: ((why: string, reason: WaitReason) => void) | undefined;
  /**
   * Longest wait for a portal that rate-limits or does not answer, in milliseconds. A method that has
   * used up its server seconds is blocked for ten minutes at most ("REST API Limits"). @default 660_000
   */
  maxWaitMs?: number | undefined;
  /** Pause after a number of failures, in milliseconds. @default from a second to half a minute */
  pauseMs?: ((failures: number) => number) | undefined;
}

const TIMEOUT_MS = 660_000;
/** A person waits: the pauses grow to half a minute only. */
const LONGEST_PAUSE_MS = 30_000;

const growingPauseMs = (failures: number): number =>
  backoffMs(failures, { longestMs: LONGEST_PAUSE_MS }, Math.random);

/** Waits while a portal rate-limits or does not answer, and reports the reason. */
export class WaitPolicy {
  readonly #portal: string;
  readonly #options: WaitOptions;
  #reported: WaitReason | undefined;

  /** @param portal host of the portal */
  constructor(portal: string, options: WaitOptions) {
    this.#portal = portal;
    this.#options = options;
  }

  /**
   * @param failures number of failed attempts so far, from 1
   * @param since time of the first failure, by `performance.now()`
   * @throws Problem when the longest wait is over; the signal's reason when it aborts
   */
  async wait(failure: PortalFailure, failures: number, since: number): Promise<void> {
    const { signal, maxWaitMs = TIMEOUT_MS, pauseMs = growingPauseMs } = this.#options;
    const pause = pauseMs(failures);
    if (performance.now() + pause > since + maxWaitMs) throw unusablePortal(this.#portal, failure);
    this.report(whyWaiting(failure));
    await sleep(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
  }

  /** The portal has answered: the next wait is a new one. */
  reset(): void {
    this.#reported = undefined;
  }

  /** Reports a wait, once until there is an answer. */
  report(reason: WaitReason): void {
    if (reason !== this.#reported) this.#options.onWait?.(WHY[reason], reason);
    this.#reported = reason;
  }
}

const WHY: Readonly<Record<WaitReason, string>> = {
  operating:
    'The portal’s server time for this method is used up; some is free again within ten minutes. Waiting.',
  requests: 'The portal rate-limits requests. Waiting.',
  no_answer: 'The portal does not answer. Retrying.',
};

function whyWaiting({ kind }: PortalFailure): WaitReason {
  switch (kind) {
    case 'operating_limited':
      return 'operating';
    case 'rate_limited':
      return 'requests';
    case 'unanswered':
    case 'silent':
    case 'abandoned':
    case 'not_sent':
    case 'withheld':
    case 'held':
    case 'refused':
      return 'no_answer';
    default:
      return kind satisfies never;
  }
}
