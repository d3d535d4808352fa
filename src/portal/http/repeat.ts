import type { PortalFailure } from './failure.ts';

/**
 * `unless_executed` repeats only a request that surely was not executed; `always` also one without an
 * answer: for reads.
 */
export type Repeat = 'unless_executed' | 'always';

/** Tries of one request, the first included; the queue handles longer outages. */
export const TRIES = 4;
/** Longest time between the first and the last try, in milliseconds; a shorter timeout limits it. */
export const REPEAT_WITHIN_MS = 5_000;

/** Carries a failure through p-retry, which handles errors only. */
export class Repeatable extends Error {
  readonly failure: PortalFailure;
  constructor(failure: PortalFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Whether a request may be sent again at once, within seconds. */
export function isRepeatable(failure: PortalFailure, repeat: Repeat): boolean {
  switch (failure.kind) {
    case 'not_sent':
    case 'rate_limited':
      return true;
    case 'unanswered':
    case 'silent':
      return repeat === 'always';
    case 'withheld':
    case 'abandoned':
    case 'operating_limited':
    case 'held':
    case 'refused':
      return false;
    default:
      return failure satisfies never;
  }
}
