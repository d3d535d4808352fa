/** A place in the bucket, to be used after `waitMs`; or none, worth asking again after `waitMs`. */
export interface Place {
  taken: boolean;
  waitMs: number;
}

/** What somebody wants to send. */
export interface ReservationRequest {
  /** Name for the request, to settle it by. */
  id: string;
  method: string;
  /** The most pairs that it could carry. */
  pairs: number;
  /** Pairs that wait in all; towards the end requests shrink, so that all slots end together. */
  pending: number;
  /** The longest wait for a place in the bucket that the caller will take, in milliseconds. */
  maxWaitMs: number;
  /** Milliseconds after which the request is surely over, whatever became of its worker. */
  lifetimeMs: number;
}

/** Leave to send, or why not. */
export type Reservation =
  /** So many pairs may leave after `waitMs`. */
  | { granted: true; pairs: number; waitMs: number }
  /** Ask again after `waitMs`; with `others`, when {@link Budget.freed} tells. */
  | { granted: false; why: 'bucket' | 'operating' | 'others'; waitMs: number };
