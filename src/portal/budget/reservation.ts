/** A place in the bucket, to be used after `waitMs`; or none, worth another try after `waitMs`. */
export interface Place {
  taken: boolean;
  waitMs: number;
}

/** A request that a caller is going to send. */
export interface ReservationRequest {
  /** Identifies the request when it is settled. */
  id: string;
  method: string;
  /** The most pairs that it could carry. */
  pairs: number;
  /** A request of at most so many pairs is a single call and not a batch. @default 0 */
  inOneCall?: number;
  /** All waiting pairs; towards the end requests shrink, so that all slots end together. */
  pending: number;
  /** The longest wait for a place in the bucket that the caller accepts, in milliseconds. */
  maxWaitMs: number;
  /** Time after which the request is surely over, even if its worker has died, in milliseconds. */
  lifetimeMs: number;
}

/** Permission to send, or why not. */
export type Reservation =
  /** This many pairs may leave after `waitMs`. */
  | { granted: true; pairs: number; waitMs: number }
  /** Try again after `waitMs`; with `others`, when {@link Budget.waitForRelease} resolves. */
  | { granted: false; why: 'bucket' | 'operating' | 'others'; waitMs: number };
