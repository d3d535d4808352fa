import type { Pair } from '../../domain/pairs/pair.ts';
import type { Deadline } from '../../domain/time/deadline.ts';
import type { StepResult } from '../pipeline-context.ts';
import type { SentRequest } from '../send.ts';
import type { Operation } from './operation.ts';

/** What a request's pairs are marked with. */
export interface Marked {
  leaveBy: Deadline;
  /** Attempts of the pairs that may be sent, by `seq`. */
  attempts: ReadonlyMap<number, number>;
}

/**
 * A chunk on its way to the portal: the operation, and what the ledger keeps of it. The steps that send know no more
 * about what they send.
 */
export interface Delivery {
  readonly operation: Operation;
  /** Id of the probe of a held portal; undefined: this is not the probe. */
  readonly probe?: number | undefined;
  /** Names the chunk in the log. */
  readonly logged: Readonly<Record<string, number>>;
  /** @returns the pairs that may be sent in this turn */
  readUnsent(): Promise<readonly Pair[]>;
  /** @returns the number of all waiting pairs, for the size of requests */
  countPending(): Promise<number>;
  /** Reports that the portal's limits make the work wait long. */
  noticeLongWait(until: Date): Promise<void>;
  /**
   * Marks the pairs of a request that is about to leave as in flight, in one transaction that decides which of them may
   * be sent.
   */
  mark(id: string, pairs: readonly Pair[]): Promise<StepResult<Marked>>;
  /**
   * Records the result of a request by its id. Waits for a ledger that is unreachable.
   *
   * @returns pairs to be sent again in their own requests, grouped by command
   */
  settle(request: SentRequest, signal: AbortSignal): Promise<readonly (readonly Pair[])[]>;
}
