/** What can be done with the invitations of an import after they were sent. */
export const ORDER_KINDS = ['withdraw', 'remind'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/**
 * - `reading`: the portal is read for the preview
 * - `ready`: the preview is complete, and the order can be confirmed
 * - `running`: confirmed; requests are sent
 * - `finished`: every pair has a result
 * - `cancelled`: a user has stopped it; requests in flight still get their results
 * - `failed`: the preview could not be read
 */
export const ORDER_STATES = [
  ...(['reading', 'ready', 'running', 'finished', 'cancelled', 'failed'] as const),
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/**
 * What became of a pair of an order.
 *
 * - `done`: withdrawn, or reminded
 * - `kept`: nothing is to be done
 * - `refused`: it cannot be done
 * - `unknown`: a request got no answer, and what it did cannot be found out
 */
export const ORDER_RESULTS = ['done', 'kept', 'refused', 'unknown'] as const;
export type OrderResult = (typeof ORDER_RESULTS)[number];

/** Why, for each result. */
export const ORDER_REASONS = {
  done: ['answered', 'confirmed'],
  kept: ['joined', 'gone', 'not_ours', 'not_proved', 'reminded_recently', 'once'],
  refused: ['no_right', 'no_scope', 'group_unseen', 'not_read', 'declined', 'portal_error'],
  unknown: ['no_answer'],
} as const satisfies Record<OrderResult, readonly string[]>;
export type OrderReason = (typeof ORDER_REASONS)[OrderResult][number];

/** A result with its reason. */
export type OrderVerdict = {
  [Result in OrderResult]: { result: Result; reason: (typeof ORDER_REASONS)[Result][number] };
}[OrderResult];

/** Number of an order's pairs with a result; null: without one yet. */
export interface OrderTally {
  result: OrderResult | null;
  reason: OrderReason | null;
  count: number;
}

/** What the preview has found out about the portal, which decides how safe the order is. */
export interface OrderMeans {
  /**
   * How invitations are withdrawn: `cancel` only ever withdraws a pending one; `delete` removes whatever relation there
   * is at that moment.
   */
  method: 'cancel' | 'delete' | 'notify';
  /** Whether the webhook's user has the right that the method needs. */
  isAllowed: boolean;
  /** Whether the portal shows who made an invitation, and when. */
  showsOrigin: boolean;
}

/** An order on an import, without its pairs. */
export interface Order {
  id: number;
  importId: number;
  kind: OrderKind;
  state: OrderState;
  /** Who ordered it. */
  actor: string;
  message: string | null;
  means: OrderMeans | null;
  /** Pairs that the preview has read, and all that it reads. */
  read: number;
  pairs: number;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** @returns the number that confirms an order: of the pairs that it is going to change */
export const countToDo = (tallies: readonly OrderTally[]): number =>
  tallies.reduce((sum, { result, count }) => sum + (result === null ? count : 0), 0);
