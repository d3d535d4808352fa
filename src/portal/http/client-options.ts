import type { Observer } from '../../domain/observer.ts';
import type { Clock } from '../../domain/time/clock.ts';
import type { Deadline } from '../../domain/time/deadline.ts';
import type { HttpAgents } from '../../platform/network/http-agents.ts';
import type { Budget } from '../budget/budget.ts';
import type { Repeat } from './repeat.ts';
import type { Webhook } from './webhook.ts';

export interface ClientOptions {
  webhook: Webhook;
  budget: Budget;
  /** Milliseconds after which a request counts as unanswered. */
  timeoutMs: number;
  version: string;
  /** Receives every HTTP request. @default none */
  observer?: Observer;
  /**
   * Called with an error that keeps the budget from being updated after an answer, such as a Redis
   * that refuses writes. @default none
   */
  reportError?: (error: unknown) => void;
  /** Pause before the first retry, in milliseconds; each later pause is longer. @default 250 */
  firstPauseMs?: number;
  /** How requests reach the portal. @default without a proxy */
  agents?: HttpAgents;
  /** @default the system's */
  clock?: Clock;
}

export interface SendOptions {
  signal?: AbortSignal | undefined;
  /** The slot, and the first try's place in the bucket, are already reserved. @default false */
  reserved?: boolean;
  /** No byte leaves after it. @default none for the first try; retries stop after some seconds */
  leaveBy?: Deadline;
  /** Waits for a slot, as inviting requests do. @default false: a person waits for the answer */
  withSlot?: boolean;
  /** The method of all calls of a read, whose server seconds are reserved. @default none, or several */
  inner?: string | undefined;
  /** A read that takes too little server time to be billed. @default false */
  isBrief?: boolean;
  /** Called when the portal's server seconds for batches are used up, and the request waits for them. */
  onWait?: (() => void) | undefined;
  repeat: Repeat;
}
